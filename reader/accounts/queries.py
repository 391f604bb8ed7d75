"""Reading who people are to each other."""

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from reader.accounts.models import Membership, User
from reader.core.visibility import InScope, Visibility

if TYPE_CHECKING:
    from reader.core.requests import AnyUser


def readers_of(thing: InScope) -> Q:
    """The accounts that see a thing of this scope."""
    if thing.visibility == Visibility.PUBLIC:
        return Q(is_active=True)
    if thing.visibility == Visibility.TEAM:
        in_team = Membership.objects.filter(team=thing.team_id or 0).values("user")
        return Q(is_active=True) & (Q(pk__in=in_team) | Q(pk=thing.owner_id))
    return Q(is_active=True, pk=thing.owner_id)


def teammates_of(user: "AnyUser") -> QuerySet[User]:
    """The others who share a team with `user`; nobody else's name is offered to them."""
    if not user.is_authenticated:
        return User.objects.none()
    together = Membership.objects.filter(team__in=list(user.team_ids)).values("user")
    return User.objects.filter(is_active=True, pk__in=together).exclude(pk=user.pk)
