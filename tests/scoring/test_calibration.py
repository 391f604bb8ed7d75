"""The calibration curve: its bins, scikit-learn, and what must always hold."""

import math
import random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sklearn.calibration import calibration_curve

from reader.scoring import Judged, bins_for, calibration, share_interval

probabilities = st.integers(1, 99).map(lambda percent: percent / 100)
judgements = st.lists(st.tuples(probabilities, st.booleans()), min_size=1, max_size=150)


def test_a_single_forecast_makes_a_point() -> None:
    (only,) = calibration([(0.7, True)])

    assert (only.forecasts, only.happened, only.mean_forecast, only.share) == (1, 1, 0.7, 1)
    assert only.band == share_interval(1, 1)
    assert only.band.level == 0.9


def test_of_nothing_there_is_no_curve() -> None:
    assert calibration([]) == []


@pytest.mark.parametrize(("forecasts", "bins"), [(1, 3), (24, 3), (25, 5), (99, 5), (100, 10), (5_000, 10)])
def test_few_forecasts_have_few_bins(forecasts: int, bins: int) -> None:
    assert bins_for(forecasts) == bins
    assert all(each.high - each.low == pytest.approx(1 / bins) for each in calibration([(0.5, True)] * forecasts))


@pytest.mark.parametrize("tenths", range(10))
def test_a_bin_has_its_lower_edge(tenths: int) -> None:
    (only,) = calibration([(tenths / 10, True)], bins=10)

    assert only.low == tenths / 10


def test_the_last_bin_has_its_upper_edge_too() -> None:
    (only,) = calibration([(1.0, True), (0.9, False)], bins=10)

    assert (only.low, only.high, only.forecasts) == (0.9, 1.0, 2)


@pytest.mark.parametrize("p", [-0.1, 1.5, math.nan])
def test_what_is_no_probability_is_refused(p: float) -> None:
    with pytest.raises(ValueError, match="no probability"):
        calibration([(p, True)])


@pytest.mark.parametrize("bins", [0, -3])
def test_no_bins_are_refused(bins: int) -> None:
    with pytest.raises(ValueError, match="bins"):
        calibration([(0.5, True)], bins)


@given(judgements, st.integers(1, 12))
def test_it_agrees_with_scikit_learn(judged: list[Judged], bins: int) -> None:
    """Its bins have their upper edges, so that none may fall on one."""
    assume(all(abs(p * bins - round(p * bins)) > 1e-9 for p, _ in judged))
    came = [happened for _, happened in judged]
    assume(len(set(came)) == 2)
    shares, forecasts = calibration_curve(came, [p for p, _ in judged], n_bins=bins, pos_label=True)
    points = calibration(judged, bins)

    assert [point.share for point in points] == pytest.approx(list(shares))
    assert [point.mean_forecast for point in points] == pytest.approx(list(forecasts))


@given(judgements)
def test_every_forecast_is_in_one_bin(judged: list[Judged]) -> None:
    points = calibration(judged)

    assert sum(point.forecasts for point in points) == len(judged)
    assert sum(point.happened for point in points) == sum(happened for _, happened in judged)
    assert [point.low for point in points] == sorted({point.low for point in points})
    for point in points:
        assert point.low <= point.mean_forecast <= point.high
        assert point.band.low <= point.share <= point.band.high


@given(judgements, st.randoms(use_true_random=False))
def test_nothing_hangs_on_the_order(judged: list[Judged], chance: random.Random) -> None:
    assert calibration(chance.sample(judged, len(judged))) == calibration(judged)
