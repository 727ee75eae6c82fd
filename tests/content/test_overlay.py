import pytest

from bot.coach.question import Aspect
from bot.content import check, load
from bot.errors import ContentError


def write(folder, file, text):
    path = folder / file
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def retold(folder, overlay, file, old, new):
    """Lay a changed copy of one file over the folder."""
    write(overlay, file, (folder / file).read_text(encoding="utf-8").replace(old, new))


def test_the_same_id_replaces_the_whole_file(folder, overlay):
    retold(folder, overlay, "faq/both-hands.yaml", "title: Can one person do both?", "title: Both hands")
    handbook = load([folder, overlay])
    assert handbook.topics["both-hands"].title == "Both hands"
    assert set(handbook.topics) == set(load([folder]).topics)


def test_a_new_id_is_added(folder, overlay):
    retold(folder, overlay, "tips/look-up.yaml", "", "")
    (overlay / "tips/look-up.yaml").rename(overlay / "tips/look-down.yaml")
    assert [tip.id for tip in load([folder, overlay]).tips] == ["look-down", "look-up"]


def test_a_topic_may_move_to_another_kind(folder, overlay):
    retold(folder, overlay, "faq/both-hands.yaml", "", "")
    (overlay / "faq").rename(overlay / "why-both")
    assert load([folder, overlay]).topics["both-hands"].kind == "why-both"


def test_a_fault_beneath_an_overlay_is_none(folder, overlay):
    retold(folder, overlay, "tips/look-up.yaml", "", "")
    write(folder, "tips/look-up.yaml", "line: [")
    assert check([folder, overlay]) == ()


def test_a_source_is_replaced_whole_and_others_stay(folder, overlay):
    write(overlay, "sources.yaml", "harbour-survey:\n  text: The new survey.\n  evidence: meta-analysis\n")
    (source,) = load([folder, overlay]).topics["course-crew"].sources
    assert (source.text, source.evidence, source.note) == ("The new survey.", "meta-analysis", "")


def test_one_reply_can_be_said_differently(folder, overlay):
    write(overlay, "replies.yaml", "empty: Say something.\n")
    replies = load([folder, overlay]).replies
    assert (replies.empty, replies.unsure) == ("Say something.", "Which of these?")


def test_a_word_is_added_without_copying_the_vocabulary(folder, overlay):
    write(overlay, "vocabulary.yaml", "synonyms:\n  crew: [hands]\naspects:\n  why: [what for]\n")
    vocabulary = load([folder, overlay]).vocabulary
    assert vocabulary.synonyms == {"course": ("heading", "bearing"), "crew": ("hands",)}
    assert vocabulary.aspects[Aspect.WHY] == ("what for",)
    assert vocabulary.aspects[Aspect.SHORT] == ("shorter",)


def test_off_topic_questions_add_up(folder, overlay):
    write(overlay, "off-topic.yaml", "- where is the bar\n")
    assert load([folder, overlay]).vocabulary.off_topic[1:] == ("is it going to rain", "where is the bar")


def test_a_phrasing_that_is_taken_is_the_owners_fault(folder, overlay):
    retold(folder, overlay, "faq/both-hands.yaml", "- both hands or one", "- sos")
    (fault,) = check([folder, overlay])
    assert fault.file == f"{overlay}/faq/both-hands.yaml"
    assert fault.message == (
        f'the phrasing "sos" stands at {folder}/referrals/overboard.yaml:13 already; keep one of the two'
    )


def test_two_differences_cannot_have_one_number(folder, overlay):
    retold(folder, overlay, "differences/course-crew.yaml", "names: [course, crew]", "names: [bow, stern]")
    (overlay / "differences/course-crew.yaml").rename(overlay / "differences/bow-stern.yaml")
    faults = [fault for fault in check([folder, overlay]) if fault.rule != "phrasing-twice"]
    assert [fault.message for fault in faults] == [
        f'the number "1" stands at {folder}/differences/course-crew.yaml:2 already; keep one of the two',
    ]


def test_a_fault_in_an_overlay_names_the_overlay(folder, overlay):
    write(overlay, "replies.yaml", "empty: ''\nhello: Ahoy\n")
    assert [(fault.file, fault.line, fault.rule) for fault in check([folder, overlay])] == [
        (f"{overlay}/replies.yaml", 1, "empty-text"),
        (f"{overlay}/replies.yaml", 2, "unknown-key"),
    ]


@pytest.mark.parametrize("there", [True, False])
def test_a_folder_that_is_not_there_is_one_fault(folder, tmp_path, there):
    missing = tmp_path / "no\nwhere"
    with pytest.raises(ContentError) as caught:
        load([folder, missing] if there else [missing])
    (fault,) = caught.value.faults
    name = str(missing).replace("\n", "\\n")
    assert str(fault) == (
        f"{name}:1: this folder cannot be read (No such file or directory); "
        "check its name and permissions [folder]"
    )


def test_an_overlay_may_set_another_own_language(folder, overlay):
    write(overlay, "languages.yaml", "own: german\nenglish: {says: Only in German., asks: Please.}\n")
    spoken = load([folder, overlay]).spoken
    assert spoken.own == "german"
    assert (spoken.get("english").says, spoken.get("english").words) == (
        "Only in German.",
        ("the", "which", "was"),
    )
