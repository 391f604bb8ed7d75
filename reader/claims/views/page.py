"""The page of one claim."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from reader.claims.bars import window_bar
from reader.claims.history_rows import history, history_rows
from reader.claims.models import Claim, Phase
from reader.claims.page_queries import claim_in_sight, notes_on, statements_of
from reader.claims.queries import tag_rows, visible_claims
from reader.claims.views import sections
from reader.claims.views.sections import Looking
from reader.claims.windows import between_in_words
from reader.core.access import may_change
from reader.core.requests import Request
from reader.highlights.forms import NoteForm

if TYPE_CHECKING:
    from reader.core.requests import AnyUser


@require_safe
def claim_page(request: Request, claim_id: int) -> HttpResponse:
    """A claim; what was merged leads on to what it became, for as long as the merge stands."""
    claim = claim_in_sight(request.user, claim_id)
    if claim.merged_into_id and visible_claims(request.user).filter(pk=claim.merged_into_id).exists():
        return HttpResponseRedirect(reverse("claim", args=[claim.merged_into_id]), status=303)
    require_statements(claim, request.user)
    return render(request, "claims/detail.html", claim_context(request, claim))


@require_safe
def claim_history(request: Request, claim_id: int) -> HttpResponse:
    claim = readable_claim(request.user, claim_id)
    context = {"claim": claim, "events": history_rows(history(claim, request.user))}
    return render(request, "claims/history.html", context)


def readable_claim(user: "AnyUser", claim_id: int) -> Claim:
    claim = claim_in_sight(user, claim_id)
    require_statements(claim, user)
    return claim


def require_statements(claim: Claim, user: "AnyUser") -> None:
    """404 where there are none for this reader: then the claim is there only for those who may change it."""
    if not (may_change(user, claim) or statements_of(claim, user)):
        raise Http404


def claim_context(request: Request, claim: Claim, **extra: Any) -> dict[str, Any]:
    look = Looking(claim, request.user, timezone.now())
    undated = sections.unknown_day(look)
    first = next((row for row in look.statements if row.said_on), None)
    context = {
        "claim": claim,
        "look": look,
        "stamp": sections.stamp_of(look),
        "bar": window_bar(claim, first.said_on if first else None, look.today),
        "first_said": between_in_words(first.said_on, first.said_no_later_than) if first else "",
        "days": days_in_words(claim, look.today),
        "undated": undated,
        "testable": sections.testability(claim, has_words=bool(undated)),
        "tags": tag_rows([claim], request.user),
        "notes": notes_on(claim, request.user),
        "note_form": NoteForm(),
    }
    for part in (
        sections.said,
        sections.forecasts,
        sections.sources,
        sections.judging,
        sections.relations,
        sections.log,
    ):
        context |= part(look)
    return context | extra


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
