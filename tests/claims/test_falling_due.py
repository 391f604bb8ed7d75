"""What the clock writes when windows end."""

from datetime import date, timedelta

import pytest
import time_machine

from reader.claims.jobs import REACH, mark_what_fell_due
from reader.claims.models import Claim
from reader.claims.windows import WindowKind
from reader.core.models import Event
from reader.core.visibility import Visibility
from reader.highlights.models import Kind
from tests.claims.predictions import make_claim
from tests.world import World

LAST_DAY = date(2024, 12, 31)


@pytest.fixture
def claim(world: World) -> Claim:
    return make_claim(world.private, "2024 will be the year of the small model", world.cleo)


def told_on(day: date) -> int:
    """How many events there are when the clock has struck on `day`."""
    with time_machine.travel(f"{day} 03:00"):
        mark_what_fell_due.func()
    return Event.objects.filter(verb="fell due").count()


def test_it_is_told_on_the_day_after_the_window(claim: Claim) -> None:
    assert told_on(LAST_DAY) == 0
    assert told_on(LAST_DAY + timedelta(days=1)) == 1


def test_it_is_told_once(claim: Claim) -> None:
    assert told_on(LAST_DAY + timedelta(days=1)) == 1
    assert told_on(LAST_DAY + timedelta(days=1)) == 1
    assert told_on(LAST_DAY + timedelta(days=2)) == 1


def test_a_night_that_was_slept_through_is_made_up_for(claim: Claim) -> None:
    assert told_on(LAST_DAY + timedelta(days=30)) == 1


def test_what_ended_long_ago_is_no_news(claim: Claim) -> None:
    assert told_on(LAST_DAY + REACH + timedelta(days=1)) == 0


def test_a_window_moved_into_the_future_ends_again(claim: Claim) -> None:
    assert told_on(LAST_DAY + timedelta(days=1)) == 1
    claim.window_end = LAST_DAY + timedelta(days=100)
    claim.save()

    assert told_on(LAST_DAY + timedelta(days=2)) == 1
    assert told_on(LAST_DAY + timedelta(days=101)) == 2
    assert told_on(LAST_DAY + timedelta(days=102)) == 2


@pytest.mark.parametrize("state", [Claim.State.WITHDRAWN, Claim.State.REJECTED])
def test_what_is_off_the_ledger_does_not_fall_due(world: World, claim: Claim, state: str) -> None:
    claim.set_state(state, world.cleo)

    assert told_on(LAST_DAY + timedelta(days=1)) == 0


def test_what_is_marked_as_a_prediction_no_longer_does_not_fall_due(world: World, claim: Claim) -> None:
    highlight = claim.statements.get().highlight
    highlight.change_kind(Kind.QUESTION, world.cleo)
    assert told_on(LAST_DAY + timedelta(days=1)) == 0

    highlight.change_kind(Kind.PREDICTION, world.cleo)
    assert told_on(LAST_DAY + timedelta(days=2)) == 1


def test_an_open_window_never_ends(claim: Claim) -> None:
    claim.window_kind, claim.window_end = WindowKind.OPEN, None
    claim.save()

    assert told_on(date(2060, 1, 1)) == 0


def test_only_those_who_see_the_claim_learn_of_it(world: World, claim: Claim) -> None:
    told_on(LAST_DAY + timedelta(days=1))

    event = Event.objects.get(verb="fell due")
    assert (event.actor, event.subject_kind, event.subject_id) == (None, "claim", claim.pk)
    assert (event.visibility, event.owner) == (Visibility.PRIVATE, world.cleo)
    assert event not in Event.objects.visible_to(world.dov)
    assert event.detail == {"window_end": "2024-12-31"}
