"""A passage that is crossed out in a new text: the card says so."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reader.library.models import Article
from tests.highlights.chips import PARAGRAPHS, QUOTE, STRUCK, piece
from tests.library.pieces import as_html
from tests.world import World, make_article, make_highlight

pytestmark = pytest.mark.django_db

WHOLLY, PARTLY = (
    "This passage is crossed out in the newest text",
    "Part of this passage is crossed out in the newest text",
)


@pytest.fixture
def article(world: World) -> Article:
    return piece(world)


def page_of(client: Client, article: Article) -> str:
    answer = client.get(article.get_absolute_url())
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("tag", ["del", "s", "strike"])
def test_it_works(ada: Client, article: Article, world: World, tag: str) -> None:
    make_highlight(article, QUOTE, world.ada)
    article.revise(as_html(STRUCK.replace("del>", f"{tag}>")), world.ada)

    page = page_of(ada, article)

    assert f"<summary>{WHOLLY}</summary>" in page
    assert "<s><mark" in page


def test_a_struck_word_strikes_a_part(ada: Client, article: Article, world: World) -> None:
    make_highlight(article, QUOTE, world.ada)
    article.revise(as_html(PARAGRAPHS.replace("half", "<s>half</s>")), world.ada)

    assert f"<summary>{PARTLY}</summary>" in page_of(ada, article)


def test_it_is_told_beside_other_words(ada: Client, article: Article, world: World) -> None:
    make_highlight(article, QUOTE, world.ada)
    article.revise(as_html(PARAGRAPHS.replace("half", "<del>half</del> <ins>a third</ins>")), world.ada)

    page = page_of(ada, article)

    assert "<summary>This passage was changed after it was marked</summary>" in page
    assert f'<p class="facts">{PARTLY}.</p>' in page


def test_what_is_crossed_out_beside_it_is_none_of_it(ada: Client, article: Article, world: World) -> None:
    make_highlight(article, QUOTE, world.ada)
    article.revise(as_html(PARAGRAPHS.replace("nobody will mourn them", "<s>nobody will mourn them</s>")), world.ada)

    assert "crossed out" not in page_of(ada, article)


def test_what_was_marked_crossed_out_is_as_it_was(ada: Client, article: Article, world: World) -> None:
    article.revise(as_html(STRUCK), world.ada)
    make_highlight(article, QUOTE, world.ada)
    assert "crossed out" not in page_of(ada, article)

    article.revise(as_html(f"<p>New above.</p>{STRUCK}"), world.ada)

    assert "crossed out" not in page_of(ada, article)


def test_a_line_that_is_gone_again_is_told_no_more(ada: Client, article: Article, world: World) -> None:
    make_highlight(article, QUOTE, world.ada)
    article.revise(as_html(STRUCK), world.ada)
    article.revise(as_html(PARAGRAPHS), world.ada)

    assert "crossed out" not in page_of(ada, article)


def test_more_marks_ask_no_more_queries(ada: Client, article: Article, world: World) -> None:
    def asked() -> int:
        page_of(ada, article)
        with CaptureQueriesContext(connection) as queries:
            page_of(ada, article)
        return len(queries)

    words = QUOTE.split()
    make_highlight(article, QUOTE, world.ada)
    article.revise(as_html(STRUCK), world.ada)
    one = asked()
    for at in range(len(words) - 1):
        make_highlight(article, f"{words[at]} {words[at + 1]}", world.ada)
    article.revise(as_html(f"{STRUCK}<p>And more.</p>"), world.ada)

    assert asked() == one


STRUCK_TWICE = STRUCK.replace("nobody", "<s>nobody</s>")
STRUCK_THRICE = STRUCK_TWICE.replace("mourn", "<s>mourn</s>")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (PARAGRAPHS, STRUCK, "Crossed out since"),
        (STRUCK, PARAGRAPHS, "No longer crossed out"),
        (STRUCK, STRUCK.replace("Every quarter", "Each quarter"), ""),
        (STRUCK, PARAGRAPHS.replace(QUOTE, "Nothing moves"), ""),
        (STRUCK_TWICE, PARAGRAPHS, "No longer crossed out"),
        (STRUCK_TWICE, STRUCK, "No longer crossed out"),
        (STRUCK_THRICE, STRUCK_THRICE.replace("<s>nobody</s>", "nobody"), "No longer crossed out"),
        (STRUCK_TWICE, STRUCK_THRICE, "Crossed out since"),
        (STRUCK.replace("fall", "<em>fall</em>"), STRUCK, ""),
    ],
    ids=[
        *("struck", "no longer", "still", "struck, then deleted"),
        *("neither any longer", "one no longer", "the middle no longer", "one more", "in one piece"),
    ],
)
def test_the_comparison_says_what_was_crossed_out(
    ada: Client, world: World, before: str, after: str, said: str
) -> None:
    article = make_article("Chips", world.ada, html=before)
    article.revise(as_html(after), world.ada)

    page = ada.get(f"{article.get_absolute_url()}revisions/2/comparison/").content.decode()

    told = [words for words in ("Crossed out since", "No longer crossed out") if f">{words}</small>" in page]
    assert told == ([said] if said else [])
    assert "are the same" not in page or not said
