"""The lines of the shelf, filled in from plain rows: thirty of them in a few milliseconds."""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.urls import reverse
from django.utils.safestring import SafeString

from reader.core.markup import NOTHING, fill, together
from reader.core.visibility import Visibility
from reader.library.models import Article, Reading
from reader.pages.shelf import Around, around
from reader.templatetags.forecite import icon

if TYPE_CHECKING:
    from reader.core.requests import AnyUser

ROW = """<li class="shelf-row" data-state="{state}">
<h2 class="row-title"><a href="{url}">{title}</a></h2>
<p class="facts">{facts}</p>
{tags}</li>
"""
FACT = "<span>{words}</span>"
DATE = '<time datetime="{iso}">{words}</time>'
WITH_ICON = "<span>{icon}{words}</span>"
PROGRESS = '<span class="shelf-progress">{percent} % read</span>'
NEW = '<span class="new">{count} new</span>'
UNREAD = (Reading.State.UNREAD.value, 0, 0)
TAGS = '<ul class="chips" aria-label="Tags">{tags}</ul>'
TAG = '<li><a class="chip" href="{url}">{name}</a></li>'


def shelf_rows(articles: Sequence[Article], user: "AnyUser") -> list[SafeString]:
    """A line for each article, with what the reader did with it."""
    known = around([article.pk for article in articles], user)
    shelf = reverse("articles")
    return [
        fill(
            ROW,
            state=known.readings.get(article.pk, UNREAD)[0],
            url=f"{shelf}{article.slug}/",
            title=article.title,
            facts=facts(article, known),
            tags=chips(list(known.tags[article.pk].values()), shelf),
        )
        for article in articles
    ]


def facts(article: Article, known: Around) -> SafeString:
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
            seen_by(article),
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


def seen_by(article: Article) -> SafeString:
    """A lock or a group; what everyone sees needs no sign."""
    if article.visibility == Visibility.PRIVATE:
        return fill(FACT, words=icon("lock", "Only you see this"))
    if article.visibility == Visibility.TEAM:
        return fill(FACT, words=icon("users", "Your team sees this"))
    return NOTHING


def chips(tags: Sequence[str], shelf: str) -> SafeString:
    if not tags:
        return NOTHING
    return fill(TAGS, tags=together([fill(TAG, url=f"{shelf}?tag={quote(name)}", name=name) for name in tags]))
