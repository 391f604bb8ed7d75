"""A text goes through several versions: the very words that were marked are where the mark is, once they are back."""

import pytest

from reader.highlights.models import Anchor
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

    article.revise(as_text(f"{BEFORE}\n{SENTENCE}"), world.ada)

    assert words_of(anchor_in_newest(highlight)) == QUOTE


def test_where_somebody_chose_a_place_it_stays_there(world: World) -> None:
    """The author quotes the whole first edition below."""
    article = piece(world)
    highlight = make_highlight(article, QUOTE, world.ada)
    edited = f"{BEFORE}\nNothing of that will come before 2040, we think now.\n{BEHIND}"
    article.revise(as_text(edited), world.ada)
    words = "Nothing of that will come before 2040"
    start = newest(article).text.index(words)
    place(highlight, newest(article).pk, start, start + len(words), world.ada)

    article.revise(as_text(f"{edited}\nAppendix, the first edition:\n{FIRST}"), world.ada)

    assert words_of(anchor_in_newest(highlight)) == words


def test_what_was_edited_and_quoted_is_put_back(world: World) -> None:
    """The words stood in the correction, too: they are no new ones, and yet they are the mark's again."""
    article = piece(world)
    highlight = make_highlight(article, QUOTE, world.ada)
    article.revise(as_text(f"{BEFORE}\n{REWORDED}\n{BEHIND}\nAn earlier version said: {QUOTE}."), world.ada)

    article.revise(as_text(FIRST), world.ada)

    anchor = anchor_in_newest(highlight)
    assert (words_of(anchor), anchor.state == Anchor.State.ORPHANED) == (QUOTE, False)


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


def test_a_copy_that_comes_back_alone_is_offered_and_not_taken(world: World) -> None:
    copy = f"What the rivals write, word by word. {QUOTE}, says the other desk, and it laughs for pages and pages."
    article = piece(world, f"{FIRST}\nAn interlude of other words.\n{copy}")
    highlight = make_highlight(article, QUOTE, world.ada)
    article.revise(as_text(f"{BEFORE}\n{BEHIND}\nAn interlude of other words."), world.ada)

    article.revise(as_text(f"{BEFORE}\n{BEHIND}\nAn interlude of other words.\n{copy}"), world.ada)

    anchor = anchor_in_newest(highlight)
    assert (words_of(anchor), anchor.state) == (QUOTE, Anchor.State.ORPHANED)
