"""Only what was said in time, and added before it was judged, fills a record; the rest is told beside it."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from reader.claims.judging import undo_verdict
from reader.claims.models import Claim, Polarity, Stance, Statement
from reader.claims.proposing import Proposal
from reader.claims.stating import state_again
from reader.claims.taking_in import take_in
from reader.claims.verdicts import Verdict
from reader.core.visibility import Visibility
from reader.highlights.models import Highlight, Kind
from reader.library.models import Person
from tests.claims.ledger import AHEAD, OVER, again, judged
from tests.reports.records import HAPPENED, LEDGER, MIRA, called, counts, listed, page, record, said, words
from tests.world import World, make_article, make_highlight

AFTERWARDS = date(2025, 1, 1)
#: With a window of its own such a statement can't be stored.
TOO_LATE: dict[str, Any] = {
    "said_on": AFTERWARDS,
    "said_no_later_than": AFTERWARDS,
    "window_kind": "none",
    "window_start": None,
    "window_end": None,
}


def said_again(claim: Claim, world: World, speaker: str = "Noa") -> Statement:
    """Somebody else is found to have said so too, in a piece of their own, and the curator takes it in."""
    article = make_article(f"{speaker} says so too", world.ada, Visibility.PUBLIC)
    passage = make_highlight(article, "Prices fall by half", world.cleo, Kind.PREDICTION, Visibility.PUBLIC)
    said = state_again(claim, passage, Proposal(statement="", speaker=speaker), world.cleo)
    take_in(said, world.ben)
    return said


def late(client: Client, address: str = MIRA) -> str:
    return words(page(client, address).partition('data-part="late"')[2].partition("</tr>")[0].partition(">")[2])


@pytest.mark.parametrize("stance", [Stance.ASSERTS, Stance.DISPUTES, Stance.REPORTS])
def test_what_was_said_afterwards_is_left_out(world: World, client: Client, stance: str) -> None:
    late_one = said(world, stance=stance, **TOO_LATE)
    judged(late_one, world.ben, HAPPENED)
    called(world, HAPPENED)

    assert counts(client) == {"happened": 1, "late": 1}
    assert "All whose window has ended 1" in record(client)
    assert listed(client, f"{MIRA}record/?counted=late") == [late_one.pk]
    assert "1 not in the record" in page(client, f"{MIRA}record/?counted=late")
    assert late_one.pk not in listed(client, f"{MIRA}record/?counted=cohort")
    assert late_one.pk not in listed(client, f"{MIRA}record/?counted=pending")


def test_the_last_day_is_in_time(world: World, client: Client) -> None:
    called(world, HAPPENED, said_on=OVER, said_no_later_than=OVER)

    assert counts(client) == {"happened": 1}


def test_a_year_that_ends_too_late_is_left_out(world: World, client: Client) -> None:
    """It may have been said in January or in December: what may be hindsight is not counted."""
    [claim] = called(world, HAPPENED, said_on=date(2024, 1, 1), said_no_later_than=date(2024, 12, 31))
    Claim.objects.filter(pk=claim.pk).update(window_end=date(2024, 6, 30))

    assert counts(client) == {"late": 1}


@pytest.mark.parametrize(
    ("marked_at", "found"),
    [
        (datetime(2024, 6, 1, tzinfo=UTC), {"happened": 1}),
        (datetime(2025, 6, 1, tzinfo=UTC), {"late": 1}),
    ],
)
def test_of_an_unknown_day_it_is_known_when_it_was_marked(
    world: World, client: Client, marked_at: datetime, found: dict[str, int]
) -> None:
    [claim] = called(world, HAPPENED, said_on=None, said_no_later_than=None)
    Highlight.objects.filter(statements__claim=claim).update(created_at=marked_at)

    assert counts(client) == found


def test_what_was_added_after_the_verdict_is_left_out(world: World, client: Client) -> None:
    """Whoever looks for those who said so once it is known that it came finds more who were right."""
    [claim] = called(world, HAPPENED)
    said_again(claim, world)

    assert counts(client, "/people/noa/") == {"late": 1}
    assert counts(client) == {"happened": 1}
    assert counts(client, LEDGER) == {"happened": 1}  # which said so in time as well


def test_another_verdict_does_not_let_it_in(world: World, client: Client) -> None:
    [claim] = called(world, HAPPENED)
    said_again(claim, world)
    judged(again(claim), world.ben, HAPPENED, reason="Once more.")

    assert counts(client, "/people/noa/") == {"late": 1}


def test_a_verdict_that_was_taken_back_keeps_nobody_out(world: World, client: Client) -> None:
    claim = said(world)
    mistaken = judged(claim, world.ben)
    said_again(again(claim), world)
    undo_verdict(Verdict.objects.get(pk=mistaken.pk), world.ben)
    judged(again(claim), world.ben, HAPPENED)

    assert counts(client, "/people/noa/") == {"happened": 1}


def test_said_in_time_once_is_enough(world: World, client: Client) -> None:
    [claim] = called(world, HAPPENED)
    statement = said_again(claim, world, "Mira Castell")

    assert statement.speaker == Person.objects.get(slug="mira-castell")
    assert counts(client) == {"happened": 1}


def test_the_opposite_said_too_late_is_left_out_alone(world: World, client: Client) -> None:
    [claim] = called(world, HAPPENED)
    statement = said_again(claim, world, "Mira Castell")
    Statement.objects.filter(pk=statement.pk).update(polarity=Polarity.DENIES)

    assert counts(client) == {"happened": 1, "late": 1}


def test_what_has_no_end_is_pending(world: World, client: Client) -> None:
    claim = said(world, ends=AHEAD)
    Claim.objects.filter(pk=claim.pk).update(window_kind="open", window_end=None)

    assert listed(client, f"{MIRA}record/?counted=pending") == [claim.pk]


def test_a_tag_leaves_out_what_nobody_said_in_time(world: World, client: Client) -> None:
    [in_time] = called(world, HAPPENED)
    [too_late] = called(world, HAPPENED, **TOO_LATE)
    for claim in (in_time, too_late):
        claim.label(["models"], world.cleo)

    assert counts(client, "/tags/models/") == {"happened": 1, "late": 1}
    assert listed(client, "/tags/models/record/?counted=late") == [too_late.pk]


def test_a_record_of_nothing_but_lateness_says_so(world: World, client: Client) -> None:
    called(world, HAPPENED, **TOO_LATE)

    told = record(client)
    assert "Nothing to count." in told
    assert "No public claim of theirs has been accepted" not in told
    assert "1" in late(client)


def test_the_timeline_says_what_came_too_late(world: World, client: Client) -> None:
    called(world, HAPPENED, **TOO_LATE)

    assert "said or added too late to count" in words(page(client).partition('id="timeline"')[2])
