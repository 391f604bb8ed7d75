"""How far a reader is in a piece."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from reader.library.models import Article, Reading

if TYPE_CHECKING:
    from reader.accounts.models import User


def keep_place(article: Article, reader: "User", position: int, percent: int, seen: int = 0) -> Reading:
    """Remember the place, and the furthest that was read: whoever goes back to look something up has read no less.

    An unread piece is being read from here on, a finished one stays finished.
    """
    with transaction.atomic():
        # Locked: a page that is archived and left sends its place at the same moment.
        kept, _ = Reading.objects.select_for_update().get_or_create(article=article, reader=reader)
        kept.position, kept.percent, kept.read_at = position, max(kept.percent, percent), timezone.now()
        kept.seen_event = max(kept.seen_event, seen)
        if kept.state == Reading.State.UNREAD:
            kept.state = Reading.State.READING
        kept.save()
    return kept


def set_state(article: Article, reader: "User", state: str, seen: int = 0) -> tuple[str, Reading]:
    """Put the piece among the reader's unread, begun, finished or archived ones; says where it was before."""
    with transaction.atomic():
        kept, _ = Reading.objects.select_for_update().get_or_create(article=article, reader=reader)
        before, kept.state, kept.read_at = kept.state, state, timezone.now()
        kept.seen_event = max(kept.seen_event, seen)
        kept.save(update_fields=["state", "read_at", "seen_event"])
    return before, kept


def keep_seen(article: Article, reader: "User", seen: int) -> None:
    """What came up to this event is not new to the reader any more; an older page takes nothing back."""
    with transaction.atomic():
        kept, _ = Reading.objects.get_or_create(article=article, reader=reader)
        Reading.objects.filter(pk=kept.pk, seen_event__lt=seen).update(seen_event=seen)
