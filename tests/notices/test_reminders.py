"""What falls due is told to whose claim it is."""

from datetime import date, timedelta

import pytest
import time_machine

from reader.accounts.models import User
from reader.claims.jobs import mark_what_fell_due
from reader.claims.models import Claim
from reader.notices.models import Kind, Notice
from reader.notices.reminders import tell_what_fell_due
from tests.claims.predictions import make_claim
from tests.world import World

LAST_DAY = date(2024, 12, 31)


@pytest.fixture
def claim(world: World) -> Claim:
    quote = "2024 will be the year of the small model"
    return make_claim(world.shared, quote, world.cleo, "team", world.foundry)


def night(day: date) -> int:
    """How many have been told when the clock has struck on `day`."""
    with time_machine.travel(f"{day} 03:30"):
        mark_what_fell_due.func()
        tell_what_fell_due.func()
    return Notice.objects.filter(kind=Kind.DUE).count()


def test_it_works(claim: Claim, world: World) -> None:
    assert night(LAST_DAY) == 0
    assert night(LAST_DAY + timedelta(days=1)) == 1

    notice = Notice.objects.get()
    assert (notice.recipient, notice.claim, notice.actor) == (world.cleo, claim, None)
    assert notice.leads_to == claim.get_absolute_url()


def test_it_is_told_once(claim: Claim) -> None:
    for days in (1, 1, 2, 3):
        assert night(LAST_DAY + timedelta(days=days)) == 1


def test_a_window_that_was_moved_is_told_again(claim: Claim) -> None:
    night(LAST_DAY + timedelta(days=1))
    claim.window_end = LAST_DAY + timedelta(days=100)
    claim.save()

    assert night(LAST_DAY + timedelta(days=101)) == 2


def test_a_window_moved_before_it_could_be_told_is_not(claim: Claim) -> None:
    with time_machine.travel(f"{LAST_DAY + timedelta(days=1)} 03:00"):
        mark_what_fell_due.func()
    Claim.objects.update(window_end=LAST_DAY + timedelta(days=100))

    assert night(LAST_DAY + timedelta(days=2)) == 0


def test_a_claim_that_is_gone_is_not_told(claim: Claim) -> None:
    with time_machine.travel(f"{LAST_DAY + timedelta(days=1)} 03:00"):
        mark_what_fell_due.func()
    Claim.objects.update(deleted_at="2025-01-01T00:00Z")

    assert night(LAST_DAY + timedelta(days=2)) == 0


def test_a_former_member_is_not_told(claim: Claim, world: World) -> None:
    User.objects.filter(pk=world.cleo.pk).update(is_active=False)

    assert night(LAST_DAY + timedelta(days=1)) == 0


def test_what_was_told_costs_nothing_the_next_night(claim: Claim, django_assert_max_num_queries: object) -> None:
    night(LAST_DAY + timedelta(days=1))
    assert callable(django_assert_max_num_queries)

    with time_machine.travel(f"{LAST_DAY + timedelta(days=2)} 03:30"), django_assert_max_num_queries(2):
        tell_what_fell_due.func()
