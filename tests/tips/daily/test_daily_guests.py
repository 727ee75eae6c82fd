"""Whose tips end without a word of theirs, because they may get none any more."""

import asyncio
import sqlite3
from dataclasses import replace

import pytest

from bot.errors import StoreError
from bot.store import subscriptions
from bot.store.database import Database
from bot.store.engines import Patience
from bot.store.kept_threads import DatabaseThreads
from bot.store.records import State, Status, TargetKind
from bot.tips.daily import Daily


@pytest.fixture
def guest(me):
    return replace(me, may_get_tips=False)


@pytest.fixture
def own(database):
    """The row that is kept, ended or not."""
    return lambda: subscriptions.find(database, 1, TargetKind.PERSON, "U1")


@pytest.mark.parametrize("words", ["at 9", "pause", "pause 2 weeks", "less often"])
async def test_the_tips_end_however_they_stand(daily, me, guest, own, words):
    await daily.command("", me)
    await daily.command(words, me)
    await daily.end(guest)
    ended = await own()
    assert (ended.status, ended.next_at, ended.next_on) == (Status.ENDED, None, None)


async def test_what_waits_is_dropped(daily, me, guest, buttons, counts):
    await daily.press(buttons["Later today"], me)
    assert await counts() == {State.PENDING: 1}
    await daily.end(guest)
    assert await counts() == {State.SKIPPED: 1}


async def test_who_has_none_costs_no_writing(daily, guest, own):
    await daily.end(guest)
    assert await own() is None


async def test_the_second_time_nothing_changes(daily, me, guest, own):
    await daily.command("", me)
    await daily.end(guest)
    before = await own()
    await daily.end(guest)
    assert await own() == before


async def test_a_wish_at_the_same_moment_does_not_outlive_it(daily, me, guest, own):
    await daily.command("", me)
    await asyncio.gather(daily.command("at 9", me), daily.end(guest), daily.command("on mon,wed", guest))
    assert (await own()).status is Status.ENDED


@pytest.mark.parametrize("words", ["", "at 9", "show", "pause", "less often", "resume"])
async def test_whatever_a_guest_says_of_tips_from_before_ends_them(daily, me, guest, own, words):
    await daily.command("", me)
    answer = await daily.command(words, guest)
    assert answer.lead.startswith("The daily tip goes to members of this workspace")
    assert not answer.steps
    assert (await own()).status is Status.ENDED


async def test_where_it_cannot_be_kept_the_platform_is_to_tell_us_again(
    file_address, handbook, clock, me, guest
):
    async with Database(file_address, clock=clock, patience=Patience(wait_seconds=0.05)) as database:
        threads = DatabaseThreads(database, b"key", lambda: 0.0, lambda place: place)
        daily = Daily(database, lambda: handbook, threads=threads)
        await daily.command("", me)
        with sqlite3.connect(file_address.removeprefix("sqlite:///")) as another:
            another.execute("BEGIN IMMEDIATE")
            with pytest.raises(StoreError, match="not ended yet"):
                await daily.end(guest)
        another.close()
        await daily.end(guest)
        assert await daily.find(me) is None
