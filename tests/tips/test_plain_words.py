import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coach.commands import TIPS_OFF
from bot.coach.match import MatchKind
from bot.coach.question import Question
from bot.tips.hearing import hear
from bot.tips.wish import Matter, Misread, Wish, say
from bot.tips.wishes import find_wish


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("stop sending me tips", "off"),
        ("Please stop the daily tips, they annoy me.", "off"),
        ("I don't want any more tips", "off"),
        ("unsubscribe me from the daily tips", "off"),
        ("how do I turn off the reminders?", "off"),
        ("can the tips come at 8 instead of noon", "at 08:00"),
        ("Can you move my daily tip to 4pm?", "at 16:00"),
        ("please pause the tips for two weeks", "pause 14 days"),
        ("no tips for two weeks please", "pause 14 days"),
        ("I am on holiday. Pause my tips until Monday", "pause until mon"),
        ("skip the tips this week", "pause until mon"),
        ("send me a tip every morning at 7", "at 07:00 also on mon,tue,wed,thu,fri daily"),
        ("a tip every morning at 7:15", "at 07:15 also on mon,tue,wed,thu,fri daily"),
        ("I am on holiday until 5 december, no tips please", "pause until 5 december"),
        ("pause the tips until the 1st of March", "pause until 1 march"),
        ("why do you keep sending me tips", "off"),
        ("no more tips on friday", "except fri"),
        ("tips only on mondays and thursdays please", "on mon,thu"),
        ("could I get my tips on Tuesdays only?", "on tue"),
        ("I'd like just one tip a week", "weekly"),
        ("send me tips less often", "less often"),
        ("can I get the tips in Lisbon time", "in Europe/Lisbon"),
        ("could you post the tips here at 9", "here at 09:00"),
        ("sign me up for the daily tip", ""),
        ("I want daily tips", ""),
        ("resume the tips", "resume"),
        ("when is my next tip?", "show"),
        ("what time do I get my tips", "show"),
    ],
)
def test_a_wish_is_found_in_plain_words(text, said):
    wish = find_wish(text)
    assert isinstance(wish, Wish), wish
    assert say(wish) == said


@pytest.mark.parametrize(
    "text",
    [
        "how do I stop micromanaging at 8",
        "how do I stop giving my team tips",
        "give me a tip",
        "give me 3 tips",
        "a tip for my meeting at 8",
        "give me a tip for monday",
        "next tip please",
        "send me my daily tip",
        "tip of the day",
        "tips on delegating",
        "any tips on mondays?",
        "stop giving me tips on leadership",
        "don't stop the tips",
        "why do I get tips at 8",
        "I never get tips at 8",
        "skip this tip",
        "my boss told me to stop sending tips to the press at 8",
        "stop",
        "tips",
        "give me tips in leadership",
        "send me tips on money",
        "send me tips in english",
        "give me tips after a conflict",
        "pause until monday",
        "",
    ],
)
def test_what_only_sounds_like_a_wish_is_left_to_the_coach(text):
    assert find_wish(text) is None


def test_no_question_of_the_content_is_taken_for_a_wish(handbook):
    phrasings = [text for topic in handbook.topics.values() for text in topic.phrasings]
    phrasings += [text for tool in handbook.tools.values() if tool.id != TIPS_OFF for text in tool.phrasings]
    phrasings += [text for referral in handbook.referrals.values() for text in referral.phrasings]
    phrasings += handbook.vocabulary.off_topic
    phrasings += [text for texts in handbook.vocabulary.follow_ups.values() for text in texts]
    assert [text for text in phrasings if hear(text)] == ["shut up"]
    assert len(phrasings) > 1_000


@pytest.mark.parametrize(
    ("text", "said"),
    [
        *((text, "off") for text in ("stop", "STOP!!", "Stop it.", "off", "unsubscribe", "cancel", "enough")),
        *((text, "off") for text in ("leave me alone", "shut up", "stop this crap", "no more", "go away")),
        *((text, "off") for text in ("I don't want this anymore", "cancel my subscription", "can you stop?")),
        *((text, "off") for text in ("please stop the daily messages", "how do i turn this off")),
        *((text, "off") for text in ("don't send me anything ever again", "stop spamming me")),
        ("why do you keep sending me stuff", "off"),
        ("pause", "pause"),
        ("pause for two weeks please", "pause 14 days"),
        ("resume", "resume"),
        ("weekly", "weekly"),
        ("weekly on tuesday at 9", "at 09:00 on tue weekly"),
        ("less often", "less often"),
        ("fewer messages please", "less often"),
        ("subscribe", ""),
    ],
)
def test_a_message_that_is_nothing_but_a_wish_is_heard(text, said):
    heard = hear(text)
    assert heard.is_bare
    assert say(heard.wish) == said


@pytest.mark.parametrize("text", ["dailly at 8", "Dialy at 8", "daily at 8"])
def test_a_slip_in_the_commands_name_passes_before_a_whole_wish(text):
    assert say(hear(text).wish) == "at 08:00"
    assert hear("dailly stand-ups bore my team") is None


@pytest.mark.parametrize(
    "text",
    [
        *("i want it all to stop", "stop, i can't go on", "make it stop", "i want to stop", "this must stop"),
        *("it has to stop", "end it", "end it all", "end this", "i quit", "i don't want to be here"),
        *("i don't want to go on", "i don't want anything anymore", "stop everything", "no more, i can't"),
        *("how do i stop this", "weekly?", "continue", "go on", "less", "start", "stop micromanaging"),
        *("stop it, he said", "i need a break", "stop " * 13),
    ],
)
def test_a_message_that_says_more_or_may_mean_more_is_none(text):
    assert hear(text) is None


@pytest.mark.parametrize(
    "text",
    [
        *("I hate these tips", "tips are annoying me", "Your tips are useless!", "the daily tips bother me"),
        *("I am sick of the tips", "these messages are annoying", "your messages are spam"),
    ],
)
def test_who_is_tired_of_the_tips_is_asked_what_to_do(text):
    heard = hear(text)
    assert (heard.wish.kind, heard.wish.nearest) == (
        Matter.COMPLAINT,
        ("Less often", "Pause for a week", "Stop"),
    )
    assert [say(wish) for wish in heard.wish.wishes] == ["less often", "pause 7 days", "off"]


@pytest.mark.parametrize("text", ["i hate giving tips", "my team hates my tips", "tips on annoying people"])
def test_a_complaint_about_other_tips_is_none(text):
    assert hear(text) is None


@pytest.mark.parametrize("text", ["stop", "STOP", "stop it", "I don't want this anymore", "Stop, please"])
def test_a_bare_stop_is_no_cry_for_help(coach, text):
    assert coach.match(Question(text)).tool == TIPS_OFF


@pytest.mark.parametrize(
    "text",
    [
        *("i want it all to stop", "stop, i can't go on", "make it stop", "i want everything to stop"),
        *("please make it all stop", "i want to stop", "I don't want to be here", "i want to die, stop"),
    ],
)
def test_a_stop_with_any_sign_of_distress_still_is(coach, text):
    assert coach.match(Question(text)).kind is MatchKind.REFER


def test_an_hour_that_is_wrong_or_unclear_is_asked_back():
    assert find_wish("can the tips come at 25:00").kind is Matter.HOUR
    assert find_wish("please send the tips at 3").nearest == ("15:00", "03:00")


@pytest.mark.parametrize(
    ("text", "kind", "nearest"),
    [
        ("tips at 25:00 please", Matter.HOUR, "01:00"),
        ("send tips in Lisbom time", Matter.ZONE, "Europe/Lisbon"),
        ("can the tips come on funday", Matter.DAYS, "sunday"),
        ("send me weekley tips", Matter.WORDS, "weekly"),
        ("can the tips come before lunch", Matter.HOUR, "11:00"),
        ("weekly tips on mon,wed please", Matter.CLASH, "on mon,wed"),
        ("I am away until easter, no tips please", Matter.PAUSE, "1 week"),
        ("please send me tips for three months", Matter.LENGTH, "Send them"),
    ],
)
def test_a_wish_with_a_slip_in_it_gets_the_nearest_valid_ones(text, kind, nearest):
    misread = find_wish(text)
    assert (misread.kind, misread.nearest[0]) == (kind, nearest)


BARE = ["stop", "off", "pause", "2", "weeks", "until", "5", "december", "weekly", "this", "please", "can you"]
BARE += [
    "how do i",
    "it",
    "the messages",
    "resume",
    "at",
    "on",
    "monday",
    "i am on holiday",
    "no",
    "daily",
    "?",
]


@given(st.text(max_size=500).map(lambda text: f"tips {text}"))
def test_any_text_is_read_without_an_error(text):
    assert isinstance(find_wish(text), Wish | Misread | None)


@given(st.lists(st.sampled_from(BARE), max_size=12).map(" ".join) | st.text(max_size=60))
def test_any_message_is_heard_without_an_error(text):
    heard = hear(text)
    assert heard is None or isinstance(heard.wish, Wish | Misread)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("daily of", "off"),
        ("daily offf", "off"),
        ("daily at 25:00", "01:00"),
        ("daily on mondy", "monday"),
        ("Daily in Lisbn", "Europe/Lisbon"),
    ],
)
def test_a_slip_behind_daily_is_asked_back_without_its_slash_too(text, first):
    heard = hear(text)
    assert heard is not None
    assert isinstance(heard.wish, Misread)
    assert heard.wish.nearest[0] == first


@pytest.mark.parametrize(
    "text",
    [
        *("daily standup meetings", "daily of course", "daily to do list"),
        "daily in meetings people talk over me",
    ],
)
def test_a_question_that_begins_with_daily_stays_one(text):
    assert hear(text) is None
