"""Watching what comes in, stopping it, and trying again."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reader.core.access import find_or_404, signed_in
from reader.core.refusals import Refused
from reader.core.requests import MemberRequest, wants_fragment
from reader.intake.feeds.queries import polls_of
from reader.intake.images.queries import missing_counts
from reader.intake.imports.models import Import, State
from reader.intake.imports.queries import fetches_of, imports_page, log_page
from reader.intake.imports.running import try_again
from reader.intake.imports.taking_back import begin, go_on
from reader.intake.imports.weighing import left_behind, outlook, pieces_left


@require_safe
@signed_in
def imports(request: MemberRequest) -> HttpResponse:
    page = imports_page(request.user, request.GET.get("after", ""))
    if wants_fragment(request):
        return render(request, "imports/_rows.html", {"page": page})
    context = {"page": page, "fetches": fetches_of(request.user), "polls": polls_of(request.user)}
    context["images"] = missing_counts(request.user)
    return render(request, "imports/list.html", context)


@require_safe
@signed_in
def one_import(request: MemberRequest, pk: int) -> HttpResponse:
    """How far it is; htmx asks for that alone as long as it goes on, and for more lines of the log."""
    work, only = mine(request, pk), request.GET.get("only", "")
    lines, following = log_page(work, request.user, only, request.GET.get("after", ""))
    context = {"work": work, "lines": lines, "next": following, "only": only}
    if work.state == State.TAKEN:
        context |= {"outlook": left_behind(work), "left": pieces_left(work, request.user)}
    part = "imports/_log.html" if "after" in request.GET else "imports/_work.html"
    return render(request, part if wants_fragment(request) else "imports/detail.html", context)


@require_POST
@signed_in
def cancellation(request: MemberRequest, pk: int) -> HttpResponse:
    work = mine(request, pk)
    if work.cancel():
        messages.success(request, "Stopped. What came in stays; the rest can be brought in by trying again.")
    return HttpResponseRedirect(work.get_absolute_url(), status=303)


@require_POST
@signed_in
def repetition(request: MemberRequest, pk: int) -> HttpResponse:
    work = mine(request, pk)
    try:
        try_again(work)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(work.get_absolute_url(), status=303)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def taking_back(request: MemberRequest, pk: int) -> HttpResponse:
    """Says what would go and what would stay; a POST lets a worker do it."""
    work = mine(request, pk)
    if request.method == "POST":
        try:
            go_on(work) if work.is_lost and work.is_being_taken else begin(work)
        except Refused as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(work.get_absolute_url(), status=303)
    if not work.may_be_taken_back:
        return HttpResponseRedirect(work.get_absolute_url(), status=303)
    return render(request, "imports/taking_back.html", {"work": work, "outlook": outlook(work)})


def mine(request: MemberRequest, pk: int) -> Import:
    return find_or_404(Import.objects.filter(owner=request.user).select_related("owner", "team_of_pieces"), pk=pk)
