"""Calibration: of what somebody gave seventy per cent, did seventy per cent happen?"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from .bins import bin_of, bins_for, edges
from .brier import Judged, checked, mean
from .intervals import LEVEL, Interval, share_interval


@dataclass(frozen=True, slots=True)
class Bin:
    """Forecasts from `low` up to `high`, and what became of them."""

    low: float
    high: float
    forecasts: int
    happened: int
    #: What was forecast on average, which need not be the middle of the bin.
    mean_forecast: float
    #: The share that happened, and where the share behind it lies: the equal-tailed Jeffreys interval.
    share: float
    band: Interval


def calibration(judged: Iterable[Judged], bins: int | None = None, level: float = LEVEL) -> list[Bin]:
    """The points of a calibration curve, from low forecasts to high ones; bins without a forecast are left out.

    The bins are equal parts of 0 to 1, as many as `bins_for` finds fitting unless `bins` says how many. A bin has its
    lower edge, the last one also its upper. A forecaster is in tune where the band holds the mean forecast; with few
    forecasts it nearly always does, which is why the counts belong beside it.

    Raises:
        ValueError: something in it is no probability, there is to be no bin, or `level` is not between 0 and 1.
    """
    known = [(checked(p), happened) for p, happened in judged]
    number = bins_for(len(known)) if bins is None else bins
    places = edges(number)
    groups: defaultdict[int, list[Judged]] = defaultdict(list)
    for p, happened in known:
        groups[bin_of(p, number)].append((p, happened))
    return [filled(groups[place], places[place], places[place + 1], level) for place in sorted(groups)]


def filled(group: list[Judged], low: float, high: float, level: float) -> Bin:
    happened, n = sum(came for _, came in group), len(group)
    band = share_interval(happened, n, level)
    return Bin(low, high, n, happened, mean([p for p, _ in group]), happened / n, band)
