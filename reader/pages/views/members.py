"""One member of a team, as its owners see them: the role, and the end of it."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from reader.accounts.membership import NoOwnerLeft, change_role
from reader.accounts.models import Membership, Role
from reader.accounts.team_forms import RoleForm
from reader.claims.disbanding import depart
from reader.core.access import find_or_404, signed_in
from reader.core.requests import MemberRequest
from reader.pages.views.teams import my_team, require_owner

NO_OWNER_LEFT = "{who} the only owner of {team}, and a team needs one. Make somebody else an owner first."


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def member(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    found = member_of_mine(request, slug, pk)
    if request.method != "POST":
        return show(request, found, RoleForm(initial={"role": found.role}))
    form = RoleForm(request.POST)
    if not form.is_valid():
        return show(request, found, form)
    try:
        change_role(found, form.cleaned_data["role"], request.user)
    except NoOwnerLeft:
        form.add_error("role", no_owner_left(request, found))
        return show(request, found, form)
    messages.success(request, f"{found.user} is {Role(found.role).label.lower()} of {found.team} now.")
    return HttpResponseRedirect(found.team.get_absolute_url(), status=303)


@require_POST
@signed_in
def removal(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    found = member_of_mine(request, slug, pk)
    try:
        depart(found, request.user)
    except NoOwnerLeft:
        return show(request, found, RoleForm(initial={"role": found.role}), no_owner_left(request, found))
    messages.success(request, f"{found.user} is no longer in {found.team}.")
    return HttpResponseRedirect(found.team.get_absolute_url(), status=303)


def member_of_mine(request: MemberRequest, slug: str, pk: int) -> Membership:
    """A member of a team that the reader owns; 404 outside the team, 403 for others in it."""
    team = my_team(request, slug)
    found: Membership = find_or_404(team.memberships.select_related("team", "user"), pk=pk)
    require_owner(request, team)
    return found


def no_owner_left(request: MemberRequest, found: Membership) -> str:
    who = "You are" if found.user_id == request.user.pk else f"{found.user} is"
    return NO_OWNER_LEFT.format(who=who, team=found.team)


def show(request: MemberRequest, found: Membership, form: RoleForm, refused: str = "") -> HttpResponse:
    context = {"team": found.team, "membership": found, "form": form, "refused": refused}
    return render(request, "teams/member.html", context, status=422 if refused or form.errors else 200)
