"""How well predictions are found: `make bench-foresight`. Each part says what it was measured on."""

from collections.abc import Iterator

from tests.performance.foresight import spotting
from tests.performance.measuring import Figure

PARTS = [spotting]


def figures() -> Iterator[Figure]:
    for part in PARTS:
        yield from part.figures()
