"""Finding predictions and reading their dates, measured on labelled sentences."""

from collections.abc import Iterator

from tests.performance.foresight import horizons, spotting
from tests.performance.measuring import Figure


def figures() -> Iterator[Figure]:
    yield from horizons.figures()
    yield from spotting.figures()
