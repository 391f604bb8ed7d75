"""Python's search for objects that hold each other, where thousands of rows are made that do not."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

#: So many objects more than went before it is searched again.
SELDOM = 50_000


@contextmanager
def seldom_collecting() -> Iterator[None]:
    """Search that much less often: every 700 objects it takes a seventh of the time that making the rows does."""
    usual = gc.get_threshold()
    gc.set_threshold(SELDOM, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
