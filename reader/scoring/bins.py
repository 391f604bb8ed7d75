"""Equal parts of the way from 0 to 1, for forecasts that are to be counted together."""

from bisect import bisect_right
from functools import cache

#: With fewer forecasts than the first number of a pair there are no more bins than its second.
_FEW = ((25, 3), (100, 5))
MOST_BINS = 10


def bins_for(forecasts: int) -> int:
    """How many bins as many forecasts fill with something to see: 3 below twenty-five, 5 below a hundred, else 10."""
    return next((bins for fewer_than, bins in _FEW if forecasts < fewer_than), MOST_BINS)


@cache
def edges(bins: int) -> tuple[float, ...]:
    """Where bins begin, and where the last one ends.

    Raises:
        ValueError: there is to be no bin.
    """
    if bins < 1:
        raise ValueError(f"{bins} bins are none")
    return tuple(number / bins for number in range(bins + 1))


def bin_of(p: float, bins: int) -> int:
    """The number, from 0, of the bin that a forecast is in: a bin has its lower edge, the last one also its upper."""
    return bisect_right(edges(bins), p, hi=bins) - 1
