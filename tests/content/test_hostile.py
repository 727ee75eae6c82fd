import os
import time

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.content import check
from bot.content.composing import compose
from bot.content.reading import MAX_BYTES, parse
from bot.content.report import MAX_FAULTS, Report


def faults_with(folder, data, file="tips/look-up.yaml"):
    (folder / file).write_bytes(data)
    return [str(fault).replace(f"{folder}/", "") for fault in check([folder])]


@pytest.mark.parametrize("sign", [b"[", b"{a: ", b"- ", b"? ", b"[{a: "])
def test_deep_nesting_is_one_fault_told_at_once(folder, sign):
    begin = time.perf_counter()
    faults = faults_with(folder, sign * (400_000 // len(sign)))
    assert faults == [
        "tips/look-up.yaml:1: lists stand more than 20 deep in one another; three are enough [depth]",
    ]
    assert time.perf_counter() - begin < 5


def test_an_alias_bomb_is_never_unfolded(folder):
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    faults = faults_with(folder, "\n".join(lines).encode())
    assert len(faults) == 10 + 9 * 9
    assert all(fault.endswith("[alias]") for fault in faults)


def test_a_text_that_holds_itself_is_refused(folder):
    assert all(fault.endswith("[alias]") for fault in faults_with(folder, b"&a [*a]"))


def test_a_huge_file_is_not_read(folder):
    with (folder / "tips/look-up.yaml").open("wb") as stream:
        stream.write(b"line: ")
        stream.truncate(50 * MAX_BYTES)
    begin = time.perf_counter()
    faults = [str(fault).replace(f"{folder}/", "") for fault in check([folder])]
    assert faults == ["tips/look-up.yaml:1: this file is larger than 1 MiB; shorten it [file-size]"]
    assert time.perf_counter() - begin < 2


def test_a_file_of_exactly_a_mebibyte_is_read(folder):
    sound = (folder / "tips/look-up.yaml").read_bytes()
    assert faults_with(folder, sound + b"#" * (MAX_BYTES - len(sound))) == []


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"line: a\nwhy: \xff\n", "2: the byte 0xff is not UTF-8 here; save the file as UTF-8 [utf-8]"),
        (
            "line: ü".encode("utf-16"),
            "1: the byte 0xff is not UTF-8 here; save the file as UTF-8 [utf-8]",
        ),
        (
            b"line: a\nwhy: b\0c\n",
            "2: the character U+0000 may not stand in a file; delete it [control-character]",
        ),
        (
            b"line: a\n\nwhy: b\xef\xbb\xbfc\n",
            "3: the character U+FEFF may not stand in a file; delete it [control-character]",
        ),
        (
            b"line: a\xe2\x80\xa8why: b\n",
            "1: the character U+2028 may not stand in a file; delete it [control-character]",
        ),
    ],
)
def test_a_byte_out_of_place_is_told_with_its_line(folder, data, fault):
    assert faults_with(folder, data) == [f"tips/look-up.yaml:{fault}"]


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
def test_a_byte_order_mark_and_any_line_end_will_do(folder, line_end):
    sound = (folder / "tips/look-up.yaml").read_bytes()
    assert faults_with(folder, b"\xef\xbb\xbf" + sound.replace(b"\n", line_end)) == []


def test_a_pipe_is_not_waited_for(folder):
    os.mkfifo(folder / "tips/pipe.yaml")
    assert [fault.rule for fault in check([folder])] == ["regular-file"]


def test_a_link_to_a_file_is_read_and_a_broken_one_told(folder, tmp_path):
    kept = (folder / "tips/look-up.yaml").rename(tmp_path / "kept")
    (folder / "tips/look-up.yaml").symlink_to(kept)
    assert check([folder]) == ()
    kept.unlink()
    (fault,) = check([folder])
    assert fault.message == (
        "this file cannot be read (No such file or directory); check that it is there and may be read"
    )


def test_a_file_full_of_nonsense_is_told_by_its_first_faults(folder):
    nonsense = "".join(f"  - nothing-{number}\n" for number in range(40_000))
    begin = time.perf_counter()
    faults = faults_with(folder, f"see_also:\n{nonsense}".encode(), "faq/both-hands.yaml")
    assert len(faults) == MAX_FAULTS + 1
    assert "there is more wrong than these 100 faults; mend them and check again [many-faults]" in faults[-1]
    assert time.perf_counter() - begin < 10


def test_what_a_fault_shows_of_a_file_is_short_and_prints(folder):
    (fault,) = [f for f in faults_with(folder, b'"\\e]0;owned\\a' + b"x" * 999 + b'": a') if "is no key" in f]
    assert '"\\x1b]0;owned\\x07xxx' in fault
    assert len(fault) < 300


PIECES = st.one_of(
    st.sampled_from("ab:-?[]{},\"'|>#~! \n\t\0\ufeff\U0001f600"),
    st.sampled_from(
        ["&a ", "*a", "!!int ", ">-\n", "---\n", "...\n", "%YAML 1.1\n", "<<: ", "no", "9:00", "  "]
    ),
    st.sampled_from([r"\x", r"\ud800", r"\UFFFFFFFF", '"\\e"']),
)
ANY = st.one_of(st.binary(max_size=200), st.lists(PIECES, max_size=30).map(lambda p: "".join(p).encode()))


@given(ANY)
@settings(max_examples=400, deadline=None)
def test_any_bytes_are_read_or_told(data):
    report = Report()
    node = parse(data, "any.yaml", report)
    assert node is not None or report.faults
    assert all(1 <= fault.line <= data.count(b"\n") + data.count(b"\r") + 2 for fault in report.faults)


@given(ANY)
@settings(max_examples=200, deadline=None)
def test_the_parser_in_python_fails_no_worse(data):
    report = Report()
    text = data.decode("utf-8", "ignore").replace("\0", "")
    node = compose(text, "any.yaml", report, loader=yaml.SafeLoader)
    assert node is not None or report.faults


@pytest.mark.parametrize("file", ["faq/both-hands.yaml", "vocabulary.yaml", "off-topic.yaml", "sources.yaml"])
@given(data=st.data())
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_a_damaged_file_never_breaks_the_check(folder, file, data):
    sound = (folder / file).read_bytes()
    begin = data.draw(st.integers(0, len(sound)))
    end = data.draw(st.integers(begin, min(begin + 60, len(sound))))
    junk = "".join(data.draw(st.lists(PIECES, max_size=4))).encode()
    (folder / file).write_bytes(sound[:begin] + junk + sound[end:])
    check([folder])
    (folder / file).write_bytes(sound)
