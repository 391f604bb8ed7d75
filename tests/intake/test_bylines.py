from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.intake.bylines import parse_byline
from reader.intake.names import looks_like_name, split_names


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        ("By Jane Doe", ("Jane Doe",)),
        ("By Jane Doe, John Roe, and Max van der Moe", ("Jane Doe", "John Roe", "Max van der Moe")),
        ("Guest post by Mei-Lin Zhao", ("Mei-Lin Zhao",)),
        ("by noahopinion", ("noahopinion",)),
        ("Jane Doe's avatar", ("Jane Doe",)),
        ("James’ avatar", ("James",)),
        ("JANE DOE · MAR 3, 2024 · PAID", ("Jane Doe",)),
        ("Jane Doe and John Roe / Mar 3, 2024", ("Jane Doe", "John Roe")),
        ("Written by J. R. O’Neill-Smith, PhD", ("J. R. O’Neill-Smith",)),
    ],
)
def test_authors_are_read(text: str, authors: tuple[str, ...]) -> None:
    byline = parse_byline(text)
    assert byline is not None
    assert byline.authors == authors


@pytest.mark.parametrize(
    "text",
    [
        "By 2024 the market will be gone.",
        "On May 17, 2023, Meta released a model.",
        "Jane Doe",
        "The story by Reuters was wrong",
        "Everything was different in May 2023",
        "By the end of March",
        "",
    ],
)
def test_a_sentence_is_no_byline(text: str) -> None:
    assert parse_byline(text) is None


def test_an_update_is_not_the_date() -> None:
    byline = parse_byline("Updated May 20, 2023 | Published May 17, 2023")
    assert byline is not None
    assert byline.dated is not None
    assert byline.dated.day == date(2023, 5, 17)


@pytest.mark.parametrize("name", ["Jane Doe", "Tomás Ibarra", "Ludwig van Beethoven", "J. Doe", "李 明"])
def test_names_look_like_names(name: str) -> None:
    assert looks_like_name(name)


@pytest.mark.parametrize(
    "text", ["Hello Everyone", "The Ledger", "models", "Chapter Two", "What Comes Next", "GPT-4 Turbo 2"]
)
def test_other_words_do_not(text: str) -> None:
    assert not looks_like_name(text)


@given(st.text(max_size=80))
def test_any_line_can_be_asked(text: str) -> None:
    parse_byline(text)
    split_names(text, lenient=True)
