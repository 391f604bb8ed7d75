"""What every page of the desk begins and ends with."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, cast
from urllib.parse import urlsplit

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString

from reader.core.access import signed_in
from reader.core.markup import NOTHING
from reader.core.partials import answer, partial
from reader.core.requests import MemberRequest, wants_fragment
from reader.core.visibility import Visibility
from reader.curation import queries
from reader.curation.deciding import held_in_words, last_word
from reader.curation.desk import KINDS, Kind, parts_of
from reader.curation.models import Decision, Hold
from reader.curation.rows import row_of

if TYPE_CHECKING:
    from reader.accounts.models import User

P = ParamSpec("P")

ADDRESSES = {
    "claims": "desk",
    "statements": "desk-statements",
    "duplicates": "desk-duplicates",
    "notes": "desk-notes",
    "articles": "desk-articles",
    "highlights": "desk-highlights",
    "lookalikes": "desk-tags",
    "tags": "desk-tags",
}


TABS = {
    "claims": "Proposals",
    "statements": "Also said",
    "duplicates": "Duplicates",
    "notes": "Flagged notes",
    "articles": "Gaps in articles",
    "highlights": "Lost marks",
    "tags": "Tags",
}


def at_the_desk(view: Callable[Concatenate[MemberRequest, P], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """For those who curate something beside what is theirs alone."""

    @wraps(view)
    def guarded(request: MemberRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.has_a_desk:
            raise PermissionDenied("The desk is for curators")
        return view(request, *args, **kwargs)

    return signed_in(cast(Callable[Concatenate[MemberRequest, P], HttpResponseBase], guarded))


def kind_named(name: str) -> Kind:
    if name not in KINDS:
        raise Http404
    return KINDS[name]


def queue_address(kind: Kind, thing: Any) -> str:
    """Where a curator goes on: the queue, or for what is theirs alone its own page."""
    if parts_of(thing)[0].visibility == Visibility.PRIVATE:
        return thing.get_absolute_url() if hasattr(thing, "get_absolute_url") else reverse("tags")
    return reverse(ADDRESSES[kind.name])


def in_hand(request: MemberRequest, kind: Kind, pk: int) -> dict[str, Any]:
    """Whose hand the thing is in, which is the reader's own from now on if it was nobody's."""
    hold = Hold.take(kind.word, pk, request.user)
    others = hold.holder_id != request.user.pk
    return {
        "held": held_in_words(hold) if others else "",
        "until": hold.until,
        "hold_url": reverse("desk-hold", args=[kind.name, pk]),
        "last": last_word(kind.word, pk),
    }


def show(
    request: MemberRequest, kind: Kind, thing: Any, template: str, context: dict[str, Any], status: int
) -> HttpResponse:
    """A form of the desk: in the slot of its line, or on a page of its own."""
    context |= {
        "kind": kind,
        "thing": thing,
        "slot": f"#slot-{kind.word}-{thing.pk}",
        "back": queue_address(kind, thing),
        "address": request.path,
    } | in_hand(request, kind, thing.pk)
    if not wants_fragment(request):
        return render(request, "curation/form_page.html", context | {"form_template": template}, status=status)
    return render(request, template, context, status=status)


def done(request: MemberRequest, kind: Kind, thing: Any, said: str, decision: Decision) -> HttpResponse:
    """The thing leaves its queue; the notice offers the way back."""
    messages.success(request, said, extra_tags=reverse("undoing", args=[decision.pk]))
    if not wants_fragment(request):
        return HttpResponseRedirect(queue_address(kind, thing), status=303)
    return answer(request, partial(f"#{kind.word}-{thing.pk}", NOTHING, "delete"), counted_again(request))


def tabs(request: MemberRequest, path: str, known: dict[str, int]) -> list[dict[str, Any]]:
    """The queues, the one at `path` being open, and how much waits in each."""
    counted = queries.counts(request.user, known)
    record = reverse("desk-foresight")
    beside = [{"label": "Foresight", "url": record, "current": path == record, "count": 0}]
    queues = [
        {
            "label": label,
            "url": (url := reverse(ADDRESSES[name])),
            "current": path == url,
            "count": f"{queries.MANY - 1}+" if counted[name] >= queries.MANY else counted[name],
        }
        for name, label in TABS.items()
    ]
    return queues + beside if keeps_the_models(request.user) else queues


def keeps_the_models(user: "User") -> bool:
    """Whether somebody decides for the whole installation which model looks for predictions."""
    return user.is_curator or user.is_staff


def counted_again(request: MemberRequest) -> SafeString:
    """The tabs of the desk that the curator has open: what was decided is gone from a queue, or from several."""
    path = path_of(request.headers.get("HX-Current-URL", ""))
    if path not in {reverse(ADDRESSES[name]) for name in TABS}:
        return NOTHING
    html = render_to_string("curation/_tabs.html", {"tabs": tabs(request, path, {})})
    return partial("#queues", html, "innerMorph")


def brought_back(request: MemberRequest, decision: Decision) -> SafeString:
    """The line of what waits again, for the queue that the curator has open."""
    is_pair = "pair" in decision.before
    name, pk = next(kind.name for kind in KINDS.values() if kind.word == decision.subject_kind), decision.subject_id
    if "statement" in decision.before:
        name, pk = "statements", decision.before["statement"]
    if is_pair:
        name, pk = ("duplicates" if name == "claims" else "lookalikes"), decision.before["pair"]
    if path_of(request.headers.get("HX-Current-URL", "")) != reverse(ADDRESSES[name]):
        return NOTHING
    row = row_of(name, pk, request.user)
    return partial("#queue", row, "afterbegin") if row else NOTHING


def path_of(url: str) -> str:
    return urlsplit(url).path


def came_from(request: MemberRequest) -> str:
    """The page of this desk that the form stood on; empty where it stood elsewhere."""
    page = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(page, request.get_host()) and path_of(page).startswith("/desk/")
    return path_of(page) if ours else ""
