"""Two who act on one claim at the same moment: one is first, and the other meets what stands."""

from functools import partial

import pytest
from django.db import connection
from django.utils import timezone

from reader.claims.forecasting import Forecast, forecast
from reader.claims.judging import Ruling, judge
from reader.claims.models import Claim
from reader.claims.relating import relate
from reader.claims.relations import Relation
from reader.claims.verdicts import Verdict
from reader.core.refusals import Refused
from tests.claims.ledger import AHEAD, QUOTES, again, source, teams_claim
from tests.threads import at_once
from tests.world import make_world

ROUNDS = 5

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
    pytest.mark.django_db(transaction=True),
]


def test_one_verdict_is_given() -> None:
    world = make_world()
    claim = teams_claim(world)
    cited = source(claim, world.cleo)
    acts = [
        partial(judge, claim, Ruling(outcome=outcome, evidence=[cited.pk]), by)
        for outcome, by in ((100, world.ben), (0, world.ada))
    ]

    with pytest.raises(Refused, match="judged anew"):
        at_once(*acts)

    assert again(claim).verdict == Verdict.objects.get()


def test_no_forecast_slips_in_behind_a_verdict() -> None:
    world = make_world()
    for _ in range(ROUNDS):
        claim = teams_claim(world, ends=AHEAD)
        cited = source(claim, world.cleo)
        try:
            at_once(
                partial(
                    judge, claim, Ruling(outcome=100, evidence=[cited.pk], known_since=timezone.localdate()), world.ben
                ),
                partial(forecast, claim, 60, world.cleo),
            )
        except Refused as refusal:
            assert "judged" in str(refusal)  # noqa: PT017  (whoever is first)
        verdict = again(claim).verdict
        assert verdict
        assert all(one.made_at <= verdict.at for one in Forecast.objects.filter(claim=claim))
        Claim.objects.filter(pk=claim.pk).update(verdict=None)
        claim.delete()


def test_a_double_click_forecasts_once() -> None:
    world = make_world()
    claim = teams_claim(world, ends=AHEAD)

    at_once(*[partial(forecast, claim, 60, world.cleo)] * 3)

    assert Forecast.objects.count() == 1


def test_two_do_not_close_a_circle() -> None:
    world = make_world()
    one, other = (teams_claim(world, quote=quote) for quote in QUOTES[:2])

    with pytest.raises(Refused, match="circle"):
        at_once(
            partial(relate, one, other, "conditional", world.ada, "happened"),
            partial(relate, other, one, "conditional", world.ben, "happened"),
        )

    assert Relation.objects.count() == 1
