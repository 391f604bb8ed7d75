"""A window of time as facets."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.search.days import are_whole_months, facets_between, facets_of_day


@pytest.mark.parametrize(
    ("first", "behind", "facets"),
    [
        (date(2024, 3, 1), date(2024, 5, 1), ["m202403", "m202404"]),
        (date(2024, 3, 15), date(2024, 3, 16), ["m202403"]),
        (date(2023, 11, 1), date(2025, 2, 1), ["m202311", "m202312", "y2024", "m202501"]),
        (date(2010, 1, 1), date(2021, 1, 1), ["d201", "y2020"]),
        (date(2024, 5, 1), date(2024, 5, 1), []),
    ],
)
def test_it_works(first: date, behind: date, facets: list[str]) -> None:
    assert facets_between(first, behind) == facets


@given(st.dates(), st.none() | st.dates(), st.none() | st.dates())
def test_every_day_within_has_one_of_them(day: date, first: date | None, behind: date | None) -> None:
    within = (first is None or first <= day) and (behind is None or day < behind)
    has_one = not {*facets_of_day(day)}.isdisjoint(facets_between(first, behind))

    assert has_one or not within
    if are_whole_months(first, behind):
        assert has_one == within


@given(st.none() | st.dates(), st.none() | st.dates())
def test_they_are_few(first: date | None, behind: date | None) -> None:
    assert len(facets_between(first, behind)) <= 22 + 18 + 20
