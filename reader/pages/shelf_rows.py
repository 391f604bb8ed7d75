"""The lines of the shelf, filled in from plain rows: thirty of them in a few milliseconds."""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.urls import reverse
from django.utils.safestring import SafeString

from reader.core.access import may_change
from reader.core.markup import NOTHING, fill, together
from reader.core.visibility import Visibility
from reader.library.models import Article, Reading
from reader.pages.shelf import Around, around
from reader.templatetags.forecite import icon

if TYPE_CHECKING:
    from reader.core.requests import AnyUser

ROW = """<li class="shelf-row" data-state="{state}">{choice}
<h2 class="row-title" dir="auto"><a href="{url}">{title}</a></h2>
<p class="facts">{facts}</p>
{tags}</li>
"""
CHOICE = """<input type="checkbox" name="piece" value="{id}" form="choosing" aria-label="Choose “{title}”">"""
FACT = "<span>{words}</span>"
DATE = '<time datetime="{iso}">{words}</time>'
WITH_ICON = "<span>{icon}{words}</span>"
PROGRESS = '<span class="shelf-progress">{percent} % read</span>'
NEW = '<span class="new">{count} new</span>'
UNREAD = (Reading.State.UNREAD.value, 0, 0)
TAGS = '<ul class="chips" aria-label="Tags">{tags}</ul>'
TAG = '<li><a class="chip" href="{url}">{name}</a></li>'


def shelf_rows(articles: Sequence[Article], user: "AnyUser", *, choose: bool = False) -> list[SafeString]:
    """A line for each article, with what the reader did with it; to `choose`, a box before each that they may move."""
    known = around([article.pk for article in articles], user)
    shelf = reverse("articles")
    return [
        fill(
            ROW,
            state=known.readings.get(article.pk, UNREAD)[0],
            choice=choice(article) if choose and may_change(user, article) else NOTHING,
            url=f"{shelf}{article.slug}/",
            title=article.title,
            facts=facts(article, known, user),
            tags=chips(list(known.tags[article.pk].values()), shelf),
        )
        for article in articles
    ]


def choice(article: Article) -> SafeString:
    return fill(CHOICE, id=article.pk, title=article.title)


def facts(article: Article, known: Around, user: "AnyUser") -> SafeString:
    marks, claims = known.highlights[article.pk], known.claims[article.pk]
    state, percent, news = known.readings.get(article.pk, UNREAD)
    return together(
        [
            fill(FACT, words=article.publication.name) if article.publication else NOTHING,
            fill(FACT, words=", ".join(known.authors[article.pk])) if known.authors[article.pk] else NOTHING,
            fill(DATE, iso=article.published, words=article.published_in_words) if article.published else NOTHING,
            fill(FACT, words=f"{article.minutes} min"),
            fill(FACT, words="Preview") if article.truncated else NOTHING,
            place(state, percent),
            fill(NEW, count=news) if news else NOTHING,
            fill(WITH_ICON, icon=icon("highlighter"), words=f"{marks} of mine") if marks else NOTHING,
            fill(WITH_ICON, icon=icon("scale"), words=f"{claims} claim{'s' * (claims > 1)}") if claims else NOTHING,
            seen_by(article, user),
        ]
    )


def place(state: str, percent: int) -> SafeString:
    """How far the reader is, where they have begun."""
    match state:
        case Reading.State.READING:
            return fill(PROGRESS, percent=percent)
        case Reading.State.FINISHED:
            return fill(WITH_ICON, icon=icon("check"), words="Finished")
        case Reading.State.ARCHIVED:
            return fill(WITH_ICON, icon=icon("archive"), words="Archived")
        case _:
            return NOTHING


def seen_by(article: Article, user: "AnyUser") -> SafeString:
    """A lock, or a group and which; what everyone sees needs no sign. Whoever left a team is not told its name now."""
    if article.visibility == Visibility.PRIVATE:
        return fill(WITH_ICON, icon=icon("lock"), words="Only you")
    if article.visibility == Visibility.TEAM and article.team:
        is_mine = user.is_authenticated and article.team_id in user.roles
        words = article.team.name if is_mine else "A team that you left"
        return fill(WITH_ICON, icon=icon("users"), words=words)
    return NOTHING


def chips(tags: Sequence[str], shelf: str) -> SafeString:
    if not tags:
        return NOTHING
    return fill(TAGS, tags=together([fill(TAG, url=f"{shelf}?tag={quote(name)}", name=name) for name in tags]))
