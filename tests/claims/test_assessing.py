"""Blind votes: nobody sees another's before the round is over."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404
from django.test import Client
from django.utils import timezone

from reader.accounts.models import User
from reader.claims.assessing import Assessment, Round, assess, close_round, open_round
from reader.claims.forecasting import forecast
from reader.claims.judging_queries import round_rows, vote_rows
from reader.claims.ledger_queries import assessments_for
from reader.claims.models import Claim
from reader.claims.scale import Grade, Outcome
from reader.core.models import Event
from reader.core.refusals import Refused
from tests.claims.ledger import AHEAD, judged, teams_claim
from tests.world import World

YES = Grade(strict=Outcome.MOSTLY, charitable=Outcome.HAPPENED, timing="in_window", difficulty=2)
NO = Grade(strict=Outcome.DID_NOT_HAPPEN, charitable=Outcome.PARTLY, timing="late", already_true=True, difficulty=5)


@pytest.fixture
def claim(world: World) -> Claim:
    return teams_claim(world)


@pytest.fixture
def round_(world: World, claim: Claim) -> Round:
    return open_round(claim, world.ben)


def votes_seen(round_: Round, user: User) -> list[int]:
    """Whose votes the page shows to this reader."""
    rounds = round_rows(round_.claim, user)
    return [row.by_id for row in vote_rows(round_.claim, rounds, user, timezone.now())]


def test_it_works(world: World, claim: Claim, round_: Round) -> None:
    vote = assess(round_, YES, world.cleo, " As announced. ")

    assert (vote.strict, vote.charitable, vote.timing, vote.difficulty) == (75, 100, "in_window", 2)
    assert (vote.reasons, vote.disclosed) == ("As announced.", ["proposer"])
    assert [event.verb for event in Event.objects.order_by("-pk")[:2]] == ["assessed", "opened a round"]
    [row] = round_rows(claim, world.vera)
    assert (row.id, row.votes) == (round_.pk, 1)


def test_a_vote_can_be_that_one_cannot_decide(world: World, round_: Round) -> None:
    vote = assess(round_, Grade(), world.ada)

    assert (vote.strict, vote.charitable) == (None, None)


def test_nobody_sees_anothers_vote_before_the_round_is_over(world: World, round_: Round) -> None:
    mine, others = assess(round_, YES, world.cleo), assess(round_, NO, world.ada, "Canary")

    assert votes_seen(round_, world.cleo) == [mine.by_id]
    assert list(assessments_for(world.ben)) == []
    close_round(round_, world.ben)

    assert votes_seen(round_, world.cleo) == [mine.by_id, others.by_id]
    assert votes_seen(round_, world.vera) == [mine.by_id, others.by_id]
    assert not assessments_for(world.dov).exists()


def test_the_log_and_the_administration_give_no_vote_away(world: World, round_: Round, ada: Client) -> None:
    assess(round_, NO, world.cleo, "Canary")

    assert ada.get("/admin/reader/assessment/").context["cl"].result_count == 0
    assert Event.objects.latest("pk").detail == {"round": round_.pk}


def test_it_is_changed_until_the_round_is_over(world: World, round_: Round) -> None:
    first = assess(round_, YES, world.cleo)
    events = Event.objects.count()

    assert assess(round_, YES, world.cleo) == first
    assert Event.objects.count() == events
    changed = assess(round_, NO, world.cleo, "Looked again")

    assert (changed.pk, changed.strict, changed.reasons) == (first.pk, 0, "Looked again")
    close_round(round_, world.ben)
    with pytest.raises(Refused, match="round is over"):
        assess(round_, YES, world.cleo)
    with pytest.raises(Refused, match="over already"):
        close_round(round_, world.ben)
    assert Assessment.objects.get().strict == 0


def test_a_deadline_ends_it_by_itself(world: World, claim: Claim) -> None:
    round_ = open_round(claim, world.ben, timezone.now() + timedelta(days=7))
    assess(round_, NO, world.cleo)

    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert votes_seen(round_, world.ada) == [world.cleo.pk]
        with pytest.raises(Refused, match="round is over"):
            assess(round_, YES, world.ada)
        another = open_round(claim, world.ben)

    round_.refresh_from_db()
    assert round_.closed_at == round_.closes_at
    assert another != round_


@pytest.mark.parametrize(
    ("grade", "said"),
    [
        ({"strict": 50}, "both readings"),
        ({"strict": 100, "charitable": 0}, "less true"),
        ({"strict": 33, "charitable": 66}, "five steps"),
        ({"timing": "soon"}, "early, in the window or late"),
        ({"difficulty": 6}, "from 1 to 5"),
        ({"difficulty": 0}, "from 1 to 5"),
    ],
)
def test_what_is_not_on_the_scale_is_refused(world: World, round_: Round, grade: dict[str, Any], said: str) -> None:
    with pytest.raises(Refused, match=said):
        assess(round_, Grade(**grade), world.cleo)
    assert not Assessment.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [{"strict": 50}, {"strict": 100, "charitable": 0}, {"strict": 1, "charitable": 2}, {"difficulty": 6}],
)
def test_the_database_holds_the_scale(world: World, round_: Round, fields: dict[str, int]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Assessment.objects.create(round=round_, by=world.cleo, **fields)


def test_the_database_holds_one_vote_and_one_open_round(world: World, claim: Claim, round_: Round) -> None:
    assess(round_, YES, world.cleo)

    with pytest.raises(IntegrityError), transaction.atomic():
        Assessment.objects.create(round=round_, by=world.cleo)
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.create(claim=claim, owner=world.cleo)


def test_conflicts_are_disclosed(world: World) -> None:
    claim = teams_claim(world, ends=AHEAD)
    forecast(claim, 60, world.cleo)

    assert assess(open_round(claim, world.ben), YES, world.cleo).disclosed == ["proposer", "forecast"]


def test_it_requires_a_curator_to_open_and_close(world: World, claim: Claim) -> None:
    with pytest.raises(PermissionDenied):
        open_round(claim, world.cleo)
    round_ = open_round(claim, world.ben)
    with pytest.raises(PermissionDenied):
        close_round(round_, world.cleo)
    with pytest.raises(Refused, match="open already"):
        open_round(claim, world.ada)


def test_it_checks_ownership(world: World, round_: Round) -> None:
    with pytest.raises(Http404):
        assess(round_, YES, world.dov)
    with pytest.raises(PermissionDenied):
        assess(round_, YES, world.vera)


def test_a_round_needs_time_and_something_to_assess(world: World, claim: Claim) -> None:
    with pytest.raises(Refused, match="before it begins"):
        open_round(claim, world.ben, timezone.now() - timedelta(days=1))
    judged(claim, world.ben)
    with pytest.raises(Refused, match="nobody disputes it"):
        open_round(claim, world.ben)
