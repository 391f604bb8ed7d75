"""The list of claims."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reader.claims.disputing import dispute
from reader.claims.models import Claim, Phase
from reader.claims.proposing import propose, read_proposal
from reader.claims.queries import in_phase
from reader.core.visibility import Visibility
from reader.highlights.models import Kind
from reader.library.precision import Precision
from tests.claims.ledger import QUOTES, judged, teams_claim
from tests.claims.predictions import make_claim, make_claims
from tests.world import World, make_highlight


def test_it_lists_what_the_reader_may_see(world: World, cleo: Client) -> None:
    make_claim(world.public, "2024 will be the year of the small model", world.ada, visibility=Visibility.PUBLIC)

    page = cleo.get("/claims/").content.decode()

    assert "2024 will be the year of the small model" in page
    assert "1 January 2024 – 31 December 2024" in page
    assert "Mira Castell" in page


def test_it_checks_ownership(world: World, cleo: Client, dov: Client) -> None:
    make_claim(world.private, "2024 will be the year of the small model", world.cleo)
    make_claim(world.shared, "Nobody trains from scratch before 2030", world.ada, Visibility.TEAM, world.foundry)

    assert b"year of the small model" in cleo.get("/claims/").content
    assert b"Nobody trains" in cleo.get("/claims/").content
    assert b"row-title" not in dov.get("/claims/").content


def test_a_deleted_mark_takes_its_claim_out_and_undo_brings_it_back(world: World, cleo: Client) -> None:
    claim = make_claim(world.private, "2024 will be the year of the small model", world.cleo)
    highlight = claim.statements.get().highlight

    highlight.delete_by(world.cleo)
    assert b"row-title" not in cleo.get("/claims/").content
    highlight.restore(world.cleo)

    assert b"row-title" in cleo.get("/claims/").content


def test_a_mark_of_another_kind_takes_its_claim_out(world: World, cleo: Client) -> None:
    claim = make_claim(world.private, "2024 will be the year of the small model", world.cleo)

    claim.statements.get().highlight.change_kind(Kind.EVIDENCE, world.cleo)

    assert b"row-title" not in cleo.get("/claims/").content


@pytest.mark.parametrize(
    ("today", "phase"),
    [("2023-06-01", "upcoming"), ("2024-01-01", "live"), ("2024-12-31", "live"), ("2025-01-01", "due")],
)
def test_the_phase_follows_the_clock(world: World, cleo: Client, today: str, phase: str) -> None:
    claim = make_claim(world.private, "2024 will be the year of the small model", world.cleo)

    with time_machine.travel(f"{today} 12:00"):
        assert claim.phase(timezone.localdate()) == phase
        cleo.force_login(world.cleo)
        assert b"row-title" in cleo.get(f"/claims/?phase={phase}").content
        others = [other for other in Phase.values if other != phase]
        assert all(b"row-title" not in cleo.get(f"/claims/?phase={other}").content for other in others)


@pytest.mark.parametrize("offset", [-400, -1, 0, 1, 400])
def test_the_query_and_the_property_agree_on_the_phase(world: World, offset: int) -> None:
    make_claims(world, 12)
    today = date(2024, 6, 1) + timedelta(days=offset)

    for phase in Phase:
        found = {claim.pk for claim in Claim.objects.filter(in_phase(phase, today))}
        assert found == {claim.pk for claim in Claim.objects.all() if claim.phase(today) == phase}


def test_a_verdict_and_a_dispute_are_phases(world: World, cleo: Client) -> None:
    due, settled, disputed = (teams_claim(world, quote=quote) for quote in QUOTES)
    judged(settled, world.ben)
    dispute(judged(disputed, world.ben), "No.", world.cleo)
    today = date(2026, 1, 1)

    stamped = ((Phase.DUE, due, "Due"), (Phase.JUDGED, settled, "Happened"), (Phase.DISPUTED, disputed, "Disputed"))
    for phase, claim, word in stamped:
        assert Claim.objects.get(pk=claim.pk).phase(today) == phase
        assert Claim.objects.get(in_phase(phase, today)) == claim
        page = cleo.get(f"/claims/?phase={phase.value}").content.decode()
        assert page.count('id="claim-') == page.count(f'id="claim-{claim.pk}"') == 1
        assert re.search(rf'<span class="stamp" data-phase="{phase.value}">(<svg.*?</svg>)?{word}<', page)


def test_an_undated_claim_is_listed(world: World, cleo: Client) -> None:
    make_claim(world.private, "It is becoming clear that small models will matter", world.cleo)

    assert b"row-title" in cleo.get("/claims/?phase=undated").content


@pytest.mark.parametrize(
    ("query", "is_there"),
    [
        ("speaker=Mira Castell", True),
        ("speaker=mira-castell", True),
        ("speaker=Nobody", False),
        ("publication=The Gradient Ledger", True),
        ("publication=Elsewhere", False),
        ("tag=open models", True),
        ("tag=closed", False),
        ("since=2024-06-01", True),
        ("since=2025-06-01", False),
        ("until=2024-06-01", True),
        ("until=2023-06-01", False),
    ],
)
def test_filters_live_in_the_address(world: World, cleo: Client, query: str, is_there: bool) -> None:
    claim = make_claim(world.public, "2024 will be the year of the small model", world.ada, Visibility.PUBLIC)
    claim.label(["open models"], world.ada)

    assert (b"row-title" in cleo.get(f"/claims/?{query}").content) == is_there


def test_a_filter_that_cannot_be_read_says_so_and_narrows_nothing(world: World, cleo: Client) -> None:
    make_claim(world.private, "2024 will be the year of the small model", world.cleo)

    page = cleo.get("/claims/?since=soon&phase=nonsense&after=what~ever").content.decode()

    assert "is not a day" in page
    assert "row-title" in page


def test_a_tag_that_only_another_may_see_finds_nothing(world: World, dov: Client) -> None:
    claim = make_claim(world.public, "2024 will be the year of the small model", world.ada, Visibility.PUBLIC)
    private = make_claim(world.private, "Nobody trains from scratch before 2030", world.cleo)
    private.label(["secret"], world.cleo)
    claim.tags.add(private.tags.get())

    page = dov.get("/claims/?tag=secret").content
    assert b"row-title" not in page
    assert b"secret" not in dov.get("/claims/").content


def test_pages_follow_each_other_without_gap_or_overlap(world: World, cleo: Client) -> None:
    make_claims(world, 70)
    seen: list[int] = []
    address = "/claims/?"

    while address:
        page = cleo.get(address)
        seen += ids_in(page.content.decode())
        cursor = page.context["next"]
        address = f"/claims/?after={cursor}" if cursor else ""

    assert len(seen) == len(set(seen)) == 70


@pytest.mark.parametrize("phase", Phase.values)
def test_pages_of_a_phase_follow_each_other(world: World, cleo: Client, phase: str) -> None:
    make_claims(world, 150)
    expected = Claim.objects.filter(in_phase(phase, timezone.localdate())).count()
    seen: list[int] = []
    cursor = "~"

    while cursor:
        page = cleo.get(f"/claims/?phase={phase}&after={cursor}")
        seen += ids_in(page.content.decode())
        cursor = page.context["next"]

    assert len(seen) == len(set(seen)) == expected


def ids_in(page: str) -> list[int]:
    return [int(found) for found in re.findall(r'id="claim-(\d+)"', page)]


def test_it_answers_fragment(world: World, cleo: Client) -> None:
    make_claim(world.private, "2024 will be the year of the small model", world.cleo)

    part = cleo.get("/claims/", headers={"HX-Request": "true", "HX-Request-Type": "partial"}).content.decode()

    assert "<html" not in part
    assert "row-title" in part


def test_a_history_restore_gets_the_whole_page(world: World, cleo: Client) -> None:
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}

    assert b"<html" in cleo.get("/claims/", headers=headers).content


def test_it_rejects_post(world: World, cleo: Client) -> None:
    assert cleo.post("/claims/").status_code == 405


def test_queries_do_not_grow_with_rows(world: World, cleo: Client) -> None:
    make_claims(world, 3)
    with CaptureQueriesContext(connection) as few:
        cleo.get("/claims/")
    make_claims(world, 25)
    with CaptureQueriesContext(connection) as many:
        cleo.get("/claims/")

    assert len(many) == len(few)


def test_a_claim_takes_its_window_from_the_words_and_its_speaker_from_the_byline(world: World) -> None:
    quote = "Prices fall by half within eighteen months"
    highlight = make_highlight(world.private, quote, world.cleo, Kind.PREDICTION)

    claim = propose(highlight, read_proposal(quote, world.private), world.cleo)

    assert (claim.window_start, claim.window_end) == (date(2023, 5, 17), date(2024, 11, 17))
    statement = claim.statements.get()
    assert statement.speaker is not None
    assert statement.speaker.name == "Mira Castell"
    assert statement.time_text == "within eighteen months"
    assert statement.quote == quote


def test_a_claim_with_two_tags_of_that_name_is_listed_once(world: World, cleo: Client) -> None:
    claim = make_claim(world.public, "2024 will be the year of the small model", world.ada, Visibility.PUBLIC)
    claim.label(["open models", "open-models"], world.ada)

    assert cleo.get("/claims/?tag=open-models").content.count(b"row-title") == 1


def test_a_day_that_is_not_known_exactly_is_not_shown_exactly(world: World, cleo: Client) -> None:
    world.private.published, world.private.published_precision = date(2023, 5, 1), Precision.MONTH
    world.private.save()
    make_claim(world.private, "2024 will be the year of the small model", world.cleo)

    page = cleo.get("/claims/").content.decode()

    assert "said May 2023" in page
    assert "1 May 2023" not in page
