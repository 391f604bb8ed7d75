"""Finding predictions and reading their dates, measured on labelled sentences."""

from collections.abc import Iterator

from tests.performance.foresight import spotting
from tests.performance.measuring import Figure


def figures() -> Iterator[Figure]:
    yield from spotting.figures()
