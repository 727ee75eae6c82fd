from hypothesis import given
from hypothesis import strategies as st

from bot.coach.question import Ask, Aspect, Role, read_ask, write_ask

ids = st.from_regex(r"[a-z0-9-]{1,50}", fullmatch=True)
asks = st.builds(
    Ask,
    topic=st.none() | ids,
    aspect=st.sampled_from(Aspect),
    role=st.none() | st.sampled_from(Role),
    tool=st.none() | st.just("tip"),
    item=st.none() | st.just("say-what-it-is-for"),
)


@given(asks)
def test_a_button_brings_back_what_it_carries_within_the_shortest_limit(ask):
    assert read_ask(write_ask(ask)) == ask
    assert len(write_ask(ask)) <= 150


@given(st.text())
def test_a_forged_button_never_fails(value):
    assert isinstance(read_ask(value), Ask)


def test_a_forged_aspect_asks_for_nothing():
    assert read_ask("vision-execution|drop table|||") == Ask()
