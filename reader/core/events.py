"""Writing the log of changes."""

from typing import TYPE_CHECKING, Any, cast

from django.db import connection
from django.db.models import Model

from reader.core.models import Event
from reader.core.visibility import InScope, Scoped

if TYPE_CHECKING:
    from reader.accounts.models import User

#: Any constant does, as long as every writer of the log uses the same.
LOCK = 0x666F7265


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

    Whoever sees the subject may know of it, unless `scope` says that it concerns fewer: what one reader does for
    themselves to a public thing is nobody else's business. A subject that has no scope of its own needs one.

    Raises:
        RuntimeError: outside a transaction, where the event could survive a change that failed.
    """
    if not connection.in_atomic_block:
        raise RuntimeError(f"the event {verb!r} is written outside a transaction")
    let_ids_appear_in_order()
    known_to = scope or cast(Scoped, subject)
    return Event.objects.create(
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


def let_ids_appear_in_order() -> None:
    """Hold other writers of the log until this transaction commits.

    PostgreSQL hands out sequence numbers before commit, so that a slow writer's lower id could appear after a
    cursor has passed it. SQLite has one writer at a time anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
