"""My teams, and one of them: its people, its pieces, its name, and the way out of it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reader.accounts.membership import NoOwnerLeft, choose_foresight, found_team, rename, transfer
from reader.accounts.models import Role, Team
from reader.accounts.queries import members_of, open_invitations, teams_of, teams_with_role
from reader.accounts.team_forms import ForesightForm, HeirForm, TeamForm
from reader.claims.disbanding import depart
from reader.core.access import find_or_404, signed_in
from reader.core.requests import MemberRequest, wants_fragment
from reader.pages.shelf import team_shelf
from reader.pages.shelf_rows import shelf_rows

ONLY_OWNER = (
    "You are the only owner of {team}, and a team needs one. Make somebody else an owner first, or delete the team."
)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def teams(request: MemberRequest) -> HttpResponse:
    form = TeamForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        team = found_team(form.cleaned_data["name"], request.user)
        messages.success(request, f"{team} is made, and you own it. Now invite those you read with.")
        return HttpResponseRedirect(reverse("team-invitations", args=[team.slug]), status=303)
    context = {"teams": [(team, Role(team.role)) for team in teams_with_role(request.user)], "form": form}  # type: ignore[attr-defined]  # annotated
    return render(request, "teams/index.html", context, status=422 if form.errors else 200)


@require_safe
@signed_in
def team(request: MemberRequest, slug: str) -> HttpResponseBase:
    found = my_team(request, slug)
    page = team_shelf(request.user, found.pk, request.GET.get("after", ""))
    context: dict[str, Any] = {"rows": shelf_rows(page.rows, request.user), "next": page.next, "query": ""}
    if wants_fragment(request):
        return render(request, "pages/_shelf_rows.html", context)
    role = request.user.roles[found.pk]
    context |= {
        "team": found,
        "role": Role(role),
        "members": members_of(found),
        "invitations": open_invitations(found, role).count(),
    }
    return render(request, "teams/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def settings(request: MemberRequest, slug: str) -> HttpResponse:
    """What may be decided about the team; a name that is sent is its new one."""
    found = my_team(request, slug)
    if request.method != "POST":
        return show_settings(request, found)
    require_owner(request, found)
    form = TeamForm(request.POST)
    if not form.is_valid():
        return show_settings(request, found, status=422, name_form=form)
    rename(found, form.cleaned_data["name"], request.user)
    messages.success(request, f"The team is called {found} now.")
    return HttpResponseRedirect(found.get_absolute_url(), status=303)


@require_POST
@signed_in
def foresight(request: MemberRequest, slug: str) -> HttpResponse:
    found = my_team(request, slug)
    require_owner(request, found)
    form = ForesightForm(request.POST)
    if not form.is_valid():
        return show_settings(request, found, status=422, foresight_form=form)
    is_on = form.cleaned_data["foresight"]
    choose_foresight(found, request.user, is_on=is_on)
    messages.success(request, f"Suggested predictions are {'shown' if is_on else 'hidden'} in the pieces of {found}.")
    return HttpResponseRedirect(reverse("team-settings", args=[slug]), status=303)


@require_POST
@signed_in
def ownership(request: MemberRequest, slug: str) -> HttpResponse:
    found = my_team(request, slug)
    require_owner(request, found)
    form = HeirForm(request.POST, team=found, owner=request.user)
    if not form.is_valid():
        return show_settings(request, found, status=422, heir_form=form)
    heir = form.cleaned_data["heir"]
    try:
        transfer(found, heir, request.user)
    except NoOwnerLeft:
        form.add_error("heir", f"{heir.user} has left {found} meanwhile. Choose somebody else.")
        return show_settings(request, found, status=422, heir_form=form)
    messages.success(request, f"{heir.user} owns {found} now, and you are its curator.")
    return HttpResponseRedirect(found.get_absolute_url(), status=303)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def departure(request: MemberRequest, slug: str) -> HttpResponse:
    found = my_team(request, slug)
    if request.method != "POST":
        return render(request, "teams/departure.html", {"team": found})
    try:
        depart(find_or_404(found.memberships.select_related("team", "user"), user=request.user), request.user)
    except NoOwnerLeft:
        refused = {"team": found, "refused": ONLY_OWNER.format(team=found)}
        return render(request, "teams/departure.html", refused, status=422)
    messages.success(request, f"You have left {found}.")
    return HttpResponseRedirect(reverse("teams"), status=303)


def my_team(request: MemberRequest, slug: str) -> Team:
    found: Team = find_or_404(teams_of(request.user), slug=slug)
    return found


def require_owner(request: MemberRequest, found: Team) -> None:
    """403 for members who do not decide about their team."""
    if request.user.roles.get(found.pk) != Role.OWNER:
        raise PermissionDenied


def show_settings(request: MemberRequest, found: Team, status: int = 200, **forms: Any) -> HttpResponse:
    named = Team.objects.get(pk=found.pk)
    context = {
        "team": named,
        "role": Role(request.user.roles[found.pk]),
        "is_owner": request.user.roles[found.pk] == Role.OWNER,
        "name_form": TeamForm(initial={"name": named.name}),
        "foresight_form": ForesightForm(initial={"foresight": "on" if named.foresight else "off"}),
        "heir_form": HeirForm(team=found, owner=request.user),
        **forms,
    }
    return render(request, "teams/settings.html", context, status=status)
