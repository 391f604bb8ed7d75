from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.intake.dates import Dated, Precision, find_date, read_date


@pytest.mark.parametrize(
    "text",
    [
        "May 17, 2023",
        "MAY 17, 2023",
        "17 May 2023",
        "17th of May 2023",
        "Wednesday, May 17th, 2023",
        "Wed, 17 May 2023 09:00:00 +0000",
        "2023-05-17",
        "2023-05-17T08:30:00.000Z",
        "2023/05/17",
        "17.05.2023",
        "05/17/2023",
        "17/05/2023",
        "17. Mai 2023",
        "17 mai 2023",
        "17 de mayo de 2023",
        "17 maggio 2023",
        "17 мая 2023",
        "17 במאי 2023",
        "2023年5月17日",
    ],
)
def test_a_day_is_read_in_many_styles(text: str) -> None:
    assert read_date(text) == Dated(date(2023, 5, 17), Precision.DAY)


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        ("May 2023", Dated(date(2023, 5, 1), Precision.MONTH)),
        ("2023-05", Dated(date(2023, 5, 1), Precision.MONTH)),
        ("2023", Dated(date(2023, 1, 1), Precision.YEAR)),
        ("04/04/2023", Dated(date(2023, 4, 4), Precision.DAY)),
    ],
)
def test_a_date_is_no_more_exact_than_it_says(text: str, dated: Dated) -> None:
    assert read_date(text) == dated


@pytest.mark.parametrize("text", ["03/04/2023", "Mar 3", "3 days ago", "yesterday"])
def test_a_date_that_cannot_be_read_safely_is_seen_but_not_read(text: str) -> None:
    found = find_date(text)
    assert found is not None
    assert found.dated is None


@pytest.mark.parametrize("text", ["", "31 février 2023", "99/99/2023", "Feb 30, 2023", "May", "v2023-05-17x", "GPT-4"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert read_date(text) is None


@given(
    st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.sampled_from(["%B %d, %Y", "%d %b %Y", "%Y-%m-%d", "%b. %d %Y"])
)
def test_every_day_is_read_as_it_was_written(day: date, style: str) -> None:
    assert read_date(day.strftime(style)) == Dated(day, Precision.DAY)
