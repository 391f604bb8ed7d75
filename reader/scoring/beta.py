"""The Beta distribution in pure Python: how much of it lies below x, and below which x a part of it lies.

The incomplete beta function by its continued fraction (NIST's Digital Library of Mathematical Functions, 8.17.22),
evaluated by Lentz's method; its inverse by Halley's, held in a bracket that always narrows. Agrees with SciPy to ten
digits (tests/scoring/test_intervals.py).
"""

from math import exp, lgamma, log, log1p

#: Steps after which a series that has not settled is given up; it takes about √(a + b) of them.
_MOST_TERMS, _MOST_STEPS = 20_000, 2_000
_SETTLED = 2**-52
#: In place of a zero to divide by.
_TINY = 1e-300


def beta_share_below(x: float, a: float, b: float) -> float:
    """The share of Beta(a, b) that lies below x: the regularised incomplete beta function, from 0 to 1.

    Raises:
        ValueError: a or b is less than ½, or x is not from 0 to 1.
        ArithmeticError: a and b are too large (beyond some 10¹⁰) for it to settle.
    """
    check(a, b)
    if not 0 <= x <= 1:
        raise ValueError(f"{x} is not from 0 to 1")
    if x in (0, 1):
        return x
    # The fraction settles fast on the near side of the mean; the other side is the rest.
    if x <= (a + 1) / (a + b + 2):
        return density(x, a, b) * x * (1 - x) * fraction(x, a, b) / a
    return 1 - density(x, a, b) * x * (1 - x) * fraction(1 - x, b, a) / b


def beta_quantile(share: float, a: float, b: float) -> float:
    """The x below which that share of Beta(a, b) lies.

    Raises:
        ValueError: a or b is less than ½, or `share` is not from 0 to 1.
        ArithmeticError: a and b are too large (beyond some 10¹⁰) for it to settle.
    """
    check(a, b)
    if not 0 <= share <= 1:
        raise ValueError(f"{share} is no share: those are from 0 to 1")
    if share in (0, 1):
        return share
    low, high, x = 0.0, 1.0, a / (a + b)
    for _ in range(_MOST_STEPS):
        error = beta_share_below(x, a, b) - share
        low, high = (low, x) if error > 0 else (x, high)
        new = x - halley(error, x, a, b)
        if not low < new < high:
            new = (low + high) / 2
        if abs(new - x) <= _SETTLED * new or new in (low, high):
            return new
        x = new
    raise ArithmeticError(f"the quantile {share} of Beta({a}, {b}) does not settle")


def halley(error: float, x: float, a: float, b: float) -> float:
    """How far x is beyond the quantile, seen from there; infinite where the density says nothing."""
    slope = density(x, a, b)
    if not slope:
        return float("inf")
    step = error / slope
    bend = step * ((a - 1) / x - (b - 1) / (1 - x)) / 2
    return step / max(0.5, 1 - bend)


def density(x: float, a: float, b: float) -> float:
    return exp((a - 1) * log(x) + (b - 1) * log1p(-x) + lgamma(a + b) - lgamma(a) - lgamma(b))


def fraction(x: float, a: float, b: float) -> float:
    """The continued fraction of the incomplete beta function."""
    ratio, above = 1.0, 1.0
    below = 1 / off_zero(1 - (a + b) * x / (a + 1))
    value = below
    for m in range(1, _MOST_TERMS):
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            below = 1 / off_zero(1 + term * below)
            above = off_zero(1 + term / above)
            ratio = above * below
            value *= ratio
        if abs(ratio - 1) <= _SETTLED:
            return value
    raise ArithmeticError(f"the incomplete beta function of Beta({a}, {b}) does not settle at {x}")


def off_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY


def check(a: float, b: float) -> None:
    """Shares need nothing below ½, where the densities overflow."""
    if not (a >= 0.5 and b >= 0.5):
        raise ValueError(f"Beta({a}, {b}) is not for shares: both are at least 0.5")
