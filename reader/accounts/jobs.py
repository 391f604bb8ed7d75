"""The letters of invitations: a worker sends them, so that nobody waits for a mail server, nor for one that is down."""

from functools import partial

from django.core.mail import EmailMessage
from django.db import transaction

from reader.accounts.inviting import send
from reader.accounts.models import Invitation, InvitationQuerySet
from reader.core import mailing
from reader.core.jobs import job


@job
def mail_invitation(invitation: int) -> None:
    """Send an invitation to its address, unless it was taken back meanwhile.

    The job knows no secret, which would lie in the queue for whoever reads that: the letter gets one when it is sent.
    """
    mailing.send_once(unsent(invitation), partial(take, invitation), put_back)


def unsent(pk: int) -> InvitationQuerySet:
    found: InvitationQuerySet = Invitation.objects.open().filter(pk=pk, sent_at=None).exclude(email="")
    return found


def take(pk: int) -> tuple[list[int], EmailMessage | None]:
    with transaction.atomic():
        found = unsent(pk).select_related("team", "invited_by").select_for_update(of=("self",)).first()
        return [pk], send(found) if found else None


def put_back(pks: list[int]) -> None:
    Invitation.objects.filter(pk__in=pks).update(sent_at=None)
