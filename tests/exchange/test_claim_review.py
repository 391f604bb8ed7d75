"""What the page of a judged claim says to search engines."""

import json
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reader.claims.disputing import dispute
from reader.claims.judging import Ruling, judge, undo_verdict
from reader.claims.models import Claim, Polarity, Statement
from reader.claims.scale import Outcome
from reader.claims.verdicts import Verdict
from reader.exchange.reviews import as_iso
from tests.claims.ledger import judged, public_claim, teams_claim
from tests.conftest import signed_in
from tests.world import World

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)

#: What schema.org's ClaimReview needs to be shown, by developers.google.com/search/docs/appearance/structured-data.
REQUIRED = {"@context", "@type", "claimReviewed", "reviewRating", "url"}
RATING_REQUIRED = {"@type", "alternateName"}


def block(client: Client, claim: Claim) -> dict[str, Any] | None:
    found = BLOCK.findall(client.get(claim.get_absolute_url()).content.decode())
    assert len(found) <= 1
    return json.loads(found[0]) if found else None


def settle() -> None:
    Verdict.objects.update(at=timezone.now() - timedelta(minutes=11))


@pytest.fixture
def claim(world: World) -> Claim:
    return public_claim(world)


def test_it_works(claim: Claim, world: World, client: Client) -> None:
    judged(claim, world.ben, Outcome.MOSTLY)
    settle()

    review = block(client, claim)

    assert review
    assert review.keys() >= REQUIRED
    assert review["@context"] == "https://schema.org"
    assert review["@type"] == "ClaimReview"
    assert review["url"] == f"http://localhost:8000/claims/{claim.pk}/"
    assert review["claimReviewed"] == claim.statement
    assert review["reviewRating"].keys() >= RATING_REQUIRED
    assert (review["reviewRating"]["ratingValue"], review["reviewRating"]["alternateName"]) == (4, "Mostly")
    assert (review["reviewRating"]["worstRating"], review["reviewRating"]["bestRating"]) == (1, 5)
    assert review["author"]["@type"] == "Organization"
    assert review["itemReviewed"]["@type"] == "Claim"
    assert review["itemReviewed"]["author"] == {"@type": "Person", "name": "Mira Castell"}
    assert review["itemReviewed"]["datePublished"] == "2023-05-17"
    assert review["itemReviewed"]["appearance"][0]["name"] == world.public.title


@pytest.mark.parametrize(("outcome", "value"), list(zip(Outcome, range(1, 6), strict=True)))
def test_every_outcome_has_its_number(claim: Claim, world: World, client: Client, outcome: Outcome, value: int) -> None:
    judged(claim, world.ben, outcome)
    settle()

    review = block(client, claim)

    assert review
    assert (review["reviewRating"]["ratingValue"], review["reviewRating"]["alternateName"]) == (value, outcome.label)


def test_what_has_no_outcome_has_its_word(claim: Claim, world: World, client: Client) -> None:
    judge(claim, Ruling(status="ambiguous", reason="The sources differ."), world.ben)
    settle()

    review = block(client, claim)

    assert review
    assert review["reviewRating"] == {"@type": "Rating", "alternateName": "Ambiguous"}


def test_it_is_there_for_a_final_verdict_alone(claim: Claim, world: World, client: Client) -> None:
    assert block(client, claim) is None
    verdict = judged(claim, world.ben)
    assert block(client, claim) is None
    settle()
    assert block(client, claim)
    dispute(Verdict.objects.get(pk=verdict.pk), "The source is a blog.", world.cleo)
    assert block(client, claim) is None


def test_what_was_taken_back_is_not_told(claim: Claim, world: World, client: Client) -> None:
    undo_verdict(judged(claim, world.ben), world.ben)
    settle()

    assert block(client, claim) is None


def test_a_claim_of_a_team_has_none(world: World) -> None:
    claim = teams_claim(world)
    judged(claim, world.ben)
    settle()

    assert block(signed_in(world.cleo), claim) is None


def test_a_passage_of_a_team_is_not_in_it(claim: Claim, world: World) -> None:
    """Whoever sees more than all do is told no more: search engines keep what they are given."""
    hidden = teams_claim(world, quote="Prices fall by half").statements.get()
    Statement.objects.filter(pk=hidden.pk).update(claim=claim, said_on=date(2020, 1, 1))
    judged(claim, world.ben)
    settle()

    review = block(signed_in(world.cleo), claim)

    assert review
    assert [piece["name"] for piece in review["itemReviewed"]["appearance"]] == [world.public.title]
    assert review["itemReviewed"]["datePublished"] == "2023-05-17"


def test_whoever_said_the_opposite_is_not_its_author(claim: Claim, world: World, client: Client) -> None:
    claim.statements.update(polarity=Polarity.DENIES)
    judged(claim, world.ben)
    settle()

    review = block(client, claim)

    assert review
    assert "author" not in review["itemReviewed"]


def test_no_words_end_the_script(claim: Claim, world: World, client: Client) -> None:
    hostile = 'x</script><script>alert("1")</script><!-- & \u2028 🦙 שלום'
    Claim.objects.filter(pk=claim.pk).update(statement=hostile)
    judged(claim, world.ben)
    settle()

    page = client.get(claim.get_absolute_url()).content.decode()

    assert "<script>alert" not in page
    review = block(client, claim)
    assert review
    assert review["claimReviewed"] == hostile


def test_a_day_is_told_as_exactly_as_it_is_known() -> None:
    assert as_iso(None, None) == ""
    assert as_iso(date(2023, 5, 17), None) == as_iso(date(2023, 5, 17), date(2023, 5, 17)) == "2023-05-17"
    assert as_iso(date(2023, 5, 1), date(2023, 5, 31)) == "2023-05"
    assert as_iso(date(2023, 1, 1), date(2023, 12, 31)) == "2023"


def test_it_takes_the_page_one_query(claim: Claim, world: World, client: Client) -> None:
    judged(claim, world.ben)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(claim.get_absolute_url())
        counts.append(len(queries))
        settle()

    assert counts[1] <= counts[0] + 1
