"""What others do in the piece that somebody has open."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from reader.core.markup import NOTHING, fill, together
from reader.core.requests import Request, id_in
from reader.highlights.narrowing import read_narrowing
from reader.highlights.queries import article_note_rows
from reader.intake.images.queries import are_on_their_way, image_fields
from reader.intake.images.showing import PLACE
from reader.library.queries import find_article
from reader.live.queries import Standing, changes_since, standing
from reader.notices.queries import unread_count
from reader.pages.reading_queries import fellows_in, revision_for_drawing
from reader.pages.redrawing import page_of, partial
from reader.pages.threads import UNDER_PIECE, Viewer, thread
from reader.templatetags.forecite import icon

if TYPE_CHECKING:
    from reader.core.requests import AnyUser

#: The tag of what somebody has seen, as htmx's own polling names it (its extension hx-ptag).
TAG = "HX-PTag"
NEWS = (
    """<div class="toast floating" data-level="info" data-stays>{icon}<p>{words} <a href="{url}">Reload</a></p></div>"""
)
REVISED = (
    "The text was changed since you opened it. What you are writing can still be saved; "
    "a mark whose words are gone is kept without a place."
)
PICTURES = "The pictures of this piece have come."
TOO_MANY = "Much has happened here since you last looked."


@require_safe
def changes(request: Request, slug: str) -> HttpResponseBase:
    """What has changed behind the reader's cursor, as parts of their page; 304 where nothing has."""
    cursor = id_in(request.headers, TAG) or 0
    piece = standing(request.user, slug, cursor)
    if not piece.latest_event:
        return HttpResponse(status=304)
    response = HttpResponse(drawn(request, slug, cursor, piece))
    response.headers[TAG] = str(piece.latest_event)
    return response


@require_safe
def images(request: Request, slug: str) -> HttpResponseBase:
    """Says that a piece's pictures are here, once none is on its way: put in now they would move what one reads."""
    article = find_article(request.user, slug)
    if are_on_their_way(PLACE, article.pk):
        return HttpResponse(status=304)
    told = news(PICTURES, slug) if image_fields(request.user, article.pk) else NOTHING
    return HttpResponse(together([partial("#awaits-images", NOTHING, "delete"), told]))


def drawn(request: Request, slug: str, cursor: int, piece: Standing) -> SafeString:
    user, revision = request.user, piece.revision_id
    if id_in(request.GET, "revision") not in (None, revision):
        return news(REVISED, slug)
    changed = changes_since(cursor, piece, user)
    if changed.too_many:
        return news(TOO_MANY, slug)
    text = revision_for_drawing(revision, piece.article_id, user)
    page = page_of(slug, text, piece.team_id, user, read_narrowing(request.GET))
    spans = changed.spans | ({(one.start, one.end) for one in page.pointers} if changed.looked_through else set())
    parts = [page.redrawn(*spans)] if spans else []
    if changed.notes_on_piece:
        notes = thread(article_note_rows(piece.article_id, user), UNDER_PIECE, Viewer(user))
        parts.append(partial("#article-notes", notes, "innerMorph"))
    return together([*parts, *around(piece, user)])


def around(piece: Standing, user: "AnyUser") -> Iterator[SafeString]:
    """What stands beside a piece and is asked for only when something in it has changed: the bell, and who is where."""
    if user.is_authenticated:
        bell = render_to_string("components/bell.html", {"unread_notices": unread_count(user)})
        yield partial("#bell", SafeString(bell.strip()), "outerMorph")
    if others := fellows_in(piece.article_id, piece.team_id, user):
        yield partial("#fellows", together(fill("<span>{fellow}</span>", fellow=one) for one in others), "innerMorph")


def news(words: str, slug: str) -> SafeString:
    return partial("#toasts", fill(NEWS, icon=icon("info"), words=words, url=f"/articles/{slug}/"), "beforeend")
