"""How well predictions are found here, and which model finds them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from reader.core.access import signed_in
from reader.core.requests import MemberRequest, id_in
from reader.curation.views.answering import keeps_the_models, tabs
from reader.foresight import record as records
from reader.foresight.models import SHIPPED, Spotter, SpotterState
from reader.foresight.refitting import EVERY, switch


@require_safe
@signed_in
def record(request: MemberRequest) -> HttpResponse:
    require_keeper(request)
    return show(request)


@require_POST
@signed_in
def model(request: MemberRequest) -> HttpResponse:
    """Another model from now on: the shipped one, or one that was fitted here and did not lose."""
    require_keeper(request)
    usable = Spotter.objects.filter(state=SpotterState.RESTING, pk=id_in(request.POST, "model") or 0).first()
    if usable is None and request.POST.get("model") != SHIPPED:
        return show(request, "This model is not there, or did worse than another. Nothing was changed.", status=422)
    switch(usable, request.user)
    messages.success(request, f"{usable.name if usable else 'The shipped model'} looks for predictions now.")
    return HttpResponseRedirect(reverse("desk-foresight"), status=303)


def require_keeper(request: MemberRequest) -> None:
    if not keeps_the_models(request.user):
        raise PermissionDenied("The models are kept by the curators of the whole installation")


def show(request: MemberRequest, refused: str = "", status: int = 200) -> HttpResponse:
    context = {
        "tabs": tabs(request, reverse("desk-foresight"), {}),
        "weeks": records.by_week(),
        "missed": records.missed(request.user),
        "models": records.models_there_are(),
        "every": EVERY,
        "refused": refused,
    }
    return render(request, "curation/foresight.html", context, status=status)
