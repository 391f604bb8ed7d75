"""A card says that something new stands beside its passage and takes it back."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reader.library.models import Article
from tests.highlights.chips import FIRST, QUOTE, REST, piece
from tests.library.pieces import as_text
from tests.world import World, make_highlight

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(world: World) -> Article:
    return piece(world)


def page_of(client: Client, article: Article) -> str:
    answer = client.get(article.get_absolute_url())
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        (FIRST.replace(REST, f"{REST} I take it back."), "New right behind this passage: “I take it back.”"),
        (FIRST.replace(QUOTE, f"I take this back. {QUOTE}"), "New right before this passage: “I take this back.”"),
        (FIRST.replace(QUOTE, f"Withdrawn\n{QUOTE}"), "New above this passage: “Withdrawn”"),
        (
            FIRST.replace("\nThe", "\nUpdate: This did not happen.\nThe"),
            "New below this passage: “Update: This did not",
        ),
    ],
    ids=["behind", "before", "above", "below"],
)
def test_it_works(ada: Client, article: Article, world: World, text: str, summary: str) -> None:
    make_highlight(article, QUOTE, world.ada)
    article.revise(as_text(text), world.ada)

    page = page_of(ada, article)

    assert f"<summary>{summary}" in page
    assert "was changed" not in page


def test_it_is_told_beside_other_words(ada: Client, article: Article, world: World) -> None:
    make_highlight(article, QUOTE, world.ada)
    article.revise(as_text(FIRST.replace("2027", "2029").replace(REST, f"{REST} I take it back.")), world.ada)

    page = page_of(ada, article)

    assert "<summary>This passage was changed after it was marked</summary>" in page
    assert 'New right behind it:</p><p class="quote" dir="auto">I take it back.</p>' in page


def test_it_is_told_beside_another_sentence(ada: Client, article: Article, world: World) -> None:
    make_highlight(article, QUOTE, world.ada)
    article.revise(
        as_text(FIRST.replace(QUOTE, f"We think that {QUOTE}").replace(REST, f"{REST} No longer.")), world.ada
    )

    page = page_of(ada, article)

    assert "<summary>The sentence around this passage was changed</summary>" in page
    assert "New right behind it:" in page


def test_a_mark_made_beside_a_remark_is_told_nothing(ada: Client, article: Article, world: World) -> None:
    remarked = FIRST.replace(REST, f"{REST} I take it back.")
    article.revise(as_text(remarked), world.ada)
    make_highlight(article, QUOTE, world.ada)
    article.revise(as_text(f"{remarked} And more."), world.ada)

    assert "New right behind" not in page_of(ada, article)


def test_a_remark_on_another_passage_is_none_on_this(ada: Client, article: Article, world: World) -> None:
    make_highlight(article, QUOTE, world.ada)
    article.revise(as_text(f"{FIRST} This was wrong."), world.ada)

    assert '<details class="changed">' not in page_of(ada, article)


def test_what_an_author_writes_is_text(ada: Client, article: Article, world: World) -> None:
    make_highlight(article, QUOTE, world.ada)
    article.revise(as_text(FIRST.replace(REST, f"{REST} This was wrong, & I am sorry.")), world.ada)

    assert "New right behind this passage: “This was wrong, &amp; I am sorry.”" in page_of(ada, article)


def test_more_marks_ask_no_more_queries(ada: Client, article: Article, world: World) -> None:
    def asked() -> int:
        page_of(ada, article)
        with CaptureQueriesContext(connection) as queries:
            page_of(ada, article)
        return len(queries)

    words = QUOTE.split()
    make_highlight(article, QUOTE, world.ada)
    remarked = FIRST.replace(REST, f"{REST} I take it back.")
    article.revise(as_text(remarked), world.ada)
    one = asked()
    for at in range(len(words) - 1):
        make_highlight(article, f"{words[at]} {words[at + 1]}", world.ada)
    article.revise(as_text(f"{remarked} And more."), world.ada)

    assert asked() == one
