"""What is needed to work in Microsoft Teams; the names are those of Microsoft's own SDK."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields

from bot.config.environment import ENVIRONMENT, Secret, is_loopback, is_miscopied, is_safe_url, read
from bot.config.server import read_host
from bot.errors import ConfigError

EMULATOR_TENANT = "00000000-0000-0000-0000-0000000000001"
"""Whose people Microsoft's Agents Playground 0.2.28 plays; its last group is a digit too long for a GUID."""
EXAMPLE_HOST = "coach.example.com"
"""Where pages of nobody's are; it stands for an address that is still to be set."""

_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII | re.IGNORECASE)
_EMULATOR = re.compile(r"http://(localhost|127\.0\.0\.1)(:[0-9]{1,5})?/?", re.ASCII)
_MOST_CHARACTERS = 2048
"""Of an address in an app's manifest (`anyHttpUrl` of its schema 1.30)."""


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages that every app of Teams has to name: https addresses."""

    website: str = f"https://{EXAMPLE_HOST}/"
    privacy: str = f"https://{EXAMPLE_HOST}/privacy"
    terms: str = f"https://{EXAMPLE_HOST}/terms"

    def examples(self) -> list[str]:
        """The settings of those that are nobody's pages yet."""
        return [
            f"LVM_TEAMS_{field.name.upper()}"
            for field in fields(self)
            if getattr(self, field.name) == field.default
        ]


@dataclass(frozen=True, slots=True)
class TeamsSettings:
    """What is needed to work in Microsoft Teams. All ids are in lower case."""

    client_id: str
    """Empty beside an emulator, which asks for none."""
    client_secret: Secret | None
    """None beside an emulator, and only there."""
    tenant: str
    """Where the registration is at home."""
    tenants: frozenset[str] = frozenset()
    """Whose people may talk to us, beside those at home."""
    emulator: str | None = None
    """The address of an emulator on this machine that is let in without a token; never beside credentials."""
    pages: Pages = Pages()


@dataclass(frozen=True, slots=True)
class _Given:
    """What is set; empty where it is not."""

    client_id: str
    secret: str
    tenant: str
    tenants: str
    emulator: str
    website: str
    privacy: str
    terms: str

    @property
    def credentials(self) -> dict[str, str]:
        return {"CLIENT_ID": self.client_id, "CLIENT_SECRET": self.secret, "TENANT_ID": self.tenant}

    @property
    def pages(self) -> dict[str, str]:
        return {
            "LVM_TEAMS_WEBSITE": self.website,
            "LVM_TEAMS_PRIVACY": self.privacy,
            "LVM_TEAMS_TERMS": self.terms,
        }


def read_teams(environment: Mapping[str, str] = ENVIRONMENT) -> TeamsSettings | None:
    """Read what Teams needs; None where nothing of it is set.

    Raises:
        ConfigError: Some is missing, malformed or unsafe; the message names every fault.
    """
    given = _read_given(environment)
    if not any(getattr(given, field.name) for field in fields(given)):
        return None
    host = read_host(environment)
    faults = _emulator_faults(given, host) if given.emulator else _credential_faults(given)
    if found := [*faults, *_common_faults(given)]:
        raise ConfigError("\n".join(found))
    examples = Pages()
    return TeamsSettings(
        client_id=given.client_id.lower(),
        client_secret=Secret(given.secret) if given.secret else None,
        tenant=given.tenant.lower() or EMULATOR_TENANT,
        tenants=frozenset(_listed(given.tenants.lower())),
        emulator=given.emulator.rstrip("/") or None,
        pages=Pages(
            website=given.website or examples.website,
            privacy=given.privacy or examples.privacy,
            terms=given.terms or examples.terms,
        ),
    )


def _read_given(environment: Mapping[str, str]) -> _Given:
    return _Given(
        client_id=read(environment, "CLIENT_ID"),
        secret=read(environment, "CLIENT_SECRET"),
        tenant=read(environment, "TENANT_ID"),
        tenants=read(environment, "LVM_TEAMS_TENANTS"),
        emulator=read(environment, "LVM_TEAMS_EMULATOR"),
        website=read(environment, "LVM_TEAMS_WEBSITE"),
        privacy=read(environment, "LVM_TEAMS_PRIVACY"),
        terms=read(environment, "LVM_TEAMS_TERMS"),
    )


def _credential_faults(given: _Given) -> Iterator[str]:
    yield from _id_faults("CLIENT_ID", given.client_id, "the Application (client) ID of your app in Entra")
    if not given.secret:
        yield "CLIENT_SECRET is missing: make one under Certificates & secrets and copy its Value."
    elif _GUID.fullmatch(given.secret):
        yield "CLIENT_SECRET is a secret's ID: copy its Value, which is shown only once; else make a new one."
    elif is_miscopied(given.secret):
        yield "CLIENT_SECRET holds a space or a strange character: copy its Value again."
    yield from _id_faults(
        "TENANT_ID", given.tenant, "the Directory (tenant) ID that stands beside the client ID"
    )
    if given.tenant and given.tenant.lower() == given.client_id.lower():
        yield "CLIENT_ID and TENANT_ID are the same: copy both anew, each from the line that names it."


def _id_faults(name: str, id_: str, source: str) -> Iterator[str]:
    if not id_:
        yield f"{name} is missing: copy {source}."
    elif not _GUID.fullmatch(id_):
        yield f"{name} is no GUID: copy {source}."


def _emulator_faults(given: _Given, host: str) -> Iterator[str]:
    """Both gates, so that a bot which people use can never be opened to everybody by one slip."""
    if set_too := [name for name, value in given.credentials.items() if value]:
        yield (
            f"LVM_TEAMS_EMULATOR lets anybody in without a token, so it never stands beside "
            f"{', '.join(set_too)}: unset the one or the other."
        )
    if not is_loopback(host):
        yield (
            "LVM_TEAMS_EMULATOR lets anybody in without a token, so only this machine may reach the coach: "
            "set LVM_HOST=127.0.0.1."
        )
    if not _EMULATOR.fullmatch(given.emulator):
        yield "LVM_TEAMS_EMULATOR must be an http address on this machine, such as http://localhost:56150."


def _common_faults(given: _Given) -> Iterator[str]:
    wrong = [place for place, id_ in enumerate(_listed(given.tenants), 1) if not _GUID.fullmatch(id_)]
    if wrong:
        yield (
            f"LVM_TEAMS_TENANTS takes Directory (tenant) IDs with commas between them: "
            f"no GUID is what stands at {', '.join(map(str, wrong))}."
        )
    for name, url in given.pages.items():
        if url and not (url.startswith("https://") and is_safe_url(url) and len(url) <= _MOST_CHARACTERS):
            yield f"{name} must be an https address, of at most {_MOST_CHARACTERS} characters."


def _listed(tenants: str) -> list[str]:
    return [id_ for each in tenants.split(",") if (id_ := each.strip())]
