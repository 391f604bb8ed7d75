"""The reading page, and how far its reader is."""

import hashlib
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST, require_safe

from reader.core import frontend
from reader.core.access import find_or_404, may_annotate, signed_in
from reader.core.blocks import Layout
from reader.core.requests import MemberRequest, Request, wants_fragment
from reader.highlights.audiences import usual_audience
from reader.highlights.queries import article_note_rows, marks_in
from reader.highlights.rendering import render_article
from reader.library.models import Article, Reading
from reader.notices.queries import unread_count
from reader.pages.cards import HANDFUL, Viewer, handful, thread
from reader.pages.forms import ProgressForm, StateForm
from reader.pages.progress import keep_place, set_state
from reader.pages.reading_queries import Opening, authors_of, layout_of_revision, open_article, tag_fields
from reader.pages.redrawing import answer

#: Fewer headings are seen at a glance.
HEADINGS_WORTH_A_LIST = 3


@require_safe
def article(request: Request, slug: str) -> HttpResponseBase:
    opening = open_article(request.user, slug)
    unread = unread_count(request.user)
    has_news = len(messages.get_messages(request)) > 0
    etag = version(request, opening, unread)
    if not has_news and (unchanged := get_conditional_response(request, etag=etag)):
        return unchanged
    context = page(request, opening) | {"unread_notices": unread}
    response = render(request, "pages/reading.html", context)
    if not has_news:  # what is said once must not come back with a page that the browser kept
        response.headers["ETag"] = etag
    return response


def version(request: Request, opening: Opening, unread: int) -> str:
    """The ETag: whoever reads, what they may, the build, the piece with all around it, the bell, and the day."""
    user = request.user
    who: tuple[object, ...] = ()
    if user.is_authenticated:
        display = (user.theme, user.text_size, user.text_width, user.leading)
        who = (user.pk, user.name, user.is_staff, user.is_curator, sorted(user.roles.items()), display)
    if "CSRF_COOKIE" not in request.META:
        get_token(request)  # a first page sets it, and must be known again by it
    session = (request.session.session_key, request.META["CSRF_COOKIE"])
    content = (session, who, frontend.build(), opening[1:], unread, timezone.localdate())
    return f'"{hashlib.sha256(repr(content).encode()).hexdigest()[:32]}"'


def page(request: Request, opening: Opening) -> dict[str, Any]:
    user, article = request.user, opening.article
    layout = layout_of_revision(opening.revision_id, user)
    marks = marks_in(opening.revision_id, user)
    ids = [mark[0] for mark in marks]
    return {
        "article": article,
        "address": article.get_absolute_url(),
        "authors": authors_of(article, user),
        "tags": tag_fields(user, article.pk),
        "revision_id": opening.revision_id,
        "outline": outline(layout),
        "body": SafeString(render_article(layout, marks, marks[:HANDFUL][-1][1] if marks else 0)),
        "cards": handful(article.slug, ids, user, timezone.localdate()),
        "notes": thread(article_note_rows(article.pk, user), "article", Viewer(user)),
        "place": opening.place,
        "usual_audience": usual_audience(article, user) if user.is_authenticated else None,
        "may_annotate": may_annotate(user, article),
    }


def outline(layout: Layout) -> list[Any]:
    return list(layout.outline) if len(layout.outline) >= HEADINGS_WORTH_A_LIST else []


@require_POST
@signed_in
def reading(request: MemberRequest, slug: str) -> HttpResponse:
    """Keeps how far the reader is, or the state that they choose."""
    article = find_or_404(Article.objects.visible_to(request.user), slug=slug)
    if "state" in request.POST:
        return choose_state(request, article)
    form = ProgressForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=422)
    keep_place(article, request.user, form.cleaned_data["position"], form.cleaned_data["percent"])
    return HttpResponse(status=204)


def choose_state(request: MemberRequest, article: Article) -> HttpResponse:
    form = StateForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=422)
    place = set_state(article, request.user, form.cleaned_data["state"])
    messages.success(request, f"Kept as {Reading.State(place.state).label.lower()}.")
    if wants_fragment(request):
        context = {"address": article.get_absolute_url(), "place": place}
        return answer(request, SafeString(render_to_string("pages/reading_state.html", context, request)))
    return HttpResponseRedirect(reverse("article", args=[article.slug]), status=303)
