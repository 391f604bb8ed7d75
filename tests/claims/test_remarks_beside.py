"""A remark that came beside the words behind a claim and takes them back: page, log and notices tell of it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reader.claims.models import Claim
from reader.core.visibility import Visibility
from reader.library.models import Article
from reader.notices.models import Kind, Notice
from reader.notices.wording import sentence
from tests.claims.predictions import make_claim, told_in_the_log
from tests.highlights.chips import FIRST, QUOTE, REST, piece
from tests.library.pieces import as_text, shelve_piece
from tests.world import World, make_highlight

pytestmark = pytest.mark.django_db

TAKEN_BACK = FIRST.replace(REST, f"{REST} I take it back.")
TOLD = "New right behind these words since"


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
    article.revise(as_text(TAKEN_BACK), world.ada)

    page = page_of(cleo, claim)

    assert f"<strong>{TOLD} <time" in page
    assert "</time>: “I take it back.”</strong>" in page
    assert "It reads now:" not in page
    assert "in which a remark beside its words is new" in page
    assert f"{QUOTE}</mark>{REST}<" in page


def test_it_is_told_beside_other_words(cleo: Client, claim: Claim, article: Article, world: World) -> None:
    article.revise(as_text(TAKEN_BACK.replace("2027", "2029")), world.ada)

    page = page_of(cleo, claim)

    assert "The text was changed on" in page
    assert '<p class="facts">New right behind it: “I take it back.”</p>' in page
    assert told_in_the_log() == ["text changed"]


def test_it_is_told_until_it_is_gone(cleo: Client, claim: Claim, article: Article, world: World) -> None:
    article.revise(as_text(TAKEN_BACK), world.ada)
    article.revise(as_text(f"{TAKEN_BACK} Thanks to all who wrote."), world.ada)
    assert TOLD in page_of(cleo, claim)

    article.revise(as_text(f"{FIRST} Thanks to all who wrote."), world.ada)

    page = page_of(cleo, claim)
    assert TOLD not in page
    assert '<div class="reworded">' not in page
    assert told_in_the_log() == ["text beside changed", "text put back"]


def test_each_text_has_its_remark(cleo: Client, claim: Claim, article: Article, world: World) -> None:
    article.revise(as_text(TAKEN_BACK), world.ada)
    article.revise(as_text(TAKEN_BACK.replace("2027", "2029")), world.ada)

    page = page_of(cleo, claim)

    assert "The text was changed 2 times." in page
    assert page.count("New right behind it: “I take it back.”") == 2
    assert "This passage is not in it" not in page


def test_those_whose_claim_it_is_are_told(article: Article, world: World) -> None:
    make_claim(article, QUOTE, world.cleo, Visibility.PUBLIC)

    article.revise(as_text(TAKEN_BACK), world.ada)

    notice = Notice.objects.get()
    assert (notice.recipient, notice.kind) == (world.cleo, Kind.CHANGED)
    assert sentence(notice).startswith("A remark beside the words behind a claim is new in its text: “")


def test_a_remark_that_was_there_already_is_no_news(cleo: Client, world: World) -> None:
    """The paragraph moves beside a remark that its first text had elsewhere, far off."""
    far = "\n".join(f"Paragraph {number} tells of the harbours and of their cranes." for number in range(40))
    article = shelve_piece(
        world.ada, "Far", Visibility.PUBLIC, words=f"{FIRST}\n{far}\nThis was wrong.\nThe end is near."
    )
    claim = make_claim(article, QUOTE, world.ada, Visibility.PUBLIC)
    above, said, below = FIRST.split("\n")

    article.revise(as_text(f"{above}\n{below}\n{far}\n{said}\nThis was wrong.\nThe end is near."), world.ada)

    assert '<div class="reworded">' not in page_of(cleo, claim)
    assert told_in_the_log() == []


def test_what_others_say_or_say_of_something_else_is_none(
    cleo: Client, claim: Claim, article: Article, world: World
) -> None:
    for words in ("“I take it back,” he said.", "I take it back to the shop.", "I was wrong about gold."):
        article.revise(as_text(FIRST.replace(REST, f"{REST} {words}")), world.ada)

    assert '<div class="reworded">' not in page_of(cleo, claim)
    assert told_in_the_log() == []
    assert not Notice.objects.exists()


def test_more_statements_ask_no_more_queries(cleo: Client, claim: Claim, article: Article, world: World) -> None:
    def asked() -> int:
        page_of(cleo, claim)
        with CaptureQueriesContext(connection) as queries:
            page_of(cleo, claim)
        return len(queries)

    article.revise(as_text(TAKEN_BACK), world.ada)
    one = asked()
    for number in range(4):
        other = shelve_piece(world.ada, f"Chips {number}", Visibility.PUBLIC, words=f"{FIRST} {number}")
        said = claim.statements.all()[0]
        said.pk = None
        said.highlight = make_highlight(other, QUOTE, world.ada, "prediction", visibility=Visibility.PUBLIC)
        said.save()
        other.revise(as_text(f"{TAKEN_BACK} {number}"), world.ada)

    assert page_of(cleo, claim).count(TOLD) == 5
    assert asked() == one
