"""Deleting one's account: what vanishes with it, what stays under "a former member", and what stands in the way."""

from dataclasses import dataclass, field
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from reader.accounts.membership import strike_out
from reader.accounts.models import Leading, Membership, Role, Team, Theme, User, Width
from reader.claims.forecasting import Forecast
from reader.claims.models import Claim
from reader.core.events import let_ids_appear_in_order
from reader.core.limits import Tally
from reader.core.visibility import Visibility
from reader.exchange.models import SecretAddress
from reader.highlights.models import Highlight, Mention, Note
from reader.library.identifying import Identification
from reader.library.models import Article, Person
from reader.notices.models import MailPreference, Notice
from reader.pages.jobs import forget

FORMER = "A former member"


class StillNeeded(Exception):
    """Somebody else depends on this account; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Farewell:
    """What would become of everything."""

    vanishing: dict[str, int]
    staying: dict[str, int]
    lonely_teams: list[Team]
    obstacles: list[str] = field(default_factory=list)


def farewell_of(user: User) -> Farewell:
    mine = {
        "article": Article.objects.filter(owner=user),
        "mark": Highlight.objects.standing().filter(owner=user),
        "note": Note.objects.standing().filter(owner=user),
        "claim": Claim.objects.standing().filter(owner=user),
        "forecast": Forecast.objects.filter(owner=user),
    }
    alone = seen_by_nobody_else(user)
    vanishing = {word: rows.filter(alone).count() for word, rows in mine.items()}
    staying = {word: rows.count() - vanishing[word] for word, rows in mine.items()}
    return Farewell(vanishing, staying, list(lonely_teams(user)), obstacles(user))


def seen_by_nobody_else(user: User) -> Q:
    """What only one person sees: private things, and those of teams in which nobody else is."""
    return Q(visibility=Visibility.PRIVATE) | Q(team__in=lonely_teams(user).values("pk"))


def others_in_team(user: User) -> QuerySet[Membership]:
    return Membership.objects.filter(team=OuterRef("pk")).exclude(user=user)


def lonely_teams(user: User) -> QuerySet[Team]:
    return Team.objects.filter(memberships__user=user).exclude(Exists(others_in_team(user)))


def obstacles(user: User) -> list[str]:
    """What has to be handed over first, in words."""
    owned = Team.objects.filter(memberships__user=user, memberships__role=Role.OWNER)
    others = others_in_team(user).filter(user__is_active=True)
    orphaned = owned.filter(Exists(others)).exclude(Exists(others.filter(role=Role.OWNER)))
    found = [f"You are the only owner of the team {team}. Make somebody else its owner first." for team in orphaned]
    runs_it = User.objects.filter(is_superuser=True, is_active=True)
    if user.is_superuser and not runs_it.exclude(pk=user.pk).exists():
        found.append(
            "Nobody else runs this installation. Make another account that does first: manage.py owner --another"
        )
    return found


def leave(user: User) -> None:
    """Empty the account. It can be signed in to no longer; what was private is deleted by a job within the minute.

    Raises:
        StillNeeded: somebody depends on it.
    """
    with transaction.atomic():
        let_ids_appear_in_order()  # before any row, as whoever else changes these does
        # Locked: of two owners who leave at the same moment, the second is the only one.
        list(Membership.objects.select_for_update().filter(team__memberships__user=user).order_by("pk"))
        list(User.objects.select_for_update().filter(is_superuser=True).order_by("pk"))
        if told := obstacles(user):
            raise StillNeeded(" ".join(told))
        leave_teams(user)
        forget_identifications(user)  # while it is known which addresses were theirs
        for rows in belongings(user):
            rows.delete()
        empty(user)
        forget.enqueue(user.pk)


def forget_identifications(user: User) -> None:
    """Nobody is said to be this account any more, nor one with an address of theirs."""
    addresses = [user.email, *EmailAddress.objects.filter(user=user).values_list("email", flat=True)]
    theirs = Q(user=user) | Q(email__in=[address.lower() for address in addresses])
    Identification.objects.filter(theirs).update(user=None, email="")
    Person.objects.filter(user=user).update(user=None)


def leave_teams(user: User) -> None:
    for membership in user.memberships.select_related("team"):
        strike_out(membership, membership.role, "left", user)


def belongings(user: User) -> "list[QuerySet[Any]]":
    """What says how to reach somebody, or what concerns nobody else."""
    return [
        EmailAddress.objects.filter(user=user),
        Authenticator.objects.filter(user=user),
        Mention.objects.filter(person=user),
        Notice.objects.filter(recipient=user),
        MailPreference.objects.filter(person=user),
        SecretAddress.objects.filter(person=user),
        Tally.objects.filter(person=user),
    ]


def empty(user: User) -> None:
    """Take from the row all that says who it was; its number alone tells it from other former members."""
    user.name, user.email, user.handle = FORMER, f"former-{user.pk}@former.invalid", None
    user.is_active = user.is_staff = user.is_superuser = user.is_curator = False
    user.theme, user.text_size, user.text_width, user.leading = Theme.SYSTEM, 19, Width.NORMAL, Leading.NORMAL
    user.last_login, user.left_at = None, timezone.now()
    user.set_unusable_password()
    user.groups.clear()
    user.user_permissions.clear()
    user.save()
