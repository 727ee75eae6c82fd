"""The reasons must be the ones that decided: each is held against what the coach really does."""

import pickle

import pytest

from bot.coach.bars import Measure, bars
from bot.coach.decision import OFF_TOPIC, Verdict, decide
from bot.coach.lessons import lessons
from bot.coach.match import MatchKind
from bot.coach.matching import Matcher
from bot.coach.question import MAX_CHARACTERS, Aspect, Question, Role
from bot.coach.why import MOST_LIKELY, MOST_WORDS, Ground, explain
from bot.coach.wording import words

THREAD = "vision-execution"
KINDS_BY_VERDICT = {Verdict.UNSURE: MatchKind.CHOICES, Verdict.UNKNOWN: MatchKind.DECLINE}


@pytest.fixture(scope="module")
def why(coach):
    def why(text, topic=None, role=None):
        return explain(coach, Question(text, role, topic))

    return why


@pytest.fixture(scope="module")
def asked(held_out, why):
    """Questions of every sort that stand nowhere in the content, with the reasons for their match."""
    on_topic = [texts[0] for texts in held_out["on-topic"].values()][::4]
    others = [texts[0] for texts in held_out["tools-and-referrals"].values()]
    texts = [*on_topic, *others, *held_out["off-topic"][::8]]
    plain = [text["text"] if isinstance(text, dict) else text for text in texts]
    return {text: why(text) for text in plain}


def test_every_sign_is_named_as_what_decided(why, handbook):
    for referral in handbook.referrals.values():
        reasons = why(f"{referral.signs[0]}")
        assert (reasons.ground, reasons.cue) == (Ground.SIGN, referral.signs[0])


def test_thanks_decide_before_any_score(why):
    assert why("thanks a lot!").ground is Ground.THANKS


@pytest.mark.parametrize("text", ["", "?", "x", "\u200b"])
def test_where_nothing_is_said_there_is_nothing_to_weigh(why, text):
    reasons = why(text)
    assert (reasons.ground, reasons.standing, reasons.words) == (Ground.NOTHING_SAID, None, ())


def test_a_phrasing_decides_by_itself_and_is_its_own_nearest(why, handbook):
    phrasing = handbook.topics[THREAD].phrasings[0]
    reasons = why(f"Hi! {phrasing.upper()} please")
    assert reasons.ground is Ground.PHRASING
    assert reasons.nearest[0].label == THREAD
    assert reasons.nearest[0].likeness == pytest.approx(1)


@pytest.mark.parametrize(
    ("text", "ground", "cue"),
    [
        ("could i see another example of this one", Ground.CUE, "example"),
        ("and for zebras in zoos?", Ground.CASE, "and"),
    ],
)
def test_a_follow_up_says_which_words_made_it_one(why, text, ground, cue):
    reasons = why(text, THREAD)
    assert (reasons.match.kind, reasons.match.topic) == (MatchKind.FOLLOWUP, THREAD)
    assert (reasons.ground, reasons.cue) == (ground, cue)


def test_where_no_score_is_sure_the_words_that_go_on_decide(why):
    fragments = [
        "and would that be enough",
        "so it is like that then",
        "but is it so",
        "so that it does then",
    ]
    follow_ups = [each for each in (why(text, THREAD) for text in fragments) if each.match.score < 1]
    assert any(each.ground is Ground.GOES_ON for each in follow_ups)
    for reasons in follow_ups:
        assert reasons.match.kind is MatchKind.FOLLOWUP
        assert (reasons.ground is Ground.GOES_ON) == (reasons.verdict is not Verdict.SURE)


def test_out_of_a_thread_a_question_that_stands_alone_has_no_follow_up_among_the_likeliest(why):
    assert not any(label.startswith("follow:") for label, _ in why("why is vision not enough").ranking)


def test_the_role_and_the_thread_count_as_they_do_for_the_match(why, coach):
    question = Question("why?", Role.EXECUTIVE, THREAD, Aspect.FULL)
    assert explain(coach, question).match == coach.match(question)
    assert why("why?", THREAD, Role.EXECUTIVE).match.role is Role.EXECUTIVE


def test_what_was_made_of_the_words_is_told(why):
    reasons = why("hello coach, what is vision and exeecution for my mgr in zzyzx? thanks")
    assert reasons.small_talk == ("hello", "coach", "thanks")
    assert reasons.reading.mended == (("exeecution", "execution"),)
    assert ("mgr", "manager") in reasons.reading.synonyms
    assert reasons.reading.unknown == ("zzyzx",)


def test_families_of_kin_are_called_as_in_the_vocabulary(asked, handbook):
    named = {family for reasons in asked.values() for _, family in reasons.reading.kin}
    assert named
    assert named <= handbook.vocabulary.kin.keys()


def test_a_letter_that_only_asks_at_its_end_says_so(why):
    letter = "Zebra lion tiger, bear wolf giraffe. " * 8
    reasons = why(f"{letter} What is the difference between vision and execution?"[:MAX_CHARACTERS])
    assert reasons.last_sentence == "what is the difference between vision and execution"
    assert reasons.match.topic == THREAD


def test_words_that_open_a_topic_as_a_command_are_told(why):
    assert why("difference vision").opens == THREAD
    assert why("how do i win people for a vision").opens is None


def test_scores_that_decided_are_those_of_the_match(asked):
    for text, reasons in asked.items():
        if reasons.ground is Ground.SCORES:
            confidence = reasons.standing.certainty if reasons.standing else 0.0
            assert reasons.match.score == confidence, text
            assert reasons.match.kind is KINDS_BY_VERDICT.get(reasons.verdict, reasons.match.kind), text


def test_a_number_is_too_low_exactly_where_something_was_not_answered(asked):
    for text, reasons in asked.items():
        short = [bar for bar in reasons.bars if bar.decides(reasons.verdict)]
        if reasons.verdict is Verdict.SURE:
            enough = [bar for bar in reasons.bars if bar.answered_from is not None]
            assert any(bar.value >= bar.answered_from for bar in enough), text
        assert bool(short) == (reasons.verdict is not Verdict.SURE and reasons.standing is not None), text


def test_at_most_eight_words_of_the_text_are_named_best_first(asked):
    for text, reasons in asked.items():
        named, effects = zip(*reasons.words, strict=True) if reasons.words else ((), ())
        assert len(named) <= MOST_WORDS
        assert set(named) <= set(words(text))
        assert list(effects) == sorted(effects, reverse=True)


def test_the_word_that_tells_most_comes_first(why):
    assert why("what did mintzberg write about managers").words[0][0] == "mintzberg"


def test_the_nearest_phrasings_are_taught_for_what_they_stand_for(asked, handbook):
    taught = set(lessons(handbook))
    for reasons in asked.values():
        assert all((each.phrasing, each.label) in taught for each in reasons.nearest)
        assert all(0 <= each.likeness <= 1 for each in reasons.nearest)
        assert len(reasons.ranking) <= MOST_LIKELY


def test_the_opponent_is_off_topic_where_that_is_nearer_than_any_rival(asked):
    for reasons in asked.values():
        if reasons.opponent is not None:
            nearer = reasons.standing.ahead < reasons.standing.lead
            assert nearer or reasons.opponent == reasons.standing.rival
    assert OFF_TOPIC in {reasons.opponent for reasons in asked.values()}


def test_the_same_question_has_the_same_reasons(why):
    text = "how do i keep my best people when i cannot pay more"
    assert why(text) == why(text)


def test_a_text_of_any_length_is_explained(why):
    assert len(why("vision execution people budget " * 5000).words) <= MOST_WORDS


def test_a_tool_that_led_and_was_not_sure_stands_among_the_numbers():
    ranking = [("tool:tip", 0.15), ("vision", 0.149), ("people", 0.148)]
    found = bars(decide(ranking), ranking)
    assert (found[-1].measure, found[-1].label) == (Measure.CERTAINTY, "tool:tip")
    assert found[-1].decides(Verdict.UNSURE)


def test_a_referral_that_led_too_low_stands_among_the_numbers():
    ranking = [("refer:health", 0.1), ("vision", 0.09), ("people", 0.05)]
    found = bars(decide(ranking), ranking)
    assert (found[-1].measure, found[-1].label, found[-1].value) == (Measure.SCORE, "refer:health", 0.1)


def test_a_referral_that_came_near_is_measured_by_how_near():
    ranking = [("vision", 0.62), ("refer:health", 0.61)]
    assert [bar.measure for bar in bars(decide(ranking), ranking)] == [Measure.SCORE, Measure.BEHIND]


def test_a_matcher_that_learned_nothing_has_nothing_to_say():
    matcher = Matcher()
    assert matcher.read(["vision"]) is None
    assert matcher.compare(["vision"]) == {}
    assert matcher.nearest(["vision"], "vision") is None
    assert matcher.liken(["vision"], ["vision"]) == 0


def test_a_matcher_from_the_cache_reads_the_same(coach):
    kept = pickle.loads(pickle.dumps(coach.matcher))  # noqa: S301  our own
    said = words("what does my mgr say about vision and exeecution")
    assert kept.read(said) == coach.matcher.read(said)
    assert kept.compare(said) == coach.matcher.compare(said)


@pytest.mark.parametrize(
    "text", ["what does a manager do about vision", "vision vs execution in one sentence"]
)
def test_an_aspect_within_a_question_is_explained_as_it_was_understood(why, coach, text):
    reasons = why(text)
    assert (reasons.verdict, reasons.standing.label) == (Verdict.SURE, coach.match(Question(text)).topic)


def test_a_question_in_another_language_is_said_to_be_one(why):
    assert why("wie gebe ich feedback").ground is Ground.LANGUAGE


def test_a_thread_about_a_topic_that_is_gone_is_none(coach):
    match = coach.match(Question("example?", topic="no-such-topic"))
    assert match.topic is None
    assert coach.answer(match).headline == "About which topic?"
