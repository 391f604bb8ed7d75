"""What is mailed, and when. A mail is sent at most once (`core.mailing`); what one lost waits unread in the app."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from reader.accounts.addresses import is_confirmed
from reader.accounts.models import User
from reader.core import mailing
from reader.core.jobs import job, nightly
from reader.notices.mails import digest_mail, mail_about
from reader.notices.models import Notice, Post, posts_of
from reader.notices.queries import visible_notices, with_what_they_tell

#: So long a notice waits to be read before it is mailed.
PATIENCE = timedelta(minutes=1)
#: What is older is in no digest: whoever asks for digests now does not want last month's.
FRESH = timedelta(days=7)


@job
def mail_at_once(notice: int) -> None:
    """Mail one notice, unless it was read, went out of sight, or is no longer wanted so."""
    found = Notice.objects.filter(pk=notice).select_related("recipient").first()
    if found and posts_of(found.recipient_id)[found.kind] == Post.AT_ONCE:
        send_once(to_mail(found.recipient).filter(pk=notice), mail_about)


@nightly(hour=7)
def send_digests() -> None:
    """Queue a mail for everybody who has something in it, each a job of its own: one that fails holds up no other."""
    waiting = Notice.objects.filter(read_at=None, mailed_at=None, created_at__gte=timezone.now() - FRESH)
    people = waiting.filter(recipient__is_active=True).order_by("recipient").values_list("recipient", flat=True)
    for person in people.distinct():
        if Post.DAILY in posts_of(person).values():
            mail_digest.enqueue(person)


@job
def mail_digest(person: int) -> None:
    """Mail somebody all they have not read of the kinds that they want once a day."""
    recipient = User.objects.filter(pk=person).first()
    if recipient:
        daily = [kind for kind, post in posts_of(person).items() if post == Post.DAILY]
        fresh = to_mail(recipient).filter(kind__in=daily, created_at__gte=timezone.now() - FRESH)
        send_once(fresh, digest_mail)


def to_mail(recipient: User) -> QuerySet[Notice]:
    """What somebody has neither read nor been mailed, and may see now; nothing for whom no mail can reach."""
    if not recipient.is_active or not is_confirmed(recipient):
        return Notice.objects.none()
    return visible_notices(recipient).filter(read_at=None, mailed_at=None)


def send_once(waiting: QuerySet[Notice], write: Callable[[list[Notice]], EmailMessage]) -> None:
    """Send the mail that `write` makes of these notices."""
    mailing.send_once(waiting, partial(take, waiting, write), put_back)


def take(
    waiting: QuerySet[Notice], write: Callable[[list[Notice]], EmailMessage]
) -> tuple[list[int], EmailMessage | None]:
    """Mark the notices as mailed, and write their mail."""
    with transaction.atomic():
        ids = list(waiting.select_for_update().values_list("pk", flat=True))
        Notice.objects.filter(pk__in=ids).update(mailed_at=timezone.now())
        told = with_what_they_tell(Notice.objects.filter(pk__in=ids)).select_related("recipient").order_by("pk")
        return ids, write(list(told)) if ids else None


def put_back(ids: list[int]) -> None:
    Notice.objects.filter(pk__in=ids).update(mailed_at=None)
