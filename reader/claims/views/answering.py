"""How the forms of a claim's life are shown, and what follows when they are done."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from reader.claims.models import Claim
from reader.claims.views import sections
from reader.core.refusals import Refused
from reader.core.requests import MemberRequest, wants_fragment


def show(
    request: MemberRequest,
    claim: Claim,
    form: Form,
    heading: str,
    button: str,
    *,
    judges: bool = False,
    decides: bool = False,
    **more: Any,
) -> HttpResponse:
    """A form on a page of its own, or as the part of the claim's page that unfolds; 422 where it was refused.

    The page of whoever judges has before their eyes what was said, and what speaks for it; of whoever decides, what
    others made of it too, which a grader is not to know.
    """
    context = {
        "claim": claim,
        "form": form,
        "heading": heading,
        "button": button,
        "address": request.path,
        "fields_template": "claims/forms/_plain.html",
    } | more
    if wants_fragment(request):
        return render(request, "claims/forms/form.html", context, status=422 if form.is_bound else 200)
    look = sections.Looking(claim, request.user, timezone.now())
    context |= {"stamp": sections.stamp_of(look), "grounds": sections.grounds(look) if judges or decides else None}
    context |= {"weighed": sections.weighed(look) if decides else None}
    return render(request, "claims/forms/page.html", context, status=422 if form.is_bound else 200)


def back(request: MemberRequest, claim: Claim, place: str, said: str = "", undoing: str = "") -> HttpResponse:
    """To the place on the claim's page where the change is to be seen; `undoing` takes it back."""
    if said:
        messages.success(request, said, extra_tags=undoing)
    if wants_fragment(request):  # a notice's way back: much of the page may read otherwise now
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return HttpResponseRedirect(f"{claim.get_absolute_url()}#{place}", status=303)


def do(
    request: MemberRequest, claim: Claim, place: str, act: Callable[[], object], said: str, undoing: str = ""
) -> HttpResponse:
    """What a button does; where it is refused, the notice says why."""
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal))
        return back(request, claim, place)
    return back(request, claim, place, said, undoing)
