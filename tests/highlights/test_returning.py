"""A text goes through several versions: the very words that were marked are where the mark is, once they are back."""

import pytest

from reader.highlights.models import Anchor, Highlight
from reader.highlights.placing import place
from tests.highlights.chips import FIRST, QUOTE, anchor_in_newest, piece, words_of
from tests.library.pieces import as_text
from tests.world import World, make_highlight, newest

pytestmark = pytest.mark.django_db

BEFORE, SENTENCE, BEHIND = FIRST.split("\n")
REWORDED = (
    "By the end of 2029, and this is what the desk holds now, chips may well cost a third less; some will mourn them."
)


def test_it_works(world: World) -> None:
    """What was reworded and put back as it was is no change."""
    article = piece(world)
    highlight = make_highlight(article, QUOTE, world.ada)
    article.revise(
        as_text(FIRST.replace("fall by half before the end of 2027, the", "sink by 2027, and the")), world.ada
    )

    article.revise(as_text(FIRST), world.ada)

    assert words_of(anchor_in_newest(highlight)) == QUOTE


def test_they_are_found_after_moving_and_rewording(world: World) -> None:
    article = piece(world)
    highlight = make_highlight(article, QUOTE, world.ada)
    for text in (f"{BEFORE}\n{BEHIND}\n{SENTENCE}", f"{BEFORE}\n{BEHIND}\n{REWORDED}"):
        article.revise(as_text(text), world.ada)

    article.revise(as_text(FIRST), world.ada)

    anchor = anchor_in_newest(highlight)
    assert (words_of(anchor), anchor.state == Anchor.State.ORPHANED) == (QUOTE, False)


def test_they_are_found_after_a_place_was_chosen_by_hand(world: World) -> None:
    article = piece(world)
    highlight = make_highlight(article, QUOTE, world.ada)
    article.revise(as_text(f"{BEFORE}\n{BEHIND}"), world.ada)
    start = newest(article).text.index("The foundries")
    place(highlight, newest(article).pk, start, start + len("The foundries have ordered"), world.ada)
    article.revise(as_text(BEFORE), world.ada)

    article.revise(as_text(FIRST), world.ada)

    assert words_of(anchor_in_newest(highlight)) == QUOTE


def test_the_old_words_in_a_correction_are_not_it(world: World) -> None:
    """Who edits a prediction may quote what it said; the mark stays with the prediction."""
    article = piece(world)
    highlight = make_highlight(article, QUOTE, world.ada)
    edited = FIRST.replace("2027", "2029")
    article.revise(as_text(edited), world.ada)

    article.revise(as_text(f"{edited}\nCorrected on Monday. An earlier version said: {QUOTE}."), world.ada)

    assert words_of(anchor_in_newest(highlight)) == QUOTE.replace("2027", "2029")


def test_a_copy_that_stood_there_before_is_not_it(world: World) -> None:
    article = piece(world, f"{FIRST}\nThe newsletter in short.\n{FIRST}")
    highlight = make_highlight(article, QUOTE, world.ada)
    edited = FIRST.replace("2027", "2029")
    article.revise(as_text(f"{edited}\nThe newsletter in short.\n{FIRST}"), world.ada)
    assert words_of(anchor_in_newest(highlight)) == QUOTE.replace("2027", "2029")

    article.revise(as_text(f"{edited}\nThe newsletter in a few words.\n{FIRST}"), world.ada)

    assert words_of(anchor_in_newest(highlight)) == QUOTE.replace("2027", "2029")


def test_a_lost_mark_is_offered_its_own_words_first(world: World) -> None:
    """Where they stood there all the time nobody knows whether they are meant; they are the likeliest place."""
    article = piece(world)
    highlight = make_highlight(article, "The foundries have ordered more machines", world.ada)
    Highlight.objects.filter(pk=highlight.pk).update(exact=QUOTE)

    article.revise(as_text(f"{BEFORE}\n{SENTENCE}"), world.ada)

    anchor = anchor_in_newest(highlight)
    assert (words_of(anchor), anchor.state) == (QUOTE, Anchor.State.ORPHANED)
