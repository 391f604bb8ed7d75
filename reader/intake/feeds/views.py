"""The feeds that a reader follows: adding, looking at them, pausing and removing."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from reader.core.access import find_or_404, signed_in
from reader.core.limits import Deed, TooMany, spend
from reader.core.requests import MemberRequest, wants_fragment
from reader.intake.feeds.earlier import want
from reader.intake.feeds.forms import FeedForm, ListForm, SeenByForm
from reader.intake.feeds.jobs import ask_soon, bring_earlier
from reader.intake.feeds.models import Feed, FeedEntry
from reader.intake.feeds.opml import Listed, write_list
from reader.intake.feeds.queries import entries_page, feeds_of
from reader.intake.fetching import NotFetched
from reader.intake.fetching.pages import checked
from reader.intake.imports import Door, Import, keep, queue

if TYPE_CHECKING:
    from reader.accounts.models import User


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def feeds(request: MemberRequest) -> HttpResponse:
    if request.method != "POST":
        return show(request)
    form = FeedForm(request.POST, reader=request.user)
    if not form.is_valid():
        return show(request, form)
    try:
        url = checked(form.cleaned_data["url"], allow_private=settings.ALLOW_PRIVATE_FETCH)
    except NotFetched as refusal:
        form.add_error("url", str(refusal))
        return show(request, form)
    return begin(request, form, "url", Door.FEED, url)


@require_POST
@signed_in
def feed_list(request: MemberRequest) -> HttpResponse:
    form = ListForm(request.POST, request.FILES, reader=request.user)
    if not form.is_valid():
        return show(request, form)
    return begin(request, form, "file", Door.FEEDS, form.cleaned_data["file"].name)


def begin(request: MemberRequest, form: SeenByForm, field: str, door: Door, source: str) -> HttpResponse:
    """Let the worker follow what was named; its progress is shown."""
    try:
        work = Import.begin(request.user, door, source, **form.audience())
    except TooMany as too_many:
        form.add_error(field, str(too_many))
        return too_many.on(show(request, form))
    if door == Door.FEEDS:
        keep(work, form.cleaned_data["file"].chunks())
    queue(work)
    return HttpResponseRedirect(work.get_absolute_url(), status=303)


def show(request: MemberRequest, refused: SeenByForm | None = None) -> HttpResponse:
    context: dict[str, Any] = {
        "feeds": feeds_of(request.user),
        "form": refused if isinstance(refused, FeedForm) else FeedForm(reader=request.user),
        "list_form": refused if isinstance(refused, ListForm) else ListForm(reader=request.user),
    }
    return render(request, "feeds/list.html", context, status=422 if refused else 200)


@require_safe
@signed_in
def opml(request: MemberRequest) -> HttpResponse:
    """All of them as a list that other readers take in."""
    listed = [Listed(feed.url, feed.title, feed.site, feed.folder) for feed in feeds_of(request.user)]
    answer = HttpResponse(write_list(listed), content_type="text/x-opml; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="feeds.opml"'
    return answer


@require_safe
@signed_in
def feed(request: MemberRequest, pk: int) -> HttpResponse:
    followed = find_or_404(feeds_of(request.user).select_related("team_of_pieces"), pk=pk)
    rows, following = entries_page(followed, request.user, request.GET.get("after", ""))
    context = {"feed": followed, "rows": rows, "next": following}
    return render(request, "feeds/_entries.html" if wants_fragment(request) else "feeds/detail.html", context)


@require_POST
@signed_in
def pause(request: MemberRequest, pk: int) -> HttpResponse:
    return act(request, pk, Feed.pause, "“{}” is asked no more until you say so.", "feed-resumption")


@require_POST
@signed_in
def resumption(request: MemberRequest, pk: int) -> HttpResponse:
    return act(request, pk, asked_again, "“{}” is asked again, beginning now.", "")


def asked_again(followed: Feed, reader: "User") -> bool:
    """Ask it now, if that is not the case already; counted with the addresses that the reader asks for."""
    is_turned = followed.ask_again(reader)
    if is_turned:
        spend(reader, Deed.FETCH)
    return is_turned


@require_POST
@signed_in
def removal(request: MemberRequest, pk: int) -> HttpResponse:
    return act(request, pk, Feed.remove, "You no longer follow “{}”. Its pieces stay.", "feed-restoration")


@require_POST
@signed_in
def restoration(request: MemberRequest, pk: int) -> HttpResponse:
    return act(request, pk, Feed.bring_back, "You follow “{}” again.", "")


@require_POST
@signed_in
def entry_bringing(request: MemberRequest, pk: int) -> HttpResponse:
    """Has a piece from before come in."""
    row = find_or_404(FeedEntry.objects.filter(feed__in=feeds_of(request.user)).select_related("feed"), pk=pk)
    try:
        with transaction.atomic():
            if want(row, request.user):
                bring_earlier.enqueue(entry_id=pk)
                messages.success(request, "It is on its way, and stands here in a moment.")
    except TooMany as too_many:
        messages.error(request, str(too_many))
    return HttpResponseRedirect(row.feed.get_absolute_url(), status=303)


def act(request: MemberRequest, pk: int, verb: Callable[..., bool], said: str, undone_by: str) -> HttpResponse:
    """Do it, say so, and offer to undo it."""
    followed = find_or_404(Feed.objects.filter(owner=request.user), pk=pk)
    try:
        with transaction.atomic():
            if verb(followed, request.user) and not followed.paused_at and not followed.removed_at:
                ask_soon()
    except TooMany as too_many:
        messages.error(request, str(too_many))
        return too_many.on(show(request))
    undoing = reverse(undone_by, args=[pk]) if undone_by else ""
    messages.success(request, said.format(followed), extra_tags=undoing)
    if wants_fragment(request):
        return HttpResponseClientRedirect(reverse("feeds"))
    return HttpResponseRedirect(reverse("feeds"), status=303)
