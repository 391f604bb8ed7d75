"""Blind rounds of assessments."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from reader.claims.assessing import Assessment, Round, assess, close_round, is_open, open_round
from reader.claims.conflicts import Tie, ties
from reader.claims.life_forms import UNDECIDED, AssessmentForm, RoundForm, attempt
from reader.claims.models import Claim
from reader.claims.views.answering import back, do, show
from reader.claims.views.page import readable_claim
from reader.core.access import find_or_404, require_annotation, require_curation, signed_in
from reader.core.requests import MemberRequest
from reader.core.visibility import visible_to


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def claim_rounds(request: MemberRequest, claim_id: int) -> HttpResponse:
    claim = readable_claim(request.user, claim_id)
    require_curation(request.user, claim)
    form = RoundForm(request.POST if request.method == "POST" else None)
    made = attempt(form, lambda: open_round(claim, request.user, form.closes_at())) if form.is_bound else None
    if made is None:
        lede = "Everybody who may write here votes once. Nobody sees another’s vote before the round is over."
        return show(request, claim, form, "Open a round of assessments", "Open the round", lede=lede)
    return back(request, claim, "judging", "The round is open.")


def round_in_sight(request: MemberRequest, pk: int) -> tuple[Round, Claim]:
    seen = Round.objects.filter(visible_to(request.user), visible_to(request.user, "claim__"))
    round_ = find_or_404(seen.select_related("claim"), pk=pk)
    return round_, readable_claim(request.user, round_.claim_id)


@require_POST
@signed_in
def closing(request: MemberRequest, pk: int) -> HttpResponse:
    round_, claim = round_in_sight(request, pk)
    said = "The round is closed: the votes can be seen now."
    return do(request, claim, "judging", lambda: close_round(round_, request.user), said)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def assessments(request: MemberRequest, pk: int) -> HttpResponse:
    round_, claim = round_in_sight(request, pk)
    require_annotation(request.user, claim)
    if request.method == "POST":
        form = AssessmentForm(request.POST)
        if attempt(form, lambda: assess(round_, form.grade(), request.user, form.cleaned_data["reasons"])):
            return back(request, claim, "judging", "Your vote is in. Until the round is over you can change it.")
    else:
        form = AssessmentForm(initial=as_initial(Assessment.objects.filter(round=round_, by=request.user).first()))
    over = "" if is_open(round_, timezone.now()) else "The round is over."
    lede = "" if over else "Nobody sees your vote before the round is over, and you see nobody’s."
    known = [str(Tie(tie).label) for tie in ties(claim, request.user)]
    more: dict[str, Any] = {
        "lede": lede,
        "conflict": over,
        "discloses": f"Shown with your vote: you are one who {' and '.join(known)}." if known else "",
    }
    return show(request, claim, form, "Assess the claim", "Send the vote", judges=True, **more)


def as_initial(vote: Assessment | None) -> dict[str, object]:
    """What somebody voted before; an empty form begins with the readings open."""
    if vote is None:
        return {}
    charitable = "" if vote.charitable == vote.strict else vote.charitable
    fields = {name: getattr(vote, name) for name in ("timing", "already_true", "difficulty", "reasons")}
    return {"strict": UNDECIDED if vote.strict is None else vote.strict, "charitable": charitable, **fields}
