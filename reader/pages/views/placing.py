"""Marks that lost their place: the list of them, and what can be done about one."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from reader.claims.placed_marks import accept_candidate, place, take_back
from reader.core.access import find_or_404, signed_in
from reader.core.refusals import Refused
from reader.core.requests import MemberRequest, Request, id_in, wants_fragment
from reader.highlights.forms import PassageForm
from reader.highlights.marking import NoSuchPassage, in_newest, places_of
from reader.highlights.models import Highlight
from reader.highlights.placing import keep
from reader.library.models import Article
from reader.library.queries import newest_revision
from reader.pages.lost_marks import PAGE, lost_anew, lost_marks, shown
from reader.pages.redrawing import answer
from reader.pages.views.highlights import changeable
from reader.pages.views.marking import passage_of


@require_safe
def lost(request: Request, slug: str) -> HttpResponse:
    """All marks of a piece that have no place in its newest text."""
    article: Article = find_or_404(Article.objects.visible_to(request.user), slug=slug)
    newest = newest_revision(article.pk)
    found = lost_marks(newest.pk, request.user, id_in(request.GET, "after") or 0)
    context = {
        "article": article,
        "address": article.get_absolute_url(),
        "revision_id": newest.pk,
        "lost": shown(found[:PAGE], newest.pk, newest.text, request.user),
        "next": found[PAGE - 1].id if len(found) > PAGE else 0,
    }
    return render(request, "highlights/lost_page.html", context)


@require_POST
@signed_in
def candidate(request: MemberRequest, pk: int) -> HttpResponse:
    """The mark stands where it seems to."""
    found = changeable(request, pk)
    try:
        accept_candidate(found, id_in(request.POST, "revision") or 0, request.user)
    except Refused as refusal:
        return refused(request, found, str(refusal))
    return done(request, found, "The mark has its place again.")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def placing(request: MemberRequest, pk: int) -> HttpResponse:
    """The mark stands at the words that are chosen in the text, or copied from it."""
    found = changeable(request, pk)
    if request.method != "POST":
        return HttpResponseRedirect(f"{found.article.get_absolute_url()}?placing={pk}", status=303)
    form = PassageForm(request.POST)
    try:
        passage = in_newest(passage_of(found.article, form), newest_revision(found.article_id))
        if form.cleaned_data["start"] is None and len(places := places_of(passage)) > 1:
            return ask(request, found, form, 200, passage=passage, places=places)
        place(found, passage.revision.pk, passage.start, passage.end, request.user)
    except NoSuchPassage as problem:
        if not form.errors:
            form.add_error("exact", f"{problem} The mark is still without a place.")
        return ask(request, found, form)
    except Refused as refusal:
        return refused(request, found, str(refusal))
    return done(request, found, "The mark has its place again.")


@require_POST
@signed_in
def keeping(request: MemberRequest, pk: int) -> HttpResponse:
    """The mark stays a quote without a place."""
    found = changeable(request, pk)
    try:
        keep(found, request.user)
    except Refused as refusal:
        return refused(request, found, str(refusal))
    messages.success(request, "The words are kept without a place.", extra_tags=undoing_of(found))
    if wants_fragment(request):
        return answer(request, lost_anew(request, found.article))
    return HttpResponseRedirect(found.article.get_absolute_url(), status=303)


@require_POST
@signed_in
def undoing(request: MemberRequest, pk: int) -> HttpResponse:
    found = changeable(request, pk)
    try:
        take_back(found, request.user)
    except Refused as refusal:
        return refused(request, found, str(refusal))
    messages.success(request, "It is as it was before.")
    return back_to(request, found.article.get_absolute_url())


def ask(request: MemberRequest, found: Highlight, form: PassageForm, status: int = 409, **more: Any) -> HttpResponse:
    return render(request, "highlights/placing_page.html", {"highlight": found, "form": form, **more}, status=status)


def undoing_of(found: Highlight) -> str:
    return reverse("highlight-placing-undoing", args=[found.pk])


def done(request: MemberRequest, found: Highlight, said: str) -> HttpResponse:
    messages.success(request, said, extra_tags=undoing_of(found))
    return HttpResponseRedirect(found.get_absolute_url(), status=303)


def refused(request: MemberRequest, found: Highlight, why: str) -> HttpResponse:
    messages.error(request, why)
    return back_to(request, found.article.get_absolute_url())


def back_to(request: MemberRequest, address: str) -> HttpResponse:
    """The piece anew, also where the notice that offers the undoing asked for a part of it."""
    if wants_fragment(request):
        return HttpResponseClientRedirect(address)
    return HttpResponseRedirect(address, status=303)
