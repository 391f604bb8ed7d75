"""Finding what a text predicts, in pure Python: no database, no request."""

from .sentences import split
from .spotter import score

__all__ = ["score", "split"]
