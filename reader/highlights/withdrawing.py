"""Taking marks and notes away for good, as though they had never been brought."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from reader.core.events import event_of, let_ids_appear_in_order, record_all
from reader.core.models import Event
from reader.highlights.models import Highlight, Note

if TYPE_CHECKING:
    from reader.accounts.models import User

BATCH = 500


def withdraw(marks: Collection[int], notes: Collection[int], by: "User") -> None:
    """Delete these marks, the notes on them and these notes; they can be brought once more.

    A mark that its reader deletes is remembered, so that no import brings it back; of these nothing is remembered.
    """
    ids, others = list(marks), list(notes)
    with transaction.atomic():
        let_ids_appear_in_order()
        for at in range(0, len(ids), BATCH):
            withdraw_some(Q(highlight__in=ids[at : at + BATCH]), ids[at : at + BATCH], by)
        for at in range(0, len(others), BATCH):
            withdraw_some(Q(pk__in=others[at : at + BATCH]), [], by)


def withdraw_some(which: Q, marks: list[int], by: "User") -> None:
    highlights = list(Highlight.objects.filter(pk__in=marks))
    notes = list(Note.objects.filter(which).select_related("highlight"))
    events: list[Event] = [event_of(by, "deleted", note, note, article_id=note.article_of_event) for note in notes]
    events += [event_of(by, "deleted", mark, mark, article_id=mark.article_id) for mark in highlights]
    Note.objects.filter(pk__in=[note.pk for note in notes]).delete()
    Highlight.objects.filter(pk__in=marks).delete()
    if events:
        record_all(events)
