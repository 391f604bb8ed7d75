"""One's own profile: what one has marked, written and claimed."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reader.claims.rows import ledger_rows
from reader.core.access import signed_in
from reader.core.requests import MemberRequest, id_in, wants_fragment
from reader.pages.mine import claims_page, counts, marks_page, notes_page
from reader.reports.scorecards import Group, scorecard_of
from reader.reports.standing import FORECAST_WORDS, Figures, bin_lines, forecast_lines


@require_safe
@signed_in
def marks(request: MemberRequest) -> HttpResponse:
    page = marks_page(request.user, request.GET.get("after", ""))
    return show(request, "marks", page.rows, page.next)


@require_safe
@signed_in
def notes(request: MemberRequest) -> HttpResponse:
    page = notes_page(request.user, request.GET.get("after", ""))
    return show(request, "notes", page.rows, page.next)


@require_safe
@signed_in
def claims(request: MemberRequest) -> HttpResponse:
    page = claims_page(request.user, request.GET.get("after", ""))
    return show(request, "claims", ledger_rows(page.rows, request.user, timezone.localdate()), page.next)


@require_safe
@signed_in
def record(request: MemberRequest) -> HttpResponse:
    """How well one foresees; nobody else is shown it."""
    figures = Figures.of(scorecard_of(request.user, timezone.localdate()))
    return render(request, "mine/record.html", {"part": "record", "counts": counts(request.user), "figures": figures})


@require_safe
@signed_in
def forecasts(request: MemberRequest) -> HttpResponse:
    """The forecasts behind a figure of one's own record, each with its points."""
    group = request.GET.get("counted", Group.SCORED)
    if group not in FORECAST_WORDS:
        raise Http404
    card, place = scorecard_of(request.user, timezone.localdate()), id_in(request.GET, "bin")
    if "bin" in request.GET and (place is None or group != Group.SCORED):
        raise Http404
    heading, rows = (FORECAST_WORDS[group], forecast_lines(card, group)) if place is None else bin_lines(card, place)
    return render(request, "mine/forecasts.html", {"heading": heading, "rows": rows, "group": group})


def show(request: MemberRequest, part: str, rows: Sequence[Any], after: str) -> HttpResponse:
    context = {"part": part, "rows": rows, "next": after, "rows_template": f"mine/_{part}.html"}
    if wants_fragment(request):
        return render(request, "mine/_rows.html", context)
    return render(request, "mine/profile.html", context | {"counts": counts(request.user)})
