"""Two people give a piece another text: the second is told of the first before theirs takes its place."""

import re
from typing import Any

import pytest
from django.test import Client

from reader.library.models import Article
from reader.library.refusals import TextCame
from tests.highlights.chips import FIRST, piece
from tests.library.pieces import as_text
from tests.pages.replacing import hand_in, said
from tests.world import World, newest

pytestmark = pytest.mark.django_db

OURS, THEIRS = FIRST.replace("2027", "2029"), FIRST.replace("2027", "2031")


@pytest.fixture
def article(world: World) -> Article:
    return piece(world)


def reviewed_in(page: str) -> str:
    [number] = re.findall(r'<input type="hidden" name="reviewed" value="(\d+)">', page)
    return str(number)


def save(client: Client, address: str, page: str, **changes: Any) -> Any:
    return client.post(address, said(reviewed=reviewed_in(page), **changes))


def test_a_text_that_came_since_the_review_is_not_replaced_without_a_word(
    ada: Client, ben: Client, article: Article
) -> None:
    address, theirs = hand_in(ada, article, OURS), hand_in(ben, article, THEIRS)
    page = ada.get(address).content.decode()
    assert reviewed_in(page) == "1"
    save(ben, theirs, ben.get(theirs).content.decode())

    answer = save(ada, address, page, title="Typed meanwhile")

    told = answer.content.decode()
    assert answer.status_code == 409
    assert newest(article).number == 2
    assert "2031" in newest(article).text
    assert re.search(r"Ben gave the piece another text .* while you looked through yours", told, re.DOTALL)
    assert f'href="{article.get_absolute_url()}revisions/2/comparison/?from=1"' in told
    assert "2029" in told
    assert 'value="Typed meanwhile"' in told

    assert save(ada, address, told).status_code == 303
    assert "2029" in newest(article).text
    assert newest(article).number == 3


def test_of_several_that_came_the_newest_is_named(ada: Client, article: Article, world: World) -> None:
    address = hand_in(ada, article, OURS)
    page = ada.get(address).content.decode()
    article.revise(as_text(THEIRS), world.ben)
    article.revise(as_text(f"{THEIRS} More."), None)

    told = save(ada, address, page).content.decode()

    assert "Somebody gave the piece another text" in told
    assert "revisions/3/comparison/?from=1" in told
    assert reviewed_in(told) == "3"


def test_lines_that_are_sorted_meanwhile_hide_nothing(ada: Client, article: Article, world: World) -> None:
    address = hand_in(ada, article, OURS)
    page = ada.get(address).content.decode()
    article.revise(as_text(THEIRS), world.ben)

    again = ada.post(address, said(action="preview", reviewed=reviewed_in(page))).content.decode()

    assert save(ada, address, again).status_code == 409
    assert newest(article).number == 2


def test_the_very_text_that_came_since_is_refused_as_the_same(ada: Client, ben: Client, article: Article) -> None:
    address, theirs = hand_in(ada, article, OURS), hand_in(ben, article, OURS)
    page = ada.get(address).content.decode()
    save(ben, theirs, page)

    answer = save(ada, address, page)

    assert answer.status_code == 409
    assert "This is the text that is here already" in answer.content.decode()


@pytest.mark.parametrize("reviewed", ["", "x", "7", "0", "9" * 30])
def test_a_review_of_no_text_that_is_here_saves_nothing(ada: Client, article: Article, reviewed: str) -> None:
    answer = ada.post(hand_in(ada, article, OURS), said(reviewed=reviewed))

    assert answer.status_code == 409
    assert newest(article).number == 1


def test_callers_that_reviewed_none_come_one_after_the_other(article: Article, world: World) -> None:
    article.revise(as_text(OURS), world.ada)
    article.revise(as_text(THEIRS), world.ben)

    assert newest(article).number == 3
    with pytest.raises(TextCame):
        article.revise(as_text(FIRST), world.ada, upon=2)
    article.revise(as_text(FIRST), world.ada, upon=3)
