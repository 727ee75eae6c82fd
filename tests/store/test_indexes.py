"""What is asked over and over is found by an index on both databases, however much there is."""

import pytest
from sqlalchemy import event, text

from bot.store import planning, sweeping
from bot.store.lanes import lease
from bot.store.records import Lane
from bot.store.turns import take, take_over

NUMBERS = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) ",
    "postgres": "WITH n(i) AS (SELECT generate_series(1, 20000)) ",
}
FILL = """
INSERT INTO workspace (id, platform, external_id, status, generation, installed_at, rate, next_at)
{n} SELECT i, 'slack', 'T' || i, 'active', 1, 0, 4, {now} + 1000000 + i FROM n;
INSERT INTO subscription (id, workspace_id, target_kind, target_id, tz, minute, days_mask, set_up_by, status,
    pace, asked, next_at, next_on, cursor, unanswered, version)
{n} SELECT i, i, 'person', 'U', 'UTC', 480, 31, 'U', 'on', 0, 0, {now} + i, '2026-11-23', 0, 0, 1 FROM n;
INSERT INTO delivery (subscription_id, due_on, workspace_id, due_at, send_after, state)
{n} SELECT i, '2026-11-23', i, 0, {now} + i, CASE i % 100 WHEN 0 THEN 0 WHEN 1 THEN 1 ELSE 2 END FROM n;
ANALYZE
"""


@pytest.fixture
async def full(database, kind, clock):
    """A database with much in it, nothing of it due."""
    async with database.writing() as connection:
        for statement in FILL.format(n=NUMBERS[kind], now=clock.now).split(";"):
            await connection.execute(text(statement))
    return database


@pytest.fixture
def explain(full, kind):
    """The plans of every SELECT and UPDATE that an operation leads to."""

    async def plans(operation):
        asked = []

        def note(_connection, _cursor, statement, parameters, _context, many):
            if statement.startswith(("SELECT", "UPDATE")):
                asked.append((statement, parameters[0] if many else parameters))

        engines = full._engines
        for engine in {each.sync_engine for each in (engines.writer, engines.reader, engines.glancer)}:
            event.listen(engine, "before_cursor_execute", note)
        await operation
        async with full.writing() as connection:
            word = "EXPLAIN QUERY PLAN" if kind == "sqlite" else "EXPLAIN"
            rows = [
                await connection.exec_driver_sql(f"{word} {each}", values) for each, values in tuple(asked)
            ]
            return "\n".join(str(row[-1]) for found in rows for row in found)

    return plans


@pytest.fixture
def lane():
    return Lane(100, "slack", "T100", 1, 4.0, "a", 1, 0)


def scans(plan):
    """The tables that a plan goes through from end to end."""
    lines = [line for line in plan.splitlines() if "Seq Scan" in line or line.startswith("SCAN ")]
    return [line for line in lines if "anon" not in line]  # what another line has found already


async def test_an_idle_planner_looks_at_the_index_of_what_is_due(explain, plan):
    found = await explain(plan())
    assert "ix_subscription_next_at" in found
    assert not scans(found)


async def test_when_the_next_is_due_is_read_off_the_index(full, explain):
    found = await explain(planning.next_due_in(full))
    assert "ix_subscription_next_at" in found
    assert "Seq Scan" not in found


async def test_an_idle_lease_looks_at_the_index_of_what_is_due(full, explain):
    found = await explain(lease(full, "a", ["slack"]))
    assert "ix_workspace_next_at" in found
    assert not scans(found)


async def test_what_may_be_sent_is_found_by_its_partial_index(full, explain, lane):
    found = await explain(take(full, [lane]))
    assert "ix_delivery_pending" in found
    assert not scans(found)


async def test_what_a_former_holder_began_is_found_by_its_partial_index(full, explain, lane):
    found = await explain(take_over(full, [lane]))
    assert "ix_delivery_sending" in found
    assert not scans(found)


async def test_a_sweep_reads_no_more_of_deliveries_than_the_partial_indexes(full, explain):
    found = await explain(sweeping.wake_overlooked(full))
    assert "ix_delivery_pending" in found
    assert "ix_delivery_sending" in found
    assert "Seq Scan on delivery" not in found
