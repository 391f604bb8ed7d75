"""What programs subscribe to: the calendar of what falls due, and the feed of verdicts."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reader.accounts.models import User
from reader.claims.forms import FilterForm
from reader.core.access import find_or_404, signed_in
from reader.core.requests import MemberRequest, Request
from reader.exchange import found
from reader.exchange.answers import unless_known
from reader.exchange.calendar import calendar_of
from reader.exchange.feed import feed_of
from reader.exchange.models import SecretAddress, holder_of
from reader.search.models import SavedSearch


@require_safe
def due_calendar(request: Request, secret: str) -> HttpResponseBase:
    filters = FilterForm(request.GET).filters()
    return unless_known(request, calendar_of(holder(secret), filters, timezone.localdate()), "text/calendar")


@require_safe
def my_verdicts(request: Request, secret: str) -> HttpResponseBase:
    return unless_known(request, feed_of(holder(secret), request.path), "application/atom+xml")


@require_safe
def verdicts(request: Request) -> HttpResponseBase:
    """The same for everybody, signed in or not."""
    return unless_known(request, feed_of(AnonymousUser(), request.path), "application/atom+xml")


@require_safe
def saved_search(request: Request, secret: str, saved_id: int) -> HttpResponseBase:
    """What one of their saved searches finds now."""
    reader = holder(secret)
    saved = find_or_404(SavedSearch.objects.filter(reader=reader), pk=saved_id)
    return unless_known(request, found.feed_of(saved, reader, request.path), "application/atom+xml")


def holder(secret: str) -> User:
    found = holder_of(secret)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def secret_addresses(request: MemberRequest) -> HttpResponse:
    """Shows them; a POST makes new ones, and those before open nothing any more."""
    if request.method == "POST":
        had_some = SecretAddress.of(request.user) is not None
        SecretAddress.make(request.user)
        said = "The addresses are new. Those before open nothing any more." if had_some else "Here are your addresses."
        messages.success(request, said)
        return HttpResponseRedirect(reverse("secret-addresses"), status=303)
    mine = SecretAddress.of(request.user)
    names = {"calendar": "due-calendar", "feed": "my-verdicts-feed"}
    context: dict[str, Any] = {"mine": mine, "public_feed": absolute("verdicts-feed")}
    context |= {label: absolute(name, mine.secret) for label, name in names.items() if mine}
    saved = request.user.saved_searches.all()
    context["searches"] = [(one, absolute("saved-search-feed", mine.secret, one.pk)) for one in saved] if mine else []
    answer = render(request, "exchange/addresses.html", context)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def absolute(name: str, *args: str | int) -> str:
    return f"{settings.SITE_URL}{reverse(name, args=args)}"


@require_POST
@signed_in
def end_secret_addresses(request: MemberRequest) -> HttpResponse:
    SecretAddress.end(request.user)
    messages.success(request, "Your addresses open nothing any more.")
    return HttpResponseRedirect(reverse("secret-addresses"), status=303)
