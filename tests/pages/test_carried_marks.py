"""What became of the marks of a piece, in each of its texts and in one."""

import pytest

from reader.pages.carried_marks import Carried, marks_by_text, marks_in
from tests.highlights.chips import FIRST, QUOTE, piece
from tests.library.pieces import as_text
from tests.world import World, make_highlight

pytestmark = pytest.mark.django_db


SENTENCE = f"{QUOTE}; our neighbours saw it, too."
OTHER = f"{QUOTE}; a gardener sold seven yellow tulips there."


def test_of_one_text_it_is_what_it_is_of_all(world: World) -> None:
    first, _, last = FIRST.split("\n")
    article = piece(world, f"{first}\n{SENTENCE}\n{last}")
    for words in (QUOTE, "Every quarter", "The foundries have ordered more machines"):
        make_highlight(article, words, world.ada)
    texts = (f"{SENTENCE}\n{first}\n{last}", f"{OTHER}\n{first}\nAnother end.", f"{OTHER}\n{first}\n{last}")
    made = [article.revise(as_text(text), world.ada) for text in texts]

    of_all = marks_by_text(article, world.ada)

    assert {one.number: marks_in(one, world.ada) for one in made} == of_all
    assert sum(of_all[2]) == 3
    assert of_all[3].orphaned == 1


def test_what_moved_in_a_text_before_is_known_to_have(world: World) -> None:
    """Elsewhere the words beside a mark tell of another sentence, where in its place they are only edited."""
    first, _, last = FIRST.split("\n")
    article = piece(world, f"{SENTENCE}\n{first}\n{last}")
    make_highlight(article, QUOTE, world.ada)
    article.revise(as_text(f"{first}\n{last}\n{SENTENCE}"), world.ada)

    assert marks_in(article.revise(as_text(f"{first}\n{last}\n{OTHER}"), world.ada), world.ada) == Carried(turned=1)


def test_without_marks_it_is_none(world: World) -> None:
    article = piece(world)
    make_highlight(article, QUOTE, world.cleo)  # hers alone

    assert marks_in(article.revise(as_text(f"{FIRST} And more."), world.ada), world.ada) is None
