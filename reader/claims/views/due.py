"""The work list for judging."""

from collections.abc import Sequence
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from reader.claims.due import Step, due_page, voted_in
from reader.claims.models import Claim
from reader.claims.rows import ledger_rows
from reader.core.access import may_annotate, may_curate, signed_in
from reader.core.markup import NOTHING, fill
from reader.core.requests import MemberRequest, wants_fragment

NEXT = '<p class="next-step"><span>{why}</span>{link}</p></li>\n'
LINK = '<a class="button small" href="{url}">{word}</a>'


@require_safe
@signed_in
def due(request: MemberRequest) -> HttpResponse:
    step, today = request.GET.get("step", ""), timezone.localdate()
    page = due_page(request.user, step, request.GET.get("after", ""), today)
    context = {
        "rows": due_rows(page.rows, request, today),
        "next": page.next,
        "query": f"step={step}" if step in Step.values else "",
        "step": step,
        "steps": [("", "All"), *Step.choices],
    }
    return render(request, "claims/_rows.html" if wants_fragment(request) else "claims/due.html", context)


def due_rows(claims: Sequence[Claim], request: MemberRequest, today: date) -> list[SafeString]:
    """The lines of the ledger, each with what is to be done and the way to it."""
    rounds = voted_in(claims, request.user)
    drawn = zip(claims, ledger_rows(claims, request.user, today), strict=True)
    return [
        SafeString(row.removesuffix("</li>\n") + step_line(claim, rounds.get(claim.pk), request))
        for claim, row in drawn
    ]


def step_line(claim: Claim, round_: tuple[int, bool] | None, request: MemberRequest) -> SafeString:
    why, word, url = told(claim, round_, request)
    return fill(NEXT, why=why, link=fill(LINK, url=url, word=word) if url else NOTHING)


def told(claim: Claim, round_: tuple[int, bool] | None, request: MemberRequest) -> tuple[str, str, str]:
    """What it waits for, what this reader can do about it, and where; nothing to do where they may not."""
    curates, annotates = may_curate(request.user, claim), may_annotate(request.user, claim)
    page = claim.get_absolute_url()
    match claim.step:
        case Step.ACCEPTANCE:
            why = "A curator has to accept it first."
            return (why, "Decide on it", f"/desk/claims/{claim.pk}/") if curates else (why, "", "")
        case Step.EVIDENCE:
            why = "There is no evidence yet."
            return (why, "Bring evidence", f"{page}evidence/") if annotates else (why, "", "")
        case Step.ASSESSMENT if annotates and round_ and not round_[1]:
            why = "A round is open, and your vote is missing."
            return why, "Assess it", reverse("round-assessments", args=[round_[0]])
        case Step.ASSESSMENT:
            why = (
                "Your vote is in; the round is still open."
                if round_ and round_[1]
                else "A round of assessments is open."
            )
            return why, "Look at the round", f"{page}#judging"
        case Step.VERDICT:
            why = "There is evidence, and no verdict."
            return (why, "Judge it", f"{page}#judging") if curates else ("A curator can judge it now.", "", "")
        case _:
            why = "The verdict is disputed; another curator decides."
            return why, "Look at the dispute", f"{page}#judging"
