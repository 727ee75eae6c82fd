"""Whether Microsoft knows us, and would take our app."""

from importlib.util import find_spec

import aiohttp

from bot.config import TeamsSettings
from bot.doctor.finding import Finding, faults
from bot.errors import ConfigError
from bot.teams.access import MICROSOFT, Access, Authority
from bot.teams.fetching import OK, FetchError, fetch
from bot.teams.login import Login
from bot.teams.package import NOT_INSTALLED, fill_manifest, find_faults


async def examine_teams(
    settings: TeamsSettings, session: aiohttp.ClientSession, authority: Authority | None
) -> list[Finding]:
    """Ask Microsoft for a token, and for the keys that it signs with; hold the manifest to its schema."""
    if find_spec("jwt") is None or find_spec("cryptography") is None or find_spec("jsonschema") is None:
        return [Finding("Teams packages", NOT_INSTALLED, fault=True)]
    if settings.emulator or settings.client_secret is None:
        says = f"{settings.emulator} is let in without a token; nothing of Microsoft's is asked"
        return [Finding("Teams emulator", says)]
    access = Access(
        client_id=settings.client_id,
        client_secret=settings.client_secret.reveal(),
        tenant=settings.tenant,
        authority=authority or MICROSOFT,
    )
    token = await _token(Login(access, session), access.authority.login_url)
    keys = await _keys(access.authority.metadata_url, session)
    return [*token, keys, *_manifest(settings)]


async def _token(login: Login, address: str) -> list[Finding]:
    try:
        given = await login.warm()
    except ConfigError as error:
        return faults("Teams token", error)
    if given:
        return [Finding("Teams token", "Microsoft gives us one")]
    says = f"{address} gave none just now: see that this machine may speak to it, and try again."
    return [Finding("Teams token", says, fault=True)]


async def _keys(address: str, session: aiohttp.ClientSession) -> Finding:
    try:
        answer = await fetch(session, "GET", address)
        found = answer.status == OK and isinstance(answer.body.get("jwks_uri"), str)
    except FetchError:
        found = False
    if found:
        return Finding("Teams keys", "Microsoft names the keys that it signs with")
    says = (
        f"{address} names none: see that this machine may speak to it; until then every request is refused."
    )
    return Finding("Teams keys", says, fault=True)


def _manifest(settings: TeamsSettings) -> list[Finding]:
    found = [
        Finding(
            "Teams manifest",
            f"{name} is not set: name a page of your own and make the package anew.",
            fault=True,
        )
        for name in settings.pages.examples()
    ]
    wrong = find_faults(fill_manifest(settings.client_id, settings.pages))
    found += [Finding("Teams manifest", f"Teams would not take it: {each}", fault=True) for each in wrong]
    return found or [Finding("Teams manifest", "valid against Microsoft's schema")]
