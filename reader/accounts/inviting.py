"""Inviting people into a team, by a link or by mail, and joining it.

A link is for whoever holds it, as often as it says. A mailed invitation is for one person, and only an account with the
address that it was sent to joins by it; whoever has not signed in yet sees whom the letter is from, as its reader does.
"""

import hashlib
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from reader.accounts.membership import revoke_all, roles_now
from reader.accounts.models import Invitation, Membership, Role, Team
from reader.core.access import may_invite_to
from reader.core.events import record
from reader.core.limits import Deed, spend

if TYPE_CHECKING:
    from reader.accounts.models import User

#: What the session of somebody who looked at an invitation remembers: its hash, which opens nothing by itself.
SESSION_KEY = "invitation"
#: A team with more ways in than this has lost count of them.
MOST_OPEN = 50
DAY = timedelta(days=1)


class NoRoom(Exception):
    """The team has too many open invitations, or one to this address; the text says which."""


class Void(Exception):
    """The invitation opens nothing: it never was, is over, used up, taken back, or somebody else's."""


def invite(team: Team, role: str, by: "User", *, days: int, uses: int = 1, email: str = "") -> tuple[Invitation, str]:
    """A new invitation, and its secret, which is told now or never; a letter is written with one of its own.

    Raises:
        NoRoom: the team has too many open ones, or one to this address.
        TooMany: `by` has invited too many by mail of late.
        PermissionDenied: `by` may not invite to this role.
    """
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        if not may_invite_to(roles_now(team).get(by.pk), role):
            raise PermissionDenied
        require_room(team, email.lower())
        if email:
            spend(by, Deed.LETTER)
        invitation = Invitation.objects.create(
            team=team,
            role=role,
            invited_by=by,
            email=email.lower(),
            token_hash=hash_of(token),
            max_uses=uses,
            expires_at=timezone.now() + days * DAY,
        )
        record(by, "invited", invitation, scope=invitation.scope, role=role)
    return invitation, token


def require_room(team: Team, email: str) -> None:
    if team.invitations.open().count() >= MOST_OPEN:
        raise NoRoom(f"The team has {MOST_OPEN} open invitations. Take some back first.")
    if email and team.invitations.open().filter(email=email).exists():
        raise NoRoom(f"{email} has an open invitation already. Take it back to send another.")


def send(invitation: Invitation) -> EmailMessage:
    """Mark the invitation as sent, and write its letter, with a secret that is made here and is nowhere but in it."""
    token = secrets.token_urlsafe(32)
    Invitation.objects.filter(pk=invitation.pk).update(token_hash=hash_of(token), sent_at=timezone.now())
    context = {"invitation": invitation, "address": address_of(token), "site": settings.SITE_URL}
    return EmailMessage(
        f"{one_line(invitation.invited_by)} invites you to read with {one_line(invitation.team)}",
        render_to_string("teams/invitation_mail.txt", context),
        to=[invitation.email],
    )


def one_line(named: object) -> str:
    """A name as a header holds it."""
    return " ".join(str(named).split())


def revoke(invitation: Invitation, by: "User") -> None:
    """Take it back; those who joined by it stay."""
    with transaction.atomic():
        if not may_invite_to(roles_now(invitation.team).get(by.pk), invitation.role):
            raise PermissionDenied
        revoke_all(Invitation.objects.filter(pk=invitation.pk), by)


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def address_of(token: str) -> str:
    return f"{settings.SITE_URL}{reverse('invitation', args=[token])}"


def find_invitation(token_hash: str) -> Invitation | None:
    """The invitation of this secret's hash, open or not."""
    return Invitation.objects.select_related("team", "invited_by").filter(token_hash=token_hash).first()


def is_open(invitation: Invitation) -> bool:
    return Invitation.objects.open().filter(pk=invitation.pk).exists()


def is_for(invitation: Invitation, user: "User") -> bool:
    """Whether it was sent to this person, or is for whoever has the link.

    The letter went to that address alone: to hold its link proves the address as well as confirming it would.
    """
    return invitation.email in ("", user.email.lower()) or (
        EmailAddress.objects.filter(user=user, email=invitation.email, verified=True).exists()
    )


def join(invitation: Invitation, user: "User") -> Membership:
    """Make `user` a member, or leave them what they are already.

    Raises:
        Void: it is not for them, or not any more; nothing is changed.
    """
    with transaction.atomic():
        if user.pk in roles_now(invitation.team):
            return Membership.objects.get(team=invitation.team_id, user=user)
        # Counted by one statement that asks again: of two who use the last one at once, one gets in.
        used = Invitation.objects.open().filter(pk=invitation.pk).update(uses=F("uses") + 1)
        if not used or not is_for(invitation, user):
            raise Void
        membership = Membership.objects.create(
            team_id=invitation.team_id, user=user, role=Role(invitation.role), invitation=invitation
        )
        record(user, "joined", membership, scope=membership.scope, role=membership.role, invitation=invitation.pk)
    return membership


def remember(request: HttpRequest, invitation: Invitation) -> None:
    """Let whoever signs in or makes an account next go on with this invitation."""
    request.session[SESSION_KEY] = invitation.token_hash


def forget(request: HttpRequest) -> None:
    request.session.pop(SESSION_KEY, None)


def remembered(request: HttpRequest) -> Invitation | None:
    """The invitation that this session came with, as long as it is open."""
    kept = request.session.get(SESSION_KEY)
    invitation = find_invitation(kept) if kept else None
    return invitation if invitation and is_open(invitation) else None
