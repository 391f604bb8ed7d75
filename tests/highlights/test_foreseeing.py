"""Where marks go in a new text is worked out before the lock is taken, for others wait as long as somebody holds it."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from django.db import connection

from reader.anchoring import Anchor as Passage
from reader.anchoring import Anchored, Ways
from reader.intake.models import Draft
from reader.intake.reading import Form
from reader.library.models import Article, Reading
from reader.library.shelving import details_of, replace_text
from tests.highlights.chips import FIRST, QUOTE, anchor_in_newest, piece, words_of
from tests.library.pieces import as_text
from tests.world import World, make_highlight, make_world

EDITED = FIRST.replace("2027", "2029")
OTHERWISE = EDITED.replace("nobody will mourn them", "some will")


class Told(Ways):
    """Ways that tell what was asked of them before a transaction, and what within."""

    def __init__(self) -> None:
        super().__init__()
        self.before: set[tuple[str, Passage]] = set()
        self.within: set[tuple[str, Passage]] = set()

    def carry(self, old: str, new: str, anchors: Sequence[Passage]) -> list[Anchored]:
        asked = self.within if connection.in_atomic_block else self.before
        asked.update((old, anchor) for anchor in anchors)
        return super().carry(old, new, anchors)


def astray(world: World) -> Article:
    """A piece with one mark on other words than were marked, one that is in place, and a reader amid the text."""
    article = piece(world)
    make_highlight(article, QUOTE, world.ada)
    make_highlight(article, "The foundries have ordered more machines", world.ada)
    Reading.objects.create(article=article, reader=world.ada, position=80)
    article.revise(as_text(EDITED), world.ada)
    return article


@pytest.mark.django_db(transaction=True)
def test_nothing_is_worked_out_under_the_lock() -> None:
    world = make_world()
    article, ways = astray(world), Told()

    replace_text(article, details_of(article), replace(as_text(OTHERWISE), ways=ways), world.ada)

    assert {old for old, _ in ways.within} == {FIRST, EDITED}
    assert len(ways.within) == 4
    assert ways.within <= ways.before


@pytest.mark.django_db(transaction=True)
def test_nor_where_a_draft_becomes_the_new_text() -> None:
    world = make_world()
    article, ways = astray(world), Told()
    draft = Draft.objects.create(owner=world.ada, raw=OTHERWISE, form=Form.TEXT, replaces=article)

    draft.replace(article, details_of(article), replace(as_text(OTHERWISE), ways=ways), world.ada)

    assert len(ways.within) == 4
    assert ways.within <= ways.before


@pytest.mark.django_db
def test_what_was_marked_meanwhile_goes_along(world: World) -> None:
    article, text = astray(world), as_text(OTHERWISE)
    article.foresee(text)
    meanwhile = make_highlight(article, "Every quarter the analysts", world.cleo)

    article.revise(text, world.ada)

    assert words_of(anchor_in_newest(meanwhile)) == "Every quarter the analysts"


@pytest.mark.django_db
def test_a_text_that_came_meanwhile_is_the_one_before(world: World) -> None:
    article, text = astray(world), as_text(OTHERWISE)
    highlight = make_highlight(article, "Every quarter", world.ada)
    article.foresee(text)
    article.revise(as_text(f"It was amended twice. {EDITED}"), world.ada)

    article.revise(text, world.ada)

    assert words_of(anchor_in_newest(highlight)) == "Every quarter"
    assert highlight.anchors.count() == 3


@pytest.mark.django_db
def test_a_piece_without_marks_foresees_nothing(world: World) -> None:
    article, ways = piece(world), Told()

    article.foresee(replace(as_text(EDITED), ways=ways))

    assert not ways.before
    assert not ways.within
