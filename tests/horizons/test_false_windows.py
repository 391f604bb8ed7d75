"""Numbers that are no years, spans that lie behind, and wording that only sounds like time."""

import pytest

from .reading import best, spans


@pytest.mark.parametrize(
    "text",
    [
        "They bought 2024 GPUs",
        "It runs in 2024 data centers",
        "There will be 2030 people",
        "more than 2030 of them",
        "a fleet of 2030 robots",
        "around 2030 entries",
        "The iPhone 2030 edition will sell",
        "It costs $2030",
        "GPT-2025 will be big",
        "© 2025 Nobody",
        "Version 2024.1.3 will ship",
        "v2025.1",
        "CVE-2024-1234 will be fixed",
        "Room 2027 will be free",
        "a window of 2048 tokens",
        "Call +1-555-2030",
        "at 12:2030",
        "see https://example.org/2027/05/17/piece",
        "(Doe et al., 2023)",
        "Agenda 2030 will fail",
    ],
)
def test_numbers_that_are_no_year(text: str) -> None:
    assert best(text) == "-"


@pytest.mark.parametrize(
    "text",
    [
        "In February 2023 Meta released a model",
        "In March, a lab released a model",
        "In February of last year",
        "In 2023 a lab released a model",
        "This spring a lab announced a model",
        "since 2019",
        "over the past two years",
        "in the last decade",
        "five years ago",
        "last year",
        "earlier this year",
        "so far this year",
        "It was founded in 2015",
        "from 2015 to 2020",
        "in the ’90s",
        "He worked on it for ten years",
        "They built it in two months",
        "the first time in ten years",
        "the biggest change in 20 years",
        "It has been five years since then",
    ],
)
def test_what_lies_behind(text: str) -> None:
    assert best(text) == "-"


@pytest.mark.parametrize(
    "text",
    [
        "in 2 minutes of video",
        "Compute doubles every 2.5 years",
        "$20 a month",
        "once in a decade",
        "year over year",
        "She is 30 years old",
        "a five-year-old",
        "a 10-year plan",
        "within 5 years of launch",
        "It will take two weeks of training",
        "Two billion years from now",
        "as soon as possible",
        "too soon to tell",
        "an AI winter",
        "It may march on",
        "They fall by a quarter",
        "in half of the cases",
        "people in their thirties",
        "at the end of the day",
        "",
    ],
)
def test_wording_that_is_no_window(text: str) -> None:
    assert best(text) == "-"


def test_a_year_at_the_start_of_a_sentence_counts_nothing() -> None:
    assert spans("In 2024 GPUs will be scarce") == ["In 2024"]


def test_what_lies_behind_hides_nothing_that_comes() -> None:
    assert spans("In 2016 they said it would come in 2050; two years ago they said within five years") == ["in 2050"]
