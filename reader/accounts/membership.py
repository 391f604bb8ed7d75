"""Who is in a team, and as what: every change of it, with its event.

All of these take the log's lock before they look, so that of two changes at the same moment the second sees the first:
two owners who leave at once would otherwise both find the other one still there.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from reader.accounts.models import Invitation, InvitationQuerySet, Membership, Role, Team, User
from reader.core.access import may_invite_to
from reader.core.events import event_of, let_ids_appear_in_order, record, record_all
from reader.core.slugs import make_slug
from reader.core.visibility import Visibility, team_scope


class NoOwnerLeft(Exception):
    """The team would have nobody who decides."""


def found_team(name: str, by: User) -> Team:
    """A new team, owned by whoever makes it; sent twice, it is one. Its address betrays no other team of that name."""
    with transaction.atomic():
        let_ids_appear_in_order()
        kept = Team.objects.filter(name=name, memberships__user=by, memberships__role=Role.OWNER).first()
        if kept:
            return kept
        team = Team.objects.create(name=name, slug=make_slug(Team, name, Visibility.TEAM))
        membership = Membership.objects.create(team=team, user=by, role=Role.OWNER)
        record(by, "founded", team, scope=team_scope(team.pk, by.pk))
        record(by, "joined", membership, scope=membership.scope, role=Role.OWNER)
    return team


def rename(team: Team, name: str, by: User) -> None:
    """Give it another name; its address stays, since people have kept it."""
    with transaction.atomic():
        roles_now(team, by)
        before, team.name = Team.objects.get(pk=team.pk).name, name
        team.save(update_fields=["name"])
        record(by, "renamed", team, scope=team_scope(team.pk, by.pk), before=before, after=name)


def choose_foresight(team: Team, by: User, *, is_on: bool) -> None:
    """Let predictions be suggested in the gutter of the team's pieces, or not."""
    with transaction.atomic():
        roles_now(team, by)
        Team.objects.filter(pk=team.pk).update(foresight=is_on)
        record(by, "chose foresight", team, scope=team_scope(team.pk, by.pk), is_on=is_on)


def change_role(membership: Membership, role: str, by: User) -> None:
    """Let a member be something else in the team.

    Raises:
        NoOwnerLeft: they are its only owner; nothing is changed.
    """
    with transaction.atomic():
        roles = roles_now(membership.team, by)
        before = roles.get(membership.user_id)
        if before in (None, role):
            return
        if before == Role.OWNER:
            require_another_owner(roles, membership.user_id)
        membership.role = role
        membership.save(update_fields=["role"])
        record(by, "changed role", membership, scope=membership.scope, before=before, after=role)
        revoke_what_they_may_no_longer_offer(membership, role, by)


def transfer(team: Team, heir: Membership, by: User) -> None:
    """Hand the team over: the heir owns it, and whoever hands it over stays as its curator.

    Raises:
        NoOwnerLeft: the heir is in the team no longer; nothing is changed.
    """
    with transaction.atomic():
        if heir.user_id not in roles_now(team, by):
            raise NoOwnerLeft
        change_role(heir, Role.OWNER, by)
        change_role(Membership.objects.get(team=team, user=by), Role.CURATOR, by)


def remove(membership: Membership, by: User) -> None:
    """Take somebody out of the team; the link that they came by opens it no longer.

    Raises:
        NoOwnerLeft: they are its only owner; nothing is changed.
    """
    with transaction.atomic():
        if end(membership, roles_now(membership.team, by), "removed", by) and membership.invitation_id:
            revoke_all(Invitation.objects.filter(pk=membership.invitation_id), by)


def leave(membership: Membership) -> None:
    """Go out of the team by one's own will.

    Raises:
        NoOwnerLeft: they are its only owner; nothing is changed.
    """
    with transaction.atomic():
        end(membership, roles_now(membership.team), "left", membership.user)


def end(membership: Membership, roles: dict[int, str], verb: str, by: User) -> bool:
    """End the membership, and whether it was still there."""
    if membership.user_id not in roles:
        return False
    require_another_owner(roles, membership.user_id)
    strike_out(membership, roles[membership.user_id], verb, by)
    return True


def strike_out(membership: Membership, role: str, verb: str, by: User) -> None:
    """End the membership, whoever is left; call it inside the transaction that has asked for the roles."""
    record(by, verb, membership, scope=membership.scope, role=role)
    revoke_what_they_may_no_longer_offer(membership, None, by)
    Membership.objects.filter(pk=membership.pk).delete()


def roles_now(team: Team, owner: User | None = None) -> dict[int, str]:
    """The role of each member by user id, which nobody else changes until this transaction ends.

    Raises:
        PermissionDenied: `owner` owns the team no longer.
    """
    let_ids_appear_in_order()
    rows = Membership.objects.select_for_update().filter(team=team).order_by("pk")
    roles = dict(rows.values_list("user_id", "role"))
    if owner and roles.get(owner.pk) != Role.OWNER:
        raise PermissionDenied
    return roles


def require_another_owner(roles: dict[int, str], leaving: int) -> None:
    """Whoever can't sign in any more decides nothing."""
    owners = [user for user, role in roles.items() if role == Role.OWNER and user != leaving]
    if not User.objects.filter(pk__in=owners, is_active=True).exists():
        raise NoOwnerLeft


def revoke_what_they_may_no_longer_offer(membership: Membership, role: str | None, by: User) -> None:
    """An invitation is worth no more than whoever gave it."""
    given = Invitation.objects.filter(team=membership.team_id, invited_by=membership.user_id)
    revoke_all(given.filter(role__in=[one for one in Role if not may_invite_to(role, one)]), by)


def revoke_all(invitations: InvitationQuerySet, by: User) -> None:
    """Take back those of these invitations that are open; call it inside a transaction."""
    revoked = list(invitations.open())
    Invitation.objects.filter(pk__in=[one.pk for one in revoked]).update(revoked_at=timezone.now(), revoked_by=by)
    if revoked:
        record_all([event_of(by, "revoked", one, one.scope, role=one.role) for one in revoked])
