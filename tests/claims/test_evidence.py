"""What speaks for a claim and against it."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404
from django.test import Client

from reader.claims.evidence import Evidence, Source, add_evidence, remove_evidence, restore_evidence, withhold
from reader.claims.judging import Ruling, judge, undo_verdict
from reader.claims.judging_queries import cited_in, verdict_rows
from reader.claims.ledger_queries import evidence_for
from reader.claims.models import Claim
from reader.claims.moving import move_highlight
from reader.claims.page_queries import evidence_rows
from reader.core.models import Event
from reader.core.refusals import Refused
from reader.curation.claim_rulings import reject
from reader.highlights.models import Highlight
from tests.claims.ledger import judged, public_claim, source, teams_claim
from tests.pages.asking import FRAGMENT
from tests.world import World, make_highlight

URL = "https://example.com/released"


@pytest.fixture
def claim(world: World) -> Claim:
    return teams_claim(world)


def test_it_works(world: World, claim: Claim) -> None:
    given = Source(
        bearing="for",
        url=URL,
        archive_url="https://web.archive.org/web/2024/https://example.com/released",
        title="  Released  at last ",
        quote="It is out.",
        published_on=date(2024, 3, 1),
    )

    made = add_evidence(claim, given, world.cleo)

    assert (made.by, made.bearing, made.url, made.title) == (world.cleo, "for", URL, "Released at last")
    assert (made.visibility, made.team, made.owner_id) == ("team", world.foundry, claim.owner_id)
    assert Event.objects.latest("pk").verb == "added evidence"
    assert add_evidence(claim, given, world.cleo) == made
    assert [row.id for row in evidence_rows(claim, world.vera)] == [made.pk]


def test_a_passage_is_cited_in_its_words(world: World, claim: Claim) -> None:
    mark = make_highlight(world.shared, "everything", world.ada, visibility="team", team=world.foundry)

    made = add_evidence(claim, Source(bearing="context", highlight=mark), world.cleo)

    assert (made.quote, made.title, made.published_on) == ("everything", world.shared.title, date(2023, 5, 17))


def test_a_passage_that_not_all_see_is_refused(world: World) -> None:
    claim = public_claim(world)
    teams = make_highlight(world.shared, "everything", world.cleo, visibility="team", team=world.foundry)
    hidden = make_highlight(world.public, "everything", world.dov)

    with pytest.raises(Refused, match="Not everyone"):
        add_evidence(claim, Source(bearing="for", highlight=teams), world.cleo)
    with pytest.raises(Http404):
        add_evidence(claim, Source(bearing="for", highlight=hidden), world.cleo)
    assert not Evidence.objects.exists()


def test_a_deleted_passage_is_refused(world: World) -> None:
    mark = make_highlight(world.public, "everything", world.dov, visibility="public")
    mark.delete_by(world.dov)

    with pytest.raises(Refused, match="no longer marked"):
        add_evidence(public_claim(world), Source(bearing="for", highlight=mark), world.cleo)


def test_a_passage_is_hidden_with_its_mark(world: World) -> None:
    claim = public_claim(world)
    mark = make_highlight(world.public, "everything", world.dov, visibility="public")
    add_evidence(claim, Source(bearing="for", highlight=mark), world.dov)

    move_highlight(mark, "private", None, world.dov)

    assert evidence_rows(claim, world.cleo) == []
    assert len(evidence_rows(claim, world.dov)) == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"bearing": "sideways", "url": URL}, "for the claim or against"),
        ({"bearing": "for"}, "one of the two"),
        ({"bearing": "for", "url": URL, "quote": "x" * 5_001}, "too long"),
        ({"bearing": "for", "url": URL, "published_on": date(2999, 1, 1)}, "future"),
        ({"bearing": "for", "url": "javascript:alert(1)"}, "no web address"),
        ({"bearing": "for", "url": "http://192.168.0.1/"}, "private network"),
        ({"bearing": "for", "url": URL, "archive_url": "http://localhost/x"}, "private network"),
    ],
)
def test_what_is_no_source_is_refused(world: World, claim: Claim, fields: dict[str, Any], said: str) -> None:
    with pytest.raises(Refused, match=said):
        add_evidence(claim, Source(**fields), world.cleo)
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("fields", [{}, {"url": "javascript:1"}, {"url": URL, "withheld": True}, {"quote": "Words"}])
def test_the_database_holds_that_there_is_a_source(world: World, claim: Claim, fields: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match="one_source"), transaction.atomic():
        Evidence.objects.create(claim=claim, owner=world.cleo, by=world.cleo, bearing="for", **fields)


def test_it_checks_ownership(world: World, claim: Claim) -> None:
    with pytest.raises(Http404):
        source(claim, world.dov)
    with pytest.raises(PermissionDenied):
        source(claim, world.vera)
    made = source(claim, world.ada)
    with pytest.raises(PermissionDenied):
        remove_evidence(made, world.cleo)


def test_it_is_removed_and_restored(world: World, claim: Claim) -> None:
    made = source(claim, world.cleo)

    remove_evidence(made, world.cleo)
    assert evidence_rows(claim, world.cleo) == []
    restore_evidence(made, world.ben)

    assert len(evidence_rows(claim, world.cleo)) == 1
    assert [event.verb for event in Event.objects.order_by("-pk")[:2]] == ["restored evidence", "removed evidence"]


def test_what_a_verdict_cites_stays(world: World, claim: Claim) -> None:
    verdict = judged(claim, world.ben)
    cited = verdict.evidence.get()

    with pytest.raises(Refused, match="it stays"):
        remove_evidence(cited, world.ben)
    undo_verdict(verdict, world.ben)
    remove_evidence(cited, world.ben)

    assert Evidence.objects.get().deleted_at


def test_withheld_passages_leave_nothing_of_theirs(world: World) -> None:
    claim = public_claim(world)
    mark = make_highlight(world.public, "everything", world.dov, visibility="public")
    made = add_evidence(claim, Source(bearing="for", highlight=mark), world.dov)

    withhold(Highlight.objects.filter(pk=mark.pk))
    mark.delete()

    made.refresh_from_db()
    assert (made.withheld, made.highlight, made.quote, made.title) == (True, None, "", "")
    assert str(made) == "A passage that is no longer shared"


def test_a_verdict_tells_how_many_sources_are_hidden(world: World) -> None:
    claim = public_claim(world)
    mark = make_highlight(world.public, "everything", world.dov, visibility="public")
    add_evidence(claim, Source(bearing="for", highlight=mark), world.dov)
    verdict = judged(claim, world.ben)
    verdict.citations.create(evidence=Evidence.objects.get(highlight=mark))
    move_highlight(mark, "private", None, world.dov)

    [row] = verdict_rows(claim, world.cleo)
    cited = cited_in(row, world.cleo)
    shown = [row.url for row in evidence_rows(claim, world.cleo) if row.id in cited]

    assert (len(cited), shown) == (2, ["https://example.com/model-released"])


def test_what_is_no_longer_marked_is_no_longer_quoted(world: World, client: Client) -> None:
    claim = public_claim(world)
    mark = make_highlight(world.public, "everything", world.dov, visibility="public")
    made = add_evidence(claim, Source(bearing="for", highlight=mark), world.dov)
    judge(claim, Ruling(outcome=100, evidence=[made.pk]), world.ben)
    quote = '<blockquote class="quote" dir="auto">everything</blockquote>'
    assert quote in client.get(claim.get_absolute_url()).content.decode()

    mark.delete_by(world.dov)

    page = client.get(claim.get_absolute_url()).content.decode()
    assert quote not in page
    assert "rests on 1 source not shown any more" in page
    assert not evidence_for(world.ben).exists()
    mark.restore(world.dov)
    assert quote in client.get(claim.get_absolute_url()).content.decode()


def test_it_comes_back_only_to_the_ledger(world: World, claim: Claim) -> None:
    made = source(claim, world.cleo)
    remove_evidence(made, world.cleo)
    reject(claim, world.ada)

    with pytest.raises(Refused, match="was rejected"):
        restore_evidence(made, world.cleo)


def test_the_way_back_in_a_notice_shows_the_page_as_it_is_then(world: World, claim: Claim, cleo: Client) -> None:
    """The page around the notice is older than what is done by it; without a script the address leads there."""
    made = source(claim, world.cleo)
    remove_evidence(made, world.cleo)

    answer = cleo.post(f"/evidence/{made.pk}/restoration/", headers=FRAGMENT)

    assert (answer.status_code, answer.headers["HX-Refresh"], answer.content) == (204, "true", b"")
    page = cleo.get(claim.get_absolute_url()).content.decode()
    assert "The evidence is back." in page
    assert f'id="evidence-{made.pk}"' in page
    plain = cleo.post(f"/evidence/{made.pk}/restoration/")
    assert (plain.status_code, "HX-Refresh" in plain.headers) == (303, False)


def test_a_way_back_that_is_refused_says_why_on_the_page(world: World, claim: Claim, ben: Client) -> None:
    verdict = judged(claim, world.ben)
    undo_verdict(verdict, world.ben)

    answer = ben.post(f"/verdicts/{verdict.pk}/undoing/", headers=FRAGMENT)

    assert answer.headers["HX-Refresh"] == "true"
    assert "This verdict was taken back already." in ben.get(claim.get_absolute_url()).content.decode()
