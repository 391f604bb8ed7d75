"""What the worker does for the gutter: it looks through texts, and fits models."""

from reader.foresight.looking import look_through
from reader.foresight.refitting import read_again, refit

__all__ = ["look_through", "read_again", "refit"]
