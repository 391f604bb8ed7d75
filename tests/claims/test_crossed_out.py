"""Words behind a claim that are crossed out in a new text: the page, the log and the notices say so."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reader.claims.models import Claim
from reader.core.visibility import Visibility
from reader.library.models import Article
from reader.notices.models import Notice
from reader.notices.wording import sentence
from tests.claims.predictions import make_claim, told_in_the_log
from tests.highlights.chips import FIRST, PARAGRAPHS, QUOTE, STRUCK, piece
from tests.library.pieces import as_html, shelve_piece
from tests.world import World, make_highlight

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(world: World) -> Article:
    return piece(world)


@pytest.fixture
def claim(article: Article, world: World) -> Claim:
    return make_claim(article, QUOTE, world.ada, Visibility.PUBLIC)


def page_of(client: Client, claim: Claim) -> str:
    answer = client.get(claim.get_absolute_url())
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_works(cleo: Client, claim: Claim, article: Article, world: World) -> None:
    article.revise(as_html(STRUCK), world.ada)

    page = page_of(cleo, claim)

    assert "<strong>These words have been crossed out since <time" in page
    assert "It reads now:" not in page
    assert "in which its words, or some of them, are crossed out" in page


def test_some_of_them(cleo: Client, claim: Claim, article: Article, world: World) -> None:
    article.revise(as_html(PARAGRAPHS.replace("half", "<s>half</s>")), world.ada)

    assert "<strong>Some of these words have been crossed out since <time" in page_of(cleo, claim)
    assert told_in_the_log() == ["text crossed out"]


def test_it_is_told_beside_other_words(cleo: Client, claim: Claim, article: Article, world: World) -> None:
    article.revise(as_html(PARAGRAPHS.replace("half", "<del>half</del> a third")), world.ada)

    page = page_of(cleo, claim)

    assert "<strong>The text was changed on" in page
    assert "Some of these words are crossed out.</p>" in page
    assert told_in_the_log() == ["text changed"]


def test_it_is_told_until_the_line_is_gone(cleo: Client, claim: Claim, article: Article, world: World) -> None:
    article.revise(as_html(STRUCK), world.ada)
    article.revise(as_html(f"{STRUCK}<p>Thanks.</p>"), world.ada)
    assert "These words have been crossed out since" in page_of(cleo, claim)

    article.revise(as_html(f"{PARAGRAPHS}<p>Thanks.</p>"), world.ada)

    assert '<div class="reworded">' not in page_of(cleo, claim)
    assert told_in_the_log() == ["text crossed out", "text put back"]


@pytest.mark.parametrize(
    "next_text",
    [
        STRUCK.replace("half", "<b>half</b>").replace(f"<del>{QUOTE[:5]}", f"{QUOTE[:5]}<del>"),
        STRUCK,
    ],
    ids=["less of them", "no remark any more"],
)
def test_what_is_crossed_out_still_is_not_as_it_was_said(
    next_text: str, cleo: Client, claim: Claim, article: Article, world: World
) -> None:
    article.revise(as_html(STRUCK.replace(", the desk", " (I take it back), the desk")), world.ada)

    article.revise(as_html(next_text), world.ada)

    assert told_in_the_log() == ["text crossed out", "text crossed out"]
    assert "its words are as they were said" not in page_of(cleo, claim)


def test_what_was_marked_as_it_is_crossed_out_is_put_back(article: Article, world: World) -> None:
    article.revise(as_html(PARAGRAPHS.replace("half", "<s>half</s>")), world.ada)
    make_claim(article, QUOTE, world.ada, Visibility.PUBLIC)
    article.revise(as_html(STRUCK), world.ada)

    article.revise(as_html(PARAGRAPHS.replace("half", "<s>half</s>")), world.ada)

    assert told_in_the_log() == ["text crossed out", "text put back"]


def test_each_text_says_what_it_did(cleo: Client, claim: Claim, article: Article, world: World) -> None:
    article.revise(as_html(PARAGRAPHS.replace("half", "<s>half</s>")), world.ada)
    article.revise(as_html(STRUCK), world.ada)

    page = page_of(cleo, claim)

    assert "The text was changed 2 times." in page
    assert page.index("<span>crossed out in part</span>") < page.index("<span>crossed out</span>")
    assert "This passage is not in it" not in page


def test_those_whose_claim_it_is_are_told(article: Article, world: World) -> None:
    make_claim(article, QUOTE, world.cleo, Visibility.PUBLIC)

    article.revise(as_html(STRUCK), world.ada)

    told = "The words behind a claim, or some of them, were crossed out in its text: “"
    assert sentence(Notice.objects.get(recipient=world.cleo)).startswith(told)


def test_more_statements_ask_no_more_queries(cleo: Client, claim: Claim, article: Article, world: World) -> None:
    def asked() -> int:
        page_of(cleo, claim)
        with CaptureQueriesContext(connection) as queries:
            page_of(cleo, claim)
        return len(queries)

    article.revise(as_html(STRUCK), world.ada)
    one = asked()
    for number in range(4):
        other = shelve_piece(world.ada, f"Chips {number}", Visibility.PUBLIC, words=f"{FIRST} {number}")
        said = claim.statements.all()[0]
        said.pk = None
        said.highlight = make_highlight(other, QUOTE, world.ada, "prediction", visibility=Visibility.PUBLIC)
        said.save()
        other.revise(as_html(f"{STRUCK}<p>{number}</p>"), world.ada)

    assert page_of(cleo, claim).count("These words have been crossed out since") == 5
    assert asked() == one
