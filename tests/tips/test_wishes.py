from datetime import date, timedelta
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.tips.places import CITIES, UNCLEAR
from bot.tips.schedule import EVERY_DAY, FRIDAY, MONDAY, WEEKDAYS, WEEKEND, Pace, Schedule
from bot.tips.wish import Act, Matter, Misread, Wish, changed, pause_end, say
from bot.tips.wishes import find_language, parse_wish
from bot.tips.zones import find_zones, nearest_zones

OWN_NAME = sorted(zone for zone in available_timezones() if find_zones(zone) == (zone,))
masks = st.integers(1, EVERY_DAY)
schedules = st.builds(
    Wish,
    act=st.sampled_from([Act.SET, Act.RESUME]),
    minute=st.none() | st.integers(0, 1439),
    zone=st.none() | st.sampled_from(OWN_NAME),
    pace=st.none() | st.sampled_from(Pace),
    here=st.booleans(),
)


@st.composite
def wishes(draw):
    kind = draw(st.sampled_from(["act", "pause", "until", "date", "only", "some"]))
    here = draw(st.booleans())
    if kind == "act":
        return Wish(draw(st.sampled_from([Act.PAUSE, Act.OFF, Act.SHOW, Act.LESS, Act.RESUME])), here=here)
    if kind == "pause":
        return Wish(Act.PAUSE, pause_days=draw(st.integers(1, 365)), here=here)
    if kind == "until":
        return Wish(Act.PAUSE, pause_until=draw(st.integers(0, 6)), here=here)
    if kind == "date":
        day = draw(st.dates(date(2028, 1, 1), date(2028, 12, 31)))
        return Wish(Act.PAUSE, pause_date=(day.month, day.day), here=here)
    wish, also = draw(schedules), draw(st.integers(0, EVERY_DAY))
    rest = {"days": draw(masks)} if kind == "only" else {"also": also, "without": draw(masks) & ~also}
    return Wish(wish.act, minute=wish.minute, zone=wish.zone, pace=wish.pace, here=here, **rest)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ""),
        ("on", ""),
        ("at 8:30", "at 08:30"),
        ("at 8", "at 08:00"),
        ("8.30", "at 08:30"),
        ("8:30 pm", "at 20:30"),
        ("@ 8:30 p.m.", "at 20:30"),
        ("8am", "at 08:00"),
        ("12am", "at 00:00"),
        ("12 pm", "at 12:00"),
        ("noon", "at 12:00"),
        ("midnight", "at 00:00"),
        ("0830", "at 08:30"),
        ("20h30", "at 20:30"),
        ("half past eight", "at 08:30"),
        ("quarter to nine", "at 08:45"),
        ("at eight thirty in the evening", "at 20:30"),
        ("at 3 in the afternoon", "at 15:00"),
        ("03:00", "at 03:00"),
        ("in the morning", "at 09:00"),
        ("on mon,wed", "on mon,wed"),
        ("mon/wed", "on mon,wed"),
        ("mondays and thursdays", "on mon,thu"),
        ("mon-fri at 8", "at 08:00 on mon,tue,wed,thu,fri"),
        ("fri \u2013 mon", "on mon,fri,sat,sun"),
        ("weekdays", "on mon,tue,wed,thu,fri"),
        ("weekdays except friday", "on mon,tue,wed,thu"),
        ("every day", "every day"),
        ("every other day", "every other day"),
        ("twice a week", "on tue,thu"),
        ("weekends too", "also on sat,sun"),
        ("no fridays", "except fri"),
        ("off on fridays", "except fri"),
        ("in Europe/Lisbon", "in Europe/Lisbon"),
        ("EUROPE/LISBON", "in Europe/Lisbon"),
        ("in lisbon", "in Europe/Lisbon"),
        ("lisbon time", "in Europe/Lisbon"),
        ("new york", "in America/New_York"),
        ("in São Paulo", "in America/Sao_Paulo"),
        ("8am CET", "at 08:00 in CET"),
        ("utc+2", "in Etc/GMT-2"),
        ("weekly", "weekly"),
        ("less often", "less often"),
        ("pause", "pause"),
        ("pause 2 weeks", "pause 14 days"),
        ("pause for a fortnight", "pause 14 days"),
        ("snooze 3d", "pause 3 days"),
        ("pause until monday", "pause until mon"),
        ("pause until 1 december", "pause until 1 december"),
        ("pause until the 5th of Dec", "pause until 5 december"),
        ("stop until march 2", "pause until 2 march"),
        ("holiday until monday", "pause until mon"),
        ("I am on holiday for 2 weeks", "pause 14 days"),
        ("every evening", "at 18:00 also on mon,tue,wed,thu,fri daily"),
        ("at 20 at night", "at 20:00"),
        ("at 8:30\u202e on mon\u0000", "at 08:30 on mon"),
        ("resume", "resume"),
        ("stop", "off"),
        ("show", "show"),
        ("here at 9:00", "here at 09:00"),
        ("here at 9 on tue in Berlin", "here at 09:00 on tue in Europe/Berlin"),
        ("in Berlin, on tue, at 9, here", "here at 09:00 on tue in Europe/Berlin"),
        ("please send me the tip at 9", "at 09:00"),
        ("at 8 instead of noon", "at 08:00"),
        ("from noon to 8", "at 08:00"),
    ],
)
def test_words_in_any_order_are_read(text, said):
    wish = parse_wish(text)
    assert isinstance(wish, Wish), wish
    assert say(wish) == said


@given(wishes())
def test_a_wish_that_is_said_is_read_as_the_same(wish):
    assert parse_wish(say(wish)) == wish


def test_every_zone_is_found_by_its_name_but_for_abbreviations_that_people_mean_otherwise():
    assert [zone for zone in OWN_NAME if parse_wish(f"in {zone}") != Wish(zone=zone)] == []
    others = available_timezones() - set(OWN_NAME)
    assert others <= {"localtime", "Factory", "EET", "WET", "EST", "MST", "HST", "GMT+0", "GMT-0"}


def test_every_place_that_is_listed_has_a_zone_that_exists():
    listed = {*CITIES, *(zone for zones in UNCLEAR for zone in zones.split(", "))}
    assert listed <= available_timezones()


@pytest.mark.parametrize(
    ("text", "kind", "part", "nearest"),
    [
        ("at 25:00", Matter.HOUR, "25:00", ("01:00", "00:30", "01:30")),
        ("at 8:75", Matter.HOUR, "8:75", ("09:00", "08:30", "09:30")),
        ("13 am", Matter.HOUR, "13 am", ("13:00", "12:30", "13:30")),
        ("at 3", Matter.HOUR, "3", ("15:00", "03:00")),
        ("at 8 and at 17", Matter.HOUR, "8 and at 17", ("08:00", "17:00")),
        ("at", Matter.HOUR, "at", ("08:30", "10:00", "12:00")),
        ("in Lisbonn", Matter.ZONE, "lisbonn", ("Europe/Lisbon", "UTC", "Europe/London")),
        ("in IST", Matter.ZONE, "ist", ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem")),
        ("lisbonn time", Matter.ZONE, "lisbonn", ("Europe/Lisbon", "UTC", "Europe/London")),
        ("Mars/Olympus", Matter.ZONE, "mars/olympus", ("UTC", "Europe/London", "America/New_York")),
        ("on teusday", Matter.DAYS, "teusday", ("tuesday", "thursday", "weekdays")),
        ("weekdays not weekdays", Matter.DAYS, "weekdays not weekdays", ("weekdays", "mon,wed", "tue,thu")),
        ("pause 900 days", Matter.PAUSE, "900 days", ("1 week", "2 weeks", "until monday")),
        ("pause until christmas", Matter.PAUSE, "christmas", ("1 week", "2 weeks", "until monday")),
        ("pause 2 weks", Matter.PAUSE, "2 weks", ("2 weeks",)),
        ("pause until 31 june", Matter.PAUSE, "31 june", ("1 week", "2 weeks", "until monday")),
        ("2 weeks", Matter.LENGTH, "2 weeks", ("Send them",)),
        ("for three months", Matter.LENGTH, "for three months", ("Send them",)),
        ("until 5 june", Matter.LENGTH, "until 5 june", ("Send them",)),
        ("until christmas", Matter.LENGTH, "until christmas", ("Send them",)),
        ("before lunch", Matter.HOUR, "before lunch", ("11:00", "11:30")),
        ("after work", Matter.HOUR, "after work", ("08:30", "10:00", "12:00")),
        ("at 99", Matter.HOUR, "99", ("08:30", "10:00", "12:00")),
        ("at 20 in the morning", Matter.HOUR, "20", ("08:00", "20:00")),
        ("8 pm in the morning", Matter.HOUR, "8 pm", ("20:00", "08:00")),
        (
            "weekly on mon,wed",
            Matter.CLASH,
            "weekly on mon wed",
            ("on mon,wed", "weekly on mon", "weekly on wed"),
        ),
        ("tomorrow", Matter.WORDS, "tomorrow", ("at 08:30", "on mon,wed", "off")),
        ("alert", Matter.WORDS, "alert", ("at 08:30", "on mon,wed", "off")),
        ("a las 8", Matter.WORDS, "las", ("at 08:30", "on mon,wed", "off")),
        ("lisbom", Matter.WORDS, "lisbom", ("in Europe/Lisbon", "at 08:30", "on mon,wed")),
        ("stop at 9", Matter.CLASH, "stop at 9", ("off", "at 09:00")),
        ("pase", Matter.WORDS, "pase", ("pause", "unpause", "at 08:30")),
        ("xyzzy", Matter.WORDS, "xyzzy", ("at 08:30", "on mon,wed", "off")),
    ],
)
def test_what_is_wrong_or_unclear_is_asked_back(text, kind, part, nearest):
    misread = parse_wish(text)
    assert isinstance(misread, Misread), misread
    assert (misread.kind, misread.text, misread.nearest) == (kind, part, nearest)


def test_each_choice_carries_the_rest_of_the_wish():
    misread = parse_wish("here at 9 on tue in IST")
    assert [say(wish) for wish in misread.wishes] == [
        "here at 09:00 on tue in Asia/Kolkata",
        "here at 09:00 on tue in Europe/Dublin",
        "here at 09:00 on tue in Asia/Jerusalem",
    ]


def test_how_long_tips_are_to_come_is_left_out_and_never_a_pause():
    for text in ("daily for a month", "at 9 on mon for 3 weeks", "until monday", "in Berlin until 5 june"):
        (wish,) = parse_wish(text).wishes
        assert wish.act is Act.SET
    assert say(parse_wish("at 9 on mon for 3 weeks").wishes[0]) == "at 09:00 on mon"


@pytest.mark.parametrize(
    ("text", "language"),
    [("am 8 Uhr", "german"), ("a las 8", "spanish"), ("at 8", None), ("in Las Vegas", None), ("xyzzy", None)],
)
def test_a_word_of_time_in_another_language_tells_which(handbook, text, language):
    assert find_language(text) == language
    assert language is None or handbook.spoken.get(language).says


def test_an_unknown_place_gets_three_zones_that_exist():
    for name in ("Lisbonn", "europe/", "", "x" * 500, "🌍", "Sao Paolo"):
        nearest = nearest_zones(name)
        assert len(set(nearest)) == 3
        assert set(nearest) <= available_timezones()


PARTS = [
    "at",
    "in",
    "on",
    "not",
    "no",
    "25:00",
    "8",
    "berlin",
    "time",
    "mon",
    "too",
    "pause",
    "2",
    "weeks",
    "stop",
]
PARTS += [
    "until",
    "also",
    "every",
    "weekly",
    "here",
    "half",
    "past",
    "-",
    "IST",
    "for",
    "from",
    "am",
    "a",
    "zzz",
]


@given(st.text(max_size=500) | st.lists(st.sampled_from(PARTS), max_size=12).map(" ".join))
def test_any_text_gives_a_wish_or_choices_that_are_wishes(text):
    read = parse_wish(text)
    for wish in read.wishes if isinstance(read, Misread) else [read]:
        assert parse_wish(say(wish)) == wish
    if isinstance(read, Misread):
        assert 1 <= len(read.nearest) == len(read.wishes) <= 3
        assert len(read.text) <= 60


@pytest.mark.parametrize(
    "text", ["8" * 500, "at " * 160, "a/" * 250, "in " + "x" * 497, "8:" * 250, "\u0660" * 500]
)
def test_hostile_words_are_asked_back(text):
    assert isinstance(parse_wish(text), Misread)


def test_a_wish_changes_only_what_it_names():
    schedule = Schedule("Europe/Lisbon", 600, WEEKDAYS)
    at_eight, in_tokyo = parse_wish("at 8"), parse_wish("in Tokyo")
    assert changed(at_eight, schedule, Pace.HALF) == (Schedule("Europe/Lisbon", 480, WEEKDAYS), Pace.HALF)
    assert changed(in_tokyo, schedule, Pace.HALF) == (Schedule("Asia/Tokyo", 600, WEEKDAYS), Pace.HALF)
    assert changed(parse_wish("weekends too"), schedule, Pace.HALF)[0].days == WEEKDAYS | WEEKEND
    assert changed(parse_wish("no fridays"), schedule, Pace.HALF)[0].days == WEEKDAYS & ~FRIDAY


def test_whoever_names_days_wants_a_tip_on_each_of_them():
    schedule = Schedule("UTC", 600, WEEKDAYS)
    assert changed(parse_wish("on mon"), schedule, Pace.HALF) == (Schedule("UTC", 600, MONDAY), Pace.DAILY)
    assert changed(parse_wish("weekly on mon"), schedule, Pace.HALF)[1] is Pace.WEEKLY


@pytest.mark.parametrize(
    ("before", "after"), [(MONDAY, WEEKDAYS), (WEEKDAYS, WEEKDAYS), (EVERY_DAY, EVERY_DAY)]
)
def test_every_morning_is_at_least_every_weekday(before, after):
    schedule = Schedule("UTC", 600, before)
    assert changed(parse_wish("every morning at 7:15"), schedule, Pace.WEEKLY) == (
        Schedule("UTC", 435, after),
        Pace.DAILY,
    )


def test_a_change_that_leaves_no_day_is_none():
    assert changed(parse_wish("no fridays"), Schedule("UTC", 600, FRIDAY), Pace.DAILY) is None


def test_a_pause_ends_on_the_day_that_was_said():
    friday = date(2026, 11, 20)
    assert pause_end(parse_wish("pause 2 weeks"), friday) == date(2026, 12, 4)
    assert pause_end(parse_wish("pause until monday"), friday) == date(2026, 11, 23)
    assert pause_end(parse_wish("pause until friday"), friday) == friday + timedelta(days=7)
    assert pause_end(parse_wish("pause"), friday) is None
    assert pause_end(parse_wish("pause until 1 december"), friday) == date(2026, 12, 1)
    assert pause_end(parse_wish("pause until 2 march"), friday) == date(2027, 3, 2)
    assert pause_end(parse_wish("pause until 29 february"), friday) == date(2027, 3, 1)
