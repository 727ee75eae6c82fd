"""Whatever people, clocks, platforms and crashes do, in any order: the promise of the daily tip holds."""

import asyncio
import itertools
import shutil
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select

from bot.errors import DeliveryError, Refusal
from bot.store import deliveries, history, subscriptions, sweeping, workspaces
from bot.store.database import Database
from bot.store.lanes import LEASE_SECONDS
from bot.store.records import State, Status, TargetKind, WorkspaceStatus
from bot.store.tables import delivery, subscription
from bot.tips.chosen import read_tip_id
from bot.tips.planner import Planner
from bot.tips.schedule import EVERY_DAY, LATEST_MS, WEEKDAYS, Schedule, next_occurrence
from bot.tips.verdict import RESEND_AFTER_MS

MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
ZONES = ("Europe/Lisbon", "America/New_York", "Pacific/Auckland", "Pacific/Kiritimati", "Nowhere/Gone")
FAULTS = {
    "busy": (DeliveryError("too fast", retry_after_seconds=20), False),
    "away": (DeliveryError("no connection"), False),
    "lost": (DeliveryError("reset", outcome_unknown=True), True),
    "vanished": (DeliveryError("500", outcome_unknown=True), False),
    "gone": (DeliveryError("is_archived", permanent=Refusal.TARGET_GONE), False),
    "revoked": (DeliveryError("token_revoked", permanent=Refusal.WORKSPACE_GONE), False),
}
JUMPS = st.one_of(
    st.integers(1, 10).map(lambda minutes: minutes * MINUTE),
    st.integers(1, 30).map(lambda hours: hours * HOUR),
    st.integers(1, 9).map(lambda days: days * DAY),
    st.just(-HOUR),
)
KINDS = st.sampled_from(sorted(FAULTS))
ACTIVE = WorkspaceStatus.ACTIVE
TROUBLES = st.one_of(st.lists(KINDS, min_size=1, max_size=4), KINDS.map(lambda kind: [kind] * 4))
PEOPLE = st.integers(0, 5)


class TheTips(RuleBasedStateMachine):
    """One platform, two workspaces, six people, two replicas that die and come back."""

    def __init__(self, file, clock, world_of):
        super().__init__()
        self.runner = asyncio.Runner()
        self.clock = clock
        self.address = f"sqlite:///{file}"
        self.handles = []
        self.world = world_of(self.open(), clock)
        self.replicas = {}
        for name in "ab":
            self.start(name)
        self.put_off = Counter()  # tips that somebody wished once more
        self.put_back = 0  # how far the clock was, in all

    def open(self):
        self.handles.append(Database(self.address, clock=self.clock))
        return self.handles[-1]

    def start(self, name):
        own = self.open()
        self.replicas[name] = self.world.replica(f"{name}{id(own)}", database=own), own

    @initialize()
    def three_people_want_tips(self):
        for number in range(3):
            self.runner.run(self.wish(number, "Europe/Lisbon", 480, EVERY_DAY))

    @rule(
        number=PEOPLE,
        zone=st.sampled_from(ZONES),
        minute=st.integers(0, 1439),
        days=st.sampled_from((EVERY_DAY, WEEKDAYS, 5)),
    )
    def somebody_wishes_tips_at_an_hour(self, number, zone, minute, days):
        self.runner.run(self.wish(number, zone, minute, days))

    async def wish(self, number, zone, minute, days):
        world = self.world
        of = await workspaces.ensure(world.database, "slack", f"T{number % 2}")
        if of.status is not ACTIVE:
            of = await workspaces.install(world.database, "slack", f"T{number % 2}")
        known = await subscriptions.find(world.database, of.id, TargetKind.PERSON, f"U{number}")
        due = next_occurrence(Schedule(zone, minute, days), self.clock.now - 1)
        when = {"tz": zone, "minute": minute, "days_mask": days, "next_at": due.at, "next_on": due.due_on}
        if known is None:
            await world.subscribe(f"U{number}", f"T{number % 2}", **when)
        else:
            await subscriptions.put(world.database, replace(known, status=Status.ON, asked=False, **when))

    @rule(number=PEOPLE, pauses=st.booleans())
    def somebody_wishes_none(self, number, pauses):
        async def stop():
            known = await self.known(number)
            of = await workspaces.ensure(self.world.database, "slack", f"T{number % 2}")
            if known is not None and of.status is ACTIVE:
                status = Status.PAUSED if pauses else Status.ENDED
                await subscriptions.put(
                    self.world.database, replace(known, status=status, next_at=None, next_on=None)
                )

        self.runner.run(stop())

    @rule(number=PEOPLE, reaction=st.sampled_from(("tried", "later", "more", "not-for-me")))
    def somebody_presses_a_button(self, number, reaction):
        async def react():
            known = await self.known(number)
            for seen in (await self.world.history(known))[-1:] if known else ():
                ours = self.world.database, known.workspace_id
                await history.react(*ours, known.id, seen.tip_id, reaction)
                key = next((key for key in self.world.platform.lags if key == (known.id, seen.seen_on)), None)
                late = self.clock.now + 3 * HOUR
                if reaction == "later" and key and await deliveries.postpone(*ours, key, late):
                    self.put_off[key] += 1

        self.runner.run(react())

    @rule(by=JUMPS)
    def the_clock_moves(self, by):
        self.clock.now += by
        self.put_back += max(0, -by)

    @rule(by=st.sampled_from((0, 1, MINUTE, HOUR)), name=st.sampled_from("aab "))
    def the_next_tip_is_due(self, by, name):
        async def next_at():
            async with self.world.database.reading() as connection:
                return await connection.scalar(select(func.min(subscription.c.next_at)))

        self.clock.now = max(self.clock.now, (self.runner.run(next_at()) or 0) + by)
        if name in self.replicas:
            self.a_replica_takes_its_turn(name)

    @rule(which=TROUBLES, turns=st.integers(0, 4))
    def the_platform_is_in_trouble(self, which, turns):
        self.world.platform.faults.extend(FAULTS[each] for each in which)
        self.the_next_tip_is_due(0, "a")
        for _ in range(turns):
            self.clock.now += RESEND_AFTER_MS
            self.a_replica_takes_its_turn("a")

    @rule(name=st.sampled_from("ab"))
    def a_replica_plans(self, name):
        tips, own = self.replicas[name]
        self.runner.run(Planner(own, tips.counts).plan())

    @rule(name=st.sampled_from("ab"))
    def a_replica_takes_its_turn(self, name):
        self.runner.run(self.replicas[name][0].turn())

    @rule(name=st.sampled_from("ab"), renews=st.booleans())
    def a_replica_dies_while_it_sends(self, name, renews):
        self.the_next_tip_is_due(MINUTE, "")
        self.runner.run(self.crash(name, renews))

    async def crash(self, name, renews):
        """Stop it with messages on their way, which the platform takes or not."""
        platform = self.world.platform
        platform.gate = asyncio.Event()
        tips, own = self.replicas[name]
        turn = asyncio.create_task(tips.turn())
        held = asyncio.create_task(platform.holds_any())
        await asyncio.wait([turn, held], return_when=asyncio.FIRST_COMPLETED)
        if renews:
            await tips._lanes.renew()
        platform.doubted.update(platform.keys_in_flight)
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for each in others:
            each.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        platform.gate = None
        await own.__aexit__(None, None, None)
        self.handles.remove(own)
        self.start(name)

    @rule()
    def the_sweeper_goes_round(self):
        self.runner.run(sweeping.wake_overlooked(self.world.database))

    @invariant()
    def nothing_comes_twice_without_a_doubt(self):
        for key, often in self.world.platform.often.items():
            assert often <= 1 + (key in self.world.platform.doubted) + self.put_off[key], key

    @invariant()
    def nothing_comes_late_by_hours(self):
        assert max(self.world.platform.lags.values(), default=0) <= LATEST_MS

    async def known(self, number):
        of = await workspaces.ensure(self.world.database, "slack", f"T{number % 2}")
        return await subscriptions.find(self.world.database, of.id, TargetKind.PERSON, f"U{number}")

    def teardown(self):
        self.runner.run(self.settle())
        self.runner.close()

    async def settle(self):
        """In the end, with no more troubles, nothing that is due is left, and all of it is accounted for."""
        self.world.platform.faults.clear()
        self.clock.now += self.put_back + RESEND_AFTER_MS  # a lease or a rest from before is over by then
        for _ in range(6):
            self.clock.now += LEASE_SECONDS * 1000 + 1
            for tips, _own in self.replicas.values():
                await tips.turn()
        await self.check_nothing_is_left()
        await self.check_what_was_seen()
        for each in self.handles:
            await each.__aexit__(None, None, None)

    async def check_nothing_is_left(self):
        async with self.world.database.reading() as connection:
            rows = (await connection.execute(select(delivery))).all()
            due = (await connection.execute(select(subscription.c.next_at))).scalars().all()
        stopped = {
            of.id
            for team in ("T0", "T1")
            if (of := await workspaces.ensure(self.world.database, "slack", team)).status is not ACTIVE
        }
        assert all(at is None or at > self.clock.now for at in due)
        for row in rows:
            waits = row.state is State.PENDING and row.send_after <= self.clock.now
            assert row.workspace_id in stopped or not (waits or row.state is State.SENDING), row
            posted = self.world.platform.often[(row.subscription_id, row.due_on)]
            assert posted or row.state is not State.SENT, row

    async def check_what_was_seen(self):
        """No tip within ninety days of itself, and none that nobody was shown."""
        shown = defaultdict(list)
        async with self.world.database.reading() as connection:
            rows = (await connection.execute(select(delivery).order_by(delivery.c.due_on))).all()
        for row in rows:
            if row.state is State.SENT and row.content_id and not row.content_id.startswith("recall:"):
                shown[row.subscription_id, read_tip_id(row.content_id)].append(row.due_on)
        for days in shown.values():
            assert all(later - day >= timedelta(days=90) for day, later in itertools.pairwise(days))


def test_the_promise_holds_whatever_happens(migrated_file, tmp_path, clock, world_of):
    made = []

    def begin():
        made.append(shutil.copy(migrated_file, tmp_path / f"{len(made)}.db"))
        return TheTips(made[-1], type(clock)(), world_of)

    run_state_machine_as_test(
        begin,
        settings=settings(
            max_examples=15,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
