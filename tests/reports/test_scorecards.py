"""How well a reader foresees: from their forecasts to their page."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reader.accounts.models import User
from reader.claims.forecasting import forecast, withdraw_forecast
from reader.claims.models import Claim
from reader.core.visibility import Visibility
from reader.reports.scorecards import Group, scorecard_of
from reader.scoring import peer_points
from tests.claims.ledger import judged
from tests.conftest import signed_in
from tests.reports.records import FAILED, HAPPENED, PARTLY, page, said, words
from tests.world import World

RECORD = "/profile/record/"
OPENS, CLOSES = datetime(2026, 1, 1, tzinfo=UTC), date(2026, 4, 10)
TODAY = date(2026, 5, 1)
#: Hundred days: from the day the claims were made to the end of their window.
DAYS = 100


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Claims are made on the first of January, and looked at on the first of May."""
    with time_machine.travel(OPENS, tick=False) as traveller:
        yield traveller


def own(world: World, address: str = RECORD) -> str:
    """Her page as she sees it now: a session of January is over in May."""
    return page(signed_in(world.cleo), address)


def day(number: int) -> datetime:
    return OPENS + timedelta(days=number)


def foreseen(
    world: World, clock: time_machine.Traveller, outcome: int | None, *said_by: tuple[User, int, int]
) -> Claim:
    """A claim with forecasts (who, on which day, how likely), judged on the first of May if it has an outcome."""
    clock.move_to(OPENS)
    claim = said(world, ends=CLOSES)
    for who, number, percent in sorted(said_by, key=lambda one: one[1]):
        clock.move_to(day(number))
        forecast(claim, percent, who)
    clock.move_to(datetime(2026, 5, 1, 12, tzinfo=UTC))
    if outcome is not None:
        judged(claim, world.ben, outcome)
    return claim


def test_it_works(world: World, clock: time_machine.Traveller) -> None:
    """Ten forecasts, as in docs/scores.md."""
    for percent in (90, 80, 70, 60, 30):
        foreseen(world, clock, HAPPENED, (world.cleo, 0, percent))
    for percent in (80, 40, 30, 20, 10):
        foreseen(world, clock, FAILED, (world.cleo, 0, percent))

    html = own(world, RECORD)
    told = words(html)

    assert '?counted=scored">0.173</a>' in html
    assert "Over 10 forecasts" in told
    assert "reliability 0.001" in told
    assert "− resolution 0.050" in told
    assert "+ uncertainty 0.250" in told
    assert "+ within −0.028" in told
    assert "0–33 % 4 22.5 % 25 % 5–65 %" in told
    assert "67–100 % 4 80.0 % 75 % 35–95 %" in told
    assert html.count('class="dot"') == 3
    assert "Fewer than ten" not in told


def test_scores_over_time_are_those_of_the_example(world: World, clock: time_machine.Traveller) -> None:
    """60 % on day 20 and 80 % on day 50 of a hundred, and it happens: 41.8 with 80 % coverage."""
    foreseen(world, clock, HAPPENED, (world.cleo, 20, 60), (world.cleo, 50, 80))

    [called] = scorecard_of(world.cleo, TODAY).called

    assert called.baseline is not None
    assert (round(called.baseline.points, 1), round(called.baseline.coverage, 2)) == (41.8, 0.8)
    assert called.p == 0.8


def test_peers_are_those_on_the_same_claim(world: World, clock: time_machine.Traveller) -> None:
    foreseen(world, clock, HAPPENED, (world.cleo, 0, 80), (world.dov, 0, 50), (world.vera, 0, 40))

    [called] = scorecard_of(world.cleo, TODAY).called

    assert called.peer is not None
    assert called.peer.points == pytest.approx(peer_points(0.8, [0.5, 0.4], happened=True))
    assert called.others == 2


def test_what_was_withdrawn_counts_for_its_time(world: World, clock: time_machine.Traveller) -> None:
    clock.move_to(OPENS)
    claim = said(world, ends=CLOSES)
    forecast(claim, 80, world.cleo)
    clock.move_to(day(50))
    withdraw_forecast(claim, world.cleo)
    clock.move_to(datetime(2026, 5, 1, tzinfo=UTC))
    judged(claim, world.ben)

    card = scorecard_of(world.cleo, TODAY)

    assert [one.group for one in card.called] == [Group.WITHDRAWN]
    assert card.parts is None
    assert card.coverage == pytest.approx(0.5)
    assert "Withdrawn before the end: for that time alone 1" in words(own(world, RECORD))


def test_hindsight_counts_for_nothing(world: World, clock: time_machine.Traveller) -> None:
    """It came on the 70th day of a hundred: what stood before counts until then, and what came later is listed."""
    clock.move_to(OPENS)
    claim = said(world, ends=CLOSES)
    for who, number, percent in (
        (world.cleo, 20, 60),
        (world.cleo, 50, 80),
        (world.cleo, 70, 99),
        (world.dov, 75, 99),
    ):
        clock.move_to(day(number))
        forecast(claim, percent, who)
    clock.move_to(datetime(2026, 5, 1, 12, tzinfo=UTC))
    judged(claim, world.ben, known_since=day(70).date())

    [hers], [his] = (scorecard_of(who, TODAY).called for who in (world.cleo, world.dov))

    assert hers.baseline is not None
    assert (round(hers.baseline.points, 1), round(hers.baseline.coverage, 2), hers.p) == (21.5, 0.5, 0.8)
    assert (hers.group, hers.others) == (Group.SCORED, 0)
    assert (his.group, his.p, his.baseline, his.peer) == (Group.HINDSIGHT, None, None, None)
    assert "Given when it was known already: not scored 1" in words(page(signed_in(world.dov), RECORD))
    listed = page(signed_in(world.dov), f"{RECORD}forecasts/?counted=hindsight")
    assert f'href="/claims/{claim.pk}/"' in listed


def test_another_day_in_a_new_verdict_scores_anew(world: World, clock: time_machine.Traveller) -> None:
    claim = foreseen(world, clock, None, (world.cleo, 20, 60), (world.cleo, 50, 80))
    judged(claim, world.ben, known_since=day(40).date())
    [before] = scorecard_of(world.cleo, TODAY).called
    judged(claim, world.ben, known_since=day(60).date(), reason="It came later.")
    [after] = scorecard_of(world.cleo, TODAY).called

    assert (before.p, after.p) == (0.6, 0.8)


def test_only_what_happened_or_did_not_is_scored(world: World, clock: time_machine.Traveller) -> None:
    foreseen(world, clock, PARTLY, (world.cleo, 0, 90))
    foreseen(world, clock, None, (world.cleo, 0, 90))

    told = words(own(world, RECORD))

    assert "Brier score" not in told
    assert "Happened partly: counted, not scored 1" in told
    assert "Due, not judged yet 1" in told


def test_each_figure_leads_to_its_forecasts(world: World, clock: time_machine.Traveller) -> None:
    claim = foreseen(world, clock, HAPPENED, (world.cleo, 0, 90), (world.dov, 0, 50))
    Claim.objects.filter(pk=claim.pk).update(statement="Herds come")
    due = foreseen(world, clock, None, (world.cleo, 0, 20))

    scored, waiting = (own(world, f"{RECORD}forecasts/?counted={group}") for group in ("scored", "not-judged"))

    assert "Herds come Happened 90 % 0.010 +84.8 +58.8 1 100 %" in words(scored)
    assert f'href="/claims/{due.pk}/"' in waiting
    assert f'href="/claims/{due.pk}/"' not in scored


def test_each_bin_of_the_curve_leads_to_its_forecasts(world: World, clock: time_machine.Traveller) -> None:
    low, middle, high = (foreseen(world, clock, HAPPENED, (world.cleo, 0, percent)) for percent in (33, 34, 67))

    html = own(world)

    for place, claim in enumerate((low, middle, high)):
        address = f"{RECORD}forecasts/?counted=scored&bin={place}"
        assert f'href="{address.replace("&", "&amp;")}">1</a>' in html
        listed = own(world, address)
        assert [one.pk for one in (low, middle, high) if f'href="/claims/{one.pk}/"' in listed] == [claim.pk]
    assert "Scored forecasts of 67–100 %" in words(listed)


def test_each_part_of_the_score_leads_to_its_forecasts(world: World, clock: time_machine.Traveller) -> None:
    foreseen(world, clock, HAPPENED, (world.cleo, 0, 90))

    assert own(world).count(f'<td class="number"><a href="{RECORD}forecasts/?counted=scored">') == 6


def test_nobody_else_is_shown_it(world: World, clock: time_machine.Traveller, client: Client) -> None:
    foreseen(world, clock, HAPPENED, (world.cleo, 0, 90))

    for stranger in (world.ada, world.ben, world.dov):
        assert "No forecasts yet" in page(signed_in(stranger), RECORD)
    for address in (RECORD, f"{RECORD}forecasts/"):
        assert client.get(address).headers["Location"].startswith("/accounts/login/?next=")


def test_a_claim_that_is_hidden_from_them_scores_nothing(world: World, clock: time_machine.Traveller) -> None:
    """Vera forecasts for the team and leaves it: what the team keeps is none of hers any more."""
    clock.move_to(OPENS)
    claim = said(world, Visibility.TEAM, team=world.foundry, ends=CLOSES)
    forecast(claim, 90, world.cleo)
    clock.move_to(datetime(2026, 5, 1, tzinfo=UTC))
    judged(claim, world.ben)
    world.foundry.memberships.filter(user=world.cleo).delete()
    Claim.objects.filter(pk=claim.pk).update(owner=world.ada)

    assert scorecard_of(User.objects.get(pk=world.cleo.pk), TODAY).called == []


@pytest.mark.parametrize(
    "query", ["?counted=all", "?counted=%00", "?counted=scored&bin=x", "?bin=%00", "?counted=pending&bin=1"]
)
def test_a_figure_that_there_is_not_has_no_list(world: World, cleo: Client, query: str) -> None:
    assert cleo.get(f"{RECORD}forecasts/{query}").status_code == 404


def test_it_rejects_post(world: World, cleo: Client) -> None:
    assert cleo.post(RECORD).status_code == 405


def test_queries_do_not_grow_with_forecasts(world: World, clock: time_machine.Traveller) -> None:
    def asked() -> list[int]:
        found = []
        for address in (RECORD, f"{RECORD}forecasts/"):
            with CaptureQueriesContext(connection) as queries:
                own(world, address)
            found.append(len(queries))
        return found

    foreseen(world, clock, HAPPENED, (world.cleo, 0, 90))
    few = asked()
    for number in range(4):
        foreseen(world, clock, FAILED, (world.cleo, number, 90), (world.dov, 0, 50))

    assert asked() == few
