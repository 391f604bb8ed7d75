import pytest

from reader.claims.similarity import ALIKE, likeness, near_names, similar_pairs


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Open models will match GPT-4 by the end of 2024", "By the end of 2024, open models match GPT-4."),
        ("Prices fall by half", "Prices will not fall by half"),
        ("Inference prices fall by half", "The price of inference falls by half"),
        ("ÉCOLE opens in 2025", "école opens in 2025"),
    ],
)
def test_the_same_in_other_words_is_alike(one: str, other: str) -> None:
    assert likeness(one, other) >= ALIKE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Open models will match GPT-4 by the end of 2024", "A lab will publish its weights"),
        ("", "Prices fall"),
        ("…", "!!!"),
        ("🦙", "🐑"),
    ],
)
def test_what_says_something_else_is_not(one: str, other: str) -> None:
    assert likeness(one, other) < ALIKE


def test_likeness_has_no_direction() -> None:
    one, other = "Small models win", "The small model wins everywhere"

    assert likeness(one, other) == likeness(other, one)
    assert likeness(one, one) == 1


def test_pairs_are_found_once_the_smaller_first() -> None:
    wordings = {9: "Prices fall by half", 3: "Prices will fall by half", 5: "A lab closes"}

    assert [pair[:2] for pair in similar_pairs(wordings)] == [(3, 9)]


def test_a_word_that_all_have_compares_none() -> None:
    assert list(similar_pairs({number: f"model {number * 7919}" for number in range(200)})) == []


@pytest.mark.parametrize(
    ("names", "is_near"),
    [
        (("open models", "open-models"), True),
        (("open model", "Open Models"), True),
        (("regulation", "regluation"), True),
        (("regulation", "regulations"), True),
        (("gpt-4", "gpt-5"), False),
        (("AI", "AR"), False),
        (("agents", "prices"), False),
        (("", "…"), False),
    ],
)
def test_names_are_near_when_their_spelling_is(names: tuple[str, str], is_near: bool) -> None:
    assert bool(list(near_names(dict(enumerate(names, 1))))) == is_near
