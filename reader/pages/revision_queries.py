"""The texts of a piece, and what became of its marks in each."""

from collections import defaultdict
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Count, QuerySet

from reader.core.access import find_or_404
from reader.core.visibility import visible_to
from reader.highlights.models import Anchor
from reader.library.models import Article, Revision

if TYPE_CHECKING:
    from reader.core.requests import AnyUser

#: How a text came, as it is told.
SOURCES = {"paste": "pasted", "upload": "uploaded"}
FORMS = {"text": "as plain text", "markdown": "as Markdown", "html": "with its formatting"}


class Carried(NamedTuple):
    """How many of the marks that a reader sees are where they were in a text, went elsewhere, or lost their place."""

    anchored: int = 0
    moved: int = 0
    orphaned: int = 0


class Version(NamedTuple):
    """One text of a piece in its history."""

    number: int
    source_kind: str
    words: int
    created_at: datetime
    by: str | None
    before: int | None = None
    marks: Carried = Carried()
    is_newest: bool = False

    @property
    def source(self) -> str:
        way, _, form = self.source_kind.partition("_")
        return f"{SOURCES.get(way, 'brought')} {FORMS.get(form, '')}".strip()

    @property
    def difference(self) -> str:
        """In words, against the text before."""
        if self.before is None:
            return ""
        more = self.words - self.before
        if not more:
            return "as many words as before"
        return f"{abs(more):,} word{'' if abs(more) == 1 else 's'} {'more' if more > 0 else 'fewer'}"


def history_of(article: Article, user: "AnyUser") -> list[Version]:
    """The texts of a piece, the newest first."""
    rows = Revision.objects.filter(article=article).order_by("number")
    found = [
        Version(*row) for row in rows.values_list("number", "source_kind", "words", "created_at", "created_by__name")
    ]
    marks, told, before = marks_by_text(article, user), [], None
    for version in found:
        newest = version.number == found[-1].number
        told.append(version._replace(before=before, marks=marks[version.number], is_newest=newest))
        before = version.words
    return told[::-1]


def marks_by_text(article: Article, user: "AnyUser") -> dict[int, Carried]:
    placed = Anchor.objects.filter(
        visible_to(user, "highlight__"), revision__article=article, highlight__deleted_at=None
    )
    rows = placed.order_by().values_list("revision__number", "state").annotate(count=Count("pk"))
    counted: dict[int, Carried] = defaultdict(Carried)
    for number, state, count in rows:
        counted[number] = counted[number]._replace(**{str(state): count})
    return counted


def text_of(article: Article, number: int) -> Revision:
    """One text of a piece that somebody may read.

    Raises:
        Http404: it has no such text.
    """
    found: Revision = find_or_404(texts(article), number=number)
    return found


def texts(article: Article) -> "QuerySet[Revision, Any]":
    return Revision.objects.filter(article=article).select_related("created_by").defer("raw", "text")
