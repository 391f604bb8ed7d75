"""The texts of a piece, and what became of its marks in each."""

from collections import Counter, defaultdict
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from reader.core.access import find_or_404
from reader.core.visibility import visible_to
from reader.highlights.models import Anchor
from reader.highlights.wording import same_words
from reader.library.models import Article, Revision

if TYPE_CHECKING:
    from reader.core.requests import AnyUser

#: How a text came, as it is told.
SOURCES = {"paste": "pasted", "upload": "uploaded"}
FORMS = {"text": "as plain text", "markdown": "as Markdown", "html": "with its formatting"}


class Carried(NamedTuple):
    """How many of the marks that a reader sees are where they were in a text, went elsewhere with their words, stand on
    other words than were marked, or lost their place.
    """

    anchored: int = 0
    moved: int = 0
    reworded: int = 0
    orphaned: int = 0

    @property
    def in_words(self) -> list[str]:
        """Each number with what it counts; the first says that these are marks."""
        lost = "lost its place" if self.orphaned == 1 else "lost their place"
        counts = zip(self, ("in place", "moved along", "reworded", lost), strict=True)
        told = [(count, words) for count, words in counts if count]
        nouns = ["mark " if count == 1 else "marks " for count, _ in told[:1]] + [""] * len(told)
        return [f"{count:,} {noun}{words}" for (count, words), noun in zip(told, nouns, strict=False)]


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


def marks_by_text(article: Article, user: "AnyUser") -> dict[int, Carried]:
    """Of each text but the first, which has its marks as they were made."""
    placed = Anchor.objects.filter(
        visible_to(user, "highlight__"), revision__article=article, revision__number__gt=1, highlight__deleted_at=None
    )
    rows = list(placed.values_list("revision__number", "state", "start", "end", "highlight__exact"))
    numbers = {number for number, *_ in rows}
    texts = dict(Revision.objects.filter(article=article, number__in=numbers).values_list("number", "text"))
    counted: dict[int, Counter[str]] = defaultdict(Counter)
    for number, state, start, end, exact in rows:
        has_place = state != Anchor.State.ORPHANED
        is_reworded = has_place and not same_words(exact, texts[number][start:end])
        counted[number]["reworded" if is_reworded else str(state)] += 1
    return {number: Carried(**of_text) for number, of_text in counted.items()}


def text_of(article: Article, number: int) -> Revision:
    """One text of a piece that somebody may read.

    Raises:
        Http404: it has no such text.
    """
    found: Revision = find_or_404(texts(article), number=number)
    return found


def texts(article: Article) -> "QuerySet[Revision, Any]":
    return Revision.objects.filter(article=article).select_related("created_by").defer("raw", "text")
