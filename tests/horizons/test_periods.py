"""Periods by their name, and what operators make of them."""

from datetime import date

import pytest

from .reading import best, spans


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("2024 will be the iPhone moment of open models", "2024-01-01..2024-12-31"),
        ("The year of agents is 2026.", "2026-01-01..2026-12-31"),
        ("2026’s models will be small", "2026-01-01..2026-12-31"),
        ("Agents will book flights in 2026.", "2026-01-01..2026-12-31"),
        ("Robots fold laundry during 2027", "2027-01-01..2027-12-31"),
        ("in the year 2050", "2050-01-01..2050-12-31"),
        ("by two thousand and thirty", "2023-05-17..2030-12-31"),
        ("in twenty twenty-seven", "2027-01-01..2027-12-31"),
        ("in fiscal 2025", "2025-01-01..2025-12-31"),
        ("in FY25", "2025-01-01..2025-12-31"),
        ("in ’27 it ends", "2027-01-01..2027-12-31"),
        ("around 2030", "2030-01-01..2030-12-31"),
        ("as early as 2026", "2026-01-01..2026-12-31"),
        ("the 2028 election will be fought by bots", "2028-01-01..2028-12-31"),
    ],
)
def test_years(text: str, window: str) -> None:
    assert best(text) == window


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("by 2027", "2023-05-17..2027-12-31"),
        ("no later than 2027", "2023-05-17..2027-12-31"),
        ("2027 at the latest", "2023-05-17..2027-12-31"),
        ("by 2030 or sooner", "2023-05-17..2030-12-31"),
        ("by around 2030", "2023-05-17..2030-12-31"),
        ("before 2028", "2023-05-17..2027-12-31"),
        ("Not before 2030", "2023-05-17..2029-12-31"),
        ("before 2025 is out", "2023-05-17..2025-12-31"),
        ("before the year is out", "2023-05-17..2023-12-31"),
        ("It will last until 2030", "2023-05-17..2030-12-31"),
        ("It will not come until 2030", "2023-05-17..2029-12-31"),
        ("well into the 2030s", "2023-05-17..2039-12-31"),
        ("after 2030", "2031-01-01.."),
        ("from 2026 onwards", "2026-01-01.."),
        ("starting in 2026", "2026-01-01.."),
        ("no earlier than 2030", "2030-01-01.."),
        ("2030 or later", "2030-01-01.."),
        ("The rollout will start from October", "2023-10-01..2023-10-31"),
        ("within the decade", "2023-05-17..2029-12-31"),
    ],
)
def test_operators(text: str, window: str) -> None:
    assert best(text) == window


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("on May 17, 2027", "2027-05-17..2027-05-17"),
        ("17 May 2027", "2027-05-17..2027-05-17"),
        ("the 17th of May, 2027", "2027-05-17..2027-05-17"),
        ("2027-05-17", "2027-05-17..2027-05-17"),
        ("by 12/31/2024", "2023-05-17..2024-12-31"),
        ("25.12.2024", "2024-12-25..2024-12-25"),
        ("May 17–19, 2027", "2027-05-17..2027-05-19"),
        ("by Christmas", "2023-05-17..2023-12-25"),
        ("The summit opens tomorrow morning", "2023-05-18..2023-05-18"),
        ("by Friday", "2023-05-17..2023-05-19"),
        ("next Tuesday", "2023-05-23..2023-05-23"),
        ("the week of June 5", "2023-06-05..2023-06-11"),
        ("in June", "2023-06-01..2023-06-30"),
        ("by March", "2023-05-17..2024-03-31"),
        ("in May", "2023-05-01..2023-05-31"),
        ("June ’24", "2024-06-01..2024-06-30"),
        ("2024-06", "2024-06-01..2024-06-30"),
        ("in June of next year", "2024-06-01..2024-06-30"),
        ("next June", "2024-06-01..2024-06-30"),
        ("Q3 2024", "2024-07-01..2024-09-30"),
        ("in Q1", "2024-01-01..2024-03-31"),
        ("3Q26", "2026-07-01..2026-09-30"),
        ("the third quarter of 2024", "2024-07-01..2024-09-30"),
        ("H1 2026", "2026-01-01..2026-06-30"),
        ("the first half of 2026", "2026-01-01..2026-06-30"),
        ("the last four months of 2026", "2026-09-01..2026-12-31"),
        ("this summer", "2023-06-01..2023-08-31"),
        ("by winter 2025", "2023-05-17..2026-02-28"),
    ],
)
def test_days_to_seasons(text: str, window: str) -> None:
    assert best(text) == window


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("this year", "2023-05-17..2023-12-31"),
        ("this decade", "2023-05-17..2029-12-31"),
        ("later this year", "2023-05-17..2023-12-31"),
        ("next year’s systems", "2024-01-01..2024-12-31"),
        ("next quarter", "2023-07-01..2023-09-30"),
        ("next month", "2023-06-01..2023-06-30"),
        ("next decade", "2030-01-01..2039-12-31"),
        ("the year after next", "2025-01-01..2025-12-31"),
        ("this year or next", "2023-05-17..2024-12-31"),
        ("in the 2020s", "2023-05-17..2029-12-31"),
        ("the ’40s", "2040-01-01..2049-12-31"),
        ("in the twenty-thirties", "2030-01-01..2039-12-31"),
        ("in the 21st century", "2023-05-17..2100-12-31"),
    ],
)
def test_periods_told_from_the_day(text: str, window: str) -> None:
    assert best(text) == window


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("early 2027", "2027-01-01..2027-04-30"),
        ("by mid-2027", "2023-05-17..2027-08-31"),
        ("in late 2026 or early 2027", "2026-09-01..2027-04-30"),
        ("mid-to-late 2026", "2026-05-01..2026-12-31"),
        ("the early 2030s", "2030-01-01..2033-12-31"),
        ("in the mid-2030s", "2034-01-01..2036-12-31"),
        ("the late 2030s", "2037-01-01..2039-12-31"),
        ("mid-June", "2023-06-11..2023-06-20"),
        ("by the end of 2025", "2023-05-17..2025-12-31"),
        ("by the end of next year", "2023-05-17..2024-12-31"),
        ("by the end of the decade", "2023-05-17..2029-12-31"),
        ("by the end of the century", "2023-05-17..2100-12-31"),
        ("by year-end", "2023-05-17..2023-12-31"),
        ("by mid-century", "2023-05-17..2050-12-31"),
        ("the rest of the decade", "2023-05-17..2029-12-31"),
        ("the second half of the decade", "2025-01-01..2029-12-31"),
    ],
)
def test_parts(text: str, window: str) -> None:
    assert best(text) == window


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("2029, or maybe 2030, is the year", "2029-01-01..2030-12-31"),
        ("2025, 2026 or 2027", "2025-01-01..2027-12-31"),
        ("between 2026 and 2028", "2026-01-01..2028-12-31"),
        ("from 2026 to 2028", "2026-01-01..2028-12-31"),
        ("2027–2028", "2027-01-01..2028-12-31"),
        ("late 2025/early 2026", "2025-09-01..2026-04-30"),
        ("2024/25", "2024-01-01..2025-12-31"),
        ("between now and 2030", "2023-05-17..2030-12-31"),
        ("from now until 2030", "2023-05-17..2030-12-31"),
        ("from May to October 2025", "2025-05-01..2025-10-31"),
        ("from November to March", "2023-11-01..2024-03-31"),
        ("by 2027 or 2028", "2023-05-17..2028-12-31"),
    ],
)
def test_ranges_and_choices(text: str, window: str) -> None:
    assert best(text) == window


def test_a_month_that_has_passed_is_the_next_one_of_its_name() -> None:
    assert best("We expect it in March", date(2024, 4, 2)) == "2025-03-01..2025-03-31"


def test_the_span_is_what_stands_in_the_text() -> None:
    assert spans("“By\u00a0the end of next year”, she says, 🚀 launches in 2030.") == [
        "By\u00a0the end of next year",
        "in 2030",
    ]


def test_nothing_is_read_across_a_blank_line() -> None:
    assert spans("Who comes next\n\nyear 2030") == ["year 2030"]
