"""What became of the marks of a piece, in each of its texts and in one."""

import pytest

from reader.pages.carried_marks import Carried, marks_by_text, marks_in
from tests.highlights.chips import FIRST, QUOTE, piece
from tests.library.pieces import as_text
from tests.world import World, make_highlight

pytestmark = pytest.mark.django_db


def test_of_one_text_it_is_what_it_is_of_all(world: World) -> None:
    """Also of a mark that moved in the text before: its sentence is told by that."""
    article = piece(world)
    for words in (QUOTE, "Every quarter", "The foundries have ordered more machines"):
        make_highlight(article, words, world.ada)
    first, second, third = FIRST.split("\n")
    made = [
        article.revise(as_text(text), world.ada)
        for text in (
            "\n".join([second, first, third]),
            "\n".join([second.replace("2027", "2029"), first, "Another end."]),
            FIRST,
        )
    ]

    of_all = marks_by_text(article, world.ada)

    assert of_all[3] == Carried(anchored=of_all[3].anchored, moved=of_all[3].moved, reworded=1, orphaned=1)
    assert {one.number: marks_in(one, world.ada) for one in made} == of_all


def test_without_marks_it_is_none(world: World) -> None:
    article = piece(world)
    make_highlight(article, QUOTE, world.cleo)  # hers alone

    assert marks_in(article.revise(as_text(f"{FIRST} And more."), world.ada), world.ada) is None
