"""What readers added to a claim follows it into another, and comes back."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from reader.accounts.models import User
from reader.claims.assessing import open_round
from reader.claims.evidence import Evidence
from reader.claims.forecasting import CrowdLook, Forecast, forecast, look_at_crowd, withdraw_forecast
from reader.claims.merging import merge, part
from reader.claims.models import Claim
from reader.claims.page_queries import crowd_of
from reader.claims.relating import relate
from reader.claims.relations import Relation
from reader.core.models import Event
from reader.core.refusals import Refused
from reader.curation import claim_rulings
from reader.curation.deciding import undo
from reader.curation.models import Decision
from reader.reports.scorecards import scorecard_of
from tests.claims.ledger import AHEAD, OVER, QUOTES, again, judged, private_claim, public_claim, source, teams_claim
from tests.conftest import signed_in
from tests.world import World


@pytest.fixture
def pair(world: World) -> tuple[Claim, Claim]:
    return teams_claim(world, ends=AHEAD), teams_claim(world, ends=AHEAD, quote=QUOTES[1])


def standing(claim: Claim) -> dict[str, int | None]:
    rows = Forecast.objects.standing().filter(claim=claim)
    return dict(rows.values_list("owner__name", "percent"))


def everything() -> list[list[tuple[object, ...]]]:
    rows = [model._default_manager.order_by("pk").values_list() for model in (Forecast, Evidence, CrowdLook)]
    return [list(row) for row in rows]


@pytest.mark.parametrize(("opposite", "percent"), [(False, 80), (True, 20)])
def test_forecasts_follow(world: World, pair: tuple[Claim, Claim], *, opposite: bool, percent: int) -> None:
    claim, into = pair
    forecast(claim, 80, world.cleo)
    forecast(into, 30, world.ada)

    merge(claim, into, world.ben, opposite=opposite)

    assert standing(into) == {"Cleo": percent, "Ada": 30}
    assert crowd_of(into, world.cleo).is_open


def test_the_newest_of_each_reader_stands_of_both(world: World, pair: tuple[Claim, Claim]) -> None:
    claim, into = pair
    forecast(claim, 80, world.cleo)
    forecast(into, 30, world.cleo)
    forecast(into, 40, world.ada)
    forecast(claim, 70, world.ada)

    merge(claim, into, world.ben)

    assert standing(into) == {"Cleo": 30, "Ada": 70}


def test_a_withdrawal_takes_back_only_what_it_was_made_on(world: World, pair: tuple[Claim, Claim]) -> None:
    claim, into = pair
    forecast(into, 80, world.cleo)
    forecast(claim, 30, world.cleo)
    withdraw_forecast(claim, world.cleo)
    forecast(claim, 40, world.ada)
    forecast(into, 60, world.ada)
    withdraw_forecast(into, world.ada)

    merge(claim, into, world.ben)

    assert standing(into) == {"Cleo": 80, "Ada": 40}
    assert {row.name: row.percent for row in crowd_of(into, world.cleo).rows} == {"Cleo": 80, "Ada": 40}
    page = signed_in(world.cleo).get(into.get_absolute_url()).content.decode()
    assert 'value="80"' in page


def test_after_the_merge_a_withdrawal_takes_back_all_of_it(world: World, pair: tuple[Claim, Claim]) -> None:
    claim, into = pair
    forecast(into, 80, world.cleo)
    forecast(claim, 30, world.cleo)
    merge(claim, into, world.ben)

    withdraw_forecast(into, world.cleo)

    assert standing(into) == {}
    assert Event.objects.filter(verb="withdrew a forecast").count() == 1
    with pytest.raises(Refused, match="no forecast here"):
        withdraw_forecast(into, world.cleo)


def test_what_nobody_else_sees_silences_nothing_that_others_see(world: World) -> None:
    """Cleo said 80 % to everyone, and 30 % to herself alone, on a claim that she merged into everyone's."""
    ours, mine = public_claim(world, ends=AHEAD), private_claim(world, ends=AHEAD)
    forecast(ours, 80, world.cleo)
    forecast(mine, 30, world.cleo)
    forecast(ours, 50, world.dov)

    claim_rulings.merge(mine, ours, world.cleo)

    def seen_by(user: User) -> dict[str, int]:
        return {row.name: row.percent for row in crowd_of(again(ours), user).rows}

    assert seen_by(world.dov) == {"Cleo": 80, "Dov": 50}
    assert seen_by(world.cleo) == {"Cleo": 30, "Dov": 50}


def test_a_score_follows_what_stood(world: World, pair: tuple[Claim, Claim]) -> None:
    claim, into = pair
    forecast(into, 80, world.cleo)
    forecast(claim, 30, world.cleo)
    withdraw_forecast(claim, world.cleo)
    merge(claim, into, world.ben)
    Claim.objects.filter(pk=into.pk).update(window_end=timezone.localdate())

    with time_machine.travel(timezone.now() + timedelta(days=2)):
        judged(again(into), world.ben)
        [called] = scorecard_of(world.cleo, timezone.localdate()).called

    assert called.p == 0.8


def test_evidence_turns_with_an_opposite(world: World, pair: tuple[Claim, Claim]) -> None:
    claim, into = pair
    for bearing in ("for", "against", "context"):
        source(claim, world.cleo, bearing, f"https://example.com/{bearing}")

    merge(claim, into, world.ben, opposite=True)

    found = dict(Evidence.objects.filter(claim=into).values_list("url", "bearing"))
    assert found == {
        "https://example.com/for": "against",
        "https://example.com/against": "for",
        "https://example.com/context": "context",
    }


@pytest.mark.parametrize("opposite", [False, True])
def test_undoing_restores_it(world: World, pair: tuple[Claim, Claim], *, opposite: bool) -> None:
    claim, into = pair
    forecast(claim, 80, world.cleo)
    forecast(into, 30, world.ada)
    look_at_crowd(claim, world.vera)
    look_at_crowd(into, world.vera)
    source(claim, world.cleo)
    before = everything()

    decision = claim_rulings.merge(claim, into, world.ben, opposite=opposite)
    assert everything() != before
    later = forecast(into, 55, world.ben)
    undo(decision, world.ben)

    later.delete()
    assert everything() == before


def test_a_forecast_made_on_the_merged_stays_there(world: World, pair: tuple[Claim, Claim]) -> None:
    claim, into = pair
    decision = claim_rulings.merge(claim, into, world.ben)
    with pytest.raises(Refused, match="merged into another"):
        forecast(claim, 50, world.cleo)
    forecast(into, 55, world.cleo)

    undo(decision, world.ben)

    assert (standing(claim), standing(into)) == ({}, {"Cleo": 55})


def test_what_was_judged_is_not_merged(world: World, pair: tuple[Claim, Claim]) -> None:
    claim, into = pair
    judged(into, world.ben)

    for one, other in ((claim, into), (into, claim)):
        with pytest.raises(Refused, match="has been judged can’t be merged"):
            claim_rulings.merge(one, other, world.ben)
    assert not Decision.objects.exists()


def test_nor_parted_once_it_is(world: World, pair: tuple[Claim, Claim]) -> None:
    claim, into = pair
    decision = claim_rulings.merge(claim, into, world.ben)
    judged(into, world.ben)

    with pytest.raises(Refused, match="has been judged since"):
        undo(decision, world.ben)
    assert again(claim).merged_into == into


@pytest.mark.parametrize(
    "other",
    [
        {"window_end": OVER},
        {"window_start": date(2998, 1, 1)},
        {"window_kind": "open", "window_end": None},
        {"window_kind": "vague", "window_start": None, "window_end": None},
    ],
)
def test_nobody_comes_to_be_judged_by_another_day(
    world: World, pair: tuple[Claim, Claim], other: dict[str, object]
) -> None:
    claim, into = pair
    Claim.objects.filter(pk=into.pk).update(**other)

    for one, kept in ((claim, into), (into, claim)):
        with pytest.raises(Refused, match="A new date is a new claim"):
            merge(again(one), again(kept), world.ben)


def test_by_a_day_is_by_that_day_whenever_it_was_said(world: World, pair: tuple[Claim, Claim]) -> None:
    claim, into = pair
    for one, said_on in ((claim, date(2024, 3, 1)), (into, date(2025, 7, 1))):
        Claim.objects.filter(pk=one.pk).update(window_start=said_on)
        one.statements.update(said_on=said_on, said_no_later_than=said_on)

    merge(again(claim), again(into), world.ben)

    assert again(claim).merged_into == into


def test_what_names_no_day_is_one_with_what_names_none(world: World, pair: tuple[Claim, Claim]) -> None:
    claim, into = pair
    no_day = {"window_start": None, "window_end": None}
    Claim.objects.filter(pk=claim.pk).update(window_kind="vague", **no_day)
    Claim.objects.filter(pk=into.pk).update(window_kind="none", **no_day)

    merge(again(claim), again(into), world.ben)

    assert again(claim).merged_into == into


@pytest.mark.parametrize("which", [0, 1])
def test_an_open_round_is_closed_first(world: World, pair: tuple[Claim, Claim], which: int) -> None:
    open_round(pair[which], world.ben)

    with pytest.raises(Refused, match="close it first"):
        merge(*pair, world.ben)


@pytest.mark.parametrize("which", [0, 1])
def test_a_round_whose_time_is_over_is_no_obstacle(world: World, pair: tuple[Claim, Claim], which: int) -> None:
    round_ = open_round(pair[which], world.ben, timezone.now() + timedelta(days=1))

    with time_machine.travel(timezone.now() + timedelta(days=2)):
        merge(*pair, world.ben)

    round_.refresh_from_db()
    assert round_.closed_at == round_.closes_at


def test_contradictions_merge_only_as_opposites(world: World, pair: tuple[Claim, Claim]) -> None:
    relate(*pair, Relation.Kind.CONTRADICTS, world.cleo)

    with pytest.raises(Refused, match="contradict each other"):
        merge(*pair, world.ben)
    moved = merge(*pair, world.ben, opposite=True)
    part(again(pair[0]), moved, "accepted", "", world.ben)
    assert again(pair[0]).merged_into is None


# Windows that others rely on (a rule of the claim's own verbs)


def moved_window(claim: Claim, end: date) -> dict[str, object]:
    return {"window_kind": claim.window_kind, "window_start": claim.window_start, "window_end": end}


def test_after_a_forecast_only_a_curator_changes_the_window_and_says_why(
    world: World, pair: tuple[Claim, Claim]
) -> None:
    claim, _ = pair
    claim.set_state(Claim.State.PROPOSED, world.ben)
    claim.amend(claim.statement, "", moved_window(claim, OVER), world.cleo)
    claim.amend(claim.statement, "", moved_window(claim, AHEAD), world.cleo)
    forecast(claim, 60, world.ada)

    with pytest.raises(Refused, match="only a curator"):
        claim.amend(claim.statement, "", moved_window(claim, OVER), world.cleo, "I want to.")
    with pytest.raises(Refused, match="say why"):
        claim.amend(claim.statement, "", moved_window(claim, OVER), world.ben, " ")
    claim.amend("Said better", "", moved_window(claim, AHEAD), world.cleo)
    claim.amend("Said better", "", moved_window(claim, OVER), world.ben, "The memo says 2024.")

    assert again(claim).window_end == OVER
    with time_machine.travel("2024-12-31 12:00"):
        forecast(again(claim), 50, world.ada)
