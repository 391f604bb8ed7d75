"""A likely place begins and ends with words where the passage did, and stays in its paragraph."""

import pytest

from reader.anchoring import Anchor, Span, carry
from reader.anchoring.trimming import in_one_paragraph, trimmed
from reader.anchoring.words import Vocabulary
from tests.anchoring.passages import PIECE

TEXT = "It ends here.\nPrices might rise a little, “within ten years”.\nThe end of the letter"


def place_of(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


@pytest.mark.parametrize(
    ("place", "passage", "left"),
    [
        ("rise a little,", "rise a lot", "rise a little"),
        (", “within ten years”.", "within a year", "within ten years"),
        ("a little, “within ten years”.", "a lot, “within a year”.", "a little, “within ten years”."),
        ("ices might rise a", "prices rise", "ices might rise a"),
        ("”.", "a year", "”."),
    ],
)
def test_no_sign_is_taken_in_that_nobody_marked(place: str, passage: str, left: str) -> None:
    assert TEXT[slice(*trimmed(place_of(place), Vocabulary().words(TEXT), passage))] == left


def test_it_stays_in_one_paragraph() -> None:
    place = Span(TEXT.index("here"), TEXT.index("letter"))
    assert TEXT[slice(*in_one_paragraph(place, TEXT, "Prices will rise within ten years."))] == TEXT.split("\n")[1]
    assert in_one_paragraph(place, TEXT, "Prices will rise.\nThe end") == place


@pytest.mark.parametrize(
    ("sentence", "left"),
    [
        (
            "We asked nine buyers what they would pay for a model that answers a second sooner",
            "asked nine buyers what they",
        ),
        (
            "What follows is a list of ten calls with numbers, so that we can be wrong in public",
            "is a list calls so we in",
        ),
    ],
)
def test_what_is_lost_is_offered_so(sentence: str, left: str) -> None:
    beside = "Seven said nothing at all, one named a figure that we do not believe, and the last one laughed."
    new = PIECE.replace(f"{sentence}.", "").replace(beside, f"{beside} So: {left}, he said")
    at = PIECE.index(sentence)
    (found,) = carry(PIECE, new, [Anchor(at, at + len(sentence))])
    assert found.candidate is not None
    words = new[slice(*found.candidate)]
    assert words[0].isalnum()
    assert words[-1].isalnum()
    assert "\n" not in words
