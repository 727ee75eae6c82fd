"""Nothing runs for hours; then replicas start, and find everybody where they were left."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from benchmarks.crowd import HOUR_MS, at_nine
from benchmarks.faults.arrivals import arrivals, most_in, states, tips_each
from benchmarks.faults.outcome import Outcome, broken
from benchmarks.faults.stand import Schedules, Stand, standing
from bot.store.database import utc_ms
from bot.store.lanes import LEASE_SECONDS
from bot.store.records import State
from bot.store.tables import subscription
from bot.tips.counters import Drop
from bot.tips.held import MOST_RATE
from bot.tips.lanes import IN_FLIGHT
from bot.tips.schedule import EVERY_DAY, Occurrence, Schedule, local_day, local_time, next_occurrence

REPLICAS = 2
LATEST_MS = 4 * HOUR_MS
ON_THE_WAY_MS = 1_000
"""How long a tip may be on its way once it was decided that it is not too late."""
MOST_IN_A_SECOND = MOST_RATE + IN_FLIGHT
"""To one workspace: its rate, and what piles up behind a moment in which the machine stands still."""
MUST_HOLD = "one tip at most, at most 4 h late; the rest written off; no burst; the next one planned"
_DAY_MS = 24 * HOUR_MS
_EVERY_MS = 12 * 60_000
"""How far apart two groups of people are due, around the clock."""
_EDGE_MS = range(2_500, 22_500, 2_500)
"""When, after the start, further groups come to be 4 hours late: while tips go out."""
_LONGEST_DAY_MS = 26 * HOUR_MS
_ZONES = (
    "Pacific/Pago_Pago",
    "Pacific/Honolulu",
    "America/Anchorage",
    "America/Los_Angeles",
    "America/Denver",
    "America/Chicago",
    "America/New_York",
    "America/Halifax",
    "America/St_Johns",
    "America/Sao_Paulo",
    "Atlantic/Azores",
    "Europe/Lisbon",
    "Europe/Berlin",
    "Africa/Cairo",
    "Europe/Istanbul",
    "Asia/Tehran",
    "Asia/Dubai",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Asia/Bangkok",
    "Asia/Shanghai",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Pacific/Kiritimati",
)


@dataclass(frozen=True, slots=True)
class Person:
    """Who was left waiting."""

    schedule: Schedule
    first: Occurrence
    """What they were to get next when all stopped."""

    def newest(self, by: int) -> Occurrence | None:
        """The latest that was due by then; None where nothing was."""
        found = None
        following = self.first
        while following.at <= by:
            found = following
            following = next_occurrence(self.schedule, found.at, found.due_on)
        return found

    def is_fresh(self, due: Occurrence | None, by: int) -> bool:
        """Whether a tip still makes sense then: at most 4 hours late, and on its day."""
        if due is None or by - due.at > LATEST_MS:
            return False
        return local_day(self.schedule.zone, by) == local_day(self.schedule.zone, due.at)


@dataclass(frozen=True, slots=True)
class People:
    """Everybody, by subscription, between the start and the end."""

    all: Mapping[int, Person]
    start: int
    end: int

    def missed(self) -> set[int]:
        """Who was due while nothing ran."""
        return {of for of, person in self.all.items() if person.first.at <= self.start}

    def must_get(self) -> set[int]:
        """Whose tip was due while nothing ran, and makes sense even at the end."""
        return {of for of, each in self.all.items() if each.is_fresh(each.newest(self.start), self.end)}

    def may_get(self) -> set[int]:
        """Whose tip made sense at the start, or came due since."""
        return {
            of
            for of, each in self.all.items()
            if each.is_fresh(each.newest(self.start), self.start)
            or each.newest(self.start) != each.newest(self.end)
        }


async def downtime(address: str, *, hours: float, people: int, workspaces: int) -> Outcome:
    """Start replicas after so many hours, and count what comes of them.

    Args:
        address: An empty database.
        hours: How long nothing ran.
        people: Spread over all hours and zones; each has a tip every day.
        workspaces: Where they are.
    """
    start = utc_ms()
    schedules = _schedules(start, int(hours * HOUR_MS))
    async with standing(address, workspaces=workspaces, people=people, schedules=schedules) as stand:
        everybody = await _everybody(stand)
        for _ in range(REPLICAS):
            await stand.start()
        finished = await stand.until_done(300 + LEASE_SECONDS)
        for replica in stand.running:
            await replica.stop()
        return await _judge(stand, hours, People(everybody, start, utc_ms()), finished=finished)


async def _judge(stand: Stand, hours: float, people: People, *, finished: bool) -> Outcome:
    got, came, became = tips_each(stand), await arrivals(stand), await states(stand)
    missed = people.missed()
    written_off = {of for of in missed - got.keys() if set(became[of]) == {(State.SKIPPED, Drop.LATE.value)}}
    upcoming = {of: each.first.at for of, each in (await _everybody(stand)).items()}
    planned = sum(people.start < at <= people.end + _LONGEST_DAY_MS for at in upcoming.values())
    latest, most = max((each.late_ms for each in came), default=0), most_in(1.0, came)
    return Outcome(
        f"down for {hours:g} h, then {REPLICAS} replicas start; {len(people.all):,} people at all hours in "
        f"{len(_ZONES)} zones",
        MUST_HOLD,
        broken(
            all_accounted_for=finished,
            one_at_most=set(got.values()) == {1},
            none_lost=people.must_get() <= got.keys(),
            none_unasked=got.keys() <= people.may_get(),
            none_more_than_4_h_late=latest <= LATEST_MS + ON_THE_WAY_MS,
            rest_written_off=written_off == missed - got.keys(),
            no_burst=most <= MOST_IN_A_SECOND,
            next_one_planned_for_all=planned == len(people.all),
        ),
        {
            "missed": len(missed),
            "sent": len(got),
            "of them twice": sum(times > 1 for times in got.values()),
            "lost": len(people.must_get() - got.keys()),
            "written off": len(written_off),
            "latest": _say(latest),
            "most in one second to one workspace": most,
            "its rate": f"{stand.crowd.rate:g} to {MOST_RATE:g}",
            "next one planned": planned,
        },
    )


def _schedules(now: int, down_ms: int) -> Schedules:
    """One group of people for every so many minutes of the day, each in the next zone."""
    groups: list[tuple[Schedule, Occurrence]] = []
    for number, ago in enumerate(range(_EVERY_MS // 2, _DAY_MS, _EVERY_MS)):
        zone = _ZONES[number % len(_ZONES)]
        at = local_time(zone, now - ago)
        schedule = Schedule(zone, at.hour * 60 + at.minute, EVERY_DAY)
        groups.append((schedule, next_occurrence(schedule, now - down_ms)))
    if down_ms > LATEST_MS:
        for edge in _EDGE_MS:
            at_ms = now - LATEST_MS + edge
            schedule = at_nine(at_ms)
            groups.append((schedule, Occurrence(local_day(schedule.zone, at_ms), at_ms)))
    return groups


async def _everybody(stand: Stand) -> dict[int, Person]:
    """Who is to get what next; whoever is to get nothing is left out."""
    columns = (subscription.c[name] for name in ("id", "tz", "minute", "days_mask", "next_on", "next_at"))
    async with stand.database.reading() as connection:
        rows = (await connection.execute(select(*columns).where(subscription.c.next_at.is_not(None)))).all()
    return {
        of: Person(Schedule(tz, minute, days), Occurrence(on, at)) for of, tz, minute, days, on, at in rows
    }


def _say(late_ms: int) -> str:
    minutes, ms = divmod(late_ms, 60_000)
    return f"{minutes // 60} h {minutes % 60} min {ms / 1000:.3f} s"
