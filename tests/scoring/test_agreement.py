"""Krippendorff's alpha: the published worked examples, what has no figure, and what must not change it."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.scoring.agreement import (
    Undefined,
    Value,
    coincidences,
    nominal_alpha,
)

Matrix = list[list[Value]]


def rows(*lines: str) -> Matrix:
    """A reliability data matrix as it is printed: a line for each observer, a dot where one said nothing."""
    return [[None if value == "." else value for value in line.split()] for line in lines]


#: Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section A: binary data, two observers.
TEN_ARTICLES = rows("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0")
#: Section B: nominal data, two observers.
TWELVE_UNITS = rows("a a b b d c c c e d d a", "b a b b b c c c e d d d")
#: Section C: nominal data, four observers, some of it missing.
FOUR_OBSERVERS = rows(
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)
#: Wikipedia, "Krippendorff's alpha", a computational example: three coders, fifteen units.
THREE_CODERS = rows(
    ". . . . . 3 4 1 2 1 1 3 3 . 3",
    "1 . 2 1 3 3 4 3 . . . . . . .",
    ". . 2 1 3 4 4 . 2 1 1 3 3 . 4",
)


@pytest.mark.parametrize(
    ("matrix", "alpha", "units", "values"),
    [
        (TEN_ARTICLES, 0.095, 10, 20),
        (TWELVE_UNITS, 0.692, 12, 24),
        (FOUR_OBSERVERS, 0.743, 11, 40),
        (THREE_CODERS, 0.691, 12, 26),
    ],
    ids=["binary", "nominal", "missing", "wikipedia"],
)
def test_it_gives_what_was_published(matrix: Matrix, alpha: float, units: int, values: int) -> None:
    found = nominal_alpha(matrix)

    assert found.alpha is not None
    assert round(found.alpha, 3) == alpha
    assert (found.units, found.values, found.undefined) == (units, values, None)


def test_the_coincidence_matrix_is_the_published_one() -> None:
    matrix = coincidences(zip(*TEN_ARTICLES, strict=True))

    assert matrix == {("0", "0"): 10, ("0", "1"): 4, ("1", "0"): 4, ("1", "1"): 2}


def test_the_two_disagreements_make_the_figure() -> None:
    found = nominal_alpha(TEN_ARTICLES)

    assert found.observed == pytest.approx(8 / 20)
    assert found.expected == pytest.approx(2 * 14 * 6 / (20 * 19))
    assert found.alpha == pytest.approx(1 - found.observed / found.expected)


@pytest.mark.parametrize(
    ("matrix", "why"),
    [
        ([], Undefined.FEW_OBSERVERS),
        (rows("a b a"), Undefined.FEW_OBSERVERS),
        (rows("a b a", ". . ."), Undefined.FEW_OBSERVERS),
        ([[], []], Undefined.FEW_OBSERVERS),
        (rows("a b . .", ". . a b"), Undefined.NOTHING_IN_COMMON),
        (rows("a a a", "a a a"), Undefined.NO_VARIATION),
        (rows("a b a", "a . a"), Undefined.NO_VARIATION),
    ],
)
def test_where_there_is_no_figure_it_says_why(matrix: Matrix, why: Undefined) -> None:
    found = nominal_alpha(matrix)

    assert found.alpha is None
    assert found.undefined == why


def test_rows_of_different_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        nominal_alpha(rows("a b a", "a b"))


def test_perfect_agreement_is_exactly_one() -> None:
    assert nominal_alpha(rows("a b a c", "a b a c", "a . a c")).alpha == 1.0


def test_those_who_avoid_each_others_units_are_below_chance() -> None:
    alpha = nominal_alpha(rows("a b a b", "b a b a")).alpha

    assert alpha is not None
    assert alpha < -0.5


categories = st.sampled_from(["a", "b", "c", None])
matrices = st.integers(0, 8).flatmap(
    lambda units: st.lists(st.lists(categories, min_size=units, max_size=units), min_size=0, max_size=5)
)


@given(matrices, st.randoms(use_true_random=False))
def test_nothing_hangs_on_the_order_of_observers(matrix: Matrix, chance: random.Random) -> None:
    assert nominal_alpha(chance.sample(matrix, len(matrix))) == nominal_alpha(matrix)


@given(matrices, st.randoms(use_true_random=False))
def test_nothing_hangs_on_the_order_of_units(matrix: Matrix, chance: random.Random) -> None:
    units = [list(unit) for unit in zip(*matrix, strict=True)]
    shuffled = [list(row) for row in zip(*chance.sample(units, len(units)), strict=True)]

    assert nominal_alpha(shuffled or matrix) == nominal_alpha(matrix)


@given(matrices, st.permutations(["x", 7, True]))
def test_nothing_hangs_on_the_names_of_categories(matrix: Matrix, names: list[str | int]) -> None:
    renamed = dict(zip("abc", names, strict=True))

    assert nominal_alpha([[value and renamed[str(value)] for value in row] for row in matrix]) == nominal_alpha(matrix)


@given(matrices)
def test_what_nobody_else_judged_changes_nothing(matrix: Matrix) -> None:
    alone = [[*row, "a" if number == 0 else None] for number, row in enumerate(matrix)]

    if nominal_alpha(matrix).undefined != Undefined.FEW_OBSERVERS:
        assert nominal_alpha(alone) == nominal_alpha(matrix)


@given(matrices)
def test_it_is_a_figure_within_bounds_or_a_reason(matrix: Matrix) -> None:
    found = nominal_alpha(matrix)

    assert (found.alpha is None) == (found.undefined is not None)
    if found.alpha is not None:
        assert -1 <= found.alpha <= 1
        assert (found.alpha == 1) == (found.observed == 0)
        assert found.expected > 0
