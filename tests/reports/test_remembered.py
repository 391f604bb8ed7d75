"""A record is kept while readers mark, write and forecast, and is made anew once anything happens that it counts."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from reader.claims.forecasting import forecast
from reader.claims.models import Claim
from reader.highlights.models import Highlight, Kind, write_note
from reader.library.models import Person
from reader.reports.ledgers import PUBLIC
from reader.reports.sections import Section, section_from
from reader.reports.timelines import Zoom
from tests.claims.ledger import AHEAD, judged
from tests.reports.records import HAPPENED, called, said
from tests.world import World, make_highlight, make_world


@pytest.fixture
def lasting(transactional_db: None) -> World:
    return make_world()


def kept() -> Section:
    person = Person.objects.get(slug="mira-castell")
    return section_from(PUBLIC, person, "", Zoom(), timezone.localdate())


def test_what_no_record_counts_leaves_it_as_it_is(lasting: World) -> None:
    called(lasting, HAPPENED)
    claim = said(lasting, ends=AHEAD)
    before = kept()

    mark = make_highlight(lasting.public, "2024 will be the year", lasting.cleo, Kind.PREDICTION, "public")
    write_note(mark, "Would that count?", lasting.cleo)
    forecast(claim, 30, lasting.cleo)

    assert kept() is before


def first_mark(claim: Claim) -> Highlight:
    return Highlight.objects.get(statements__claim=claim)


@pytest.mark.parametrize(
    "act",
    [
        lambda claim, world: judged(claim, world.ben),
        lambda claim, world: first_mark(claim).delete_by(world.cleo),
        lambda claim, world: first_mark(claim).change_kind(Kind.HIGHLIGHT, world.cleo),
        lambda claim, world: said(world),
    ],
    ids=["a verdict", "a mark deleted", "a mark of another kind", "another claim"],
)
def test_what_it_counts_has_it_made_anew(lasting: World, act: Callable[[Claim, World], object]) -> None:
    claim = said(lasting)
    before = kept()

    act(claim, lasting)

    assert kept().record != before.record
