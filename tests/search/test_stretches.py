"""The newest stretch of time is looked at first; nothing is missed and nothing found twice."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from reader.intake.exports.things import LONGEST_FUTURE
from reader.library.models import Article
from reader.search import stretches
from reader.search.documents import REGISTER
from reader.search.indexing import refresh
from reader.search.language import parse
from reader.search.models import Kind, SearchRecord, id_of
from reader.search.queries import FIRST_NAME, LAST, find
from reader.search.slices import BELOW, END, LEVELS, NAMED, beginning, number_of, slice_of, slices_between, slices_of
from reader.search.stretches import REACH, Reach
from tests.world import World, make_article

SECONDS = st.integers(0, END)


@given(SECONDS, SECONDS, st.integers(0, 2**BELOW - 1), st.data())
def test_a_key_is_in_a_slice_of_each_stretch_that_has_it(one: int, other: int, low: int, data: st.DataObject) -> None:
    since, last = sorted([one << BELOW | low, other << BELOW | low])
    key = data.draw(st.integers(since, last))

    slices = slices_between(since, last + 1)

    assert not slices or not set(slices).isdisjoint(slices_of(key))


of_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite gives the newest first, and is asked for no stretches"
)
#: Later than any clock says.
NEWEST = 2_000_000_000


@given(st.integers(0, NEWEST), st.integers(0, 2**BELOW - 1), st.data())
def test_up_to_the_end_of_time_it_is_in_few(since: int, low: int, data: st.DataObject) -> None:
    """What there is: keys up to the newest one, and what is found by its name."""
    key = data.draw(st.one_of(st.integers(since, NEWEST), st.just(END))) << BELOW | low

    slices = slices_between(since << BELOW, LAST, NEWEST << BELOW)

    assert not slices or not set(slices).isdisjoint(slices_of(key))
    week = 7 * 86_400
    assert len(slices_between(NEWEST - week << BELOW, LAST, NEWEST << BELOW)) <= 8


@given(st.integers(1, NEWEST), st.integers(0, 2**BELOW - 1), st.booleans(), st.data())
def test_they_begin_where_they_are_said_to_begin(second: int, low: int, is_open: bool, data: st.DataObject) -> None:
    since = second << BELOW | low
    before = LAST if is_open else data.draw(st.integers(since + 1, NEWEST + 1 << BELOW))

    begins = beginning(since, before, NEWEST << BELOW)

    slices = set(slices_between(begins, before, NEWEST << BELOW))
    assert begins <= since
    assert begins == 0 or slices.isdisjoint(slices_of(begins - 1))
    assert not slices or not slices.isdisjoint(slices_of(begins))


@pytest.mark.parametrize("is_open", [True, False], ids=["up to now", "before"])
def test_few_small_slices_are_not_said_in_a_larger_one_too(is_open: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.search.slices.MARGIN", 0)
    size, newest = BELOW + LEVELS[0], NEWEST >> LEVELS[0] << LEVELS[0]
    last = number_of(LEVELS[0], newest << BELOW) | 7
    since, before = last - 3 << size, LAST if is_open else last << size

    small = slices_between(since, before, (last - 1 if is_open else last) << size)

    assert small[:3] == [slice_of(LEVELS[0], number) for number in range(last - 3, last)]
    assert small[3:] == ([NAMED] if is_open else [])


def test_what_was_brought_in_with_a_day_to_come_is_in_them_before_it_is_known_of() -> None:
    """The newest key is remembered for a minute."""
    now = datetime.now(UTC)
    known, ahead = (id_of(Kind.HIGHLIGHT, 1, moment) for moment in (now, now + LONGEST_FUTURE))

    slices = slices_between(known - (600 << BELOW), LAST, known)

    assert not set(slices).isdisjoint(slices_of(ahead))


def test_few_slices_are_a_long_time() -> None:
    now = id_of(Kind.ARTICLE, 1, datetime(2026, 11, 29, tzinfo=UTC))
    year = (365 * 86_400) << BELOW
    assert len(slices_between(now - year, now)) < 60
    assert slices_between(0, now) == []


@st.composite
def reaches(draw: st.DrawFn) -> Reach:
    counts = draw(st.lists(st.integers(1, 10**7), min_size=1, max_size=8, unique=True).map(sorted))
    many = len(counts) + 1
    keys = draw(st.lists(st.integers(1, 10**6), min_size=many, max_size=many, unique=True))
    return Reach(counts[-1], [0, *counts], sorted(keys, reverse=True))


@given(st.integers(0, 10**6), reaches(), st.integers(0, 10**7), st.integers(0, 2000))
def test_stretches_follow_each_other_without_a_gap(before: int, reach: Reach, expected: int, wanted: int) -> None:
    steps = list(stretches.stretches(reach, before, [], wanted + 1, expected))

    assert steps[0][1] == before
    assert steps[-1][0] == 0
    assert all(low <= high for low, high in steps)
    assert all(newer[0] == older[1] for newer, older in pairwise(steps))


@pytest.mark.parametrize("found", [0, 500, 900, 1000])
def test_of_what_is_no_older_than_the_first_stretch_few_are_asked_for(found: int) -> None:
    keys = [NEWEST - 30 * 86_400 * number << BELOW for number in range(101)]
    reach = Reach(1_000_000, [10_000 * number for number in range(101)], keys)

    assert len(list(stretches.stretches(reach, LAST, range(found), 1001, 15_000))) <= 8


@given(reaches(), st.integers(0, 10**7), st.integers(0, 10**7))
def test_more_records_reach_no_less_far(reach: Reach, one: int, other: int) -> None:
    fewer, more = sorted([one, other])
    assert reach.key(more) <= reach.key(fewer)
    assert reach.key(0) == reach.keys[0]


@given(reaches(), st.integers(0, 10**6), st.integers(0, 10**6))
def test_no_fewer_are_newer_than_what_is_older(reach: Reach, one: int, other: int) -> None:
    older, newer = sorted([one, other])
    assert reach.newer(newer) <= reach.newer(older)
    assert [reach.newer(key) for key in reach.keys] == list(reach.counts)
    assert (reach.newer(0), reach.newer(reach.keys[0] + 1)) == (reach.total, 0)


@of_postgresql
@pytest.mark.django_db
@pytest.mark.parametrize(
    "asked",
    [
        "zeppelin",
        "kind:article author:castell",
        "kind:article author:castell publication:gradient zeppelin",
        "author:cas -foundry",
        "kind:person",
    ],
)
def test_what_is_found_is_the_same_in_small_stretches(
    asked: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    began = datetime(2020, 1, 1, tzinfo=UTC)
    days = [began + timedelta(days=40 * number) for number in range(12)]
    for day in days:
        piece = make_article(f"Zeppelin of {day:%d %B %Y}", world.cleo)
        Article.objects.filter(pk=piece.pk).update(added_at=day)
        refresh(REGISTER.sources["article"], [piece.pk])
    keys = [id_of(Kind.ARTICLE, 0, day) for day in reversed(days)]
    monkeypatch.setattr(stretches, "UNKNOWN", 0)
    monkeypatch.setattr(stretches, "SPARE", 0.0001)
    monkeypatch.setattr(REACH, "until", float("inf"))

    def found() -> list[int]:
        return [row.pk for row in find(parse(asked), world.cleo, date(2026, 11, 1), newest=True).rows]

    at_once = found()
    monkeypatch.setattr(REACH, "known", Reach(12, list(range(12)), keys))

    assert at_once == sorted(at_once, reverse=True)
    assert len(at_once) >= (1 if asked == "kind:person" else 12)
    assert found() == at_once


@of_postgresql
@pytest.mark.django_db
def test_statistics_say_how_far_back_records_reach(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(12):
        make_article(f"Zeppelin {number}", world.cleo)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE reader_searchrecord")
    monkeypatch.setattr(stretches, "FIRST", 3)
    moments = list(SearchRecord.objects.filter(pk__lt=FIRST_NAME).order_by("-pk").values_list("pk", flat=True))

    reach = stretches.asked()

    assert reach is not None
    assert reach.total == SearchRecord.objects.count()
    assert [reach.key(0), reach.key(3)] == [moments[0], moments[3]]
    assert moments[0] > reach.key(10) >= moments[-1]
    assert stretches.expected("'zeppelin'", 0) > 0


@of_postgresql
@pytest.mark.django_db
def test_statistics_of_one_record_alone_say_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    SearchRecord.objects.exclude(pk=SearchRecord.objects.latest("pk").pk).delete()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE reader_searchrecord")
    for number in range(5):
        make_article(f"Zeppelin {number}", world.cleo)
    monkeypatch.setattr(stretches, "FIRST", 3)

    reach = stretches.asked()

    assert reach is not None
    assert reach.counts == [0.0, 3.0]
