"""The Brier score and its parts: published examples, scikit-learn, and what must always hold."""

import math
import random
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import brier_score_loss

from reader.scoring import Judged, brier, mean_brier, murphy

#: Brier (1950), table 1: ten forecasts of rain, whose score over both outcomes is 0.19.
TEN_DAYS: list[Judged] = [
    (0.7, False),
    (0.9, True),
    (0.8, True),
    (0.4, True),
    (0.2, False),
    (0.0, False),
    (0.0, False),
    (0.0, False),
    (0.0, False),
    (0.1, False),
]

#: Whole per cents, which readers give and often give again, and any other probability.
probabilities = st.integers(0, 100).map(lambda percent: percent / 100) | st.floats(0, 1)
judgements = st.lists(st.tuples(probabilities, st.booleans()), min_size=1, max_size=60)
numbers_of_bins = st.none() | st.integers(1, 12)


def test_it_gives_what_brier_published() -> None:
    score = mean_brier(TEN_DAYS)

    assert score is not None
    assert round(2 * score, 4) == 0.19


@pytest.mark.parametrize(
    ("p", "happened", "score"), [(1, True, 0), (1, False, 1), (0.7, True, 0.09), (0.3, True, 0.49), (0.5, False, 0.25)]
)
def test_it_runs_from_0_to_1(p: float, happened: bool, score: float) -> None:
    assert brier(p, happened) == pytest.approx(score, abs=1e-15)


def test_murphys_parts_of_briers_example() -> None:
    """By hand: each forecast value was always right or always wrong but for the four zeros, and three of ten rained."""
    parts = murphy(TEN_DAYS)

    assert parts is not None
    assert parts.reliability == pytest.approx(0.095)
    assert parts.resolution == pytest.approx((3 * 0.7**2 + 7 * 0.3**2) / 10)
    assert parts.uncertainty == pytest.approx(0.3 * 0.7)
    assert (parts.within, parts.forecasts, parts.groups) == (0, 10, 7)


def test_murphys_parts_of_forecasts_that_come_again() -> None:
    """By hand: of five 20s one happened, of five 80s three; half as much off as could be."""
    fives = [(0.2, number == 0) for number in range(5)] + [(0.8, number < 3) for number in range(5)]
    parts = murphy(fives)

    assert parts is not None
    assert parts.reliability == pytest.approx((5 * 0 + 5 * 0.2**2) / 10)
    assert parts.resolution == pytest.approx((5 * 0.2**2 + 5 * 0.2**2) / 10)
    assert parts.uncertainty == pytest.approx(0.4 * 0.6)
    assert parts.brier == pytest.approx(0.22)


def test_bins_leave_something_within() -> None:
    parts = murphy(TEN_DAYS, bins=3)

    assert parts is not None
    assert parts.groups == 3
    assert parts.within == pytest.approx(-0.0145)


def test_of_nothing_there_is_no_score() -> None:
    assert mean_brier([]) is None
    assert murphy([]) is None


@pytest.mark.parametrize("p", [-0.01, 1.01, 80, math.nan, math.inf])
def test_what_is_no_probability_is_refused(p: float) -> None:
    for refuse in (lambda: brier(p, True), lambda: mean_brier([(p, True)]), lambda: murphy([(p, True)], bins=3)):
        with pytest.raises(ValueError, match="no probability"):
            refuse()


def test_no_bins_are_refused() -> None:
    with pytest.raises(ValueError, match="0 bins"):
        murphy(TEN_DAYS, bins=0)


@given(judgements)
def test_it_agrees_with_scikit_learn(judged: list[Judged]) -> None:
    theirs = brier_score_loss([came for _, came in judged], [p for p, _ in judged], pos_label=True)

    assert mean_brier(judged) == pytest.approx(theirs, rel=1e-12, abs=1e-15)


@given(judgements, numbers_of_bins)
def test_the_parts_make_the_whole(judged: list[Judged], bins: int | None) -> None:
    parts = murphy(judged, bins)

    assert parts is not None
    assert parts.brier == mean_brier(judged)
    whole = parts.reliability - parts.resolution + parts.uncertainty + parts.within
    assert whole == pytest.approx(parts.brier, abs=4e-15)
    if bins is None:
        assert parts.within == 0


@given(judgements, numbers_of_bins)
def test_the_parts_keep_their_bounds(judged: list[Judged], bins: int | None) -> None:
    parts = murphy(judged, bins)

    assert parts is not None
    assert 0 <= parts.brier <= 1
    assert 0 <= parts.reliability <= 1
    assert 0 <= parts.resolution <= parts.uncertainty + 1e-15
    assert 0 <= parts.uncertainty <= 0.25
    assert 1 <= parts.groups <= parts.forecasts == len(judged)


@given(judgements)
def test_it_is_off_by_no_more_than_the_last_digit(judged: list[Judged]) -> None:
    exactly = sum((Fraction(p) - came) ** 2 for p, came in judged) / len(judged)

    assert mean_brier(judged) == pytest.approx(float(exactly), rel=4e-16, abs=1e-300)


@given(judgements, numbers_of_bins, st.randoms(use_true_random=False))
def test_nothing_hangs_on_the_order(judged: list[Judged], bins: int | None, chance: random.Random) -> None:
    shuffled = chance.sample(judged, len(judged))

    assert mean_brier(shuffled) == mean_brier(judged)
    assert murphy(shuffled, bins) == murphy(judged, bins)


@given(st.lists(st.tuples(st.integers(0, 64), st.booleans()), min_size=1))
def test_saying_the_opposite_of_everything_changes_nothing(eighths: list[tuple[int, bool]]) -> None:
    said = [(number / 64, came) for number, came in eighths]
    opposite = [(1 - p, not came) for p, came in said]

    assert mean_brier(opposite) == mean_brier(said)
