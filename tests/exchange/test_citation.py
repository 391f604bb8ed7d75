"""How a claim is cited."""

import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.test import Client
from django.utils.html import escape

from reader.claims.models import Claim
from reader.claims.queries import attach_statements
from reader.claims.verdicts import Verdict
from reader.core.markdown import render_article_markdown
from reader.core.sanitising import clean, text_of
from reader.exchange.citing import Citation, bibtex_text
from reader.library.models import Person, find_or_make
from tests.claims.ledger import judged, public_claim, teams_claim
from tests.world import World

TODAY = date(2026, 11, 28)


def cited(claim: Claim, world: World) -> Citation:
    claim = Claim.objects.get(pk=claim.pk)
    attach_statements([claim], world.cleo)
    return Citation.of(claim, TODAY)


@pytest.fixture
def claim(world: World) -> Claim:
    return public_claim(world)


def test_it_works(claim: Claim, client: Client) -> None:
    with time_machine.travel(TODAY):
        page = client.get(f"/claims/{claim.pk}/citation/").content.decode()

    quote = claim.statements.get().quote
    text = (
        f"“{quote}” Mira Castell, in “The year of the small model”, The Gradient Ledger, 17 May 2023. "
        f"The claim, as the ledger words it: {claim.statement}. "
        "Window: 1 January 2024 – 31 December 2024. Verdict: not judged yet. "
        f"Forecite, claim {claim.pk}, http://localhost:8000/claims/{claim.pk}/ (as of 28 November 2026)."
    )
    assert escape(text) in page
    assert f"@misc{{forecite-claim-{claim.pk}," in page
    assert page.count("<textarea readonly") == 3


def test_a_verdict_is_told_once_it_is_final(claim: Claim, world: World) -> None:
    judged(claim, world.ben)
    assert cited(claim, world).verdict == "not judged yet"

    Verdict.objects.update(at=datetime(2025, 2, 3, 12, tzinfo=UTC))

    assert cited(claim, world).verdict == "Happened (3 February 2025)"


def test_what_is_cited_later_says_when(claim: Claim, world: World, client: Client) -> None:
    judged(claim, world.ben)
    later = "it is cited from"
    assert later in client.get(f"/claims/{claim.pk}/citation/").content.decode()

    Verdict.objects.update(at=datetime(2025, 2, 3, 12, tzinfo=UTC))

    assert later not in client.get(f"/claims/{claim.pk}/citation/").content.decode()


def test_only_the_passage_stands_in_quotation_marks(claim: Claim, world: World) -> None:
    claim.statements.update(quote="so  it\nwill be", polarity="denies")
    Claim.objects.filter(pk=claim.pk).update(statement="It will be so")

    for words in (cited(claim, world).text(), cited(claim, world).markdown(), cited(claim, world).bibtex()):
        assert "“so it will be” Mira Castell" in words
        assert "“It will be so" not in words
    assert "denied here; as the ledger words it: It will be so." in cited(claim, world).text()


def test_marks_inside_the_passage_are_single(claim: Claim, world: World) -> None:
    claim.statements.update(quote="by summer, “and I’m careful”")

    assert cited(claim, world).text().startswith("“by summer, ‘and I’m careful’” Mira Castell")


def test_who_retold_it_is_named(claim: Claim, world: World) -> None:
    claim.statements.update(stance="reports", reported_by=find_or_make(Person, "Rhea Ponte", world.public))

    assert "Mira Castell, as retold by Rhea Ponte, in “" in cited(claim, world).text()


def test_markdown_says_the_words_as_they_are(claim: Claim, world: World) -> None:
    hostile = "a [link](javascript:alert(1)) *and* `code` <b> $5_000_ \\ | ~ # + &amp; 🦙"
    Claim.objects.filter(pk=claim.pk).update(statement=hostile)

    html = render_article_markdown(cited(claim, world).markdown())

    assert f"The claim, as the ledger words it: {hostile}. Window:" in text_of(clean(html))
    assert html.count("<a ") == 1


def test_bibtex_says_the_words_as_they_are(claim: Claim, world: World) -> None:
    Claim.objects.filter(pk=claim.pk).update(statement="50 % of {all} $5 & #1_a ~ ^ \\ }} @misc{x,")

    entry = cited(claim, world).bibtex()

    assert r"title = {{50 \% of \{all\} \$5 \& \#1\_a \textasciitilde{} \textasciicircum{}" in entry
    depth = re.sub(r"\\.", "", entry)
    assert depth.count("{") == depth.count("}")
    assert "author = {{Mira Castell}}" in entry
    assert "urldate = {2026-11-28}" in entry
    assert bibtex_text("a\nb") == "a b"


def test_a_claim_without_a_speaker_can_be_cited(claim: Claim, world: World) -> None:
    claim.statements.update(speaker=None, said_on=None)

    citation = cited(claim, world)

    assert "in “The year of the small model”" in citation.text()
    assert "author" not in citation.bibtex()
    assert "year =" not in citation.bibtex()


def test_it_checks_ownership(world: World, cleo: Client, dov: Client) -> None:
    address = f"/claims/{teams_claim(world).pk}/citation/"

    assert cleo.get(address).status_code == 200
    answer = dov.get(address)
    assert (answer.status_code, answer.content) == (404, dov.get("/claims/999999/citation/").content)


def test_it_rejects_post(claim: Claim, cleo: Client) -> None:
    assert cleo.post(f"/claims/{claim.pk}/citation/").status_code == 405


def test_the_page_of_the_claim_leads_to_it(claim: Claim, client: Client) -> None:
    assert f'href="/claims/{claim.pk}/citation/"' in client.get(claim.get_absolute_url()).content.decode()
