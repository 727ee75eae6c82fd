"""What was found of one thing, and how it is written."""

import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    about: str
    """What it is, in a word or two."""
    says: str
    """How it is; where there is a fault, the sentence that mends it. Never a secret."""
    fault: bool = False


def faults(about: str, error: Exception) -> list[Finding]:
    """A fault for each line of an error's message."""
    return [Finding(about, line, fault=True) for line in str(error).splitlines()]


def write(finding: Finding, *, as_json: bool) -> str:
    """A finding as a line."""
    if as_json:
        said = {"about": finding.about, "ok": not finding.fault, "says": finding.says}
        return json.dumps(said, ensure_ascii=False)
    return f"{'FAULT' if finding.fault else 'ok':5}  {finding.about}: {finding.says}"
