"""The emulator is for this machine alone, and never stands beside a bot that people use."""

import pytest

from bot.errors import ConfigError
from bot.playground.teams.emulator import TeamsEmulator


@pytest.mark.parametrize("name", ["CLIENT_ID", "CLIENT_SECRET", "TENANT_ID"])
def test_beside_the_settings_of_a_real_bot_it_does_not_start(name):
    with pytest.raises(ConfigError, match=rf"unset {name}\.$"):
        TeamsEmulator(environment={name: "x"})


@pytest.mark.parametrize("host", ["192.168.1.7", "coach.example.com", "::"])
def test_where_others_could_come_in_it_does_not_start(host):
    with pytest.raises(ConfigError, match=r"unset LVM_HOST\.$"):
        TeamsEmulator(environment={"LVM_HOST": host})


@pytest.mark.parametrize("host", ["", "127.0.0.1", "localhost", "::1"])
def test_on_this_machine_it_starts(host):
    TeamsEmulator(environment={"LVM_HOST": host, "CLIENT_SECRET": " "})


@pytest.mark.parametrize("address", ["https://coach.example.com/api/messages", "http://10.0.0.1/", "x"])
async def test_it_sends_to_no_other_machine(teams, address):
    with pytest.raises(ConfigError, match="is not on this machine"):
        teams.connect(address)


async def test_it_listens_on_this_machine_alone(teams):
    assert teams.origin.startswith("http://127.0.0.1:")


@pytest.mark.parametrize("bearer", ["", "x", "eyJhbGciOiJub25lIn0.e30."])
async def test_without_its_own_token_nobody_is_let_in(call, activities, bearer):
    refused = await call("POST", activities(), {"type": "message", "text": "x"}, bearer=bearer)
    assert (refused.status, refused.error) == (401, "Unauthorized")


async def test_a_token_that_was_revoked_lets_nobody_in(teams, call, activities):
    teams.revoke()
    assert (await call("POST", activities(), {"type": "message", "text": "x"})).status == 401


@pytest.mark.parametrize("changed", [{"client_secret": "x"}, {"client_id": "x"}, {"scope": "x"}])
async def test_a_token_is_given_for_the_whole_secret_alone(teams, session, changed):
    form = {"grant_type": "client_credentials", "client_id": "x", "client_secret": teams.client_secret}
    async with session.post(f"{teams.login_url}x/oauth2/v2.0/token", data=form | changed) as response:
        assert response.status == 401


@pytest.mark.parametrize(
    "headers", [{"Host": "evil.example"}, {"Origin": "http://evil.example"}, {"Content-Type": "text/plain"}]
)
async def test_pages_from_elsewhere_are_kept_out(teams, session, headers):
    sent = {"Content-Type": "application/json"} | headers
    async with session.post(f"{teams.origin}/ui/teams/send", data=b"{}", headers=sent) as response:
        assert response.status == 403
