"""What somebody is told of the marks before another text takes the place of the one that is there."""

import re

import pytest
from django.test import Client

from reader.core.visibility import Visibility
from reader.highlights.models import Kind
from reader.library.models import Article
from tests.highlights.chips import FIRST, QUOTE, REST, piece
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
    assert told(ada, article, f"{FIRST} And more.") == ""


def test_the_text_that_is_here_is_told_of(ada: Client, article: Article) -> None:
    ada.post(hand_in(ada, article, f"{FIRST} And more."), filled_in())

    assert "This is the text that is here already, to the letter" in told(ada, article, f"{FIRST} And more.")
    assert told(ada, article, FIRST) == ""


def test_of_many_the_first_are_named(ada: Client, article: Article, world: World) -> None:
    for word in ("quarter", "analysts", "write", "expect", "Prices", "half", "mourn", "foundries"):
        make_highlight(article, word, world.ada)

    said = told(ada, article, NONE_LEFT)

    assert "quarter analysts write expect Prices and 3 more" in said


def test_marks_that_would_be_reworded_are_shown_the_predictions_first(
    ada: Client, article: Article, world: World
) -> None:
    make_highlight(article, QUOTE, world.ben, Kind.PREDICTION, Visibility.PUBLIC)
    make_highlight(article, "by half before the end of 2027", world.ada)

    said = told(ada, article, EDITED)

    assert "2 marks would have other words in them" in said
    assert f"{QUOTE} {QUOTE.replace('2027', '2029')} by half before the end of 2027 by half before" in said
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


def edited(words: str, becomes: str) -> str:
    assert words in FIRST
    return FIRST.replace(words, becomes)


DENIED = edited("the desk believes", "the desk no longer believes")
CITED = edited(QUOTE, f'The memo said: "{QUOTE}"')
LAST = FIRST.split("\n")[2]
ELSEWHERE = "In a correction to be read by all of our subscribers this autumn we listed errors such as"
SENTENCE = "Prices will fall by half before the end of 2027, the desk {} believes, and nobody will mourn them."


@pytest.mark.parametrize(
    ("text", "told_then"),
    [
        (edited(QUOTE, f"~~{QUOTE}~~"), f"{QUOTE} words crossed out"),
        (edited("Prices will fall by", "~~Prices will fall~~ by"), f"{QUOTE} some words crossed out"),
        (DENIED, f"{SENTENCE.format('no longer')} sentence changed"),
        (CITED, f"The memo said: &quot;{QUOTE}&quot;{REST} words quoted, no longer said"),
        (edited("mourn them.", "mourn them. I take it back."), f"{QUOTE} new remark beside it: I take it back."),
        (
            f"{LAST}\n{ELSEWHERE} {QUOTE} among several.",
            f"{ELSEWHERE} {QUOTE} among several. words in another sentence",
        ),
        (edited(QUOTE, f"~~{QUOTE.replace('2027', '2031')}~~"), f"{QUOTE.replace('2027', '2031')} words crossed out"),
    ],
)
def test_marks_that_would_be_taken_back_are_told_of(
    ada: Client, article: Article, world: World, text: str, told_then: str
) -> None:
    make_highlight(article, QUOTE, world.ada, Kind.EVIDENCE)
    make_highlight(article, "Prices will fall", world.cleo, Kind.PREDICTION)  # hers alone

    said = told(ada, article, text)

    kept = "1 mark would keep its place and be said otherwise. What was marked stays as it was said."
    assert said == f"{kept} {told_then}"


def test_a_remark_that_stood_elsewhere_is_no_news(ada: Client, world: World) -> None:
    article = piece(world, f"{FIRST}\nNobody knows. I take it back.")
    make_highlight(article, QUOTE, world.ada, Kind.PREDICTION)

    assert told(ada, article, f"{edited('mourn them.', 'mourn them. I take it back.')}\nNobody knows.") == ""


@pytest.mark.parametrize("between", [DENIED, CITED, DENIED.replace("2027", "2029"), edited(QUOTE, f"~~{QUOTE}~~")])
def test_words_that_would_be_said_again_are_not_told_of(
    ada: Client, article: Article, world: World, between: str
) -> None:
    make_highlight(article, QUOTE, world.ada, Kind.PREDICTION)
    ada.post(hand_in(ada, article, between), filled_in())
    assert article.revisions.count() == 2

    assert told(ada, article, f"{FIRST}\nAnd more.") == ""
    restoration = ada.get(f"{article.get_absolute_url()}revisions/1/restoration/").content.decode()
    assert '<div id="outlook">' in restoration
    assert "said otherwise" not in restoration


def test_what_was_crossed_out_before_is_not_told_of_again(ada: Client, article: Article, world: World) -> None:
    make_highlight(article, QUOTE, world.ada, Kind.PREDICTION)
    struck = FIRST.replace(QUOTE, f"~~{QUOTE}~~")
    ada.post(hand_in(ada, article, struck), filled_in())
    assert article.revisions.count() == 2

    assert told(ada, article, f"{struck}\n\nAnd more.") == ""
