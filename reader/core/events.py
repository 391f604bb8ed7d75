"""Writing the log of changes."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, cast, overload

from django.db import connection
from django.db.models import Model

from reader.core.models import Event
from reader.core.visibility import InScope, Scoped, is_within

if TYPE_CHECKING:
    from reader.accounts.models import User

#: Any constant does, as long as every writer of the log uses the same.
LOCK = 0x666F7265

#: Who looks at once, in the same transaction, at whatever the log tells of (`reader/searching.py` adds the search).
FOLLOWERS: "list[Callable[[Sequence[Event]], None]]" = []


@overload
def record(
    actor: "User | None",
    verb: str,
    subject: Scoped,
    *,
    article_id: int | None = None,
    scope: InScope | None = None,
    **detail: Any,
) -> Event: ...


@overload
def record(
    actor: "User | None", verb: str, subject: Model, *, article_id: int | None = None, scope: InScope, **detail: Any
) -> Event: ...


def record(
    actor: "User | None",
    verb: str,
    subject: Model,
    *,
    article_id: int | None = None,
    scope: InScope | None = None,
    **detail: Any,
) -> Event:
    """Write that `actor` did `verb` to `subject`; call it inside the transaction that does it.

    Whoever sees the subject may know of it, unless `scope` says otherwise: what one reader does for themselves to a
    public thing is nobody else's business, and a membership, which has no scope of its own, is its team's.

    Raises:
        RuntimeError: outside a transaction, where the event could survive a change that failed.
    """
    event = event_of(actor, verb, subject, scope or cast(Scoped, subject), article_id=article_id, **detail)
    return record_all([event])[0]


def event_of(
    actor: "User | None", verb: str, subject: Model, known_to: InScope, *, article_id: int | None = None, **detail: Any
) -> Event:
    """An event that is not written yet, of which those may know who see `known_to`."""
    return Event(
        actor=actor,
        verb=verb,
        subject_kind=str(subject._meta.model_name),
        subject_id=subject.pk,
        article_id=article_id,
        owner_id=known_to.owner_id,
        team_id=known_to.team_id,
        visibility=known_to.visibility,
        detail=detail,
    )


def record_all(events: Sequence[Event]) -> list[Event]:
    """Write these events; call it inside the transaction that does what they tell.

    Raises:
        RuntimeError: outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError(f"the event {events[0].verb!r} is written outside a transaction")
    let_ids_appear_in_order()
    written = Event.objects.bulk_create(events)
    for follow in FOLLOWERS:
        follow(written)
    return written


def widest(before: InScope, after: InScope) -> list[InScope]:
    """Who is to know that a thing went from one audience to another: all who saw it or see it now.

    The wider of the two, and both where neither holds the other.
    """
    if is_within(after, before):
        return [before]
    return [after] if is_within(before, after) else [before, after]


def let_ids_appear_in_order() -> None:
    """Hold other writers of the log until this transaction commits.

    PostgreSQL hands out sequence numbers before commit, so that a slow writer's lower id could appear after a
    cursor has passed it. SQLite has one writer at a time anyway.

    A verb that changes a row which others change too calls this first: whoever held the row and waited for the log
    would meet whoever holds the log and waits for the row.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def record_in_pieces(
    actor: "User | None", verb: str, subject: Scoped, article_ids: Iterable[int], **detail: Any
) -> None:
    """The same for what shows in several pieces: an event in each, so that no open page of one stays as it was."""
    pieces: list[int | None] = [*article_ids]
    events = [
        event_of(actor, verb, subject, subject, article_id=article_id, **detail) for article_id in pieces or [None]
    ]
    for event in events:
        event.at = events[0].at
    record_all(events)
