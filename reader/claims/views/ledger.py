"""The ledger: every claim that somebody may read, by phase."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reader.claims.forms import FilterForm
from reader.claims.models import Phase
from reader.claims.queries import claims_page
from reader.claims.rows import ledger_rows
from reader.core.requests import Request, wants_fragment

#: What narrows the ledger beside the phase.
NARROWING = ("tag", "speaker", "publication", "since", "until")


@require_safe
def ledger(request: Request) -> HttpResponse:
    form = FilterForm(request.GET)
    filters, today = form.filters(), timezone.localdate()
    page = claims_page(request.user, filters, request.GET.get("after", ""), today)
    parameters = request.GET.copy()
    parameters.pop("after", None)
    context = {
        "rows": ledger_rows(page.rows, request.user, today),
        "next": page.next,
        "form": form,
        "filters": filters,
        "phases": phase_links(request),
        "query": parameters.urlencode(),
        "narrowed": any(parameters.get(name) for name in NARROWING),
    }
    return render(request, "claims/_rows.html" if wants_fragment(request) else "claims/list.html", context)


def phase_links(request: Request) -> list[dict[str, Any]]:
    """A link for each phase that keeps the other filters."""
    links = []
    for value, label in [("", "All"), *Phase.choices]:
        parameters = request.GET.copy()
        parameters.pop("after", None)
        parameters["phase"] = value
        links.append(
            {"label": label, "query": parameters.urlencode(), "current": request.GET.get("phase", "") == value}
        )
    return links
