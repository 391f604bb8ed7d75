"""The rules of who may do what, in one place.

========================  ==========================================================
read                      public things; my own; my teams' (`visibility.visible_to`)
annotate a thing          whoever reads it and is signed in
share with a team         its owners, curators and members (viewers read only)
change a thing            its owner; a team's curators and owners; site curators for public things
write a note anew         whoever wrote it; who may change it may only take it down
settle a thread           whoever began it or marked its passage; whoever decides on it
amend a claim             whoever may change it, until it is decided on; then whoever decides on it
invite to a team          its owners, to any role but owner; its curators, to member and viewer
decide about a team       its owners: names, roles, removals, its end
decide on a thing         private: its owner; a team's: its curators and owners; public: site curators
========================  ==========================================================

What a person may not read does not exist for them (404, the same bytes); what they read but may not
touch is refused (403).
"""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, TypeVar, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django_htmx.http import HttpResponseClientRedirect

from reader.core.requests import AnyUser, MemberRequest, Request, wants_fragment, wants_json
from reader.core.visibility import InScope, Visibility

if TYPE_CHECKING:
    from reader.accounts.models import User

P = ParamSpec("P")
M = TypeVar("M", bound=Model)

EDITOR_ROLES = frozenset({"owner", "curator"})
WRITER_ROLES = frozenset({"owner", "curator", "member"})
#: The roles that each role may invite to.
INVITES_TO = {"owner": frozenset({"curator", "member", "viewer"}), "curator": frozenset({"member", "viewer"})}


def signed_in(view: Callable[Concatenate[MemberRequest, P], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Sends a stranger to the sign-in page and back, the whole page where htmx asked for a part.

    A script gets 401, and so does a form that htmx sent: what was written in it stays on the page.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.user.is_authenticated:
            return view(cast(MemberRequest, request), *args, **kwargs)
        fragment = wants_fragment(cast(Request, request))
        if wants_json(request) or (fragment and request.method == "POST"):
            return HttpResponse(status=401)
        stays = request.method == "GET" and not fragment
        answer = redirect_to_login(request.get_full_path() if stays else request.headers.get("Referer", "/"))
        return HttpResponseClientRedirect(answer.url) if fragment else answer

    return guarded


def find_or_404(rows: QuerySet[M], **lookup: Any) -> M:
    """The one row among those the caller may read; what is hidden and what is missing are the same 404."""
    try:
        return rows.get(**lookup)
    except (ObjectDoesNotExist, ValueError, OverflowError):
        raise Http404 from None


def may_read(user: AnyUser, thing: InScope) -> bool:
    """What `visibility.visible_to` says of rows, for one thing."""
    if thing.visibility == Visibility.PUBLIC:
        return True
    if not user.is_authenticated:
        return False
    return thing.owner_id == user.pk or (thing.visibility == Visibility.TEAM and thing.team_id in user.roles)


def require_sight(user: AnyUser, thing: InScope) -> None:
    """404 for whoever may not read `thing`, or not any more: a verb asks once it has looked again."""
    if not may_read(user, thing):
        raise Http404


def may_change(user: AnyUser, thing: InScope) -> bool:
    if not user.is_authenticated:
        return False
    if thing.visibility == Visibility.TEAM:
        role = user.roles.get(cast(int, thing.team_id))
        return role in EDITOR_ROLES or (thing.owner_id == user.pk and role in WRITER_ROLES)
    return thing.owner_id == user.pk or (thing.visibility == Visibility.PUBLIC and user.is_curator)


def may_share_with(user: AnyUser, team_id: int | None) -> bool:
    return user.is_authenticated and user.roles.get(team_id or 0) in WRITER_ROLES


def may_invite_to(own_role: str | None, role: str) -> bool:
    """Whether somebody of `own_role` in a team may invite others to be `role` in it."""
    return role in INVITES_TO.get(own_role or "", ())


def may_annotate(user: AnyUser, thing: InScope) -> bool:
    """Whether `user`, who reads `thing`, may write a note that all who read it will read too."""
    return user.is_authenticated and (thing.visibility != Visibility.TEAM or may_share_with(user, thing.team_id))


def require_annotation(user: AnyUser, thing: InScope) -> None:
    """403 for whoever reads `thing` but may not write on it."""
    if not may_annotate(user, thing):
        raise PermissionDenied


def require_change(user: AnyUser, thing: InScope) -> None:
    """403 for whoever reads `thing` but may not change it."""
    if not may_change(user, thing):
        raise PermissionDenied


def require_change_still(user: AnyUser, thing: InScope) -> None:
    """The same in a verb that has looked again: somebody may have taken the thing out of their sight meanwhile."""
    require_sight(user, thing)
    require_change(user, thing)


def may_curate(user: AnyUser, thing: InScope) -> bool:
    """Whether `user` is a curator of this: who accepts, merges and moderates it."""
    if not user.is_authenticated:
        return False
    match thing.visibility:
        case Visibility.PUBLIC:
            return user.is_curator
        case Visibility.TEAM:
            return user.roles.get(cast(int, thing.team_id)) in EDITOR_ROLES
        case _:
            return thing.owner_id == user.pk


def require_curation(user: AnyUser, thing: InScope) -> None:
    """403 for whoever reads `thing` but does not curate it."""
    if not may_curate(user, thing):
        raise PermissionDenied


class Amendable(InScope, Protocol):
    """What is proposed first and decided on then."""

    @property
    def is_decided(self) -> bool: ...


def may_amend(user: AnyUser, thing: Amendable) -> bool:
    """Whether `user` may say this anew: what a curator decided on is no longer its proposer's alone."""
    return may_curate(user, thing) if thing.is_decided else may_change(user, thing)


def require_amendment(user: AnyUser, thing: Amendable) -> None:
    """403 for whoever reads `thing` but may not say it anew."""
    if not may_amend(user, thing):
        raise PermissionDenied


def may_settle(user: AnyUser, thread: InScope, marker_id: int | None) -> bool:
    """Whether `user` may close and reopen a thread, on words that `marker_id` marked (None: on the whole piece)."""
    concerned = may_curate(user, thread) or user.pk in (thread.owner_id, marker_id)
    return concerned and may_annotate(user, thread)


def require_settling(user: AnyUser, thread: InScope, marker_id: int | None) -> None:
    """403 for whoever reads a thread and neither began it nor decides on it."""
    if not may_settle(user, thread, marker_id):
        raise PermissionDenied


def realm_of(user: "User") -> tuple[list[int], str | None]:
    """The teams that `user` curates, and the public if they do: what their desk is for."""
    teams = [team for team, role in user.roles.items() if role in EDITOR_ROLES]
    return teams, Visibility.PUBLIC.value if user.is_curator else None


def in_realm(teams: list[int], public: str | None, prefix: str = "") -> Q:
    """The rows of these teams, and the public ones; private things are on nobody's desk."""
    ours = Q(**{f"{prefix}visibility": Visibility.TEAM, f"{prefix}team_id__in": teams})
    return ours | Q(**{f"{prefix}visibility": public}) if public else ours
