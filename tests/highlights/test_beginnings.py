"""What a mark's sentence says by now is told against the text that its words were marked in."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reader.core.visibility import Visibility
from reader.highlights.beginnings import beginnings_of
from reader.highlights.marking import Passage, mark
from reader.highlights.models import Highlight
from reader.highlights.surroundings import Surroundings, Turn
from reader.library.models import Article
from tests.highlights.chips import FIRST, QUOTE, anchor_in_newest, piece, words_of
from tests.library.pieces import as_text
from tests.world import World, make_highlight, newest

pytestmark = pytest.mark.django_db

TURNED = FIRST.replace(QUOTE, f"We no longer think that {QUOTE}")


def turn_of(highlight: Highlight) -> Turn | None:
    """What a card is told of it."""
    anchor = anchor_in_newest(highlight)
    now = Surroundings.at(anchor.revision.text, anchor.start, anchor.end)
    begun = beginnings_of({highlight.pk: highlight.exact}).get(highlight.pk)
    return begun.became(now) if begun else None


def test_it_works(world: World) -> None:
    article = piece(world)
    highlight = make_highlight(article, QUOTE, world.ada)
    article.revise(as_text(TURNED), world.ada)
    article.revise(as_text(f"{TURNED} And more."), world.ada)

    assert turn_of(highlight) is Turn.REPHRASED


def test_what_was_marked_in_a_sentence_is_what_it_says(world: World) -> None:
    article = piece(world)
    article.revise(as_text(TURNED), world.ada)
    highlight = make_highlight(article, QUOTE, world.ada)
    assert beginnings_of({highlight.pk: QUOTE}) == {}

    article.revise(as_text(f"{TURNED} And more."), world.ada)

    assert turn_of(highlight) is None


def test_a_mark_of_other_words_begins_with_these(world: World) -> None:
    """Somebody marks other words instead, in a text that had changed before."""
    article = piece(world)
    highlight = make_highlight(article, QUOTE, world.ada)
    article.revise(as_text(TURNED), world.ada)
    text = newest(article)
    words = "The foundries have ordered more machines"
    start = text.text.index(words)
    highlight.move(text, start, start + len(words), world.ada)
    article.revise(as_text(TURNED.replace(words, f"We doubt that {words}")), world.ada)

    assert words_of(anchor_in_newest(highlight)) == words
    assert turn_of(highlight) is Turn.REPHRASED


def test_a_mark_that_was_lost_between_is_told_of_as_well(world: World) -> None:
    article = piece(world)
    highlight = make_highlight(article, QUOTE, world.ada)
    article.revise(as_text("Nothing of it is left."), world.ada)
    article.revise(as_text(TURNED), world.ada)

    assert turn_of(highlight) is Turn.REPHRASED


def test_a_mark_that_was_brought_begins_with_its_words_in_another_shape(world: World) -> None:
    """Whoever exports marks writes white space and quotes as they like."""
    article = piece(world)
    highlight = make_highlight(article, QUOTE, world.ada)
    highlight.exact = QUOTE.replace(" by half", "\nby half")
    highlight.save()
    article.revise(as_text(TURNED), world.ada)

    assert turn_of(highlight) is Turn.REPHRASED


def test_more_marks_ask_no_more_queries(world: World) -> None:
    article = piece(world)
    marks = marks_in_a_row(article, world)
    article.revise(as_text(f"New above.\n{FIRST}"), world.ada)

    assert queries_for(marks[:1]) == queries_for(marks) == 2


def test_marks_of_the_newest_text_ask_for_no_other(world: World) -> None:
    article = piece(world)
    article.revise(as_text(f"New above.\n{FIRST}"), world.ada)

    assert queries_for(marks_in_a_row(article, world)) == 1


def marks_in_a_row(article: Article, world: World) -> list[Highlight]:
    text = newest(article)
    return [mark(Passage(text, at, at + 12), "highlight", world.ada, Visibility.PRIVATE)[0] for at in range(30)]


def queries_for(marks: list[Highlight]) -> int:
    with CaptureQueriesContext(connection) as asked:
        beginnings_of({one.pk: one.exact for one in marks})
    return len(asked)
