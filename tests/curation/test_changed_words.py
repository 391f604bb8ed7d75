"""Lists of claims, on the desk and in the ledger, tell that a passage says something else than was quoted."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reader.claims.merging import merge
from reader.claims.models import Claim
from reader.claims.moving import move_highlight
from reader.core.visibility import Visibility
from reader.curation.claim_rulings import accept
from reader.library.models import Article, Text
from tests.claims.predictions import make_claim
from tests.highlights.chips import FIRST, QUOTE, piece
from tests.library.pieces import as_html, as_text, shelve_piece
from tests.world import World

pytestmark = pytest.mark.django_db

EDITED = QUOTE.replace("2027", "2029")
LABEL, GONE = "words changed", "words gone from the text"


@pytest.fixture
def article(world: World) -> Article:
    return piece(world)


@pytest.fixture
def claim(article: Article, world: World) -> Claim:
    return make_claim(article, QUOTE, world.cleo, Visibility.PUBLIC)


def words_at(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.mark.parametrize("address", ["/desk/", "/desk/claims/{}/"])
def test_the_desk_shows_both_wordings(ben: Client, claim: Claim, article: Article, world: World, address: str) -> None:
    page = address.format(claim.pk)
    assert "By now the text says" not in words_at(ben, page)
    article.revise(as_text(FIRST.replace(QUOTE, EDITED)), world.ada)

    assert f"{QUOTE} By now the text says: {EDITED}" in words_at(ben, page)


def test_the_desk_says_that_the_words_are_gone(ben: Client, claim: Claim, article: Article, world: World) -> None:
    article.revise(as_text("Of something else."), world.ada)

    assert f"{QUOTE} The text that is there now has these words no longer." in words_at(ben, "/desk/")


def test_a_statement_that_waits_shows_both_wordings(ben: Client, claim: Claim, article: Article, world: World) -> None:
    accept(claim, world.ben)
    claim.statements.update(waits=True)
    article.revise(as_text(FIRST.replace(QUOTE, EDITED)), world.ada)

    assert f"By now the text says: {EDITED}" in words_at(ben, "/desk/statements/")


TAKEN_BACK = FIRST.replace("them.", "them. I take it back.")
TURNED = FIRST.replace(QUOTE, f"We no longer think that {QUOTE}")
QUOTED = FIRST.replace(f"{QUOTE}, the desk", "The desk") + f" We took out “{QUOTE}”: it was wrong."
STRUCK = f"<p>{FIRST.replace(QUOTE, f'<del>{QUOTE}</del>')}</p>"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (as_text(TURNED), f"By now the sentence around these words is another: We no longer think that {QUOTE}"),
        (as_text(QUOTED), f"By now the text quotes these words instead of saying them: We took out “{QUOTE}”"),
        (as_text(TAKEN_BACK), "New right behind these words: I take it back."),
        (as_html(STRUCK), "By now these words are crossed out."),
    ],
    ids=["turned round", "quoted", "taken back beside it", "crossed out"],
)
@pytest.mark.parametrize("address", ["/desk/", "/desk/statements/"])
def test_the_desk_shows_what_takes_the_words_back(
    ben: Client, claim: Claim, article: Article, world: World, text: Text, told: str, address: str
) -> None:
    if "statements" in address:
        accept(claim, world.ben)
        claim.statements.update(waits=True)
    article.revise(as_text(f"New above.\n{FIRST}"), world.ada)
    assert "By now" not in words_at(ben, address)
    article.revise(text, world.ada)

    assert f"{QUOTE} {told}" in words_at(ben, address)


def test_the_desk_says_nothing_of_clauses_that_changed_places(ben: Client, world: World) -> None:
    oil, gas = "oil will fall by half before the end of 2027", "gas will rise by a third in the year 2028"
    article = shelve_piece(world.ada, "Fuels", Visibility.PUBLIC, words=f"O{oil[1:]} and {gas}.")
    make_claim(article, gas, world.cleo, Visibility.PUBLIC)
    article.revise(as_text(f"G{gas[1:]} and {oil}."), world.ada)

    page = words_at(ben, "/desk/")
    assert gas in page
    assert "By now" not in page


def test_more_words_taken_back_ask_no_more_queries(ben: Client, world: World) -> None:
    def queries() -> int:
        ben.get("/desk/")
        with CaptureQueriesContext(connection) as asked:
            assert ben.get("/desk/").status_code == 200
        return len(asked)

    counts = []
    for number in range(3):
        article = shelve_piece(world.ada, f"Piece {number}", Visibility.PUBLIC, words=f"{number}. {FIRST}")
        make_claim(article, QUOTE, world.cleo, Visibility.PUBLIC)
        article.revise(as_text(f"{number}. {TAKEN_BACK}"), world.ada)
        counts.append(queries())

    assert words_at(ben, "/desk/").count("I take it back.") == 3
    assert counts == [counts[0]] * 3


def test_the_ledger_has_a_label(cleo: Client, claim: Claim, article: Article, world: World) -> None:
    article.revise(as_text(f"New above.\n{FIRST}"), world.ada)
    assert LABEL not in words_at(cleo, "/claims/")
    article.revise(as_text(FIRST.replace(QUOTE, EDITED)), world.ada)
    assert LABEL in words_at(cleo, "/claims/")
    article.revise(as_text("Of something else."), world.ada)
    assert GONE in words_at(cleo, "/claims/")
    article.revise(as_text(FIRST), world.ada)

    page = words_at(cleo, "/claims/")
    assert LABEL not in page
    assert GONE not in page


@pytest.mark.parametrize(
    ("text", "label"),
    [
        (as_text(TURNED), "sentence changed"),
        (as_text(QUOTED), "words quoted, no longer said"),
        (as_text(TAKEN_BACK), "new remark beside it"),
        (as_html(STRUCK), "words crossed out"),
    ],
    ids=["turned round", "quoted", "taken back beside it", "crossed out"],
)
def test_the_ledger_says_what_takes_the_words_back(
    cleo: Client, claim: Claim, article: Article, world: World, text: Text, label: str
) -> None:
    article.revise(as_text(f"New above.\n{FIRST}"), world.ada)
    assert label not in words_at(cleo, "/claims/")
    article.revise(text, world.ada)
    assert label in words_at(cleo, "/claims/")
    article.revise(as_text(FIRST), world.ada)
    assert label not in words_at(cleo, "/claims/")


def test_the_ledger_says_so_though_another_piece_put_the_words_back(cleo: Client, claim: Claim, world: World) -> None:
    other = shelve_piece(world.ada, "Again", Visibility.PUBLIC, words=f"Again: {FIRST}")
    make_claim(other, QUOTE, world.cleo, Visibility.PUBLIC).statements.update(claim=claim)
    claim.statements.earliest("pk").highlight.article.revise(as_text(TAKEN_BACK), world.ada)
    other.revise(as_text(f"Again: {TAKEN_BACK}"), world.ada)
    other.revise(as_text(f"Again: {FIRST}"), world.ada)

    assert "new remark beside it" in words_at(cleo, "/claims/")


def test_the_ledger_says_so_of_what_was_merged_since(cleo: Client, claim: Claim, world: World) -> None:
    other = shelve_piece(world.ada, "Again", Visibility.PUBLIC, words=f"Again: {FIRST}")
    echo = make_claim(other, QUOTE, world.cleo, Visibility.PUBLIC)
    accept(claim, world.ben)
    other.revise(as_text(f"Again: {TAKEN_BACK}"), world.ada)
    merge(echo, claim, world.ben)

    assert words_at(cleo, "/claims/").count("new remark beside it") == 1


def test_the_ledger_says_so_to_those_who_see_the_claim_since(dov: Client, world: World, article: Article) -> None:
    claim = make_claim(article, QUOTE, world.cleo)
    article.revise(as_text(TAKEN_BACK), world.ada)
    move_highlight(claim.statements.get().highlight, Visibility.PUBLIC, None, world.cleo, along=True)

    assert "new remark beside it" in words_at(dov, "/claims/")


def test_more_claims_taken_back_ask_no_more_queries_of_the_ledger(cleo: Client, world: World) -> None:
    counts = []
    for number in range(4):
        article = shelve_piece(world.ada, f"Piece {number}", Visibility.PUBLIC, words=f"{number}. {FIRST}")
        make_claim(article, QUOTE, world.cleo, Visibility.PUBLIC)
        article.revise(as_text(f"{number}. {TAKEN_BACK}"), world.ada)
        cleo.get("/claims/")
        with CaptureQueriesContext(connection) as asked:
            assert words_at(cleo, "/claims/").count("new remark beside it") == number + 1
        counts.append(len(asked))

    assert counts[1:] == [counts[1]] * 3


def test_the_ledger_tells_nothing_of_texts_that_one_may_not_read(dov: Client, claim: Claim, world: World) -> None:
    hidden = shelve_piece(world.ada, "Ours", Visibility.TEAM, world.foundry, words=f"Again: {QUOTE}.")
    echo = make_claim(hidden, QUOTE, world.cleo, Visibility.TEAM, world.foundry)
    echo.statements.update(claim=claim)
    hidden.revise(as_text(f"Again: {EDITED}."), world.ada)

    assert LABEL not in words_at(dov, "/claims/")


@pytest.mark.parametrize("address", ["/claims/", "/desk/", "/desk/statements/"])
def test_it_costs_one_query_and_nothing_where_no_text_changed(
    ben: Client, world: World, address: str, settings: Any
) -> None:
    def made(number: int) -> Article:
        article = shelve_piece(world.ada, f"Piece {number}", Visibility.PUBLIC, words=f"{number}. {FIRST}")
        claim = make_claim(article, QUOTE, world.cleo, Visibility.PUBLIC)
        if "statements" in address:
            accept(claim, world.ben)
            claim.statements.update(waits=True)
        return article

    def queries() -> int:
        ben.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert ben.get(address).status_code == 200
        return len(asked)

    articles = [made(number) for number in range(3)]
    plain = queries()
    for at, article in enumerate(articles):
        article.revise(as_text(f"{at}. {FIRST.replace(QUOTE, EDITED)}"), world.ada)
        assert queries() == plain + 1
