import pytest
from hypothesis import given
from hypothesis import strategies as st

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
        ("send me a tip every morning at 7", "at 07:00"),
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
        "pause until monday",
        "",
    ],
)
def test_what_only_sounds_like_a_wish_is_left_to_the_coach(text):
    assert find_wish(text) is None


def test_no_question_of_the_content_is_taken_for_a_wish(handbook):
    phrasings = [text for topic in handbook.topics.values() for text in topic.phrasings]
    phrasings += [text for tool in handbook.tools.values() for text in tool.phrasings]
    phrasings += [text for referral in handbook.referrals.values() for text in referral.phrasings]
    phrasings += handbook.vocabulary.off_topic
    assert [text for text in phrasings if find_wish(text)] == []
    assert len(phrasings) > 1_000


def test_an_hour_that_is_wrong_or_unclear_is_asked_back():
    assert find_wish("can the tips come at 25:00").kind is Matter.HOUR
    assert find_wish("please send the tips at 3").nearest == ("15:00", "03:00")


@given(st.text(max_size=500).map(lambda text: f"tips {text}"))
def test_any_text_is_read_without_an_error(text):
    assert isinstance(find_wish(text), Wish | Misread | None)
