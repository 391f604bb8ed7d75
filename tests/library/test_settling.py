"""Where what was added or taken away is shown, of the places where it may be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.core.blocks import blocks_of
from reader.library.comparing import compare, stretches
from reader.library.settling import settled

WORDS = st.lists(st.sampled_from(["I", "am", "wrong", "."]), max_size=12)


def shown(old: str, new: str) -> list[tuple[str, str]]:
    """What went, and what came in its place."""
    before, after = blocks_of(f"<p>{old}</p>"), blocks_of(f"<p>{new}</p>")
    (row,) = compare(before, after)
    return [
        (before.text[one.start : one.end].strip(), after.text[one.new_start : one.new_end].strip())
        for one in row.changes
    ]


@pytest.mark.parametrize(
    ("kept", "sentence"),
    [
        ("Oil falls. {}I have spoken with them.", "I take it back."),
        ("Oil falls. {}We were right about gas.", "We were wrong."),
        ("{}I have spoken with them.", "I take it back."),
        ("Oil falls, they say.{}", " I take it back."),
        ("Oil falls! {}Gas falls!", "Coal falls!"),
    ],
)
def test_a_sentence_comes_and_goes_as_a_whole(kept: str, sentence: str) -> None:
    without, having = kept.format(""), kept.format(sentence if sentence.startswith(" ") else f"{sentence} ")

    assert shown(without, having) == [("", sentence.strip())]
    assert shown(having, without) == [(sentence.strip(), "")]


def test_words_within_a_sentence_stay_where_they_are() -> None:
    assert shown("Oil will fall.", "Oil will not fall.") == [("", "not")]
    assert shown("Oil will fall, and gas.", "Oil will fall, and fall, and gas.") == [("", "fall, and")]


@given(WORDS, WORDS)
def test_the_texts_are_the_same_two(old: list[str], new: list[str]) -> None:
    """What is not among the changes is the same in both, word by word, and they stand in order."""
    parts = [part[:4] for part in stretches(old, new) if not part[4]]

    found = list(settled(parts, old, new))

    at = new_at = 0
    for start, end, new_start, new_end in found:
        assert at <= start <= end
        assert old[at:start] == new[new_at:new_start]
        at, new_at = end, new_end
    assert old[at:] == new[new_at:]
    assert [(b - a, d - c) for a, b, c, d in found] == [(b - a, d - c) for a, b, c, d in parts]
