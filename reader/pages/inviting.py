"""Inviting somebody by their address: in the app where an account is known to have it, else by a letter."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from reader.accounts import inviting
from reader.accounts.jobs import mail_invitation
from reader.accounts.models import Invitation, Team
from reader.accounts.queries import addressee_of
from reader.notices.models import Kind
from reader.notices.telling import notify

if TYPE_CHECKING:
    from reader.accounts.models import User


def invite_by_mail(team: Team, role: str, by: "User", *, days: int, email: str) -> Invitation:
    """Invite whoever has this address. `by` does not learn whether there is an account with it.

    Somebody who is told in the app is mailed as they chose; what leads them to the invitation is no secret, since only
    they are answered there.

    Raises:
        NoRoom, TooMany, PermissionDenied: as `inviting.invite` does.
    """
    with transaction.atomic():
        invitation, _ = inviting.invite(team, role, by, days=days, email=email)
        if known := addressee_of(invitation):
            notify(known, Kind.INVITATION, f"invitation-{invitation.pk}", by, invitation=invitation)
            Invitation.objects.filter(pk=invitation.pk).update(sent_at=timezone.now())
        else:
            mail_invitation.enqueue(invitation.pk)
    return invitation
