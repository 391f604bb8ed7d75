"""What somebody is told of the marks before another text takes the place of the one that is there."""

import re

import pytest
from django.test import Client

from reader.core.visibility import Visibility
from reader.highlights.models import Kind
from reader.library.models import Article
from tests.highlights.chips import FIRST, QUOTE, piece
from tests.library.pieces import as_text
from tests.pages.replacing import hand_in
from tests.pages.replacing import said as filled_in
from tests.world import World, make_highlight

pytestmark = pytest.mark.django_db

EDITED = FIRST.replace("2027", "2029")
NONE_LEFT = "Of something else entirely, which nobody has marked."


@pytest.fixture
def article(world: World) -> Article:
    return piece(world)


def told(client: Client, article: Article, words: str) -> str:
    page = client.get(hand_in(client, article, words)).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", page.partition('<div id="outlook">')[2].partition("</div>")[0]).split())


def test_the_marks_that_would_lose_their_place_are_named(ada: Client, article: Article, world: World) -> None:
    make_highlight(article, QUOTE, world.ada)
    make_highlight(article, "Every quarter", world.cleo)  # hers alone

    assert QUOTE in told(ada, article, NONE_LEFT)
    assert "Every quarter" not in told(ada, article, NONE_LEFT)
    assert told(ada, article, FIRST) == ""


def test_of_many_the_first_are_named(ada: Client, article: Article, world: World) -> None:
    for word in ("quarter", "analysts", "write", "expect", "Prices", "half", "mourn", "foundries"):
        make_highlight(article, word, world.ada)

    said = told(ada, article, NONE_LEFT)

    assert "quarter analysts write expect Prices and 3 more" in said


def test_predictions_that_would_be_reworded_are_shown(ada: Client, article: Article, world: World) -> None:
    make_highlight(article, QUOTE, world.ben, Kind.PREDICTION, Visibility.PUBLIC)
    make_highlight(article, "before the end of 2027", world.ada)

    said = told(ada, article, EDITED)

    assert "1 prediction would have other words in it" in said
    assert f"{QUOTE} {QUOTE.replace('2027', '2029')}" in said
    assert "lose" not in said


def test_one_that_was_reworded_before_is_shown_as_it_stands(ada: Client, article: Article, world: World) -> None:
    make_highlight(article, QUOTE, world.ada, Kind.PREDICTION)
    article.revise(as_text(EDITED), world.ada)

    assert told(ada, article, f"{EDITED} And more.") == ""
    said = told(ada, article, f"{FIRST.replace('2027', '2031')} And more.")
    assert f"{QUOTE.replace('2027', '2029')} {QUOTE.replace('2027', '2031')}" in said


def test_words_put_back_are_no_other_words(ada: Client, article: Article, world: World) -> None:
    make_highlight(article, QUOTE, world.ada, Kind.PREDICTION)
    article.revise(as_text(EDITED), world.ada)

    assert told(ada, article, f"{FIRST} And more.") == ""


@pytest.mark.parametrize(
    ("was", "becomes", "how"),
    [
        (QUOTE, f"~~{QUOTE}~~", "words crossed out"),
        ("Prices will fall by half", "~~Prices will fall~~ by half", "some words crossed out"),
        ("the desk believes", "the desk no longer believes", "sentence changed"),
        ("nobody will mourn them.", "nobody will mourn them. I take it back.", "new remark beside it"),
    ],
)
def test_predictions_that_would_be_taken_back_are_told_of(
    ada: Client, article: Article, world: World, was: str, becomes: str, how: str
) -> None:
    make_highlight(article, QUOTE, world.ada, Kind.PREDICTION)
    make_highlight(article, "Prices will fall", world.ada)

    said = told(ada, article, FIRST.replace(was, becomes))

    assert said == f"1 prediction would keep its words and be said otherwise. {QUOTE} {how}"


def test_what_was_crossed_out_before_is_not_told_of_again(ada: Client, article: Article, world: World) -> None:
    make_highlight(article, QUOTE, world.ada, Kind.PREDICTION)
    struck = FIRST.replace(QUOTE, f"~~{QUOTE}~~")
    ada.post(hand_in(ada, article, struck), filled_in())
    assert article.revisions.count() == 2

    assert told(ada, article, f"{struck}\n\nAnd more.") == ""
