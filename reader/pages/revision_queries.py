"""The texts of a piece, and what became of its marks in each."""

from collections import Counter
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from reader.core.access import find_or_404
from reader.library.models import Article, Revision
from reader.pages.carried_marks import Carried, marks_by_text

if TYPE_CHECKING:
    from reader.core.requests import AnyUser

#: How a text came, as it is told.
SOURCES = {"paste": "pasted", "upload": "uploaded"}
FORMS = {"text": "as plain text", "markdown": "as Markdown", "html": "with its formatting"}


class Version(NamedTuple):
    """One text of a piece in its history."""

    number: int
    source_kind: str
    words: int
    created_at: datetime
    by: str | None
    sha256: str
    before: int | None = None
    marks: Carried = Carried()
    is_newest: bool = False
    #: Whether another text came on the same day: then the day does not tell which is meant.
    shares_day: bool = False
    #: The number of the first text that it is once more; 0 for one that is new.
    again: int = 0

    @property
    def day(self) -> date:
        return timezone.localdate(self.created_at)

    @property
    def label(self) -> str:
        """What it is called where one is chosen: short, for a list that opens shows no more than it is wide."""
        return f"Text {self.number}, {date_format(timezone.localtime(self.created_at), 'j M Y, H:i')}"

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
    """The texts of a piece, the newest first, with what became of the marks."""
    marks = marks_by_text(article, user)
    return [version._replace(marks=marks.get(version.number, Carried())) for version in versions_of(article)]


def versions_of(article: Article) -> list[Version]:
    """The texts of a piece, the newest first."""
    fields = ("number", "source_kind", "words", "created_at", "created_by__name", "sha256")
    found = [Version(*row) for row in Revision.objects.filter(article=article).order_by("number").values_list(*fields)]
    days, told, before = Counter(version.day for version in found), [], None
    firsts: dict[str, int] = {}
    for version in found:
        newest, again = version.number == found[-1].number, firsts.setdefault(version.sha256, version.number)
        told.append(
            version._replace(
                before=before,
                is_newest=newest,
                shares_day=days[version.day] > 1,
                again=again if again != version.number else 0,
            )
        )
        before = version.words
    return told[::-1]


def text_of(article: Article, number: int) -> Revision:
    """One text of a piece that somebody may read.

    Raises:
        Http404: it has no such text.
    """
    found: Revision = find_or_404(texts(article), number=number)
    return found


def texts(article: Article) -> "QuerySet[Revision, Any]":
    return Revision.objects.filter(article=article).select_related("created_by").defer("raw", "text")
