"""The teams of somebody, and who is in them; nobody else may know that they are."""

from typing import TYPE_CHECKING

from django.db.models import Case, Count, F, IntegerField, OuterRef, QuerySet, Subquery, Value, When

from reader.accounts.models import Invitation, InvitationQuerySet, Membership, Role, Team
from reader.core.access import may_invite_to

if TYPE_CHECKING:
    from reader.accounts.models import User

#: Owners first, viewers last.
RANK = Case(*[When(role=role, then=Value(place)) for place, role in enumerate(Role)], output_field=IntegerField())


def teams_of(user: "User") -> QuerySet[Team]:
    """The teams that `user` is in."""
    return Team.objects.filter(memberships__user=user)


def teams_with_role(user: "User") -> QuerySet[Team]:
    """My teams, each with my role and how many are in it."""
    mine = Membership.objects.filter(team=OuterRef("pk"), user=user).values("role")
    counted = Team.objects.filter(pk__in=teams_of(user).values("pk")).annotate(people=Count("memberships"))
    return counted.annotate(role=Subquery(mine[:1])).order_by("name", "pk")


def members_of(team: Team) -> QuerySet[Membership]:
    """Everybody in the team, owners first."""
    return team.memberships.select_related("user").order_by(RANK, "user__name", "pk")


def open_invitations(team: Team, role: str) -> InvitationQuerySet:
    """The ways into the team that somebody of this role looks after."""
    theirs = [one for one in Role if may_invite_to(role, one)]
    invitations: InvitationQuerySet = Invitation.objects.open().filter(team=team, role__in=theirs)
    return invitations.select_related("invited_by").annotate(left=F("max_uses") - F("uses"))
