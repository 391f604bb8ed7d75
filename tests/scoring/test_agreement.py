"""Krippendorff's alpha: the published worked examples, what has no figure, and what must not change it."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.scoring.agreement import (
    Undefined,
    Value,
    coincidences,
    interval_alpha,
    nominal_alpha,
    ordinal_alpha,
)

Matrix = list[list[Value]]
Numbers = list[list[float | None]]


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


def numbers(matrix: Matrix) -> Numbers:
    return [[None if value is None else float(str(value)) for value in row] for row in matrix]


def test_ranks_and_degrees_give_what_was_published() -> None:
    """Section D: four observers, as ordinal and as interval data; Wikipedia: three coders, as interval data."""
    ranks, degrees = ordinal_alpha(numbers(FOUR_OBSERVERS)), interval_alpha(numbers(FOUR_OBSERVERS))
    coders = interval_alpha(numbers(THREE_CODERS))

    assert ranks.alpha == pytest.approx(0.815, abs=5e-4)
    assert degrees.alpha == pytest.approx(0.849, abs=5e-4)
    assert coders.alpha == pytest.approx(0.811, abs=5e-4)


def test_near_misses_count_less_than_far_ones() -> None:
    near = interval_alpha([[0, 0.25, 0.75, 1], [0, 0.25, 1, 1]]).alpha
    far = interval_alpha([[0, 0.25, 0.75, 1], [0, 0.25, 0, 1]]).alpha

    assert near is not None
    assert far is not None
    assert near > 0.9 > 0.7 > far


def test_what_is_no_number_has_no_degrees() -> None:
    with pytest.raises(TypeError, match="no number"):
        interval_alpha([["a", "b"], ["b", "a"]])  # type: ignore[list-item]  # what is refused


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


assessments = st.sampled_from([0, 0.25, 0.5, 0.75, 1, None])
graded = st.integers(0, 6).flatmap(
    lambda units: st.lists(st.lists(assessments, min_size=units, max_size=units), max_size=4)
)


@given(graded, st.randoms(use_true_random=False))
def test_degrees_and_ranks_hang_on_no_order(matrix: Numbers, chance: random.Random) -> None:
    for alpha in (interval_alpha, ordinal_alpha):
        assert alpha(chance.sample(matrix, len(matrix))) == alpha(matrix)


@given(graded)
def test_turning_the_scale_round_changes_no_agreement(matrix: Numbers) -> None:
    turned = [[None if value is None else 1 - value for value in row] for row in matrix]

    for alpha in (interval_alpha, ordinal_alpha):
        assert alpha(turned) == alpha(matrix)


@given(graded)
def test_with_two_answers_all_three_are_one(matrix: Numbers) -> None:
    two = [[None if value is None else float(value > 0.5) for value in row] for row in matrix]

    assert interval_alpha(two) == nominal_alpha(two)
    assert ordinal_alpha(two).alpha == nominal_alpha(two).alpha
