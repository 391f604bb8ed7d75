"""What takes long to compute and changes with the log alone: kept by a process until something happens.

Every change writes its event in its own transaction, and events appear in order. A library whose newest event is the
same is the same library, whichever process changed it; there is nothing that would have to be told. (An account that
is emptied takes along the events of what nobody else saw.)
"""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Any, TypeVar, TypeVarTuple

from django.db import connection
from django.db.models import Q

from reader.core.models import Event
from reader.core.prepared import NOBODY, Row, prepared

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from reader.core.requests import AnyUser

Given = TypeVarTuple("Given")
R = TypeVar("R")


def until_something_happens(
    most: int, but: Q | None = None
) -> Callable[[Callable[[*Given], R]], Callable[[*Given], R]]:
    """Keep the last `most` answers of a function of the database and of what it is given, which can be hashed.

    The events that are `but` these change no answer. Within a transaction nothing is kept: what it wrote may be taken
    back, and its event's number be given again.
    """

    @prepared
    def newest_event(user: "AnyUser") -> "QuerySet[Any, Any]":
        """Its number and its moment: a library that was set back gives the same numbers again."""
        events = Event.objects.exclude(but) if but else Event.objects.all()
        return events.order_by("-id").values_list("id", "at")[:1]

    def decorate(compute: Callable[[*Given], R]) -> Callable[[*Given], R]:
        @lru_cache(maxsize=most)
        def kept(newest: Row, *given: *Given) -> R:
            return compute(*given)

        @wraps(compute)
        def ask(*given: *Given) -> R:
            if connection.in_atomic_block:
                return compute(*given)
            # Read before anything else is: what happens meanwhile makes the answer newer than it is called.
            return kept(next(iter(newest_event(NOBODY)), ()), *given)

        return ask

    return decorate
