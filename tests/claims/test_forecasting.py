"""Readers' probabilities: append-only, one that stands, hidden from whoever has not said theirs."""

from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404

from reader.claims.forecasting import CrowdLook, Forecast, forecast, look_at_crowd, withdraw_forecast
from reader.claims.ledger_queries import forecasts_for
from reader.claims.models import Claim
from reader.claims.page_queries import crowd_of
from reader.core.models import Event
from reader.core.refusals import Refused
from tests.claims.ledger import AHEAD, judged, private_claim, public_claim, teams_claim
from tests.world import World


@pytest.fixture
def claim(world: World) -> Claim:
    return teams_claim(world, ends=AHEAD)


def test_it_works(world: World, claim: Claim) -> None:
    made = forecast(claim, 70, world.cleo, " It looks likely. ")

    assert (made.percent, made.reason, made.owner) == (70, "It looks likely.", world.cleo)
    assert (made.visibility, made.team) == ("team", world.foundry)
    event = Event.objects.latest("pk")
    assert (event.verb, event.actor, event.subject_id) == ("forecast", world.cleo, claim.pk)
    assert event.detail == {"forecast": made.pk}


def test_the_newest_stands_and_the_others_stay(world: World, claim: Claim) -> None:
    for percent in (20, 50, 80):
        forecast(claim, percent, world.cleo)
    forecast(claim, 30, world.ada)

    assert [one.percent for one in Forecast.objects.standing()] == [80, 30]
    assert [one.percent for one in forecasts_for(world.cleo).order_by("id")] == [20, 50, 80, 30]


def test_the_same_twice_is_made_once(world: World, claim: Claim) -> None:
    assert forecast(claim, 70, world.cleo) == forecast(claim, 70, world.cleo)
    assert Forecast.objects.count() == 1


@pytest.mark.parametrize("percent", [0, 100, -5, 1000, 0.5, "maybe", None])
def test_no_probability_is_refused(world: World, claim: Claim, percent: Any) -> None:
    with pytest.raises(Refused, match="from 1 to 99"):
        forecast(claim, percent, world.cleo)
    assert not Forecast.objects.exists()


@pytest.mark.parametrize("percent", [0, 100])
def test_the_database_holds_the_range(world: World, claim: Claim, percent: int) -> None:
    with pytest.raises(IntegrityError, match="nothing_is_certain"), transaction.atomic():
        Forecast.objects.create(claim=claim, owner=world.cleo, percent=percent)


def test_withdrawing_is_a_row(world: World, claim: Claim) -> None:
    forecast(claim, 70, world.cleo)

    withdraw_forecast(claim, world.cleo)

    assert not Forecast.objects.standing().exists()
    assert Forecast.objects.count() == 2
    with pytest.raises(Refused, match="no forecast"):
        withdraw_forecast(claim, world.cleo)
    forecast(claim, 60, world.cleo)
    assert Forecast.objects.standing().get().percent == 60


def test_none_after_the_window(world: World, claim: Claim) -> None:
    with time_machine.travel("2999-12-31 12:00"):
        forecast(claim, 70, world.cleo)
    with time_machine.travel("3000-01-01 12:00"), pytest.raises(Refused, match="window ended on 31 December 2999"):
        forecast(claim, 60, world.cleo)


def test_none_after_a_verdict(world: World, claim: Claim) -> None:
    judged(claim, world.ben)

    with pytest.raises(Refused, match="has been judged"):
        forecast(claim, 60, world.cleo)


@pytest.mark.parametrize("state", ["rejected", "withdrawn"])
def test_none_outside_the_ledger(world: World, claim: Claim, state: str) -> None:
    Claim.objects.filter(pk=claim.pk).update(state=state)

    with pytest.raises(Refused, match=state):
        forecast(claim, 60, world.cleo)


def test_none_on_what_was_deleted(world: World, claim: Claim) -> None:
    Claim.objects.filter(pk=claim.pk).update(deleted_at="2026-01-01T00:00Z")

    with pytest.raises(Refused, match="deleted meanwhile"):
        forecast(claim, 60, world.cleo)


def test_it_checks_ownership(world: World, claim: Claim) -> None:
    with pytest.raises(Http404):
        forecast(claim, 60, world.dov)
    with pytest.raises(PermissionDenied):
        forecast(claim, 60, world.vera)
    with pytest.raises(Http404):
        forecast(private_claim(world, ends=AHEAD), 60, world.ben)
    assert not Forecast.objects.exists()


def test_the_crowd_is_hidden_until_one_has_forecast(world: World, claim: Claim) -> None:
    forecast(claim, 70, world.ada, "Canary")
    forecast(claim, 30, world.ben)

    hidden = crowd_of(claim, world.cleo)
    assert (hidden.count, hidden.rows, hidden.is_open, hidden.median) == (2, [], False, None)
    assert not forecasts_for(world.cleo).exists()

    forecast(claim, 50, world.cleo)
    shown = crowd_of(claim, world.cleo)
    assert [(row.name, row.percent) for row in shown.rows] == [("Cleo", 50), ("Ben", 30), ("Ada", 70)]
    assert shown.median == 50


def test_or_chooses_to_look_which_is_kept_and_told_to_nobody(world: World, claim: Claim) -> None:
    forecast(claim, 70, world.ada)

    look = look_at_crowd(claim, world.vera)

    assert look_at_crowd(claim, world.vera) == look
    assert crowd_of(claim, world.vera).is_open
    assert not crowd_of(claim, world.cleo).is_open
    event = Event.objects.latest("pk")
    assert (event.verb, event.visibility, event.owner) == ("looked at the crowd", "private", world.vera)
    assert CrowdLook.objects.get().reader == world.vera


def test_or_there_is_nothing_left_to_forecast(world: World) -> None:
    claim = public_claim(world, ends=AHEAD)
    forecast(claim, 70, world.ada)

    assert not crowd_of(claim, AnonymousUser()).is_open
    with time_machine.travel("3000-01-01 12:00"):
        assert crowd_of(claim, AnonymousUser()).rows[0].percent == 70
        assert forecasts_for(AnonymousUser()).exists()


def test_the_log_gives_no_forecast_away(world: World, claim: Claim) -> None:
    forecast(claim, 73, world.ada, "Canary")

    told = [str(event.detail) for event in Event.objects.all()]
    assert not any("73" in words or "Canary" in words for words in told if "forecast" in words)


def test_queries_do_not_grow_with_rows(world: World, claim: Claim, django_assert_num_queries: Any) -> None:
    for percent in range(1, 40):
        forecast(claim, percent, world.ada)
    forecast(claim, 50, world.cleo)
    crowd_of(claim, world.cleo)

    with django_assert_num_queries(3):
        crowd_of(claim, world.cleo)
