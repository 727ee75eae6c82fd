import pytest

from bot.slack.incoming import plain


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<@U1> what is leadership?", "what is leadership?"),
        ("see <https://e.example/x|the plan> now", "see the plan now"),
        ("in <#C1|general>", "in general"),
        ("<!channel> hi", "hi"),
        ("<!subteam^S1|@leads> hi", "hi"),
        ("a &lt;b&gt; &amp; c", "a <b> & c"),
        ("a < b", "a < b"),
        ("", ""),
    ],
)
def test_markup_is_taken_away_and_words_stay(written, read):
    assert plain(written) == read


def test_hostile_brackets_take_no_time():
    assert plain("<" * 40_000 + "x") == "<" * 40_000 + "x"
