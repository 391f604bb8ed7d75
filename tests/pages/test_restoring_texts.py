"""An older text of a piece becomes its text again, after a look, or by Undo."""

from typing import Any

import pytest
from django.test import Client

from reader.core.visibility import Visibility
from reader.highlights.models import Anchor
from reader.library.models import Article
from tests.highlights.chips import FIRST, QUOTE, anchor_in_newest, piece, words_of
from tests.library.pieces import as_text
from tests.pages.asking import FRAGMENT
from tests.pages.replacing import hand_in, said
from tests.world import World, make_highlight, newest

pytestmark = pytest.mark.django_db

AGAIN = "Make this the text again"
WRONG = "Quinces\n\nAnother piece altogether, which was copied by mistake."


@pytest.fixture
def article(world: World) -> Article:
    return piece(world)


def restoration(article: Article, number: int = 1) -> str:
    return f"{article.get_absolute_url()}revisions/{number}/restoration/"


def undoing(article: Article, number: int) -> str:
    return f"{article.get_absolute_url()}revisions/{number}/undoing/"


def page_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_old_text_is_looked_at_and_made_the_text_again(ada: Client, article: Article, world: World) -> None:
    highlight = make_highlight(article, QUOTE, world.ada)
    article.revise(as_text(WRONG), world.ben)
    assert anchor_in_newest(highlight).state == "orphaned"
    address = restoration(article)
    for where in (f"{article.get_absolute_url()}revisions/", f"{article.get_absolute_url()}revisions/1/"):
        assert f'href="{address}"' in page_of(ada, where)
        assert AGAIN in page_of(ada, where)

    page = page_of(ada, address)
    assert "Prices will fall by half" in page
    assert '<input type="hidden" name="reviewed" value="2">' in page
    answer = ada.post(address, {"reviewed": 2})

    assert (answer.status_code, answer.headers["Location"]) == (303, f"{article.get_absolute_url()}revisions/")
    first, _, third = article.revisions.order_by("number")
    assert (third.html, third.text, third.raw, third.source_kind) == (
        first.html,
        first.text,
        first.raw,
        first.source_kind,
    )
    assert words_of(anchor_in_newest(highlight)) == QUOTE
    assert "The first text again, by Ada" in page_of(ada, answer.headers["Location"])


def test_marks_that_would_lose_their_place_are_named_first(ada: Client, article: Article, world: World) -> None:
    article.revise(as_text(f"{FIRST}\nNobody mourns the foundries."), world.ada)
    make_highlight(article, "Nobody mourns the foundries", world.ada)

    page = page_of(ada, restoration(article))

    assert "The mark would lose its place" in page
    assert "Nobody mourns the foundries" in page


def test_a_text_that_came_since_is_told_of_first(ada: Client, article: Article, world: World) -> None:
    article.revise(as_text(WRONG), world.ada)
    page_of(ada, restoration(article))
    article.revise(as_text("Of yet another."), world.ben)

    answer = ada.post(restoration(article), {"reviewed": 2})

    assert answer.status_code == 409
    assert "Ben gave the piece another text" in answer.content.decode()
    assert newest(article).number == 3


def test_it_is_never_done_unseen(ada: Client, article: Article, world: World) -> None:
    article.revise(as_text(WRONG), world.ada)

    answer = ada.post(restoration(article))

    assert answer.status_code == 409
    assert newest(article).number == 2


@pytest.mark.parametrize("number", [1, 2])
def test_the_text_that_is_there_stays(ada: Client, article: Article, world: World, number: int) -> None:
    for text in (WRONG, FIRST):
        article.revise(as_text(text), world.ada)

    answer = ada.post(restoration(article, 3), {"reviewed": 3})

    assert (answer.status_code, newest(article).number) == (303, 3)
    assert ada.get(restoration(article, 3)).status_code == 303
    assert ada.get(restoration(article, number)).status_code == 200


def test_a_text_that_is_the_same_again_is_refused(ada: Client, article: Article, world: World) -> None:
    for text in (WRONG, FIRST):
        article.revise(as_text(text), world.ada)

    answer = ada.post(restoration(article), {"reviewed": 3})

    assert answer.status_code == 409
    assert "This is the text that is here already" in answer.content.decode()


def paste(client: Client, article: Article, **changes: Any) -> Any:
    """Save a wrong text by its form."""
    return client.post(hand_in(client, article, WRONG), said(reviewed=newest(article).number, **changes), follow=True)


def test_the_notice_after_a_new_text_takes_it_back(ada: Client, article: Article) -> None:
    answer = paste(ada, article)
    assert f'action="{undoing(article, 2)}"' in answer.content.decode()

    answer = ada.post(undoing(article, 2), follow=True)

    assert newest(article).text == FIRST
    assert f'action="{undoing(article, 3)}"' in answer.content.decode()
    ada.post(undoing(article, 3))
    assert "copied by mistake" in newest(article).text


def test_what_was_said_of_the_piece_is_taken_back_with_it(ada: Client, article: Article) -> None:
    Article.objects.filter(pk=article.pk).update(truncated=True, truncation_evidence="Subscribe to read on")
    paste(ada, article, title="Quinces", truncated="no", audience="only_paid")
    Article.objects.filter(pk=article.pk).update(subtitle="Corrected since")

    page = page_of(ada, restoration(article))
    assert 'called “<span dir="auto">Chips</span>” again' in page
    ada.post(undoing(article, 2))

    article.refresh_from_db()
    assert (article.title, article.truncated, article.audience) == ("Chips", True, "unknown")
    assert (article.truncation_evidence, article.subtitle) == ("Subscribe to read on", "Corrected since")


def test_what_was_corrected_since_stays(ada: Client, article: Article) -> None:
    paste(ada, article, title="Quinces")
    Article.objects.filter(pk=article.pk).update(title="Quinces, corrected")

    ada.post(undoing(article, 2))

    article.refresh_from_db()
    assert article.title == "Quinces, corrected"


def test_an_undo_asks_first_where_marks_would_be_lost(ada: Client, article: Article, world: World) -> None:
    paste(ada, article)
    make_highlight(article, "copied by mistake", world.ben, visibility=Visibility.PUBLIC)

    answer = ada.post(undoing(article, 2))

    assert (answer.status_code, answer.headers["Location"]) == (303, restoration(article))
    assert newest(article).number == 2
    assert Anchor.objects.exclude(state="orphaned").filter(revision=newest(article)).exists()
    assert "HX-Redirect" in ada.post(undoing(article, 2), headers=FRAGMENT).headers


@pytest.mark.parametrize("number", [1, 2, 9])
def test_an_undo_of_what_is_no_longer_the_text_leaves_all(
    ada: Client, article: Article, world: World, number: int
) -> None:
    article.revise(as_text(WRONG), world.ada)
    article.revise(as_text("Of yet another."), world.ben)

    answer = ada.post(undoing(article, number), follow=True)

    assert answer.status_code == (404 if number == 9 else 200)
    if number != 9:
        assert "is left as it is" in answer.content.decode()
    assert newest(article).number == 3


def test_it_requires_the_right_to_change_the_piece(cleo: Client, article: Article, world: World) -> None:
    article.revise(as_text(WRONG), world.ada)

    assert AGAIN not in page_of(cleo, f"{article.get_absolute_url()}revisions/")
    assert AGAIN not in page_of(cleo, f"{article.get_absolute_url()}revisions/1/")
    assert cleo.post(restoration(article), {"reviewed": 2}).status_code == 403
    assert cleo.post(undoing(article, 2)).status_code == 403
    assert newest(article).number == 2


def test_saving_with_lost_marks_leads_to_them(ada: Client, article: Article, world: World) -> None:
    make_highlight(article, QUOTE, world.ada)
    make_highlight(article, "The foundries have ordered more machines", world.ada)

    page = paste(ada, article).content.decode()

    assert "Each mark went where" not in page
    assert f'2 marks lost their place: <a href="{article.get_absolute_url()}lost/">see them</a>' in page


@pytest.mark.parametrize(
    ("becomes", "what"),
    [
        (FIRST.replace("2027", "2029"), "Each mark has its place; 1 mark reworded."),
        (FIRST.replace("the desk believes", "the desk no longer believes"), "1 mark in a sentence that was changed."),
        (FIRST.replace(QUOTE, f"~~{QUOTE}~~"), "Each mark has its place; 1 mark crossed out."),
        (f"{FIRST}\nMore.", "Each mark went where its words went."),
    ],
)
def test_saving_says_what_became_of_the_marks(
    ada: Client, article: Article, world: World, becomes: str, what: str
) -> None:
    make_highlight(article, QUOTE, world.ada)
    make_highlight(article, "Every quarter", world.cleo)  # hers alone

    answer = ada.post(hand_in(ada, article, becomes), said(reviewed=1), follow=True)

    assert what in answer.content.decode()


def test_what_was_lost_before_is_not_said_to_have_its_place(ada: Client, article: Article, world: World) -> None:
    make_highlight(article, QUOTE, world.ada)
    paste(ada, article)

    answer = ada.post(hand_in(ada, article, f"{WRONG}\nMore."), said(reviewed=2), follow=True)

    assert f'1 mark is still without a place: <a href="{article.get_absolute_url()}lost/">see it</a>' in (
        answer.content.decode()
    )


def test_without_marks_nothing_is_said_of_them(ada: Client, article: Article, world: World) -> None:
    answer = ada.post(hand_in(ada, article, f"{FIRST}\nMore."), said(reviewed=1), follow=True)

    assert "The piece has its new text." in answer.content.decode()
    assert "Each mark" not in answer.content.decode()


def test_saving_with_none_lost_speaks_of_none(ada: Client, article: Article, world: World) -> None:
    make_highlight(article, QUOTE, world.ada)

    answer = ada.post(hand_in(ada, article, f"{FIRST}\nMore."), said(reviewed=1), follow=True)

    assert "lost" not in answer.content.decode()
