"""The app package that a Teams administrator uploads: the manifest with our ids in it, and two icons."""

import json
import re
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any, Protocol
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from bot.errors import ConfigError

FOLDER = Path(__file__).with_name("manifest")
SCHEMA = FOLDER / "MicrosoftTeams.schema.json"
NOT_INSTALLED = "Teams needs one more package: pip install 'lvm-coach[teams]'."

_TEMPLATE = FOLDER / "manifest.json"
_PLACEHOLDER = re.compile(r"\$\{\{(\w+)\}\}", re.ASCII)
_VERSION = re.compile(r"[0-9]{1,5}(\.[0-9]{1,5}){2}", re.ASCII)
_LONGEST_FAULT = 200
"""Characters of what a fault of the schema quotes."""
_ANY_DAY = (1980, 1, 1, 0, 0, 0)
"""The first that a zip file can tell; the same for every package."""
_READABLE = 0o644 << 16

Manifest = dict[str, Any]


class Pages(Protocol):
    """The pages that every app has to name."""

    @property
    def website(self) -> str:
        """About the app."""

    @property
    def privacy(self) -> str:
        """What is kept of people."""

    @property
    def terms(self) -> str:
        """The terms of use."""


def fill_manifest(client_id: str, pages: Pages, version: str | None = None) -> Manifest:
    """Put ids and addresses into the template.

    Args:
        client_id: Of the registration in Entra; the app goes by the same id as its bot.
        pages: Their addresses.
        version: Of the app, such as 1.0.1; None for the template's own.

    Raises:
        ConfigError: The version is none.
    """
    values = {
        "CLIENT_ID": client_id,
        "LVM_TEAMS_WEBSITE": pages.website,
        "LVM_TEAMS_PRIVACY": pages.privacy,
        "LVM_TEAMS_TERMS": pages.terms,
    }
    text = _TEMPLATE.read_text(encoding="utf-8")
    filled = _PLACEHOLDER.sub(lambda match: json.dumps(values[match[1]])[1:-1], text)
    manifest: Manifest = json.loads(filled)
    if version is not None:
        if not _VERSION.fullmatch(version):
            raise ConfigError("The version of an app is three numbers with dots between them, such as 1.0.1.")
        manifest["version"] = version
    return manifest


def find_faults(manifest: Mapping[str, Any]) -> list[str]:
    """All that Microsoft's schema has against a manifest, in a line each.

    Raises:
        ConfigError: The extra for Teams is not installed.
    """
    try:
        from jsonschema import Draft4Validator  # noqa: PLC0415  only the extra [teams] brings it
    except ImportError:
        raise ConfigError(NOT_INSTALLED) from None
    validator = Draft4Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    return sorted(
        f"{error.json_path}: {error.message[:_LONGEST_FAULT]}" for error in validator.iter_errors(manifest)
    )


def pack(manifest: Manifest) -> bytes:
    """The package, the same bytes for the same manifest.

    Raises:
        ConfigError: The manifest has faults, or the extra for Teams is not installed.
    """
    if faults := find_faults(manifest):
        raise ConfigError("\n".join(["The manifest is not what Teams takes:", *faults]))
    files = {"manifest.json": (json.dumps(manifest, indent=2, ensure_ascii=False) + "\n").encode()}
    files |= {name: (FOLDER / name).read_bytes() for name in manifest["icons"].values()}
    packed = BytesIO()
    # Stored as they are: how well a machine's zlib presses them would change the bytes.
    with ZipFile(packed, "w", ZIP_STORED) as package:
        for name, content in files.items():
            entry = ZipInfo(name, _ANY_DAY)
            entry.create_system = 3  # so that no system's own default gets in
            entry.external_attr = _READABLE
            package.writestr(entry, content)
    return packed.getvalue()
