"""What became of the marks of a piece in each of its texts, counted as far as a reader sees them."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Case, F, TextField, Value, When
from django.db.models.functions import StrIndex

from reader.core.visibility import visible_to
from reader.highlights.beginnings import Beginning, beginnings_of
from reader.highlights.crossing import OPENING, Crossed, Stand, crossed, crossed_at, struck_in
from reader.highlights.models import Anchor
from reader.highlights.surroundings import Surroundings
from reader.highlights.wording import same_words
from reader.library.models import Article, Revision
from reader.pages.changed_passages import Change, changed_to

if TYPE_CHECKING:
    from reader.core.requests import AnyUser


#: So many times it is looked at what became of a sentence, the newest texts first; of other marks only the words tell.
MOST_SENTENCES = 1_000


class Carried(NamedTuple):
    """How many marks are where they were in a text, went elsewhere with their words, stand on other words than were
    marked, in another sentence than these were in, are crossed out, have a new remark beside them that takes them back,
    or lost their place. Each counts once.
    """

    anchored: int = 0
    moved: int = 0
    reworded: int = 0
    turned: int = 0
    crossed: int = 0
    remarked: int = 0
    orphaned: int = 0

    @property
    def in_words(self) -> list[str]:
        """Each number with what it counts; the first says that these are marks."""
        turned = "in a sentence that was changed" if self.turned == 1 else "in sentences that were changed"
        remarked = "with a new remark beside it" if self.remarked == 1 else "with a new remark beside them"
        lost = "lost its place" if self.orphaned == 1 else "lost their place"
        words = ("in place", "moved along", "reworded", turned, "crossed out", remarked, lost)
        told = [(count, words) for count, words in zip(self, words, strict=True) if count]
        nouns = ["mark " if count == 1 else "marks " for count, _ in told[:1]] + [""] * len(told)
        return [f"{count:,} {noun}{words}" for (count, words), noun in zip(told, nouns, strict=False)]

    @property
    def changed_in_words(self) -> list[str]:
        """The same of those that have their place and are said otherwise there."""
        return self._replace(anchored=0, moved=0, orphaned=0).in_words


class Placed(NamedTuple):
    """A mark in one of the texts."""

    number: int
    pk: int
    exact: str
    state: str
    start: int
    end: int


class Page(NamedTuple):
    """A text, and its HTML where anything is crossed out in it."""

    text: str
    struck: str


class Standing(NamedTuple):
    """A mark where it has a place, with what is crossed out of it there, and whether it moved by then."""

    mark: Placed
    around: Surroundings
    crossed: Crossed | None
    has_moved: bool


def marks_by_text(article: Article, user: "AnyUser") -> dict[int, Carried]:
    """Of each text but the first, which has its marks as they were made."""
    rows = rows_of(article, user)
    return counted(rows, {row.number for row in rows}, article)


def marks_in(revision: Revision, user: "AnyUser") -> Carried | None:
    """The same of one text; None where it has no marks."""
    return counted(rows_of(revision.article, user), {revision.number}, revision.article).get(revision.number)


def rows_of(article: Article, user: "AnyUser") -> list[Placed]:
    placed = Anchor.objects.filter(
        visible_to(user, "highlight__"), revision__article=article, revision__number__gt=1, highlight__deleted_at=None
    )
    fields = ("revision__number", "highlight_id", "highlight__exact", "state", "start", "end")
    return [Placed(*row) for row in placed.order_by("revision__number").values_list(*fields)]


def counted(rows: Sequence[Placed], wanted: Collection[int], article: Article) -> dict[int, Carried]:
    """What became of the marks in the texts of these numbers; `rows` are of all, for a mark may have moved before."""
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for row in rows:
        if row.number in wanted and row.state == Anchor.State.ORPHANED:
            found[row.number]["orphaned"] += 1
    for one, kind in kinds_of(list(standings(rows, pages_of(article, wanted)))):
        found[one.mark.number][kind] += 1
    return {number: Carried(**of_text) for number, of_text in found.items()}


def pages_of(article: Article, numbers: Collection[int]) -> dict[int, Page]:
    struck = Case(When(at__gt=0, then=F("html")), default=Value("", output_field=TextField()), output_field=TextField())
    texts = Revision.objects.filter(article=article, number__in=numbers).annotate(at=StrIndex("html", Value(OPENING)))
    rows = texts.annotate(struck=struck).values_list("number", "text", "struck")
    return {number: Page(text, html) for number, text, html in rows}


def standings(rows: Iterable[Placed], pages: dict[int, Page]) -> Iterator[Standing]:
    """Those of the marks that have a place in these texts, the oldest text first."""
    moved: set[int] = set()
    for row in rows:
        if row.state == Anchor.State.MOVED:
            moved.add(row.pk)
        if row.state != Anchor.State.ORPHANED and row.number in pages:
            text, html = pages[row.number]
            struck = crossed(struck_in(html), text, row.start, row.end)
            yield Standing(row, Surroundings.at(text, row.start, row.end), struck, row.pk in moved)


def kinds_of(found: list[Standing]) -> Iterator[tuple[Standing, str]]:
    """Each with the name of what it counts as."""
    begun = beginnings_of({one.mark.pk: one.mark.exact for one in found})
    struck = {one.mark.pk: begun[one.mark.pk].made for one in found if one.crossed and one.mark.pk in begun}
    stands = {pk: Stand(made.revision_id, made.start, made.end) for pk, made in struck.items()}
    were = crossed_at(stands) if stands else {}
    known: dict[tuple[object, ...], str] = {}
    for one in reversed(found):
        key = (one.mark.pk, one.mark.state, one.around, one.crossed, one.has_moved)
        if key not in known and len(known) < MOST_SENTENCES:
            known[key] = kind_of(one, change_of(one, begun.get(one.mark.pk), were.get(one.mark.pk)))
        yield one, known.get(key) or by_words(one.mark, one.around)


def by_words(mark: Placed, around: Surroundings) -> str:
    return mark.state if same_words(mark.exact, around.words) else "reworded"


def change_of(one: Standing, begun: Beginning | None, was: Crossed | None) -> Change | None:
    if begun is None:
        return changed_to(one.around, one.mark.exact, None, None, None)
    struck = one.crossed if one.crossed and one.crossed.is_more_than(was) else None
    remark = begun.remark(one.around)
    return changed_to(one.around, one.mark.exact, (begun.around, one.has_moved), remark, struck)


def kind_of(one: Standing, change: Change | None) -> str:
    if change is None:
        return one.mark.state
    if change.crossed is Crossed.WHOLLY:
        return "crossed"
    if not change.has_its_words:
        return "reworded"
    if change.turn and change.turn.says_otherwise:
        return "turned"
    return "crossed" if change.crossed else "remarked" if change.remark else "moved"
