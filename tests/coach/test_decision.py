import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coach.decision import OFF_TOPIC, Standing, Verdict, decide, is_topic, stand

LABELS = ["vision", "people", "change", "ideas", "tool:help", "refer:health", OFF_TOPIC]


def test_a_clear_leader_is_sure():
    decision = decide([("vision", 0.6), ("people", 0.2)])
    assert (decision.verdict, decision.labels) == (Verdict.SURE, ("vision",))


def test_two_topics_close_together_are_both_offered():
    decision = decide([("vision", 0.6), ("people", 0.59), ("ideas", 0.2), ("change", 0.1)])
    assert (decision.verdict, decision.labels) == (Verdict.UNSURE, ("vision", "people", "ideas"))


def test_a_middling_score_is_asked_back():
    assert decide([("vision", 0.25), ("people", 0.22)]).verdict is Verdict.UNSURE


def test_a_low_score_is_unknown_and_names_the_nearest_topics():
    decision = decide([(OFF_TOPIC, 0.2), ("vision", 0.1), ("tool:help", 0.08), ("people", 0.05)])
    assert (decision.verdict, decision.labels) == (Verdict.UNKNOWN, ("vision", "people"))


def test_one_topic_alone_is_no_choice():
    assert decide([("vision", 0.08)]).verdict is Verdict.UNKNOWN


def test_nothing_ranked_is_unknown():
    decision = decide([])
    assert (decision.verdict, decision.labels, decision.confidence) == (Verdict.UNKNOWN, (), 0)


def test_a_topic_just_ahead_of_off_topic_is_asked_back_not_answered():
    decision = decide([("vision", 0.6), (OFF_TOPIC, 0.55), ("people", 0.1)])
    assert decision.verdict is Verdict.UNSURE


def test_off_topic_ahead_is_unknown_however_high_the_topic():
    assert decide([(OFF_TOPIC, 0.7), ("vision", 0.6), ("people", 0.5)]).verdict is Verdict.UNKNOWN


def test_off_topic_a_little_ahead_is_asked_back():
    assert decide([(OFF_TOPIC, 0.48), ("vision", 0.47), ("people", 0.3)]).verdict is Verdict.UNSURE


def test_of_two_related_topics_the_better_one_answers_outright():
    ranking = [("vision", 0.6), ("people", 0.59), ("ideas", 0.2)]
    decision = decide(ranking, {"vision": ("people",)})
    assert (decision.verdict, decision.labels) == (Verdict.SURE, ("vision",))
    assert decision.confidence > decide(ranking).confidence


def test_a_tool_that_leads_is_sure():
    assert decide([("tool:help", 0.5), ("vision", 0.4), ("people", 0.3)]).labels == ("tool:help",)


def test_a_tool_is_never_among_the_choices():
    assert decide([("vision", 0.3), ("tool:help", 0.29), ("people", 0.28)]).labels == ("vision", "people")


def test_a_topic_behind_a_weak_tool_is_not_answered_outright():
    assert decide([("tool:help", 0.3), ("vision", 0.29), ("people", 0.05)]).verdict is not Verdict.SURE


@pytest.mark.parametrize("rival", ["vision", "tool:help", OFF_TOPIC])
def test_a_referral_just_behind_the_best_comes_first(rival):
    decision = decide([(rival, 0.42), ("refer:health", 0.4), ("people", 0.1)])
    assert (decision.verdict, decision.labels) == (Verdict.SURE, ("refer:health",))


def test_a_referral_far_behind_stands_in_nobodys_way():
    assert decide([("vision", 0.8), ("refer:health", 0.4)]).labels == ("vision",)


def test_a_weak_referral_is_passed_over():
    decision = decide([("refer:health", 0.12), ("vision", 0.11), ("people", 0.1)])
    assert "refer:health" not in decision.labels


def test_a_referral_that_leads_is_followed_at_a_score_that_would_answer_nothing_else():
    assert decide([("refer:health", 0.27), ("vision", 0.19)]).labels == ("refer:health",)
    assert decide([("vision", 0.27), ("people", 0.25)]).verdict is not Verdict.SURE


def test_a_topic_just_ahead_of_a_referral_is_not_answered_outright():
    assert decide([("vision", 0.26), ("refer:health", 0.25), ("people", 0)]).verdict is not Verdict.SURE


def test_a_label_stands_against_the_next_that_is_neither_related_nor_off_topic():
    ranking = [(OFF_TOPIC, 0.5), ("vision", 0.4), ("people", 0.3), ("ideas", 0.1)]
    standing = stand(ranking, {"vision": ("people",)}, "vision")
    assert (standing.own, standing.lead, standing.ahead) == pytest.approx((0.4, 0.3, -0.1))


def test_a_label_alone_leads_by_its_whole_score():
    assert stand([("vision", 0.4)], {}, "vision") == Standing("vision", 0.4, 0.4, 0.4)


@given(*[st.floats(-1, 1)] * 2, st.floats(0, 1), st.floats(0.01, 1))
def test_certainty_is_a_chance_that_grows_with_score_lead_and_distance(lead, ahead, own, more):
    certainty = Standing("vision", own, lead, ahead).certainty
    assert 0 <= certainty <= 1
    assert Standing("vision", own + more, lead, ahead).certainty > certainty
    assert Standing("vision", own, lead + more, ahead).certainty > certainty
    assert Standing("vision", own, lead, ahead + more).certainty > certainty


@given(st.lists(st.sampled_from(LABELS), unique=True), st.lists(st.floats(0, 1), min_size=7, max_size=7))
def test_every_ranking_is_decided_within_the_promises(labels, scores):
    decision = decide(list(zip(labels, sorted(scores, reverse=True), strict=False)))
    assert 0 <= decision.confidence <= 1
    assert set(decision.labels) <= set(labels)
    if decision.verdict is Verdict.SURE:
        assert len(decision.labels) == 1
    else:
        assert len(decision.labels) <= 3
        assert all(map(is_topic, decision.labels))
    assert decision.verdict is not Verdict.UNSURE or len(decision.labels) > 1
