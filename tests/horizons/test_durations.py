"""Lengths of time from the day it was said, and wording that names no day."""

import pytest

from .reading import best, spans


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("within five years", "2023-05-17..2028-05-17"),
        ("within 18 months", "2023-05-17..2024-11-17"),
        ("over the next 75 years", "2023-05-17..2098-05-17"),
        ("in the next two years", "2023-05-17..2025-05-17"),
        ("in the next two to three years", "2023-05-17..2026-05-17"),
        ("over the next 12–18 months", "2023-05-17..2024-11-17"),
        ("in the next year or two", "2023-05-17..2025-05-17"),
        ("in the coming decade", "2023-05-17..2033-05-17"),
        ("The next century may bring it", "2023-05-17..2123-05-17"),
        ("over the next half century", "2023-05-17..2073-05-17"),
        ("in less than five years", "2023-05-17..2028-05-17"),
        ("in as little as two years", "2023-05-17..2025-05-17"),
        ("in a year or two, or sooner", "2023-05-17..2025-05-17"),
        ("I give it five years", "2023-05-17..2028-05-17"),
        ("by this time next year", "2023-05-17..2024-05-17"),
        ("for at least another decade", "2023-05-17..2033-05-17"),
        ("within a five-year window", "2023-05-17..2028-05-17"),
        ("within 6 years 2 months 10 days", "2023-05-17..2029-07-27"),
    ],
)
def test_all_the_time_until_then(text: str, window: str) -> None:
    assert best(text) == window


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("in five years", "2028-01-01..2028-12-31"),
        ("ten years from now", "2033-01-01..2033-12-31"),
        ("It is a decade away", "2033-01-01..2033-12-31"),
        ("in 18 months", "2024-11-01..2024-11-30"),
        ("in half a year", "2023-11-01..2023-11-30"),
        ("in six months’ time", "2023-11-01..2023-11-30"),
        ("in 2 weeks", "2023-05-29..2023-06-04"),
        ("in a couple of years", "2025-01-01..2025-12-31"),
        ("It will take ten years", "2033-01-01..2033-12-31"),
        ("in 2 to 3 years", "2025-05-17..2026-05-17"),
        ("another 1-2 years", "2024-05-17..2025-05-17"),
        ("It is 5 to 10 years away", "2028-05-17..2033-05-17"),
        ("between five and ten years from now", "2028-05-17..2033-05-17"),
        ("at least ten years away", "2033-05-17.."),
        ("in 5+ years", "2028-05-17.."),
    ],
)
def test_a_point_some_time_from_now(text: str, window: str) -> None:
    assert best(text) == window


@pytest.mark.parametrize(
    "text",
    [
        "soon",
        "very soon",
        "sooner or later",
        "not anytime soon",
        "eventually",
        "someday",
        "One day, it will",
        "at some point in the future",
        "in the near future",
        "in the not-too-distant future",
        "in the long term",
        "over the long run",
        "in the coming years",
        "over the next few months",
        "in several decades",
        "a few years away",
        "it is a matter of years",
        "in the years to come",
        "It might take decades",
        "down the road",
        "It works today and will work tomorrow",
    ],
)
def test_vague_wording_names_no_day(text: str) -> None:
    assert best(text) == "vague"


def test_a_window_comes_before_vague_wording() -> None:
    assert spans("Soon it will happen, by 2030 at the latest") == ["by 2030 at the latest", "Soon"]


def test_the_first_window_comes_first() -> None:
    assert spans("50 % by 2047, 10 % by 2027") == ["by 2047", "by 2027"]


def test_what_a_condition_names_comes_last() -> None:
    assert spans("If nobody hires through 2027, nobody will know in 2032") == ["in 2032", "through 2027"]


def test_a_year_that_only_frames_the_present_comes_last() -> None:
    assert spans("In 2023 the experts expect it by 2040") == ["by 2040", "In 2023"]
