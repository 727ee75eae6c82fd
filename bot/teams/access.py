"""How we reach Teams, and Teams us: whom we believe, where our own token comes from, where it may go."""

import re
from dataclasses import dataclass, field
from ipaddress import ip_address

from bot.errors import ConfigError

_ADDRESS = re.compile(
    r"(?P<scheme>https?)://(?P<name>[a-z0-9.-]+)(?P<port>:[0-9]{1,5})?(?:/[a-z0-9._~-]*)*",
    re.ASCII | re.IGNORECASE,
)
"""All that Microsoft writes in addresses of its own, and nothing that two programs may read differently."""


def is_safe(address: str) -> bool:
    """Whether it is an https address, or on this machine."""
    match = _ADDRESS.fullmatch(address)
    return match is not None and (match["scheme"].lower() == "https" or _is_here(match["name"]))


def _is_here(name: str) -> bool:
    if name.lower() == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Authority:
    """A cloud: who signs what comes in, who gives us our token, and which hosts may get it.

    https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication

    Raises:
        ConfigError: An address is neither https nor on this machine.
    """

    metadata_url: str
    """Names the keys that sign what comes in."""
    login_url: str
    """Before `<tenant>/oauth2/v2.0/token`; ends in a slash."""
    hosts: frozenset[str]
    """Of service addresses: in lower case, whole, and with the port where it is not the usual one."""
    issuer: str = "https://api.botframework.com"
    scope: str = "https://api.botframework.com/.default"
    scheme: str = "https"
    """Of service addresses; `http` only on this machine."""

    def __post_init__(self) -> None:
        services = (f"{self.scheme}://{host}" for host in self.hosts)
        for address in (self.metadata_url, self.login_url, *services):
            if not is_safe(address):
                raise ConfigError(f"{address} is neither an https address nor on this machine.")

    def may_get_token(self, service_url: str) -> bool:
        """Whether our token may be sent to this address."""
        match = _ADDRESS.fullmatch(service_url)
        if match is None or match["scheme"].lower() != self.scheme:
            return False
        return (match["name"] + (match["port"] or "")).lower() in self.hosts


MICROSOFT = Authority(
    metadata_url="https://login.botframework.com/v1/.well-known/openidconfiguration",
    login_url="https://login.microsoftonline.com/",
    hosts=frozenset(
        {
            "smba.trafficmanager.net",
            "smba.onyx.prod.teams.trafficmanager.net",
            "smba.infra.gcc.teams.microsoft.com",
        }
    ),
)
"""The public cloud, with its Government Community Cloud (GCC), which uses the same logins.

The hosts are those that Microsoft's Teams SDK allows for it (`allowedServiceUrls` of `PUBLIC`):
https://github.com/microsoft/teams.ts, cloud-environment.ts (read 2026-11-22), and of them
https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages names
the first and the third. GCC High, DoD and 21Vianet have logins, issuers and hosts of their own.

Not `*.botframework.com`: Web Chat and Direct Line live there. They are open to anybody who has a link, with
tokens as genuine as those of Teams, and their senders write the tenant into an activity themselves.
"""


@dataclass(frozen=True, slots=True)
class Access:
    """One registration of the coach with Microsoft.

    Raises:
        ConfigError: There are both an emulator and a secret, or neither, or the emulator is elsewhere.
    """

    client_id: str
    client_secret: str | None = field(repr=False)
    """None where nobody checks: only with an emulator on this machine, see `open_to`."""
    tenant: str
    """Where the registration is at home."""
    tenants: frozenset[str] = frozenset()
    """Whose people may talk to us, beside those at home."""
    authority: Authority = MICROSOFT
    open_to: str | None = None
    """The address of an emulator on this machine that brings no token and gets none; None demands one."""

    def __post_init__(self) -> None:
        if (self.open_to is None) == (self.client_secret is None):
            raise ConfigError("Set either CLIENT_SECRET, or LVM_TEAMS_EMULATOR for trying it without one.")
        if self.open_to is not None and _port_here(self.open_to) is None:
            raise ConfigError(
                "LVM_TEAMS_EMULATOR is no address on this machine, such as http://localhost:56150."
            )

    def serves(self, tenant: str) -> bool:
        """Whether people of this tenant may talk to us."""
        served = {each.lower() for each in (self.tenant, *self.tenants) if each}
        return tenant.lower() in served

    def may_send(self, service_url: str) -> bool:
        """Whether we may send anything to this address."""
        if self.open_to is None:
            return self.authority.may_get_token(service_url)
        port = _port_here(service_url)
        return port is not None and port == _port_here(self.open_to)


def _port_here(address: str) -> str | None:
    """The port of an http address on this machine; None for every other address."""
    match = _ADDRESS.fullmatch(address)
    if match is None or match["scheme"].lower() != "http" or not _is_here(match["name"]):
        return None
    return match["port"] or ":80"
