"""A reader's probability for a claim, and everybody's."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from reader.claims.crowd_rows import own_rows
from reader.claims.forecasting import forecast, look_at_crowd, withdraw_forecast
from reader.claims.life_forms import ForecastForm, attempt
from reader.claims.models import Claim
from reader.claims.page_queries import own_forecasts
from reader.claims.views.answering import back, do
from reader.claims.views.page import claim_context, readable_claim
from reader.claims.views.sections import Looking, forecasts
from reader.core.access import require_annotation, signed_in
from reader.core.requests import MemberRequest

#: The list of everybody is cut there: nobody reads on, and the picture counts them all.
MOST = 500


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def claim_forecasts(request: MemberRequest, claim_id: int) -> HttpResponse:
    claim = readable_claim(request.user, claim_id)
    if request.method != "POST":
        return render(request, "claims/forecasts.html", everybody(request, claim))
    require_annotation(request.user, claim)
    form = ForecastForm(request.POST)
    said = form.cleaned_data if form.is_valid() else {}
    made = attempt(form, lambda: forecast(claim, said["percent"], request.user, said["reason"]))
    if made is None:
        context = claim_context(request, claim, forecast_form=form)
        return render(request, "claims/detail.html", context, status=422)
    return back(request, claim, "forecasts", f"You give it {made.percent} %.")


def everybody(request: MemberRequest, claim: Claim) -> dict[str, Any]:
    """All that stand, for whoever may know them, and the whole history of one's own."""
    look = Looking(claim, request.user, timezone.now())
    return {"claim": claim, **forecasts(look, MOST), "own_rows": own_rows(own_forecasts(claim, request.user))}


@require_POST
@signed_in
def withdrawal(request: MemberRequest, claim_id: int) -> HttpResponse:
    claim = readable_claim(request.user, claim_id)
    said = "Your forecast is withdrawn; the history keeps it."
    return do(request, claim, "forecasts", lambda: withdraw_forecast(claim, request.user), said)


@require_POST
@signed_in
def crowd(request: MemberRequest, claim_id: int) -> HttpResponse:
    claim = readable_claim(request.user, claim_id)
    return do(request, claim, "forecasts", lambda: look_at_crowd(claim, request.user), "")
