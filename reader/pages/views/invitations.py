"""Inviting people into a team, and what they see who were invited."""

from contextlib import suppress
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.signing import BadSignature
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from reader.accounts import inviting
from reader.accounts.inviting import NoRoom, Void, address_of, find_invitation, hash_of, join
from reader.accounts.models import Invitation, Role, Team
from reader.accounts.queries import invitations_to, open_invitations
from reader.accounts.team_forms import InviteForm, LetterForm, LinkForm
from reader.core.access import INVITES_TO, find_or_404, signed_in
from reader.core.errors import void_invitation
from reader.core.limits import TooMany
from reader.core.requests import MemberRequest, Request
from reader.pages.inviting import invite_by_mail
from reader.pages.views.teams import my_team

if TYPE_CHECKING:
    from reader.accounts.models import User

#: Carries the secret of a new link over the redirect to the page that shows it, once.
NEW_LINK = "new-link"
SECONDS = 120


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def invitations(request: MemberRequest, slug: str) -> HttpResponse:
    team = inviting_team(request, slug)
    if request.method != "POST":
        return show(request, team)
    kind = LetterForm if "email" in request.POST else LinkForm
    form = kind(request.POST, own_role=request.user.roles[team.pk])
    if not form.is_valid():
        return show(request, team, form)
    try:
        return send(request, team, form) if kind is LetterForm else hand_over(request, team, form)
    except NoRoom as full:
        form.add_error(None, str(full))
        return show(request, team, form)
    except TooMany as too_many:
        form.add_error(None, f"{too_many} Or make a link and send it yourself.")
        return too_many.on(show(request, team, form))


def send(request: MemberRequest, team: Team, form: InviteForm) -> HttpResponse:
    sent = invite_by_mail(team, by=request.user, **form.cleaned_data)
    messages.success(request, f"The invitation is on its way to {sent.email}.")
    return HttpResponseRedirect(request.path, status=303)


def hand_over(request: MemberRequest, team: Team, form: InviteForm) -> HttpResponse:
    """The page that shows the link; the secret goes with its maker's browser and is kept nowhere else."""
    _, token = inviting.invite(team, by=request.user, **form.cleaned_data)
    answer = HttpResponseRedirect(request.path, status=303)
    answer.set_signed_cookie(
        NEW_LINK,
        token,
        salt=team.slug,
        max_age=SECONDS,
        path=request.path,
        secure=request.is_secure(),
        httponly=True,
        samesite="Strict",
    )
    return answer


@require_POST
@signed_in
def revocation(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    team = inviting_team(request, slug)
    found = find_or_404(team.invitations.filter(role__in=INVITES_TO[request.user.roles[team.pk]]), pk=pk)
    inviting.revoke(found, request.user)
    messages.success(request, "The invitation is taken back. Whoever joined by it stays.")
    return HttpResponseRedirect(reverse("team-invitations", args=[slug]), status=303)


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: Request, token: str) -> HttpResponse:
    """What somebody is invited to, and the button to join. A link that opens nothing tells nothing.

    Who asks is looked at before anything else: or the answer to another's letter would vary by the session (a header
    says so), and that to none would not.
    """
    user = request.user if request.user.is_authenticated else None
    found = find_invitation(hash_of(token))
    if found is None:
        return void_invitation(request)
    if user is None:
        return welcome(request, found) if inviting.is_open(found) else void_invitation(request)
    return answer(request, found, user, is_theirs=inviting.is_for(found, user))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def invitation_of_mine(request: MemberRequest, pk: int) -> HttpResponse:
    """The same for somebody whom a notice told of it: that the address is theirs takes the place of the secret.

    What never was, is another's, or is over is answered alike.
    """
    found = invitations_to(request.user).select_related("team", "invited_by").filter(pk=pk).first()
    return answer(request, found, request.user) if found else void_invitation(request)


def answer(request: Request, found: Invitation, user: "User", *, is_theirs: bool = True) -> HttpResponse:
    if found.team_id in user.roles:
        inviting.forget(request)
        return HttpResponseRedirect(found.team.get_absolute_url(), status=303)
    if not (inviting.is_open(found) and is_theirs):
        return void_invitation(request)
    return accept(request, found) if request.method == "POST" else welcome(request, found)


def accept(request: Request, found: Invitation) -> HttpResponse:
    try:
        join(found, request.user)  # type: ignore[arg-type]  # signed in
    except Void:
        return void_invitation(request)
    inviting.forget(request)
    messages.success(request, f"You are in {found.team} now.")
    return HttpResponseRedirect(found.team.get_absolute_url(), status=303)


def welcome(request: Request, found: Invitation) -> HttpResponse:
    inviting.remember(request, found)
    return render(request, "teams/joining.html", {"invitation": found, "role": Role(found.role)})


def inviting_team(request: MemberRequest, slug: str) -> Team:
    """A team of the reader's to which they may invite; 403 for its other members."""
    team = my_team(request, slug)
    if request.user.roles[team.pk] not in INVITES_TO:
        raise PermissionDenied
    return team


def show(request: MemberRequest, team: Team, refused: InviteForm | None = None) -> HttpResponse:
    role = request.user.roles[team.pk]
    link = ""
    with suppress(KeyError, BadSignature):
        link = address_of(str(request.get_signed_cookie(NEW_LINK, salt=team.slug, max_age=SECONDS)))
    context = {
        "team": team,
        "new_link": link,
        "invitations": [(one, Role(one.role)) for one in open_invitations(team, role)],
        "link_form": refused if isinstance(refused, LinkForm) else LinkForm(own_role=role, auto_id="link_%s"),
        "letter_form": refused if isinstance(refused, LetterForm) else LetterForm(own_role=role, auto_id="letter_%s"),
    }
    response = render(request, "teams/invitations.html", context, status=422 if refused else 200)
    if link:
        response.delete_cookie(NEW_LINK, path=request.path, samesite="Strict")
    return response
