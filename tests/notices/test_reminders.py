"""What falls due, and what was judged, is told to whose claim it is and to whoever has a forecast on it."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from reader.accounts.models import Membership, User
from reader.claims.disputing import dispute, uphold, withdraw_dispute
from reader.claims.forecasting import forecast, withdraw_forecast
from reader.claims.jobs import mark_what_fell_due
from reader.claims.judging import undo_verdict
from reader.claims.models import Claim
from reader.claims.verdicts import UNDOABLE, Verdict
from reader.notices.models import Kind, Notice
from reader.notices.queries import with_what_they_tell
from reader.notices.reminders import tell_of_dispute, tell_of_verdict, tell_what_fell_due, tell_what_was_judged
from reader.notices.wording import sentence
from tests.claims.ledger import again, judged
from tests.claims.predictions import make_claim
from tests.world import World

LAST_DAY = date(2024, 12, 31)
#: The year that stands for no wait at all where tasks are kept.
AT_ONCE = 9999


@pytest.fixture
def claim(world: World) -> Claim:
    quote = "2024 will be the year of the small model"
    return make_claim(world.shared, quote, world.cleo, "team", world.foundry)


def night(day: date) -> int:
    """How many have been told when the clock has struck on `day`."""
    with time_machine.travel(f"{day} 03:30"):
        mark_what_fell_due.func()
        tell_what_fell_due.func()
        tell_what_was_judged.func()
    return Notice.objects.filter(kind=Kind.DUE).count()


def early(claim: Claim) -> None:
    """Let it have been here since before anything was to be told."""
    Claim.objects.filter(pk=claim.pk).update(created_at="2024-01-01T00:00Z")


def told(kind: Kind = Kind.DUE) -> set[tuple[str, str]]:
    """Who was told what."""
    notices = with_what_they_tell(Notice.objects.filter(kind=kind)).select_related("recipient")
    return {(notice.recipient.name, sentence(notice)) for notice in notices}


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

    with time_machine.travel(f"{LAST_DAY + timedelta(days=2)} 03:30"), django_assert_max_num_queries(5):
        tell_what_fell_due.func()


def test_it_is_told_at_four_times(claim: Claim) -> None:
    early(claim)

    counts = [night(LAST_DAY + timedelta(days=days)) for days in (-31, -30, -29, 0, 1, 2, 13, 14, 15, 59, 60, 61, 90)]

    assert counts == [0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4]


def test_nights_that_were_slept_through_are_made_up_for(claim: Claim) -> None:
    early(claim)

    assert night(LAST_DAY - timedelta(days=20)) == 1
    assert night(LAST_DAY + timedelta(days=70)) == 3  # what was 14 days ago is too long ago
    assert night(LAST_DAY + timedelta(days=75)) == 3


def test_what_came_later_than_the_day_is_not_told_of_it(claim: Claim) -> None:
    Claim.objects.filter(pk=claim.pk).update(created_at=f"{LAST_DAY - timedelta(days=25)}T12:00Z")

    assert night(LAST_DAY - timedelta(days=24)) == 0


def test_those_who_forecast_are_told_too(claim: Claim, world: World) -> None:
    early(claim)
    with time_machine.travel("2024-06-01"):
        for person in (world.ada, world.ben):
            forecast(claim, 70, person)
        withdraw_forecast(claim, world.ada)

    night(LAST_DAY - timedelta(days=30))

    with time_machine.travel(LAST_DAY - timedelta(days=30)):
        assert told() == {
            ("Cleo", f"A claim of yours ends on 31 December 2024: “{claim.statement}”"),
            ("Ben", f"A claim you forecast ends on 31 December 2024: “{claim.statement}”"),
        }


def test_whoever_may_read_it_no_longer_is_not_told(claim: Claim, world: World) -> None:
    with time_machine.travel("2024-06-01"):
        forecast(claim, 70, world.ben)
    Membership.objects.filter(user=world.ben).delete()

    assert night(LAST_DAY + timedelta(days=1)) == 1


def judge_it(claim: Claim, world: World, day: date) -> Verdict:
    Claim.objects.filter(pk=claim.pk).update(state=Claim.State.ACCEPTED)
    with time_machine.travel(f"{day} 12:00"):
        return judged(again(claim), world.ben)


def test_nothing_falls_due_after_a_verdict(claim: Claim, world: World) -> None:
    early(claim)
    night(LAST_DAY + timedelta(days=1))
    judge_it(claim, world, LAST_DAY + timedelta(days=5))

    assert night(LAST_DAY + timedelta(days=14)) == night(LAST_DAY + timedelta(days=60)) == 1


def test_a_verdict_is_told_once_to_whom_it_concerns(claim: Claim, world: World) -> None:
    with time_machine.travel("2024-06-01"):
        forecast(claim, 70, world.ada)
    judge_it(claim, world, LAST_DAY + timedelta(days=5))

    for days in (6, 6, 7):
        night(LAST_DAY + timedelta(days=days))

    assert told(Kind.VERDICT) == {
        ("Cleo", f"A claim of yours is judged (happened): “{claim.statement}”"),
        ("Ada", f"A claim you forecast is judged (happened): “{claim.statement}”"),
    }
    assert Notice.objects.filter(kind=Kind.VERDICT).count() == 2


def test_it_is_told_as_soon_as_it_is_final(claim: Claim, world: World) -> None:
    verdict = judge_it(claim, world, LAST_DAY + timedelta(days=5))

    queued = DBTaskResult.objects.get(task_path=tell_of_verdict.module_path)
    assert queued.args_kwargs["args"] == [verdict.pk]
    assert queued.run_after > verdict.at + timedelta(minutes=10)
    with time_machine.travel(queued.run_after):
        tell_of_verdict.func(verdict.pk)
    assert told(Kind.VERDICT) == {("Cleo", f"A claim of yours is judged (happened): “{claim.statement}”")}


def test_what_is_long_known_is_no_news(claim: Claim, world: World) -> None:
    verdict = judge_it(claim, world, LAST_DAY + timedelta(days=5))

    with time_machine.travel(verdict.at + timedelta(days=15)):
        tell_of_verdict.func(verdict.pk)

    assert told(Kind.VERDICT) == set()


def test_whoever_judged_it_knows(claim: Claim, world: World) -> None:
    Claim.objects.filter(pk=claim.pk).update(owner=world.ben)
    judge_it(claim, world, LAST_DAY + timedelta(days=5))
    night(LAST_DAY + timedelta(days=6))

    assert told(Kind.VERDICT) == set()


def test_a_verdict_that_can_be_taken_back_is_not_told_yet(claim: Claim, world: World) -> None:
    verdict = judge_it(claim, world, LAST_DAY + timedelta(days=5))

    with time_machine.travel(verdict.at + timedelta(minutes=9)):
        tell_of_verdict.func(verdict.pk)
        assert told(Kind.VERDICT) == set()
        undo_verdict(verdict, world.ben)
    night(LAST_DAY + timedelta(days=6))

    assert told(Kind.VERDICT) == set()


def test_a_verdict_that_lapsed_is_no_longer_said(claim: Claim, world: World) -> None:
    judge_it(claim, world, LAST_DAY + timedelta(days=5))
    night(LAST_DAY + timedelta(days=6))
    Claim.objects.update(verdict=None)

    assert told(Kind.VERDICT) == {("Cleo", f"A claim of yours was judged, and is open again: “{claim.statement}”")}


def test_a_dispute_is_told_to_who_can_decide_it(claim: Claim, world: World) -> None:
    verdict = judge_it(claim, world, LAST_DAY + timedelta(days=5))
    made = dispute(Verdict.objects.get(pk=verdict.pk), "The source is a blog.", world.cleo)
    assert DBTaskResult.objects.get(task_path=tell_of_dispute.module_path).args_kwargs["args"] == [made.pk]

    tell_of_dispute.func(made.pk)

    # Ben gave the verdict, and Cleo disputes it.
    assert told(Kind.DISPUTED) == {
        ("Ada", f"Cleo disputes the verdict on “{claim.statement}”: another curator decides")
    }
    withdraw_dispute(made, world.cleo)
    assert told(Kind.DISPUTED) == {("Ada", f"A dispute of the verdict on “{claim.statement}” is over")}


def test_both_sides_are_told_how_a_dispute_ended_but_not_whoever_decided(claim: Claim, world: World) -> None:
    verdict = judge_it(claim, world, LAST_DAY + timedelta(days=5))
    made = dispute(Verdict.objects.get(pk=verdict.pk), "The source is a blog.", world.cleo)
    uphold(made, world.ada, "The blog is the lab’s own.")
    at_once, later = DBTaskResult.objects.filter(task_path=tell_of_dispute.module_path).order_by("-run_after")
    assert at_once.run_after.year == AT_ONCE
    assert later.run_after - timezone.now() > UNDOABLE / 2

    tell_of_dispute.func(made.pk)
    tell_of_dispute.func(made.pk)

    decided = f"Ada decided the dispute of the verdict on “{claim.statement}”"
    assert told(Kind.DISPUTED) == {("Ben", decided), ("Cleo", decided)}


def test_a_dispute_that_is_over_is_told_to_nobody(claim: Claim, world: World) -> None:
    verdict = judge_it(claim, world, LAST_DAY + timedelta(days=5))
    made = dispute(Verdict.objects.get(pk=verdict.pk), "The source is a blog.", world.cleo)
    withdraw_dispute(made, world.cleo)

    tell_of_dispute.func(made.pk)

    assert told(Kind.DISPUTED) == set()
