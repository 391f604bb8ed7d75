"""The queues."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from reader.core.access import signed_in
from reader.core.requests import MemberRequest, id_in, wants_fragment
from reader.curation import queries
from reader.curation.desk import KINDS, curated
from reader.curation.log import fields_about, log_lines
from reader.curation.rows import QUEUES, lines, queue_page
from reader.curation.views.answering import ADDRESSES, TABS, at_the_desk, tabs

#: What an empty queue says: what the place is for.
EMPTY = {
    "claims": (
        "Nothing waits for a decision",
        "A prediction that a reader marks comes here, to be accepted, sent back with a question, rejected or merged.",
    ),
    "statements": (
        "Nobody has added a passage to an accepted claim",
        "When a reader says that an accepted claim was said elsewhere too, that comes here before it counts.",
    ),
    "duplicates": (
        "No two claims look alike",
        "Every night, claims of the same window and speaker in similar words are set side by side here.",
    ),
    "notes": ("No note is flagged", "A reader who finds a note that should not stand flags it, and it comes here."),
    "articles": (
        "Every piece is described",
        "Pieces without an author, an exact date or a known audience are listed here.",
    ),
    "highlights": (
        "No mark is lost",
        "When a piece gets a new text and a marked passage is not found in it, the passage is listed here.",
    ),
    "tags": ("No two tags look alike", "Every night, tags that are spelt almost alike are set side by side here."),
}


@require_safe
@at_the_desk
def queue(request: MemberRequest, name: str) -> HttpResponseBase:
    after = id_in(request.GET, "after") or 0
    shown = queue_page(QUEUES[name], request.user, after)
    context: dict[str, Any] = {"rows": shown.rows, "next": shown.next}
    if wants_fragment(request):
        return render(request, "curation/_rows.html", context)
    kind = KINDS[QUEUES[name].kind]
    context |= {
        "name": name,
        "title": TABS[name],
        "tabs": tabs(request, request.path, {} if after or shown.next else {name: len(shown.rows)}),
        "kind": kind,
        "acts": kind.acts if name in ADDRESSES else (),
        "empty": EMPTY[name],
        "address": reverse(ADDRESSES[name]),
    }
    return render(request, "curation/desk.html", context)


@require_safe
@signed_in
def claim(request: MemberRequest, pk: int) -> HttpResponse:
    """One claim on the desk, in whatever state, with what was decided on it so far."""
    found = curated(KINDS["claims"], request.user, pk)
    context = {
        "claim": found,
        "rows": lines(QUEUES["claims"], queries.claim_fields(request.user, [pk]), request.user),
        "decisions": log_lines(fields_about(request.user, "claim", pk), request.user),
        "has_a_desk": request.user.has_a_desk,
    }
    return render(request, "curation/claim.html", context)
