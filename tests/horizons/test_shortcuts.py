"""What is not looked at any closer would have been read as nothing: with and without the shortcut the same is read."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.horizons import durations, parse
from reader.horizons.durations import AFTER_A
from reader.horizons.vocabulary import vocabulary
from reader.spotting.labelled import written_pieces

SAID_ON = date(2026, 5, 17)
COUNTS = vocabulary(
    "a an the half quarter couple pair dozen few five two hundred of and good full short long more minimum"
)
AROUND = vocabulary(
    "in within over next about at least every by , - – ( ) + or to so ish from now ago away left until 5 24 3 2030"
)
WORDS = sorted(AFTER_A | COUNTS | AROUND | {"year", "years", "hours", "decade", "world", "model"})
TEXTS = st.lists(st.sampled_from(WORDS), min_size=2, max_size=9).map(" ".join)


class Everything(frozenset[str]):
    """As if anything could follow."""

    def __contains__(self, word: object) -> bool:
        return True


def without_shortcut(text: str) -> list[object]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(durations, "AFTER_A", Everything())
        return [*parse(text, SAID_ON)]


@given(TEXTS, st.sampled_from(["", "It will take ", "Within ", "In a ", "For an "]))
def test_any_words_around_a_length_of_time_are_read_the_same(text: str, opening: str) -> None:
    for said in (opening + text, opening + text.replace(" - ", "-")):
        assert parse(said, SAID_ON) == without_shortcut(said)


def test_the_sentences_that_were_written_to_teach_are_read_the_same() -> None:
    texts = [one.text for piece in written_pieces() for one in piece.sentences]

    assert all(parse(text, SAID_ON) == without_shortcut(text) for text in texts)
