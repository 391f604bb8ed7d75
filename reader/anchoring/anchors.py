"""What is carried, and what comes of it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Span(NamedTuple):
    """``text[start:end]``, in code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Anchor:
    """A marked passage: ``old[start:end]``, in code points of the old text."""

    start: int
    end: int


class State(StrEnum):
    """Whether a passage was found. The words are those that the database holds."""

    #: It stands where it stood among its neighbours; its words may have been edited.
    ANCHORED = "anchored"
    #: It stands elsewhere, away from what it stood beside.
    MOVED = "moved"
    #: It is gone, or too little of it is left to be sure.
    ORPHANED = "orphaned"


class Method(StrEnum):
    """What the place is known by."""

    #: The very words, in place.
    EXACT = "exact"
    #: The words around it and those that are left of it, in order.
    ALIGNED = "aligned"
    #: A part of the text that went elsewhere took it along.
    BLOCK = "block"
    #: Nothing but likeness.
    SEARCH = "search"
    #: Nothing: it was not found.
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Anchored:
    """Where a passage went: ``new[start:end]``, in code points of the new text.

    An orphaned one is empty (``start == end``) and stands where its words were taken out, as far as that is known;
    `candidate` is then the place most like it, if there is any that a reader may want to look at.

    `score` is the share of the passage that was found there, from 0 to 1, by letters.
    """

    start: int
    end: int
    state: State
    method: Method
    score: float
    candidate: Span | None = None
