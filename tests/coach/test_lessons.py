import pytest

from bot.coach.handbook import Handbook, Referral, Replies, Tool, Vocabulary
from bot.coach.languages import Spoken
from bot.coach.lessons import lessons
from bot.coach.question import Aspect
from bot.coach.topics import Kind, Topic


@pytest.fixture
def small_handbook():
    topic = Topic(
        id="vision",
        kind=Kind.DIFFERENCE,
        title="Vision vs. steps",
        lead="The lead.",
        aspects={Aspect.SHORT: "In short.", Aspect.EXAMPLE: "A ward.", Aspect.WHY: "Because."},
        if_then="When I plan, I will say why.",
        phrasings=("what is a vision",),
        sources=(),
        names=("vision",),
        not_phrasings=("vision pro price",),
    )
    vocabulary = Vocabulary(
        **{
            **dict.fromkeys(Vocabulary.__slots__, ()),
            "off_topic": ("how is the weather",),
            "follow_ups": {"example": ("show me one",)},
        }
    )
    return Handbook(
        topics={"vision": topic},
        tips=(),
        tools={"help": Tool("help", "Help", "Ask me.", ("what can you do",))},
        referrals={"health": Referral("health", "Talk", "Please do.", ("a doctor",), ("i cannot go on",))},
        quotes={},
        vocabulary=vocabulary,
        spoken=Spoken("english", "", ()),
        daily={},
        replies=Replies(**dict.fromkeys(Replies.__slots__, "")),
        digest="",
    )


def test_each_kind_of_content_is_learned_under_its_label(small_handbook):
    assert lessons(small_handbook) == [
        ("what is a vision", "vision"),
        ("Vision vs. steps", "vision"),
        ("In short.", "vision"),
        ("what can you do", "tool:help"),
        ("i cannot go on", "refer:health"),
        ("show me one", "follow:example"),
        ("how is the weather", "off-topic"),
    ]
