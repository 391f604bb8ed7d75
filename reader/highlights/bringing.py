"""Marks that were made elsewhere: many at once on one piece, each found by its words, none lost and none doubled."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from reader import anchoring
from reader.core.access import require_sight
from reader.core.events import event_of, let_ids_appear_in_order, record_all
from reader.core.markdown import render_note
from reader.core.models import Event
from reader.highlights.marking import search
from reader.highlights.models import CONTEXT, Anchor, Highlight, Note
from reader.library.models import Article, Revision
from reader.tags.models import Tag, tag_named

if TYPE_CHECKING:
    from reader.accounts.models import User


#: The marks of so many pieces are compared at once.
BATCH = 100
#: What of an anchor tells which words are marked (`Marked.add`).
ROW = ["state", "start", "end", "highlight__exact"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words that were marked, with what is known of them."""

    exact: str
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    note: str = ""
    tags: Sequence[str] = ()
    made_at: datetime | None = None


@dataclass(slots=True)
class Brought:
    """What became of some quotes: in their place, kept without one, or here already."""

    placed: list[Highlight] = field(default_factory=list)
    unplaced: list[Highlight] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    known: int = 0


def bring_marks(
    article: Article, quotes: Iterable[Quote], by: "User", then: Callable[[Brought], None] | None = None
) -> Brought:
    """Mark these words in the newest text of a piece, for `by` alone; `then` is called in the same transaction.

    What is nowhere in the text becomes a mark without a place, which its page lists. What `by` has marked already, or
    had and took away, is not brought again.
    """
    revision = article.revisions.only("article", "text").latest("number")
    found = [(quote, place_of(revision.text, quote)) for quote in quotes]
    notes = {quote.note: render_note(quote.note.strip()) for quote, _ in found if quote.note.strip()}
    with transaction.atomic():
        let_ids_appear_in_order()
        article.look_again()
        require_sight(by, article)
        newest = article.revisions.only("article", "text").latest("number")
        if newest.pk != revision.pk:
            found = [(quote, place_of(newest.text, quote)) for quote, _ in found]
        brought = write(found, notes, newest, by)
        if then:
            then(brought)
    return brought


def place_of(text: str, quote: Quote) -> anchoring.Anchored:
    """Where a quote stands; where white space alone differs, as apps are free with it, that is the place."""
    known = quote.prefix or quote.suffix
    if not known and quote.exact not in text:
        loosely = search(text, quote.exact)
        if loosely:
            return anchoring.Anchored(*loosely, anchoring.State.ANCHORED, anchoring.Method.EXACT, 1.0)
    return anchoring.find(text, quote.exact, quote.prefix[-CONTEXT:], quote.suffix[:CONTEXT], quote.start)


def write(
    found: "list[tuple[Quote, anchoring.Anchored]]", notes: dict[str, str], revision: Revision, by: "User"
) -> Brought:
    brought, marked = Brought(), marked_by(revision, by)
    rows: list[tuple[Quote, Highlight, Anchor]] = []
    again: list[tuple[Quote, anchoring.Anchored]] = []
    for quote, place in found:
        if not marked.takes(quote, place):
            brought.known += 1
            again.append((quote, place))
            continue
        highlight = highlight_of(quote, place, revision, by)
        rows.append((quote, highlight, anchor_of(place, highlight, revision)))
        (brought.unplaced if place.state == anchoring.State.ORPHANED else brought.placed).append(highlight)
    brought.notes = [*save(rows, notes, by), *add_notes(again, notes, revision, by)]
    return brought


@dataclass(slots=True)
class Marked:
    """The places that somebody marked in a text, ever, and the words of their marks that have none there."""

    places: set[tuple[int, int]] = field(default_factory=set)
    words: set[str] = field(default_factory=set)

    def takes(self, quote: Quote, place: anchoring.Anchored) -> bool:
        """Whether this is another mark; it is one of these then."""
        here, said = (place.start, place.end), squeezed(quote.exact)
        is_lost = place.state == anchoring.State.ORPHANED
        if (said in self.words) if is_lost else (here in self.places):
            return False
        self.words.add(said) if is_lost else self.places.add(here)
        return True

    def has(self, quote: Quote, text: str) -> bool | None:
        """Whether this is one of them; None where its words are neither in the text nor those of a lost mark."""
        if quote.exact in text or search(text, quote.exact):
            return not self.takes(quote, place_of(text, quote))
        return True if squeezed(quote.exact) in self.words else None

    def add(self, state: str, start: int, end: int, exact: str) -> None:
        if state == Anchor.State.ORPHANED:
            self.words.add(squeezed(exact))
        else:
            self.places.add((start, end))


def marked_by(revision: Revision, by: "User") -> Marked:
    marked = Marked()
    mine = Anchor.objects.filter(revision=revision, highlight__owner=by)
    for row in mine.values_list(*ROW):
        marked.add(*row)
    return marked


@dataclass(frozen=True, slots=True)
class Compared:
    """How many quotes are marked already, and of how many only a search like that of an import would tell."""

    known: int = 0
    unsure: int = 0


def known_among(quotes: Mapping[int, Sequence[Quote]], by: "User", until: float) -> Compared:
    """How many of these, by their piece, `by` has marked already: those that would not be brought again.

    Only the very words are looked for, and until that moment (`time.monotonic`).
    """
    ids = list(quotes)
    told = [compared(ids[at : at + BATCH], quotes, by, until) for at in range(0, len(ids), BATCH)]
    return Compared(sum(one.known for one in told), sum(one.unsure for one in told))


def compared(ids: Sequence[int], quotes: Mapping[int, Sequence[Quote]], by: "User", until: float) -> Compared:
    newest = Revision.objects.filter(article=OuterRef("highlight__article")).order_by("-number").values("pk")[:1]
    mine = Anchor.objects.filter(highlight__owner=by, highlight__article__in=ids, revision=Subquery(newest))
    marked: dict[int, Marked] = {}
    pieces: dict[int, int] = {}
    for pk, article, *row in mine.values_list("revision", "revision__article", *ROW):
        marked.setdefault(pk, Marked()).add(*row)
        pieces[pk] = article
    known, unsure = 0, sum(len(quotes[article]) for article in pieces.values())
    # One text at a time: a hundred of them may be a hundred megabytes.
    for pk, text in Revision.objects.filter(pk__in=marked).values_list("pk", "text").iterator(chunk_size=1):
        for quote in quotes[pieces[pk]]:
            if time.monotonic() > until:
                return Compared(known, unsure)
            answer = marked[pk].has(quote, text)
            known += answer is True
            unsure -= answer is not None
    return Compared(known, unsure)


def squeezed(words: str) -> str:
    return " ".join(words.split())


def highlight_of(quote: Quote, place: anchoring.Anchored, revision: Revision, by: "User") -> Highlight:
    highlight = Highlight(article_id=revision.article_id, owner=by, created_at=quote.made_at or timezone.now())
    if place.state == anchoring.State.ORPHANED:
        highlight.exact = quote.exact
        highlight.prefix, highlight.suffix = quote.prefix[-CONTEXT:], quote.suffix[:CONTEXT]
    else:
        highlight.select(revision, place.start, place.end)
    return highlight


def anchor_of(place: anchoring.Anchored, highlight: Highlight, revision: Revision) -> Anchor:
    start, end = place.candidate or (place.start, place.end)
    # Found by its words elsewhere than its surroundings say is still where this reader's mark begins here.
    state = Anchor.State.ORPHANED if place.state == anchoring.State.ORPHANED else Anchor.State.ANCHORED
    return Anchor(
        highlight=highlight,
        revision=revision,
        start=start,
        end=end,
        state=state,
        method=place.method.value,
        score=place.score,
    )


def save(rows: "list[tuple[Quote, Highlight, Anchor]]", html: dict[str, str], by: "User") -> list[Note]:
    """Write the marks with their anchors, tags, notes and events."""
    if not rows:
        return []
    highlights = Highlight.objects.bulk_create([highlight for _, highlight, _ in rows])
    for (_, _, anchor), highlight in zip(rows, highlights, strict=True):
        anchor.highlight = highlight
    Anchor.objects.bulk_create([anchor for _, _, anchor in rows])
    label(rows)
    written = [note_on(highlight, quote, html, by) for quote, highlight, _ in rows if quote.note in html]
    notes = Note.objects.bulk_create(written)
    events: list[Event] = [event_of(by, "marked", one, one, article_id=one.article_id) for one in highlights]
    events += [event_of(by, "wrote", note, note, article_id=note.article_of_event) for note in notes]
    record_all(events)
    return notes


def add_notes(
    again: "list[tuple[Quote, anchoring.Anchored]]", html: dict[str, str], revision: Revision, by: "User"
) -> list[Note]:
    """Write the notes of marks that are here already beside them, but for those that are here too, or were deleted."""
    noted = [(quote, place) for quote, place in again if quote.note in html]
    if not noted:
        return []
    mine = Anchor.objects.filter(revision=revision, highlight__owner=by, highlight__deleted_at=None)
    marks = {(anchor.start, anchor.end): anchor.highlight for anchor in mine.select_related("highlight")}
    written = Note.objects.filter(highlight__in=[mark.pk for mark in marks.values()], owner=by)
    known = set(written.values_list("highlight_id", "body"))
    rows = []
    for quote, place in noted:
        mark = marks.get(place.candidate or (place.start, place.end))
        if mark and (mark.pk, quote.note.strip()) not in known:
            known.add((mark.pk, quote.note.strip()))
            rows.append(note_on(mark, quote, html, by))
    notes = Note.objects.bulk_create(rows)
    record_all([event_of(by, "wrote", note, note, article_id=note.article_of_event) for note in notes])
    return notes


def label(rows: "list[tuple[Quote, Highlight, Anchor]]") -> None:
    tags: dict[str, Tag] = {}
    links = []
    for quote, highlight, _ in rows:
        for name in quote.tags:
            if name not in tags:
                tags[name] = tag_named(name, highlight)
        links += [(highlight.pk, pk) for pk in {tags[name].pk for name in quote.tags}]
    through = Highlight.tags.through
    through.objects.bulk_create([through(highlight_id=mark, tag_id=tag) for mark, tag in links])


def note_on(highlight: Highlight, quote: Quote, html: dict[str, str], by: "User") -> Note:
    """The note that stood beside a quote. It calls nobody in: whom another app's `@` meant is not known here."""
    body, at = quote.note.strip(), highlight.created_at
    return Note(highlight=highlight, body=body, html=html[quote.note], owner=by, created_at=at, changed_at=at)
