"""Verdicts as an Atom feed that a program reads."""

from datetime import timedelta
from typing import Any

import feedparser
import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reader.claims.disputing import dispute, uphold, withdraw_dispute
from reader.claims.judging import Ruling, judge, lapse, undo_verdict
from reader.claims.models import Claim
from reader.claims.scale import Outcome
from reader.claims.verdicts import Verdict
from reader.exchange.models import SecretAddress
from tests.claims.ledger import QUOTES, again, judged, public_claim, source, teams_claim
from tests.conftest import signed_in
from tests.world import World

PUBLIC = "/claims/verdicts.atom"
LATER = timedelta(minutes=11)


def read(address: str = PUBLIC, client: Client | None = None) -> Any:
    answer = (client or Client()).get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = feedparser.parse(answer.content)
    assert not feed.bozo, feed.bozo_exception
    assert feed.version == "atom10"
    return feed


def settle() -> None:
    """Let ten minutes pass."""
    Verdict.objects.update(at=timezone.now() - LATER)


def test_it_works(world: World) -> None:
    claim = public_claim(world)
    judged(claim, world.ben, reason="It was <b>released</b> & measured:\x0b\n4 < 5.")
    settle()

    feed = read()
    (entry,) = feed.entries

    assert entry.title == f"Happened: {claim.statement}"
    assert entry.link == f"http://localhost:8000/claims/{claim.pk}/"
    assert "<p>It was &lt;b&gt;released&lt;/b&gt; &amp; measured:<br />4 &lt; 5.</p>" in entry.summary
    assert entry.id == f"tag:localhost,2026:claims/{claim.pk}/verdict"
    assert entry.updated == feed.feed.updated
    assert feed.feed.id == "tag:localhost,2026:verdicts"
    assert f"http://localhost:8000{PUBLIC}" in [link.href for link in feed.feed.links]


def test_what_changed_last_comes_first(world: World) -> None:
    first, second = (judged(public_claim(world, quote=quote), world.ben) for quote in QUOTES[:2])
    settle()
    Verdict.objects.filter(pk=second.pk).update(at=timezone.now() - 3 * LATER)

    titles = [entry.title for entry in read().entries]

    assert titles == [f"Happened: {one.claim.statement}" for one in (first, second)]


def test_what_can_be_taken_back_is_not_told_yet(world: World) -> None:
    judged(public_claim(world), world.ben)

    assert read().entries == []
    with time_machine.travel(timezone.now() + LATER):
        assert len(read().entries) == 1


def test_what_was_taken_back_vanishes(world: World) -> None:
    claim = public_claim(world)
    verdict = judged(claim, world.ben)
    undo_verdict(verdict, world.ben)
    settle()
    assert read().entries == []

    judged(again(claim), world.ben)
    settle()
    assert len(read().entries) == 1
    lapse(again(claim), world.ben)
    assert read().entries == []


def test_a_new_verdict_amends_the_entry(world: World) -> None:
    claim = public_claim(world)
    judged(claim, world.ben)
    settle()
    (before,) = read().entries

    cited = source(again(claim), world.ben, url="https://example.com/second-look")
    with time_machine.travel(timezone.now() + LATER, tick=False):
        judge(again(claim), Ruling(outcome=Outcome.PARTLY, evidence=[cited.pk], reason="A second look."), world.ben)
    with time_machine.travel(timezone.now() + 2 * LATER, tick=False):
        (after,) = read().entries

    assert after.id == before.id
    assert after.title.startswith("Partly: ")
    assert after.updated_parsed > before.updated_parsed


def test_a_dispute_is_told(world: World) -> None:
    verdict = judged(public_claim(world), world.ben)
    settle()
    (before,) = read().entries
    dispute(Verdict.objects.get(pk=verdict.pk), "The source is a blog.", world.cleo)

    (entry,) = read().entries

    assert entry.title.startswith("Happened (disputed): ")
    assert entry.updated_parsed > before.updated_parsed


@pytest.mark.parametrize("ends", ["withdrawn", "upheld"])
def test_the_end_of_a_dispute_is_told_as_news(world: World, ends: str) -> None:
    verdict = judged(public_claim(world), world.ben)
    settle()
    made = dispute(Verdict.objects.get(pk=verdict.pk), "The source is a blog.", world.cleo)
    (before,) = read().entries

    with time_machine.travel(timezone.now() + LATER):
        withdraw_dispute(made, world.cleo) if ends == "withdrawn" else uphold(made, world.ada, "It is none.")
        feed = read()
    (entry,) = feed.entries

    assert entry.title.startswith("Happened: ")
    assert entry.updated_parsed > before.updated_parsed
    assert feed.feed.updated == entry.updated


def test_it_shows_what_its_owner_may_see(world: World) -> None:
    judged(teams_claim(world), world.ben)
    judged(public_claim(world, quote=QUOTES[1]), world.ben)
    settle()

    assert [
        len(read(f"/claims/{SecretAddress.make(one).secret}/verdicts.atom").entries) for one in (world.vera, world.dov)
    ] == [2, 1]
    assert len(read().entries) == len(read(client=signed_in(world.ada)).entries) == 1


def test_a_public_claim_of_a_hidden_passage_is_not_in_it(world: World) -> None:
    claim = public_claim(world)
    judged(claim, world.ben)
    settle()
    claim.statements.get().highlight.delete_by(world.cleo)

    assert read().entries == []


@pytest.mark.parametrize("secret", ["no.such", "12"])
def test_a_wrong_secret_is_answered_as_nothing_is(world: World, client: Client, secret: str) -> None:
    answer = client.get(f"/claims/{secret}/verdicts.atom")

    assert (answer.status_code, answer.content) == (404, client.get("/no/such/page").content)


def test_whoever_has_it_has_it(world: World) -> None:
    empty = Client().get(PUBLIC)
    assert Client().get(PUBLIC, headers={"If-None-Match": empty["ETag"]}).status_code == 304

    judged(public_claim(world), world.ben)
    settle()

    assert Client().get(PUBLIC, headers={"If-None-Match": empty["ETag"]}).status_code == 200


def test_more_verdicts_take_no_more_queries(world: World) -> None:
    counts = []
    for quote in QUOTES:
        judged(public_claim(world, quote=quote), world.ben)
        settle()
        with CaptureQueriesContext(connection) as queries:
            assert len(read().entries) == Claim.objects.count()
        counts.append(len(queries))

    assert len(set(counts)) == 1


def test_it_rejects_post(client: Client, db: None) -> None:
    assert client.post(PUBLIC).status_code == 405
