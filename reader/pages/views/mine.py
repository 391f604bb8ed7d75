"""One's own profile: what one has marked, written and claimed."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reader.claims.rows import ledger_rows
from reader.core.access import signed_in
from reader.core.requests import MemberRequest, wants_fragment
from reader.pages.mine import claims_page, counts, marks_page, notes_page


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


def show(request: MemberRequest, part: str, rows: Sequence[Any], after: str) -> HttpResponse:
    context = {"part": part, "rows": rows, "next": after, "rows_template": f"mine/_{part}.html"}
    if wants_fragment(request):
        return render(request, "mine/_rows.html", context)
    return render(request, "mine/profile.html", context | {"counts": counts(request.user)})
