"""Where marked passages stand in a text, and where they went when it changed. Pure Python: no database, no request."""

from .anchors import Anchor, Anchored, Method, Span, State
from .carrying import Ways, carry
from .finding import find

__all__ = ["Anchor", "Anchored", "Method", "Span", "State", "Ways", "carry", "find"]
