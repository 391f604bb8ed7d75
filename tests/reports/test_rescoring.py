"""`manage.py rescore`: all of it again, to the same digits."""

from datetime import date
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client

from reader.claims.forecasting import forecast
from reader.claims.verdicts import Verdict
from reader.core.visibility import Visibility
from reader.reports import rescoring
from reader.reports.tracks import track_of
from tests.claims.ledger import judged
from tests.reports.records import FAILED, HAPPENED, called, counts, said
from tests.world import World


def rescore() -> list[str]:
    out = StringIO()
    call_command("rescore", stdout=out)
    return out.getvalue().splitlines()


@pytest.fixture
def library(world: World) -> World:
    called(world, HAPPENED, HAPPENED, FAILED)
    called(world, HAPPENED, visibility=Visibility.TEAM, team=world.foundry)
    judged(said(world, Visibility.PRIVATE), world.cleo)
    return world


def test_it_works(library: World) -> None:
    first, again = rescore(), rescore()

    assert first == again
    assert first[0].startswith("person mira-castell, Public: 2 3 0.6666666666666666 (")
    assert first[-1].startswith("6 computed, fingerprint ")


def test_it_counts_what_the_page_counts(library: World, client: Client) -> None:
    """And leaves out what came too late, as the page does."""
    before = rescore()
    [claim] = called(library, HAPPENED)
    claim.statements.update(added_after=Verdict.objects.get(claim=claim))

    assert rescore() == before
    assert counts(client) == {"happened": 2, "did-not-happen": 1, "late": 1}


def test_it_prints_nothing_that_is_not_public(library: World) -> None:
    assert not any("Foundry" in line or "Only yours" in line for line in rescore())


def test_another_verdict_is_another_fingerprint(library: World) -> None:
    before = rescore()[-1]
    called(library, FAILED)

    assert rescore()[-1] != before


def test_the_day_since_when_it_is_known_is_in_the_figures(world: World) -> None:
    """Eighty and then ninety-nine per cent; of which the second is hindsight, if the verdict says so."""
    with time_machine.travel("2026-01-01 12:00") as clock:
        claim = said(world, ends=date(2026, 4, 10))
        for day, percent in (("2026-01-02 12:00", 80), ("2026-03-02 12:00", 99)):
            clock.move_to(day)
            forecast(claim, percent, world.cleo)
        clock.move_to("2026-05-01 12:00")
        judged(claim, world.ben)
        unaware = rescore()
        judged(claim, world.ben, known_since=date(2026, 3, 1), reason="It came in March.")

        assert rescore()[-1] != unaware[-1]
        assert rescore() == rescore()


def test_it_says_what_depends_on_the_order(library: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A figure that is made of the first row alone, as a mistake would."""

    def of_the_first(rows: Any, today: date) -> Any:
        return track_of(list(rows)[:1], today)

    monkeypatch.setattr(rescoring, "track_of", of_the_first)

    with pytest.raises(CommandError, match="depend on the order of rows: person mira-castell, Public"):
        rescore()
