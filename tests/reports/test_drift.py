"""Dates that were pushed out."""

from datetime import date
from itertools import pairwise

import pytest
from django.test import Client

from reader.claims.models import Claim
from reader.claims.relating import relate
from reader.core.visibility import Visibility
from reader.library.models import Person
from reader.reports.drift import MOST, drifts
from reader.reports.tracks import Stake
from reader.scoring import Ending
from tests.reports.records import MIRA, page, said, words
from tests.world import World


def stake(pk: int, ends: str) -> Stake:
    return Stake(pk, False, "2024-01-01", ends, Ending.UNJUDGED, None, False, False, "2023-05-17")


def promises(world: World, *ends: date, **how: Visibility) -> list[Claim]:
    """Claims each of which takes the place of the one before."""
    claims = [said(world, ends=end, **how) for end in ends]  # type: ignore[arg-type]  # `how` says only who sees it
    for older, newer in pairwise(claims):
        relate(newer, older, "updates", world.ada if how == {} else world.cleo)
    return claims


def test_it_works(world: World, client: Client) -> None:
    claims = promises(world, date(2024, 12, 31), date(2025, 12, 31), date(2027, 6, 30))
    Claim.objects.filter(pk=claims[-1].pk).update(statement="The car drives itself")

    html = page(client)
    told = words(html.partition('class="section slip"')[2].partition("</section>")[0])

    assert "The date was pushed out twice." in told
    assert "The car drives itself" in told
    assert "31 December 2024 first named" in told
    assert "30 June 2027 546 days later" in told
    assert f'href="/claims/{claims[0].pk}/"' in html
    assert "<polyline" in html


def test_a_date_that_nobody_moved_is_no_drift(world: World, client: Client) -> None:
    said(world), said(world)

    assert "The date" not in page(client)


def test_dates_of_somebody_else_are_not_theirs(world: World, client: Client) -> None:
    _, newer = promises(world, date(2024, 12, 31), date(2025, 12, 31))
    noa = Person.objects.create(name="Noa", key="noa", slug="noa", owner=world.ada, visibility=Visibility.PUBLIC)
    newer.statements.update(speaker=noa)

    assert "pushed out" not in page(client)
    assert "pushed out" not in page(client, "/people/noa/")


def test_what_is_hidden_moves_no_date(world: World, client: Client, cleo: Client) -> None:
    promises(world, date(2024, 12, 31), date(2025, 12, 31), visibility=Visibility.PRIVATE)

    assert "pushed out" not in page(client)
    assert "pushed out" not in page(cleo)
    assert "The date was pushed out once." in page(cleo, f"{MIRA}?of=mine")


@pytest.mark.parametrize(
    ("ends", "told"),
    [
        (("2024-12-31", "2025-12-31"), "The date was pushed out once."),
        (("2025-12-31", "2024-12-31"), "The date was brought forward once."),
        (
            ("2024-12-31", "2025-12-31", "2026-12-31", "2027-12-31", "2027-01-31"),
            "The date was pushed out 3 times and brought forward once.",
        ),
        (("2024-12-31", "2024-12-31"), "The date stayed."),
    ],
)
def test_it_is_told_in_words(ends: tuple[str, ...], told: str) -> None:
    stakes = [stake(pk, end) for pk, end in enumerate(ends)]

    [drift] = drifts(stakes, [(pk + 1, pk) for pk in range(len(ends) - 1)])

    assert drift.in_words == told


def test_what_branches_again_and_again_is_cut_off() -> None:
    """Twenty claims, each of which two others update, lead a million ways."""
    stakes = [stake(pk, "2025-12-31") for pk in range(60)]
    updates = [(newer, older) for older in range(58) for newer in (older + 1, older + 2)]

    assert len(drifts(stakes, updates)) == MOST


def test_a_circle_has_no_beginning() -> None:
    assert drifts([stake(1, "2025-12-31"), stake(2, "2026-12-31")], [(1, 2), (2, 1)]) == []
