"""Reading notices: those of one person, about what that person may see at this moment."""

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from reader.accounts.queries import invitations_to
from reader.claims.queries import visible_claims
from reader.core.paging import Order, Page, page_of, parse_count
from reader.core.prepared import prepared
from reader.highlights.models import Mention
from reader.highlights.queries import notes_for
from reader.notices.models import Kind, Notice

if TYPE_CHECKING:
    from reader.accounts.models import User
    from reader.core.requests import AnyUser

NEWEST = Order("id", parse_count, descending=True)
#: The bell counts no further: it only says that there are many.
MOST_COUNTED = 100


def visible_notices(user: "AnyUser") -> QuerySet[Notice]:
    """What `user` is told, as long as it is there for them: a note that went out of their sight takes its notice along.

    So does one that no longer mentions them, a reply to a note that was deleted, and an invitation that is over, used
    or taken back, or into a team where they are by now.
    """
    # Each looked up by its key: a list of all notes that somebody sees would be a long one.
    notes = notes_for(user).filter(Q(parent=None) | Q(parent__deleted_at=None), deleted_at=None)
    note_is_there = Exists(notes.filter(pk=OuterRef("note")))
    mentioned = Exists(Mention.objects.filter(note=OuterRef("note"), person=OuterRef("recipient")))
    claim_is_there = Exists(visible_claims(user).filter(pk=OuterRef("claim")))
    there = Q(note__isnull=False) & Q(note_is_there) & (~Q(kind=Kind.MENTION) | Q(mentioned))
    # The database's own clock: this query is compiled once.
    theirs = invitations_to(user).open(Now()).exclude(team_id__in=user.team_ids if user.is_authenticated else [])
    there |= Q(claim__isnull=False) & Q(claim_is_there)
    there |= Q(invitation__isnull=False) & Q(Exists(theirs.filter(pk=OuterRef("invitation"))))
    return Notice.objects.filter(there, recipient_id=user.pk)


@prepared
def unread_fields(user: "AnyUser") -> QuerySet[Any, Any]:
    return visible_notices(user).filter(read_at=None).order_by().values_list("pk")[:MOST_COUNTED]


@prepared
def any_unread(user: "AnyUser") -> QuerySet[Any, Any]:
    return Notice.objects.filter(recipient_id=user.pk, read_at=None).order_by().values_list("pk")[:1]


def unread_count(user: "AnyUser") -> int:
    """How many of their notices `user` has not read, as far as the bell counts.

    Mostly there is none, and PostgreSQL plans the question what of them is still there for them longer than it takes.
    """
    return len(unread_fields(user)) if user.is_authenticated and any_unread(user) else 0


def with_what_they_tell(notices: QuerySet[Notice]) -> QuerySet[Notice]:
    """The notices with all that their sentences speak of."""
    return notices.select_related(
        "actor",
        "invitation__team",
        "claim__verdict",
        "note__parent",
        "note__claim",
        "note__article",
        "note__highlight__article",
    ).defer("note__body")


def notices_page(user: "User", cursor: str) -> Page[Notice]:
    return page_of(with_what_they_tell(visible_notices(user)), NEWEST, cursor)


def read_all(user: "User", until: int) -> None:
    """Mark as read what `user` has been shown: what came after `until` was not."""
    Notice.objects.filter(recipient=user, read_at=None, pk__lte=until).update(read_at=timezone.now())
