import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coach.question import MAX_CHARACTERS
from bot.coach.wording import only_thanks, shorten, stem, without_small_talk, words

HOSTILE = [
    "<" * 40_000,
    "<at>" * 10_000,
    "<a|" * 13_000,
    "<" + "a" * 40_000,
    "<a|" + "b" * 40_000,
    "<@" + "a" * 40_000,
    "www." * 10_000,
    ":a" * 20_000,
    "a'" * 20_000,
    "'" * 40_000,
    "http://" * 5_700,
    "&amp;" * 8_000,
    "a\u0300" * 20_000,
    "\ufdfa" * 10_000,
    "\u200b" * 40_000,
    "&#" + "9" * 40_000,
    " \t\n" * 13_000,
    "hi " * 13_000,
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What\u2019s the diff?", "what is the diff"),
        ("I can't, dont and WON'T", "i can not do not and will not"),
        ("whats up, im here, theyre not", "what is up i am here they are not"),
        ("the manager's job, the managers' jobs", "the manager job the managers jobs"),
        ("he's in; it\u2019ll do, we'd've gone", "he is in it will do wed have gone"),
        ("big-picture/details & 1:1s", "big picture details 1 1s"),
        ("le\u200bad \u202ethe way\u202c", "lead the way"),
        ("Café NAÏVE \uff2c\uff25\uff21\uff24", "cafe naive lead"),
        ("great 👍🏽 :thumbsup: :+1: work", "great work"),
        ("<@U123|anna> ask <https://a.b/c?d|the page> in <#C1>", "ask the page in"),
        ("<at>Coach</at> why?", "why"),
        ("see https://example.org/why-lead and www.example.org now", "see and now"),
        ("Q&amp;A &lt;now&gt;", "q a now"),
        ("", ""),
        ("?! … 👍", ""),
    ],
)
def test_words_are_read_from(text, expected):
    assert words(text) == tuple(expected.split())


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:6]))
def test_forty_thousand_hostile_characters_are_read_within_the_time_limit(text):
    assert isinstance(without_small_talk(words(text)), tuple)


@given(st.text(max_size=500))
def test_words_hold_letters_and_digits_only(text):
    assert all(word.isalnum() for word in words(text))


@given(st.text(max_size=3_000))
def test_a_shortened_text_fits(text):
    assert len(shorten(text)) <= MAX_CHARACTERS


def test_a_short_text_stays_as_it_is():
    assert shorten("  why lead? ") == "why lead?"


def test_a_long_text_keeps_its_first_and_its_last_words_whole():
    short = shorten("First words. " + "and then more happened " * 100 + "So what is the last question?")
    assert short.startswith("First words. and then")
    assert short.endswith("So what is the last question?")
    assert set(words(short)) <= set(words("First words and then more happened So what is the last question"))


def test_one_endless_word_is_cut():
    assert len(shorten("x" * 5_000)) == MAX_CHARACTERS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hi there, good morning! What is a vision? Thanks a lot, bye", "what is a vision"),
        ("hello coach sorry to bother you, why plan", "why plan"),
        ("hey everyone, thanks", "hey everyone thanks"),
        ("hi", "hi"),
        ("hello vision", "hello vision"),
        ("there is no plan", "there is no plan"),
        ("how to plan well", "how to plan well"),
        ("", ""),
    ],
)
def test_small_talk_is_set_aside_unless_it_is_the_message(text, expected):
    assert without_small_talk(words(text)) == tuple(expected.split())


@pytest.mark.parametrize(
    "forms",
    [
        "manage managed manages managing",
        "plan plans planned planning",
        "policy policies",
        "class classes",
        "process processes",
        "quick quickly",
        "try tries tried",
    ],
)
def test_the_forms_of_a_word_meet(forms):
    assert len(set(map(stem, forms.split()))) == 1


@pytest.mark.parametrize("word", ["this", "status", "thing", "bring", "need", "led", "as", "analysis"])
def test_what_only_looks_like_an_ending_stays(word):
    assert stem(word) == word


def test_words_of_different_meaning_stay_apart():
    assert len(set(map(stem, ["manager", "management", "leader", "leadership"]))) == 4


@given(st.text(min_size=1, max_size=40))
def test_a_stem_is_never_empty(word):
    assert stem(word)


@pytest.mark.parametrize("text", ["thanks", "ok", "ok great, thank you so much!", "got it, bye"])
def test_thanks_and_goodbyes_are_only_thanks(text):
    assert only_thanks(words(text))


@pytest.mark.parametrize("text", ["", "please", "thanks, and why?", "hello", "is that okay"])
def test_what_asks_or_greets_is_not_only_thanks(text):
    assert not only_thanks(words(text))


def test_calling_everyone_says_nothing():
    assert words("@channel and @here") == ("and",)
