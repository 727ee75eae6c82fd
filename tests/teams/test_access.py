from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from yarl import URL

from bot.errors import ConfigError
from bot.teams.access import MICROSOFT, Access, Authority

TEAMS = "smba.trafficmanager.net"
LOCAL = {"client_id": "us", "tenant": "home", "client_secret": None}


@pytest.mark.parametrize(
    "url",
    [
        "https://smba.trafficmanager.net/amer/",
        "https://smba.trafficmanager.net/emea/5a1de000-0000-4000-8000-0000000000ae/",
        "https://smba.trafficmanager.net/amer-client-ss.msg/",
        "https://smba.trafficmanager.net/teams",
        "https://smba.trafficmanager.net",
        "HTTPS://SMBA.TrafficManager.NET/amer/",
        "https://smba.onyx.prod.teams.trafficmanager.net/",
        "https://smba.infra.gcc.teams.microsoft.com/teams",
    ],
)
def test_the_addresses_of_teams_may_get_our_token(url):
    assert MICROSOFT.may_get_token(url)


FOREIGN = {
    "nothing": "",
    "no scheme": TEAMS,
    "no host": "https:///amer/",
    "plain http": f"http://{TEAMS}/",
    "another scheme": f"ftp://{TEAMS}/",
    "a host that begins like it": f"https://{TEAMS}.evil.com/",
    "a host that ends like it": f"https://evil{TEAMS}/",
    "a host below it": f"https://evil.{TEAMS}/",
    "a neighbour that anybody can rent": "https://evil.trafficmanager.net/",
    "Web Chat": "https://webchat.botframework.com/",
    "Direct Line": "https://directline.botframework.com/",
    "another cloud": "https://smba.infra.gov.teams.microsoft.us/teams",
    "a dot at the end": f"https://{TEAMS}./",
    "a port": f"https://{TEAMS}:8443/",
    "the usual port, which Microsoft does not write": f"https://{TEAMS}:443/",
    "an empty port": f"https://{TEAMS}:/",
    "userinfo": f"https://{TEAMS}@evil.com/",
    "userinfo before it": f"https://evil.com@{TEAMS}/",
    "userinfo with a password": f"https://{TEAMS}:x@evil.com/",
    "a backslash": f"https://evil.com\\.{TEAMS}/",
    "a backslash after it": f"https://{TEAMS}\\@evil.com/",
    "a backslash for a slash": f"https:\\\\{TEAMS}/",
    "a full-width full stop": "https://smba。trafficmanager.net/",
    "a letter that folds to another": "https://\u017fmba.trafficmanager.net/",
    "a look-alike letter": "https://smb\u0430.trafficmanager.net/",
    "its look-alike in punycode": "https://xn--smb-6cd.trafficmanager.net/",
    "a percent sign": "https://smba%2etrafficmanager.net/",
    "an IPv4 address": "https://127.0.0.1/",
    "an IPv6 address": "https://[::1]/",
    "an IPv6 address with a zone": f"https://[::1%25{TEAMS}]/",
    "a query": f"https://{TEAMS}/?x=https://evil.com",
    "a fragment": f"https://evil.com#{TEAMS}",
    "a fragment after it": f"https://{TEAMS}#@evil.com/",
    "a line break": f"https://{TEAMS}/\n",
    "a line break within": f"https://{TEAMS}\n.evil.com/",
    "a tab, which some programs drop": f"https://{TEAMS}\t.evil.com/",
    "a blank before": f" https://{TEAMS}/",
    "a zero byte": f"https://{TEAMS}\0.evil.com/",
    "a semicolon": f"https://{TEAMS};.evil.com/",
    "an @ further on": f"https://{TEAMS}/@evil.com/",
}


@pytest.mark.parametrize("url", FOREIGN.values(), ids=FOREIGN.keys())
def test_no_other_address_may(url):
    assert not MICROSOFT.may_get_token(url)


def test_a_letter_that_folds_to_one_of_a_hosts_is_another_letter():
    authority = replace(MICROSOFT, hosts=frozenset({"kiosk.example.com"}))
    assert authority.may_get_token("https://KIOSK.example.com/")
    assert not authority.may_get_token("https://\u212aiosk.example.com/")


PIECES = st.sampled_from(
    [
        *(
            "https://",
            "http://",
            "//",
            "https:",
            "x:",
            TEAMS,
            TEAMS.upper(),
            "evil.com",
            ".evil.com",
            "127.0.0.1",
        ),
        *(
            "@",
            ":",
            "/",
            "\\",
            ".",
            "?",
            "#",
            "%2e",
            "\t",
            "\n",
            " ",
            "\0",
            ":443",
            ":1",
            "[::1]",
            "\u212a",
            "。",
        ),
        *("", "a", "..", "/../", "//", "smba.infra.gcc.teams.microsoft.com", "trafficmanager.net"),
    ]
)
STARTS = st.sampled_from(
    ["", f"https://{TEAMS}/amer/", f"https://{TEAMS}", "http://localhost:56151/_connector"]
)


@st.composite
def addresses(draw):
    """One that is right, with up to three things put in somewhere; or such things alone."""
    url = draw(STARTS)
    for piece in draw(st.lists(PIECES | st.text(max_size=2), max_size=3)):
        at = draw(st.integers(0, len(url)))
        url = url[:at] + piece + url[at:]
    return url


@given(addresses())
@example(f"https://{TEAMS}/amer/")
def test_what_may_get_our_token_is_read_alike_by_everybody(url):
    if MICROSOFT.may_get_token(url):
        sent_to, parts = URL(url), urlsplit(url)
        assert sent_to.scheme == parts.scheme == "https"
        assert sent_to.raw_host == parts.hostname
        assert sent_to.raw_host in MICROSOFT.hosts
        assert sent_to.port == 443
        assert sent_to.raw_authority == parts.netloc.lower()
        assert URL(f"{url}/v3/conversations").raw_authority == sent_to.raw_authority


@given(addresses())
def test_with_an_emulator_nothing_leaves_this_machine(url):
    access = Access(**LOCAL, open_to="http://localhost:56151")
    if access.may_send(url):
        assert URL(url).host in {"localhost", "127.0.0.1"}
        assert URL(url).port == 56151


def test_an_emulator_may_name_this_machine_as_it_likes():
    access = Access(**LOCAL, open_to="http://localhost:56151")
    assert access.may_send("http://localhost:56151/_connector")
    assert access.may_send("http://127.0.0.1:56151/_connector")
    assert not access.may_send("http://localhost:56152/_connector")
    assert not access.may_send("http://localhost.evil.com:56151/_connector")
    assert not access.may_send("http://127.0.0.1.evil.com:56151/_connector")
    assert not access.may_send("https://smba.trafficmanager.net/amer/")


@pytest.mark.parametrize(
    "open_to",
    [
        "",
        "localhost:56151",
        "http://0.0.0.0:56151",
        "http://192.168.0.7:56151",
        "http://evil.com",
        "https://localhost:56151",
        "http://localhost@evil.com",
    ],
)
def test_an_emulator_elsewhere_is_refused(open_to):
    with pytest.raises(ConfigError, match="no address on this machine"):
        Access(**LOCAL, open_to=open_to)


@pytest.mark.parametrize(
    "changed",
    [{}, {"client_secret": "a secret", "open_to": "http://localhost:56151"}],
    ids=["neither", "both"],
)
def test_either_there_is_a_secret_or_an_emulator(changed):
    with pytest.raises(ConfigError, match="Set either CLIENT_SECRET, or LVM_TEAMS_EMULATOR"):
        Access(**{**LOCAL, **changed})


@pytest.mark.parametrize(
    "changed",
    [
        {"metadata_url": "http://login.example.com/keys"},
        {"login_url": "http://login.example.com/"},
        {"hosts": frozenset({"smba.example.com"}), "scheme": "http"},
    ],
)
def test_an_authority_speaks_plain_http_on_this_machine_only(changed):
    local = {
        "metadata_url": "http://127.0.0.1:1/keys",
        "login_url": "http://localhost:1/",
        "hosts": frozenset({"127.0.0.1:1"}),
        "scheme": "http",
    }
    assert Authority(**local).may_get_token("http://127.0.0.1:1/amer/")
    with pytest.raises(ConfigError, match="neither an https address nor on this machine"):
        Authority(**{**local, **changed})


def test_only_the_tenants_named_are_served(access):
    assert access.serves(access.tenant)
    assert access.serves(access.tenant.upper())
    assert all(access.serves(each) for each in access.tenants)
    assert not access.serves("5a1de000-0000-4000-8000-0000000000ff")
    assert not access.serves("")
    assert not replace(access, tenant="", tenants=frozenset({""})).serves("")


def test_an_access_does_not_show_its_secret(access):
    assert access.client_secret not in repr(access)
