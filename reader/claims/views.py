"""The ledger's pages."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from reader.claims.bars import window_bar
from reader.claims.forms import FilterForm, ProposalForm
from reader.claims.models import Claim, Phase, Statement
from reader.claims.passages import QuoteInContext
from reader.claims.proposing import amend, as_proposal
from reader.claims.queries import attach_statements, claims_page, newest_anchors, notes_on, visible_claims
from reader.claims.rows import ledger_rows
from reader.core.access import find_or_404, may_annotate, may_change, may_curate, require_change, signed_in
from reader.core.refusals import Refused
from reader.core.requests import MemberRequest, Request, wants_fragment
from reader.highlights.forms import NoteForm, TagsForm
from reader.highlights.queries import NoteRow, note_rows

if TYPE_CHECKING:
    from reader.core.requests import AnyUser


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


@require_safe
def claim_page(request: Request, claim_id: int) -> HttpResponse:
    """A claim; what was merged leads on to what it became, for as long as the merge stands."""
    claim = find_or_404(visible_claims(request.user), pk=claim_id)
    if claim.merged_into_id and visible_claims(request.user).filter(pk=claim.merged_into_id).exists():
        return HttpResponseRedirect(reverse("claim", args=[claim.merged_into_id]), status=303)
    look_up_statements(claim, request.user)
    return render(request, "claims/detail.html", claim_context(request, claim))


def readable_claim(user: "AnyUser", claim_id: int) -> Claim:
    claim = find_or_404(visible_claims(user), pk=claim_id)
    look_up_statements(claim, user)
    return claim


def look_up_statements(claim: Claim, user: "AnyUser") -> None:
    """404 where there are none for this reader: then the claim is there only for those who may change it."""
    attach_statements([claim], user)
    if not (claim.visible_statements or may_change(user, claim)):
        raise Http404


def claim_context(request: Request, claim: Claim, **extra: Any) -> dict[str, Any]:
    today = timezone.localdate()
    statements: list[Statement] = claim.visible_statements
    marks = [statement.highlight_id for statement in statements]
    anchors, said_of = newest_anchors(marks), notes_by_mark(marks, request.user)
    said_on = next((statement.said_on for statement in statements if statement.said_on), None)
    return {
        "claim": claim,
        "phase": claim.phase(today),
        "bar": window_bar(claim, said_on, today),
        "quotes": [
            (statement, QuoteInContext.of(anchors[statement.highlight_id]), said_of[statement.highlight_id])
            for statement in statements
            if statement.highlight_id in anchors
        ],
        "days": days_in_words(claim, today),
        "notes": [(note, note.owner_id == request.user.pk) for note in notes_on(claim, request.user)],
        "note_form": NoteForm(),
        "may_change": may_change(request.user, claim),
        "may_curate": may_curate(request.user, claim),
        "may_annotate": may_annotate(request.user, claim),
    } | extra


def notes_by_mark(marks: list[int], user: "AnyUser") -> dict[int, list[NoteRow]]:
    found: dict[int, list[NoteRow]] = {mark: [] for mark in marks}
    for note in note_rows(marks, user) if marks else []:
        found[note.highlight_id].append(note)
    return found


def days_in_words(claim: Claim, today: date) -> str:
    """How far the window's next edge is from today."""
    match claim.phase(today), claim.window_start, claim.window_end:
        case Phase.UPCOMING, date() as start, _:
            return f"opens in {count_days((start - today).days)}"
        case Phase.LIVE, _, date() as end:
            return f"{count_days((end - today).days)} left"
        case Phase.DUE, _, date() as end:
            return f"due for {count_days((today - end).days)}"
        case _:
            return ""


def count_days(days: int) -> str:
    return "1 day" if days == 1 else f"{days:,} days"


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def edit_claim(request: MemberRequest, claim_id: int) -> HttpResponseBase:
    claim = readable_claim(request.user, claim_id)
    require_change(request.user, claim)
    if not claim.visible_statements or claim.merged_into_id:
        return HttpResponseRedirect(claim.get_absolute_url(), status=303)
    statement = claim.visible_statements[0]
    statement.claim = claim
    names = ", ".join(tag.name for tag in claim.visible_tags)
    data = request.POST if request.method == "POST" else None
    form = ProposalForm(data, article=statement.highlight.article, read=as_proposal(statement))
    tags = TagsForm(data, initial={"tags": names})
    if data is not None and form.is_valid() and tags.is_valid():
        try:
            amend(statement, form.proposal(), tags.cleaned_data["tags"], request.user)
            return HttpResponseRedirect(claim.get_absolute_url(), status=303)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"claim": claim, "statement": statement, "form": form, "tags_form": tags}
    return render(request, "claims/edit.html", context, status=200 if data is None else 422)
