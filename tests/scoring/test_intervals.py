"""Intervals of a share: published limits, SciPy, statsmodels, and what must always hold."""

import math
import random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import special
from statsmodels.stats.proportion import proportion_confint

from reader.scoring import LEVEL, share_interval, wilson_interval
from reader.scoring.beta import beta_quantile, beta_share_below

shapes = st.floats(0.5, 5_000)
levels = st.floats(0.5, 0.999)
shares = st.integers(1, 3_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_is_what_newcombe_published(k: int, n: int, low: float, high: float) -> None:
    """R. G. Newcombe, "Two-sided Confidence Intervals for the Single Proportion" (1998), table I, method 3, 95 %."""
    found = wilson_interval(k, n, 0.95)

    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@pytest.mark.parametrize(
    ("k", "n", "low", "high"), [(7, 10, 0.4419, 0.8827), (70, 100, 0.6210, 0.7705), (4, 9, 0.2087, 0.7032)]
)
def test_the_interval_of_a_share(k: int, n: int, low: float, high: float) -> None:
    found = share_interval(k, n)

    assert (round(found.low, 4), round(found.high, 4), found.level) == (low, high, LEVEL)


def test_where_none_or_all_happened_the_interval_reaches_there() -> None:
    assert share_interval(0, 5).low == 0
    assert share_interval(5, 5).high == 1
    assert share_interval(0, 5).high == pytest.approx(special.betaincinv(0.5, 5.5, 0.95), rel=1e-10)


@pytest.mark.parametrize("interval", [share_interval, wilson_interval])
@pytest.mark.parametrize(
    ("k", "n", "level"), [(0, 0, 0.9), (-1, 5, 0.9), (6, 5, 0.9), (1, 2, 0), (1, 2, 1), (1, 2, 90)]
)
def test_what_is_no_share_is_refused(interval: type[object], k: int, n: int, level: float) -> None:
    with pytest.raises(ValueError, match=r"share|level"):
        interval(k, n, level)  # type: ignore[call-arg]  # a function of the table


@given(shares, levels)
def test_the_intervals_agree_with_statsmodels(share: tuple[int, int], level: float) -> None:
    k, n = share
    ours, wilson = share_interval(k, n, level), wilson_interval(k, n, level)
    low, high = proportion_confint(k, n, alpha=1 - level, method="jeffreys")

    assert ours.low == pytest.approx(low if k else 0, rel=1e-9)
    assert ours.high == pytest.approx(high if k < n else 1, rel=1e-9)
    assert (wilson.low, wilson.high) == pytest.approx(
        proportion_confint(k, n, alpha=1 - level, method="wilson"), rel=1e-9, abs=1e-12
    )


@given(shares, levels)
def test_a_share_lies_in_its_intervals(share: tuple[int, int], level: float) -> None:
    k, n = share
    for found in (share_interval(k, n, level), wilson_interval(k, n, level)):
        assert 0 <= found.low <= k / n <= found.high <= 1
        assert found.low < found.high


@given(shares, levels)
def test_turning_the_question_round_turns_the_interval_round(share: tuple[int, int], level: float) -> None:
    k, n = share
    one, other = share_interval(k, n, level), share_interval(n - k, n, level)

    assert one.low == pytest.approx(1 - other.high, abs=1e-15)
    assert one.high == pytest.approx(1 - other.low, abs=1e-15)


@given(st.integers(0, 50), st.integers(1, 50), st.integers(2, 20))
def test_more_of_the_same_narrows_it(k: int, misses: int, times: int) -> None:
    few, many = share_interval(k, k + misses), share_interval(k * times, (k + misses) * times)

    assert many.high - many.low < few.high - few.low


@given(st.floats(1e-6, 1 - 1e-6), shapes, shapes)
def test_the_quantile_agrees_with_scipy(share: float, a: float, b: float) -> None:
    assert beta_quantile(share, a, b) == pytest.approx(special.betaincinv(a, b, share), rel=1e-10)


@given(st.floats(0, 1 - 1e-6), shapes, shapes)
def test_the_share_below_agrees_with_scipy(x: float, a: float, b: float) -> None:
    assert beta_share_below(x, a, b) == pytest.approx(special.betainc(a, b, x), rel=1e-9, abs=1e-12)


@given(st.floats(0, 1))
def test_the_arcsine_distribution_is_known(x: float) -> None:
    """Also next to 1, where SciPy loses half of its digits."""
    below, above = (2 / math.pi * math.asin(math.sqrt(part)) for part in (x, 1 - x))

    assert beta_share_below(x, 0.5, 0.5) == pytest.approx(below if x < 0.5 else 1 - above, rel=1e-13)


@pytest.mark.parametrize(("a", "b"), [(0.5, 0.5), (0.5, 1e6), (1e6, 0.5), (3e5, 7e5), (1, 1), (1e7, 1e7)])
@pytest.mark.parametrize("share", [1e-9, 0.05, 0.5, 0.95])
def test_the_quantile_holds_at_the_edges(share: float, a: float, b: float) -> None:
    assert beta_quantile(share, a, b) == pytest.approx(special.betaincinv(a, b, share), rel=1e-8, abs=1e-300)


@given(st.floats(0.001, 0.999), shapes, shapes)
def test_the_quantile_inverts_the_share(share: float, a: float, b: float) -> None:
    x = beta_quantile(share, a, b)
    assume(1e-12 < x < 1 - 1e-9)

    assert beta_share_below(x, a, b) == pytest.approx(share, rel=1e-8)


def test_what_does_not_settle_is_said() -> None:
    with pytest.raises(ArithmeticError, match="does not settle"):
        beta_quantile(0.05, 1e12, 1e12)


def test_all_and_nothing_are_the_ends() -> None:
    assert (beta_quantile(0, 2, 3), beta_quantile(1, 2, 3)) == (0, 1)
    assert (beta_share_below(0, 2, 3), beta_share_below(1, 2, 3)) == (0, 1)


@pytest.mark.parametrize(
    ("share", "a", "b"), [(-0.1, 1, 1), (1.1, 1, 1), (0.5, 0.4, 1), (0.5, 1, -1), (math.nan, 1, 1)]
)
def test_what_is_no_beta_distribution_is_refused(share: float, a: float, b: float) -> None:
    for refuse in (beta_quantile, beta_share_below):
        with pytest.raises(ValueError, match=r"from 0 to 1|at least 0.5"):
            refuse(share, a, b)


def test_on_repeated_use_it_covers_about_as_often_as_it_says() -> None:
    chance = random.Random(1)
    covered = 0
    for _ in range(2_000):
        share, n = chance.uniform(0.1, 0.9), chance.randint(8, 40)
        found = share_interval(sum(chance.random() < share for _ in range(n)), n)
        covered += found.low <= share <= found.high

    assert 0.88 < covered / 2_000 < 0.92
