"""Who people are to each other: the teams of somebody, and who is in them; nobody else may know that they are."""

from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When

from reader.accounts.models import Invitation, InvitationQuerySet, Membership, Role, Team, User
from reader.core.access import EDITOR_ROLES, may_invite_to
from reader.core.visibility import InScope, Visibility

if TYPE_CHECKING:
    from reader.core.requests import AnyUser

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


def invitations_to(user: "AnyUser") -> InvitationQuerySet:
    """The letters to an address of which `user` has proved that it is theirs, open or not.

    Whoever signed up with an address proves nothing: only its confirmation tells them of what was sent there.
    """
    proved = EmailAddress.objects.filter(user_id=user.pk, verified=True).values("email")
    invitations: InvitationQuerySet = Invitation.objects.filter(email__in=proved)
    return invitations


def addressee_of(invitation: Invitation) -> User | None:
    """Who has proved that a letter's address is theirs, and is not in the team yet; None where nobody has."""
    proved = EmailAddress.objects.filter(email=invitation.email, verified=True)
    people = User.objects.filter(is_active=True, pk__in=proved.values("user"))
    return people.exclude(memberships__team=invitation.team_id).first()


def readers_of(thing: InScope) -> Q:
    """The accounts that see a thing of this scope."""
    if thing.visibility == Visibility.PUBLIC:
        return Q(is_active=True)
    if thing.visibility == Visibility.TEAM:
        in_team = Membership.objects.filter(team=thing.team_id or 0).values("user")
        return Q(is_active=True) & (Q(pk__in=in_team) | Q(pk=thing.owner_id))
    return Q(is_active=True, pk=thing.owner_id)


def curators_of(thing: InScope) -> QuerySet[User]:
    """The accounts that decide on a thing of this scope: whom `access.may_curate` lets."""
    people = User.objects.filter(is_active=True)
    if thing.visibility == Visibility.PUBLIC:
        return people.filter(is_curator=True)
    if thing.visibility == Visibility.TEAM:
        keepers = Membership.objects.filter(team=thing.team_id or 0, role__in=EDITOR_ROLES)
        return people.filter(pk__in=keepers.values("user"))
    return people.filter(pk=thing.owner_id)


def teammates_of(user: "AnyUser") -> QuerySet[User]:
    """The others who share a team with `user`; nobody else's name is offered to them."""
    if not user.is_authenticated:
        return User.objects.none()
    together = Membership.objects.filter(team__in=list(user.team_ids)).values("user")
    return User.objects.filter(is_active=True, pk__in=together).exclude(pk=user.pk)
