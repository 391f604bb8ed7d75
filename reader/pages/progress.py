"""How far a reader is in a piece."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from reader.library.models import Article, Reading

if TYPE_CHECKING:
    from reader.accounts.models import User


def keep_place(article: Article, reader: "User", position: int, percent: int) -> Reading:
    """Remember the place; an unread piece is being read from here on, a finished one stays finished."""
    with transaction.atomic():
        # Locked: a page that is archived and left sends its place at the same moment.
        kept, _ = Reading.objects.select_for_update().get_or_create(article=article, reader=reader)
        kept.position, kept.percent, kept.read_at = position, percent, timezone.now()
        if kept.state == Reading.State.UNREAD:
            kept.state = Reading.State.READING
        kept.save()
    return kept


def set_state(article: Article, reader: "User", state: str) -> tuple[str, Reading]:
    """Put the piece among the reader's unread, begun, finished or archived ones; says where it was before."""
    with transaction.atomic():
        kept, _ = Reading.objects.select_for_update().get_or_create(article=article, reader=reader)
        before, kept.state, kept.read_at = kept.state, state, timezone.now()
        kept.save(update_fields=["state", "read_at"])
    return before, kept
