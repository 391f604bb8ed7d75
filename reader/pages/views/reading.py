"""The reading page, and how far its reader is."""

import hashlib
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse, QueryDict
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST, require_safe

from reader.core import frontend
from reader.core.access import find_or_404, may_annotate, may_change, signed_in
from reader.core.blocks import Layout
from reader.core.requests import AnyUser, MemberRequest, Request, id_in, wants_fragment
from reader.foresight.queries import places_of, pointers_in
from reader.highlights.audiences import usual_audience
from reader.highlights.narrowing import read_narrowing
from reader.highlights.news import News, news_since
from reader.highlights.queries import article_note_rows, marks_in, passages_of
from reader.highlights.rendering import render_article
from reader.intake.images.queries import are_on_their_way
from reader.library.models import Article, Foresight, Reading
from reader.notices.queries import unread_count
from reader.pages.cards import HANDFUL, handful, is_dense, last_place
from reader.pages.forms import ProgressForm, SeenForm, StateForm
from reader.pages.lost_marks import lost_mark, panel
from reader.pages.narrowing import in_words
from reader.pages.progress import keep_place, keep_seen, set_state
from reader.pages.reading_queries import (
    Opening,
    authors_of,
    fellows_of,
    layout_of_opening,
    open_article,
    tag_fields,
)
from reader.pages.redrawing import answer, partial
from reader.pages.suggestions import (
    HOLDS_SOME,
    ask_anew_for_what_is_drawn,
    ask_once,
    gutter,
    has_foresight,
    predictions_among,
    shows_a_gutter,
    unmarked,
)
from reader.pages.threads import UNDER_PIECE, Viewer, thread

#: Fewer headings are seen at a glance.
HEADINGS_WORTH_A_LIST = 3


@require_safe
def article(request: Request, slug: str) -> HttpResponseBase:
    opening = open_article(request.user, slug)
    ask_once(opening.article, request.user)
    unread = unread_count(request.user) if opening.there.notices else 0
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
        display = (user.theme, user.text_size, user.text_width, user.leading, user.foresight)
        who = (user.pk, user.name, user.is_staff, user.is_curator, sorted(user.roles.items()), display)
    if "CSRF_COOKIE" not in request.META:
        get_token(request)  # a first page sets it, and must be known again by it
    session = (request.session.session_key, request.META["CSRF_COOKIE"])
    team = opening.article.team.name if opening.article.team else ""
    content = (session, who, frontend.build(), opening.version, unread, team, timezone.localdate())
    return f'"{hashlib.sha256(repr(content).encode()).hexdigest()[:32]}"'


def page(request: Request, opening: Opening) -> dict[str, Any]:
    user, article, there = request.user, opening.article, opening.there
    news = unseen(opening, user)
    narrowing = read_narrowing(request.GET)
    points = shows_a_gutter(article.team_id, user) and not narrowing.query and has_foresight(article)
    pointers = pointers_in(opening.revision_id, article.pk, user) if points and article.foresight in HOLDS_SOME else []
    layout = layout_of_opening(opening, user, places_of(pointers))
    ask_anew_for_what_is_drawn(article, pointers, layout.text)
    marks = marks_in(opening.revision_id, user, narrowed=narrowing.condition(article.pk, user))
    passages = passages_of(marks, HANDFUL + 1)
    lost = lost_context(request, opening, layout) if there.lost else {}
    revised = layout if article.revised_at else None
    return lost | {
        "article": article,
        "address": article.get_absolute_url(),
        "authors": authors_of(article, user),
        "tags": tag_fields(user, article.pk) if there.tags else [],
        "revision_id": opening.revision_id,
        "latest_event": opening.latest_event,
        "narrowing": narrowing,
        "outline": outline(layout),
        "body": SafeString(render_article(layout, marks + lost.get("candidates", []), last_place(passages))),
        "cards": handful(
            article.slug, passages, user, timezone.localdate(), revised, narrowing, news=news, total=len(marks)
        ),
        "awaits_images": are_on_their_way(layout.html, article.pk),
        "is_dense": is_dense(len(passages), layout.blocks[-1].end if layout.blocks else 0),
        "gutter": gutter(
            article.get_absolute_url(),
            opening.revision_id,
            layout.text,
            unmarked(pointers, predictions_among(marks)),
            get_token(request),
        )
        if points
        else "",
        "is_foreign": points and article.foresight == Foresight.FOREIGN,
        "notes": thread(article_note_rows(article.pk, user) if there.notes else [], UNDER_PIECE, Viewer(user, news)),
        "narrowed_to": in_words(narrowing, opening.revision_id, user),
        "news": news,
        "fellows": fellows_of(opening, user),
        "place": opening.place,
        "usual_audience": usual_audience(article, user) if user.is_authenticated else None,
        "may_annotate": may_annotate(user, article),
        "may_change": may_change(user, article),
    }


def lost_context(request: Request, opening: Opening, layout: Layout) -> dict[str, Any]:
    """The marks that lost their place, of which one can be shown where it seems to stand, or be given a place."""
    user, revision = request.user, opening.revision_id
    candidate = lost_mark(revision, user, id_in(request.GET, "candidate"))
    placing = lost_mark(revision, user, id_in(request.GET, "placing"))
    return {
        "lost": panel(revision, layout.text, user),
        "candidates": [candidate.as_row(user.pk)] if candidate and candidate.start < candidate.end else [],
        "placing": placing if placing and may_change(user, placing) else None,
    }


def unseen(opening: Opening, user: AnyUser) -> News:
    """What is new since the reader was here; to whom all is new nothing is."""
    since = opening.place.seen_event
    if not since or opening.latest_event <= since:
        return News()
    return news_since(since, opening.article.pk, user)


def outline(layout: Layout) -> list[Any]:
    return list(layout.outline) if len(layout.outline) >= HEADINGS_WORTH_A_LIST else []


@require_POST
@signed_in
def reading(request: MemberRequest, slug: str) -> HttpResponse:
    """Keeps how far the reader is, or the state that they choose."""
    article = find_or_404(Article.objects.visible_to(request.user), slug=slug)
    if "state" in said_of_state(request):
        return choose_state(request, article)
    if set(request.POST) & {"seen", "position"} == {"seen"}:
        return mark_seen(request, article)
    form = ProgressForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=422)
    said = form.cleaned_data
    keep_place(article, request.user, said["position"], said["percent"], said["seen"] or 0)
    return HttpResponse(status=204)


def said_of_state(request: MemberRequest) -> QueryDict:
    """The form; an Undo has its state in its address."""
    return request.POST if "state" in request.POST else request.GET


def mark_seen(request: MemberRequest, article: Article) -> HttpResponse:
    """What came in is no longer new, though it was not read to the end."""
    form = SeenForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=422)
    keep_seen(article, request.user, form.cleaned_data["seen"] or 0)
    return HttpResponseRedirect(reverse("article", args=[article.slug]), status=303)


def choose_state(request: MemberRequest, article: Article) -> HttpResponse:
    form = StateForm(said_of_state(request))
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=422)
    before, place = set_state(article, request.user, form.cleaned_data["state"], form.cleaned_data["seen"] or 0)
    address = reverse("reading", args=[article.slug])
    undo = f"{address}?state={before}" if before != place.state else ""
    messages.success(request, f"Kept as {Reading.State(place.state).label.lower()}.", extra_tags=undo)
    if wants_fragment(request):
        context = {"address": article.get_absolute_url(), "place": place}
        drawn = SafeString(render_to_string("pages/reading_state.html", context, request))
        return answer(request, partial("#reading-state", drawn, "outerHTML"))
    return HttpResponseRedirect(reverse("article", args=[article.slug]), status=303)
