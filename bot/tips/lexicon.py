"""The words in which people speak of their tips: data, no code.

A comma separates the ways to say a thing; all are in lower case, without accents, with contractions
opened ("do not").
"""

from bot.tips.listing import lists

ACTS = lists("""
off: off, stop, unsubscribe, unsubscribe me, unsubscribe me from, unsubscribe from, cancel, quit, end,
    turn off, switch off, shut off, disable, opt out, opt me out, opt me out of, opt out of, sign me off,
    take me off, remove me, remove me from, stop sending, stop sending me, stop giving me, stop posting,
    stop with, no more, do not send, do not send me, do not give me, never send, never send me, do not
    want, i do not want, we do not want, no longer want, i no longer want, do not want any more, do not
    need, i do not need, no longer need, i no longer need, no tips, no tip, enough, enough of, get rid of,
    i am done with, turn it off, turn this off, turn that off, turn them off, turn these off, switch it
    off, switch this off, switch that off, switch them off, switch these off, leave me alone, leave me be,
    leave me in peace, shut up, go away, cut it out, knock it off, give it a rest, do not send me anything,
    never send me anything, stop sending me anything, stop messaging me, stop writing to me, stop writing
    me, stop pinging me, stop contacting me, stop texting me, stop bothering me, stop spamming me, stop
    spamming, do not write to me, do not message me, do not contact me, why do you keep sending me, why do
    you keep messaging me, why do you keep writing to me, why are you still sending me
pause: pause, mute, snooze, hold, hold off, hold off on, suspend, take a break, take a break from, have a
    break from, put on hold, on hold, stop for now, skip, pause sending, leave out
resume: resume, unpause, unmute, continue, go on, start again, begin again, restart, carry on, turn back on,
    back on, start sending again, bring back, un pause, keep going
show: show, show me, status, settings, when, when is, when is my next, when is the next, when will i get,
    when do i get, when does, when do, what time, what time is, what time does, what time do, at what time
    do i get, what time do i get, which days do i get, on which days do i get, what is set, info, list,
    when will the, when will my, when does my, when does the, when do my, when is the time of
less: less often, less frequently, less, fewer, not so often, not so many, too many, too often
set: start, subscribe, subscribe me, subscribe me to, subscribe to, sign up, sign me up, sign up for, sign
    me up for, sign me up to, turn on, switch on, enable, begin, opt in, opt me in, start sending, start
    sending me, set up, add me to, yes
here: here, in this channel, in the channel, to this channel, this channel, for this channel, for this
    team
""")
"""What to do about a subscription."""

ASKS_WHEN = ("when", "what time", "at what time", "which days", "on which")
"""How a question begins that asks to be shown what is set."""
PASSES_ONE = frozenset({"skip", "hold", "leave out"})
"""What may be said of one tip only, unless a time follows."""

PACES = lists("""
daily: daily, once a day, one tip a day, a tip a day, one a day
half: every other day, every second day, half as often, every other, half as many
weekly: weekly, once a week, one tip a week, a tip a week, one tip per week, every week, once per week,
    one a week, one per week, each week, just one a week
first: first of a week, the first of a week, on the first of a week
""")
"""How often."""

DAYS = lists("""
mon: mon, monday, mondays
tue: tue, tues, tuesday, tuesdays
wed: wed, weds, wednesday, wednesdays
thu: thu, thur, thurs, thursday, thursdays
fri: fri, friday, fridays
sat: sat, saturday, saturdays
sun: sun, sunday, sundays
mon-fri: five days a week, 5 days a week, weekdays, weekday, week days, workdays, workday, working days,
    working day, work days, business days, every weekday, every workday, every working day, each weekday,
    on work days
sat-sun: weekends, weekend, the weekend, every weekend, week ends, at the weekend
mon-sun: every day, everyday, each day, all days, all week, every single day, seven days a week, 7 days a
    week, every day of the week
tue-thu: twice a week, two times a week, 2 times a week
mon-wed-fri: three times a week, 3 times a week
""")
"""Days, and sets of them; the key lists them."""

MARKS = lists("""
also: also, plus, add, and also, as well on, additionally
too: too, as well
without: except, except on, excluding, but not, but not on, not on, without, no, never on, other than,
    save for, all but, drop, remove
not: not, do not, never, no longer, instead of, rather than, instead of at, rather than at, not at,
    instead of on
from: from
at: at, to, around, about, by, for about, at around, at about, towards
in: in, in zone, in time zone, my time zone is, i am in, i live in, i moved to, i work in
on: on, every, each, only on, just on, every week on, days
until: until, till, til
before: before, earlier than
after: after, later than
for: for, for the next, for the
time: time, time zone, timezone, tz, zone
""")
"""Words that say how to take what stands beside them."""

DAY_PARTS = lists("""
morning: in the morning, in the mornings, every morning, each morning, morning, mornings, in the am
afternoon: in the afternoon, in the afternoons, every afternoon, each afternoon, afternoon, afternoons
evening: in the evening, in the evenings, every evening, each evening, evening, evenings
night: at night, every night, tonight
""")
"""Halves of the day, which also tell which 8 o'clock is meant."""

HOURS = {
    "noon": 720, "midday": 720, "12 noon": 720, "twelve noon": 720, "mid day": 720, "lunchtime": 720,
    "lunch": 720, "lunch time": 720, "midnight": 0, "12 midnight": 0, "twelve midnight": 0,
}  # fmt: skip
"""Hours with a name, in minutes of the day."""

USUAL_HOURS = {"morning": 540, "afternoon": 840, "evening": 1080, "night": 1200}
"""Which hour to take where only a part of the day was named."""

NUMBERS = {
    word: number
    for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
        start=1,
    )
} | {"a": 1, "an": 1, "a couple of": 2, "couple of": 2, "another": 1, "a few": 3}
MINUTES = {
    "oclock": 0, "o clock": 0, "sharp": 0, "five": 5, "ten": 10, "fifteen": 15, "twenty": 20, "thirty": 30,
    "forty": 40, "forty five": 45, "fifty": 50,
}  # fmt: skip
"""What may follow an hour in words."""
BEFORE_HOURS = {
    "half past": 30, "quarter past": 15, "a quarter past": 15, "quarter to": -15, "a quarter to": -15,
    "half": 30,
}  # fmt: skip
"""What may lead to an hour, in minutes added to it."""

SPANS = {
    "day": 1, "days": 1, "d": 1, "week": 7, "weeks": 7, "w": 7, "wk": 7, "wks": 7, "fortnight": 14,
    "fortnights": 14, "month": 30, "months": 30,
}  # fmt: skip
"""Spans of time, in days."""
TODAY = ("today", "for today", "just for today")
UNTIL_MONDAY = (
    "this week",
    "the rest of the week",
    "for the rest of the week",
    "until next week",
    "the week",
)

_WHOSE = ("", "the ", "my ", "a ", "your ", "these ", "those ", "any ", "any more ")
_SENT = ("message", "messages", "notification", "notifications", "mails", "emails", "pings", "posts", "spam")
_TIME_OF = ("the time of ", "the time for ", "the hour of ")
_NAMES = ("tip", "tips", "reminder", "reminders", "leadership tip", "leadership tips", "coaching tips")

TIPS = (
    *(whose + name for whose in _WHOSE for name in _NAMES),
    *(time + whose + name for time in _TIME_OF for whose in ("", "the ", "my ") for name in _NAMES),
    *("next tip", "my next tip"),
)
DAILY_TIPS = tuple(f"{whose}daily {name}" for whose in _WHOSE for name in _NAMES)
"""What people call the tips; a wish in plain words names them, or it is none."""
THINGS = (
    *(
        f"{whose}{daily}{name}"
        for whose in (*_WHOSE, "all ", "all the ", "all these ", "all your ", "more ", "so many ", "this ")
        for daily in ("", "daily ")
        for name in _SENT
    ),
    *("subscription", "my subscription", "the subscription", "this subscription"),
)
"""What they call them where everybody knows what is meant."""

MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october"),
    *("november", "december"),
)
ELSEWHERE = lists("""
german: uhr, taglich, jeden, morgens, abends, mittags, montags, montag, dienstag, mittwoch, donnerstag,
    freitag, samstag, sonntag, wochentags, werktags
french: heures, heure, jours, chaque, matin, lundi, mardi, mercredi, jeudi, vendredi, samedi, dimanche
spanish: las, lunes, martes, miercoles, jueves, viernes, domingo, diario, manana
portuguese: segunda, terca, quarta, quinta, sexta, manha, horas, todos
italian: alle, ore, lunedi, martedi, mercoledi, giovedi, venerdi, sabato, domenica, giorno, mattina
dutch: uur, elke, dag, maandag, dinsdag, woensdag, donderdag, vrijdag, zaterdag, zondag, ochtend
swedish: klockan, varje
polish: godzinie, codziennie
""")
"""Words of time that tell another language, by the names of languages in the content."""

TALK = lists("""
send: send, send me, send us, give, give me, deliver, post, move, change, change it, shift, switch, set,
    schedule, i want, i would like, i prefer, i would prefer, want, would like, prefer, make, make it,
    bring, put, we want, i would rather have, let me have, we would like, please change, reschedule, i
    need
get: get, have, receive, come, arrive, be, be sent, be delivered, reach me, start, show up, appear, go out
ask: can, could, can i, could i, may i, can we, could we, can you, could you, would you, will you, please,
    i want to, i would like to, should, is it possible to, would it be possible to, let us, how do i, how
    can i, where can i, can the, could the, i want you to, want to, i need to, would you please, we want
    to
filler: and, the, a, me, us, my, your, it, them, this, that, i, you, we, all, so, then, now, just, only,
    again, from now on, instead, or, of, is, thanks, thank you, hi, hello, hey, coach, dear coach, ok,
    okay, but, for me, for us, to me, to us, any more, anymore, any longer, altogether, completely, while,
    because, for now, for a while, a bit, from you, oclock, sharp, day, days, week, each time, at all, lvm,
    will, does, do not worry, me the, sending, getting, i no longer have time, the ones, at once, right
    now, right away, immediately, already, for good, ever again, ever, forever, seriously, really, ffs,
    damn it, bot, this crap, that crap, crap, this stuff, that stuff, stuff, this nonsense, this rubbish,
    this shit, this bullshit, these things
away: i am on holiday, while i am on holiday, i am away, while i am away, i am on vacation, while i am on
    vacation, i am on leave, while i am on leave, as i am on holiday, i will be away, i will be on holiday,
    i am off work, on holiday, on vacation, on leave, holiday,
    holidays, vacation, away, i am out of office, out of office
""")
"""Words around a wish, sorted by whether they order something, only ask politely, or tell of time off."""

MOODS = lists("""
complaint: hate, i hate, dislike, i dislike, do not like, i do not like, can not stand, i can not stand,
    annoying, annoy, annoys, annoyed by, i am annoyed by, bother, bothers, bothering, irritating, irritate,
    irritates, disturb, disturbs, disturbing, useless, pointless, boring, stupid, silly, unwanted,
    distracting, distract, a waste of time, spam, suck, sucks, terrible, awful, sick of, i am sick of,
    tired of, i am tired of, fed up with, i am fed up with, get on my nerves, getting on my nerves, drive
    me mad, driving me mad, too much, are spam, is spam, just spam, pure spam
frame: are, am, so, very, such, quite, always, they, they are, i find, i think
""")
"""What people say of tips that they are tired of, and the words between."""
