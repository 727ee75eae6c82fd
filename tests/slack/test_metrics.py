"""The figures, and who may read them."""

import pytest

from bot.config import Secret, ServerSettings
from bot.store.watching import next_turn_in

SAYS = ServerSettings(port=0, metrics_token=Secret("hushhush"))


async def _read(knock, **headers):
    return await knock.request("GET", "/metrics", headers=headers)


async def test_they_count_what_was_sent(kept, open_door, clock):
    await kept.command("/lvm", "daily")
    clock.forward(await next_turn_in(kept.memory.database) / 1000 + 1)
    await kept.memory.tips.turn()
    answer = await _read(open_door(kept))
    assert answer.status == 200
    for line in (
        "lvm_tips_sent_total 1.0",
        "lvm_tips_planned_total 1.0",
        'lvm_tips_dropped_total{reason="late"} 0.0',
    ):
        assert line in answer.text
    for name in ("plan_lag_seconds_bucket", "send_lag_seconds_sum", "unknown_total", "retried_total"):
        assert f"lvm_tips_{name}" in answer.text
    assert "lvm_tips_overdue_seconds 0.0" in answer.text
    assert "lvm_lane_waits_total" in answer.text


@pytest.mark.parametrize("header", ["Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"])
async def test_behind_a_proxy_nobody_may_read_them_without_a_token(kept, open_door, header):
    assert (await _read(open_door(kept), **{header: "127.0.0.1"})).status == 404


@pytest.mark.parametrize(
    ("shown", "status"),
    [(None, 404), ("hushhush", 404), ("Bearer hush", 404), ("Bearer hüsh", 404), ("Bearer hushhush", 200)],
)
async def test_where_there_is_a_token_it_must_be_shown(remember, open_door, shown, status):
    async with remember(server=SAYS) as slack:
        headers = {"Authorization": shown} if shown else {}
        assert (await _read(open_door(slack), **headers)).status == status


async def test_without_a_database_there_are_none(door):
    assert (await _read(door)).status == 404
