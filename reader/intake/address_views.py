"""Asking for an address, and seeing what comes of it."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from reader.core.access import find_or_404, may_change, signed_in
from reader.core.limits import TooMany
from reader.core.outside import LONGEST_ADDRESS
from reader.core.requests import MemberRequest, wants_fragment
from reader.intake.addresses import Fetch, known_article
from reader.intake.asking import ask_for
from reader.intake.details import as_text
from reader.intake.fetching import NotFetched
from reader.library.shelving import offers_another_text

OPENED = "You can already read this piece here, so it was opened and not added twice."
#: After so long the page says that something may be wrong with the worker.
USUAL = timedelta(seconds=30)


class AddressForm(forms.Form):
    """The address of a piece; one without https:// is taken for one with it."""

    url = forms.CharField(
        label="The address of the piece",
        max_length=LONGEST_ADDRESS,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "placeholder": "https://…"}),
        error_messages={"required": "There is no address here yet."},
    )

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        return url if ":" in url.partition("/")[0].partition(".")[0] or url.startswith("/") else f"https://{url}"


@signed_in
@require_POST
def ask(request: MemberRequest) -> HttpResponseBase:
    form = AddressForm(request.POST)
    if not form.is_valid():
        return show_form(request, form)
    url = form.cleaned_data["url"]
    kept = known_article(url, request.user)
    if kept and not may_change(request.user, kept):  # whoever may change it is offered what stands there now
        messages.info(request, OPENED)
        return HttpResponseRedirect(kept.get_absolute_url(), status=303)
    try:
        asked = ask_for(url, request.user)
    except NotFetched as refusal:
        form.add_error("url", str(refusal))
        return show_form(request, form)
    except TooMany as too_many:
        form.add_error("url", str(too_many))
        return too_many.on(show_form(request, form))
    return HttpResponseRedirect(asked.get_absolute_url(), status=303)


@signed_in
@require_http_methods(["GET", "HEAD"])
def fetch(request: MemberRequest, fetch_id: int) -> HttpResponseBase:
    """How far it is; once there is a draft, its review."""
    asked = find_or_404(Fetch.objects.filter(owner=request.user).select_related("draft"), pk=fetch_id)
    part = wants_fragment(request)
    if asked.draft:
        target = destination(request, asked)
        return HttpResponseClientRedirect(target) if part else HttpResponseRedirect(target, status=303)
    context: dict[str, Any] = {"fetch": asked, "late": timezone.now() - asked.asked_at > USUAL}
    return render(request, "intake/_fetch.html" if part else "intake/fetch.html", context)


def destination(request: MemberRequest, asked: Fetch) -> str:
    """The review; or the piece, where the reader can see it already and there is no other text to give it."""
    draft = asked.draft
    if draft is None or draft.article_id:
        return draft.get_absolute_url() if draft else asked.get_absolute_url()
    reading = draft.read()
    kept = known_article(reading.url or draft.url, request.user)
    if kept and not offers_another_text(kept, as_text(reading, draft.raw), request.user):
        messages.info(request, OPENED)
        return kept.get_absolute_url()
    return draft.get_absolute_url()


def show_form(request: MemberRequest, form: AddressForm) -> HttpResponse:
    return render(request, "intake/address.html", {"form": form}, status=422)
