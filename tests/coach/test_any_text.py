"""Whatever people send, the coach understands it soon, without breaking, and the same way twice."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.coach.question import Question

MOST_SECONDS = 0.020

anything = st.text(st.characters(codec=None, exclude_categories=()), max_size=600)
near_words = st.lists(
    st.from_regex(
        r"(con|pro|man|lead|inter|over)[b-z]{1,4}(ation|ement|ership|ining|anager)", fullmatch=True
    ),
    max_size=45,
).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(st.one_of(anything, near_words), st.sampled_from([None, "vision-execution"]))
def test_any_text_is_understood_within_20_ms_and_the_same_way_twice(coach, text, topic):
    question = Question(text, topic=topic)
    first, took = clocked(coach, question)
    again = [clocked(coach, question) for _ in range(2)]
    assert [match for match, _ in again] == [first, first]
    assert min(took, *(seconds for _, seconds in again)) <= MOST_SECONDS


def clocked(coach, question):
    """Match and answer; give the processor's time, of which other programs take none."""
    started = time.process_time()
    match = coach.match(question)
    coach.answer(match)
    return match, time.process_time() - started
