"""The ledger as data, and how to cite a claim of it."""

from collections.abc import Callable, Iterator

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reader.claims.forms import FilterForm
from reader.claims.queries import attach_statements
from reader.claims.views.page import readable_claim
from reader.core import errors
from reader.core.access import signed_in
from reader.core.limits import Deed, TooMany, spend
from reader.core.requests import MemberRequest, Request
from reader.exchange.belongings import Row
from reader.exchange.citing import Citation
from reader.exchange.final import final_from
from reader.exchange.ledger import as_csv, ledger
from reader.exchange.streaming import json_list


@require_safe
@signed_in
def ledger_csv(request: MemberRequest) -> HttpResponseBase:
    return streamed(request, as_csv, "csv", "text/csv")


@require_safe
@signed_in
def ledger_json(request: MemberRequest) -> HttpResponseBase:
    return streamed(request, json_list, "json", "application/json")


def streamed(
    request: MemberRequest, write: Callable[[Iterator[Row]], Iterator[str]], ending: str, kind: str
) -> HttpResponseBase:
    """All that the ledger lists under the filters in the address, in pieces as they are made."""
    today = timezone.localdate()
    headers = {"Content-Disposition": f'attachment; filename="forecite-claims-{today}.{ending}"'}
    if request.method == "HEAD":
        return HttpResponse(content_type=f"{kind}; charset=utf-8", headers=headers)
    try:
        spend(request.user, Deed.LEDGER)
    except TooMany as too_many:
        return too_many.on(errors.too_many_requests(request))
    rows = ledger(request.user, FilterForm(request.GET).filters(), today)
    pieces = (text.encode(errors="replace") for text in write(rows))
    return StreamingHttpResponse(pieces, content_type=f"{kind}; charset=utf-8", headers=headers)


@require_safe
def citation(request: Request, claim_id: int) -> HttpResponse:
    claim = readable_claim(request.user, claim_id)
    attach_statements([claim], request.user)
    cited = Citation.of(claim, timezone.localdate())
    forms = [("As text", cited.text(), 4), ("In Markdown", cited.markdown(), 5), ("In BibTeX", cited.bibtex(), 9)]
    context = {"claim": claim, "forms": forms, "citable_from": final_from(claim.verdict) if claim.verdict else None}
    return render(request, "exchange/citation.html", context)
