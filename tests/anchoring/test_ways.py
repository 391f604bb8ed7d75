"""Ways from some texts to others, kept for whoever asks again."""

import pytest

from reader.anchoring import Anchor, Ways, carry
from tests.anchoring.passages import PIECE

NEW = f"A new beginning. {PIECE[:200]} and something in between {PIECE[230:]}"
ANCHORS = [Anchor(0, 40), Anchor(190, 260), Anchor(300, 340)]


def test_they_lead_where_carrying_does() -> None:
    assert Ways().carry(PIECE, NEW, ANCHORS) == carry(PIECE, NEW, ANCHORS)


def test_each_passage_is_carried_once() -> None:
    ways = Ways()
    first = ways.carry(PIECE, NEW, ANCHORS)

    again = ways.carry(PIECE, NEW, ANCHORS[::-1])

    assert all(one is other for one, other in zip(first, again[::-1], strict=True))


def test_ways_between_other_texts_are_others() -> None:
    ways = Ways()
    ways.carry(PIECE, NEW, ANCHORS)

    assert ways.carry(NEW, PIECE, ANCHORS) == carry(NEW, PIECE, ANCHORS)
    assert ways.carry(PIECE, PIECE, ANCHORS) == carry(PIECE, PIECE, ANCHORS)


def test_what_is_no_passage_is_refused_each_time() -> None:
    ways = Ways()
    for _ in range(2):
        with pytest.raises(ValueError, match="no passage"):
            ways.carry(PIECE, NEW, [Anchor(5, 5)])
