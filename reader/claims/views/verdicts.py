"""Verdicts, and taking them back."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from reader.claims.conflicts import Tie, refuse_conflict, ties
from reader.claims.judging import Overtaken, citable, judge, undo_verdict
from reader.claims.knowing import suggestion
from reader.claims.life_forms import VerdictForm, attempt, label_of
from reader.claims.models import Claim
from reader.claims.verdicts import Verdict
from reader.claims.views.answering import back, do, show
from reader.claims.views.page import readable_claim
from reader.claims.windows import in_words
from reader.core.access import find_or_404, require_curation, signed_in
from reader.core.refusals import reason_against
from reader.core.requests import MemberRequest
from reader.core.visibility import visible_to

FIELDS = "claims/forms/_verdict.html"


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def claim_verdict(request: MemberRequest, claim_id: int) -> HttpResponse:
    claim = readable_claim(request.user, claim_id)
    require_curation(request.user, claim)
    data = request.POST if request.method == "POST" else None
    form = VerdictForm(data, **choices(request, claim))
    form.stands_instead_of(claim.verdict_id or 0)
    made = attempt(form, lambda: give(request, claim, form)) if form.is_bound else None
    if made is None:
        more: dict[str, Any] = {
            "fields_template": FIELDS,
            "conflict": conflict(request, claim),
            "lede": standing_in_words(claim),
        }
        return show(request, claim, form, "Give the verdict", "Give the verdict", decides=True, **more)
    said = "The verdict is given. For ten minutes you can take it back."
    return back(request, claim, "verdict", said, reverse("verdict-undoing", args=[made.pk]))


def give(request: MemberRequest, claim: Claim, form: VerdictForm) -> Verdict:
    discloses, seen = form.discloses_forecast(), form.cleaned_data["seen"]
    try:
        return judge(claim, form.ruling(), request.user, discloses_forecast=discloses, seen=seen)
    except Overtaken as overtaken:
        form.stands_instead_of(overtaken.standing, now=True)
        raise


def standing_in_words(claim: Claim) -> str:
    """What a new verdict would replace."""
    if claim.verdict is None:
        return ""
    by = claim.verdict.by.get_short_name() if claim.verdict.by else "a former member"
    return f"What stands now: {claim.verdict}, judged by {by} on {in_words(timezone.localdate(claim.verdict.at))}."


def choices(request: MemberRequest, claim: Claim) -> dict[str, Any]:
    """What the form of a verdict offers: the sources, a day, and a word on the curator's own forecast."""
    return {
        "claim": claim,
        "initial": {"known_since": known_since(request, claim)},
        "sources": sources(request, claim),
        "asks_to_disclose": Tie.FORECAST in ties(claim, request.user),
    }


def known_since(request: MemberRequest, claim: Claim) -> date | None:
    """As the verdict that stands says, or as the sources let one think."""
    said = claim.verdict.known_since if claim.verdict else None
    return said or suggestion(claim, citable(claim, request.user), request.user)


def sources(request: MemberRequest, claim: Claim) -> list[tuple[int, str]]:
    """What can be cited, in a line each."""
    found = citable(claim, request.user).order_by("id")
    return [(one.pk, label_of(one.bearing, one.title or one.url or one.quote)) for one in found]


def conflict(request: MemberRequest, claim: Claim) -> str:
    """Why this curator may not judge it, said before they write anything."""
    return reason_against(lambda: refuse_conflict(claim, request.user, discloses_forecast=True))


@require_POST
@signed_in
def undoing(request: MemberRequest, pk: int) -> HttpResponse:
    seen = Verdict.objects.filter(visible_to(request.user), visible_to(request.user, "claim__"))
    verdict = find_or_404(seen.select_related("claim"), pk=pk)
    claim = readable_claim(request.user, verdict.claim_id)
    return do(request, claim, "judging", lambda: undo_verdict(verdict, request.user), "The verdict is taken back.")
