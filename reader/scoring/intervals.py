"""How far a share can be trusted: intervals for k of n.

What is shown is the credible interval of a share under the Jeffreys prior, Beta(½, ½). Of the two usual priors that
claim to know nothing, it says the same whether one asks for a share or for its odds, and on repeated use its interval
covers the true share about as often as it says, also for small n (L. D. Brown, T. T. Cai and A. DasGupta, "Interval
Estimation for a Binomial Proportion", 2001); the uniform prior pulls small samples further to the middle. After k of n
the posterior is Beta(k + ½, n − k + ½), and as much is cut off at either end. Where none or all happened, nothing is
cut off at that end, as the same authors advise: an interval that leaves out the share beside it would be read as a
mistake.

Wilson's interval (E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", 1927) is there
for comparison.
"""

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from .beta import beta_quantile

#: The probability that an interval covers the share, everywhere in Forecite.
LEVEL = 0.9
#: The weight of either side before anything was seen.
JEFFREYS = 0.5


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`, both shares from 0 to 1."""

    low: float
    high: float
    level: float = LEVEL


def share_interval(k: int, n: int, level: float = LEVEL) -> Interval:
    """Where the share behind k of n lies, with the probability `level`: equal-tailed, under the Jeffreys prior.

    Raises:
        ValueError: n is less than 1, k is not from 0 to n, or `level` is not between 0 and 1.
    """
    check(k, n, level)
    tail = (1 - level) / 2
    a, b = k + JEFFREYS, n - k + JEFFREYS
    low = beta_quantile(tail, a, b) if k else 0.0
    # The upper end is the lower one of what did not happen, so that turning a question round turns the interval round.
    high = 1 - beta_quantile(tail, b, a) if k < n else 1.0
    return Interval(low, high, level)


def wilson_interval(k: int, n: int, level: float = LEVEL) -> Interval:
    """The shares that k of n does not contradict, by the score test (without correction for continuity).

    Raises:
        ValueError: n is less than 1, k is not from 0 to n, or `level` is not between 0 and 1.
    """
    check(k, n, level)
    z = NormalDist().inv_cdf((1 + level) / 2)
    centre = k + z * z / 2
    spread = z * sqrt(k * (n - k) / n + z * z / 4)
    low = (centre - spread) / (n + z * z) if k else 0.0
    high = (centre + spread) / (n + z * z) if k < n else 1.0
    return Interval(low, high, level)


def check(k: int, n: int, level: float) -> None:
    if n < 1:
        raise ValueError(f"a share of {n} is none")
    if not 0 <= k <= n:
        raise ValueError(f"{k} of {n} is no share")
    if not 0 < level < 1:
        raise ValueError(f"{level} is no level: those are between 0 and 1")
