"""Looking for predictions in many pieces at once, and going through what was found."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from reader.core.access import find_or_404, signed_in
from reader.core.limits import TooMany
from reader.core.markup import together
from reader.core.partials import partial
from reader.core.refusals import Refused
from reader.core.requests import MemberRequest, id_in, wants_fragment
from reader.foresight.sweeps.models import MOST_PIECES, Sweep
from reader.foresight.sweeps.queries import standing_of, sweeps_of, sweeps_page
from reader.pages.sweep_rows import rows_page
from reader.pages.sweeping import Chosen, begin, begin_again


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def sweeps(request: MemberRequest) -> HttpResponse:
    """What the reader has had looked through; a new one is asked for by POST."""
    if request.method == "POST":
        return new_sweep(request)
    page = sweeps_page(request.user, request.GET.get("after", ""))
    return render(request, "sweeps/_rows.html" if wants_fragment(request) else "sweeps/list.html", {"page": page})


def new_sweep(request: MemberRequest) -> HttpResponse:
    chosen = Chosen.by(request.POST, request.user)
    if not chosen.keys(request.user):
        return confirm(request, chosen, status=422)
    try:
        sweep = begin(chosen, request.user)
    except TooMany as too_many:
        return too_many.on(confirm(request, chosen, refusal=str(too_many)))
    return HttpResponseRedirect(sweep.get_absolute_url(), status=303)


@require_safe
@signed_in
def choice(request: MemberRequest) -> HttpResponse:
    """In how many pieces it would look, and for what; nothing is begun yet."""
    return confirm(request, Chosen.by(request.GET, request.user))


def confirm(request: MemberRequest, chosen: Chosen, *, refusal: str = "", status: int = 200) -> HttpResponse:
    pieces, all_of_them = chosen.for_reader(request.user).count(), chosen.pieces.count()
    context = {
        "chosen": chosen,
        "count": min(pieces, MOST_PIECES),
        "beyond": max(0, pieces - MOST_PIECES),
        "left_out": all_of_them - pieces,
        "refusal": refusal,
    }
    return render(request, "sweeps/choice.html", context, status=status)


@require_safe
@signed_in
def sweep(request: MemberRequest, pk: int) -> HttpResponse:
    """How far it is, and what there is to answer; htmx asks for the one or for more of the other."""
    found = mine(request, pk)
    if wants_fragment(request) and "shown" in request.GET:
        return HttpResponse(state_again(request, found))
    rows, following = rows_page(found, request.user, request.GET.get("after", ""))
    context = {"sweep": found, "rows": rows, "next": following}
    if wants_fragment(request):
        return render(request, "sweeps/_queue.html", context)
    return render(request, "sweeps/detail.html", context | state(request, found) | {"shown": len(rows)})


def state(request: MemberRequest, found: Sweep) -> dict[str, Any]:
    return {"sweep": found, "standing": standing_of(found, request.user)}


def state_again(request: MemberRequest, found: Sweep) -> SafeString:
    """How far it is by now. Where nothing was shown yet, the first lines come along: they push nothing away."""
    known = state(request, found) | {"shown": id_in(request.GET, "shown") or 0, "is_part": True}
    parts = []
    if not known["shown"] and known["standing"].sentences:
        rows, following = rows_page(found, request.user)
        known["shown"] = len(rows)
        parts.append(partial("#queue", drawn(request, "sweeps/_queue.html", {"rows": rows, "next": following})))
    parts.append(partial("#queue-end", drawn(request, "sweeps/_end.html", known)))
    return together([drawn(request, "sweeps/_state.html", known), *parts])


def drawn(request: MemberRequest, template: str, context: dict[str, Any]) -> SafeString:
    return render_to_string(template, context, request)


@require_POST
@signed_in
def cancellation(request: MemberRequest, pk: int) -> HttpResponse:
    found = mine(request, pk)
    if found.cancel():
        messages.success(request, "Stopped. What was found stays; look again to go on.")
    return HttpResponseRedirect(found.get_absolute_url(), status=303)


@require_POST
@signed_in
def repetition(request: MemberRequest, pk: int) -> HttpResponse:
    found = mine(request, pk)
    try:
        begin_again(found, request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(found.get_absolute_url(), status=303)


@require_POST
@signed_in
def removal(request: MemberRequest, pk: int) -> HttpResponse:
    found = mine(request, pk)
    found.remove()
    undo = reverse("sweep-restoration", args=[pk])
    messages.success(request, f"“{found}” is off your list. What you answered stays.", extra_tags=undo)
    return HttpResponseRedirect(reverse("sweeps"), status=303)


@require_POST
@signed_in
def restoration(request: MemberRequest, pk: int) -> HttpResponse:
    found = find_or_404(Sweep.objects.filter(owner=request.user).select_related("owner"), pk=pk)
    found.bring_back()
    if wants_fragment(request):
        return HttpResponseClientRedirect(found.get_absolute_url())
    return HttpResponseRedirect(found.get_absolute_url(), status=303)


def mine(request: MemberRequest, pk: int) -> Sweep:
    return find_or_404(sweeps_of(request.user).select_related("owner"), pk=pk)
