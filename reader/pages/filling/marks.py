"""Highlights in their texts, and notes on them."""

from html import escape
from math import ceil

from reader.core.visibility import Visibility
from reader.curation.models import Flag
from reader.highlights.models import CONTEXT, Anchor, Highlight, Kind, Note
from reader.pages.filling.batch import Batch, Mark, Piece, seen_by
from reader.pages.filling.cast import pick

LABELS = Highlight.tags.through
#: So many of a hundred marks.
PREDICTIONS, NOTED, ANSWERED = 20, 0.1, 0.3
OTHERS = [Kind.HIGHLIGHT] * 5 + [Kind.EVIDENCE, Kind.QUESTION]
TRIES = 20


def make_marks(batch: Batch, pieces: list[Piece]) -> list[Mark]:
    """A few pieces are marked all over, many hardly at all."""
    number = batch.plan.share(batch.plan.highlights, batch.numbers)
    weights = [min(60.0, batch.chance.paretovariate(1.2)) for _ in pieces]
    chosen = batch.chance.choices(pieces, weights, k=number)
    seen: set[tuple[object, ...]] = set()
    marks = [make_mark(batch, piece, kind, seen) for piece, kind in zip(chosen, kinds_of(batch, number), strict=True)]
    for mark in marks:
        if batch.happens(NOTED):
            make_notes(batch, mark)
    return marks


def kinds_of(batch: Batch, number: int) -> list[Kind]:
    """More predictions than there are claims: some are said twice, and some are marked and no more."""
    claims = batch.plan.share(batch.plan.claims, batch.numbers)
    predictions = min(number, max(ceil(number * PREDICTIONS / 100), ceil(claims * 1.6)))
    kinds = [Kind.PREDICTION] * predictions + batch.chance.choices(OTHERS, k=number - predictions)
    batch.chance.shuffle(kinds)
    return kinds


def make_mark(batch: Batch, piece: Piece, kind: Kind, seen: set[tuple[object, ...]]) -> Mark:
    scope = batch.within(piece.scope)
    start, end = passage(batch, piece, 1)
    for longest in range(2, TRIES):
        if (piece.pk, start, end, scope, kind) not in seen:
            break
        start, end = passage(batch, piece, longest)
    seen.add((piece.pk, start, end, scope, kind))
    at, exact = batch.later(piece.added_at, 20), piece.text[start:end]
    pk = batch.tables.add(
        Highlight,
        **seen_by(scope),
        article_id=piece.pk,
        kind=kind,
        exact=exact,
        prefix=piece.text[max(0, start - CONTEXT) : start],
        suffix=piece.text[end : end + CONTEXT],
        created_at=at,
        changed_at=at,
    )
    for revision in piece.revisions:
        batch.tables.add(Anchor, highlight_id=pk, revision_id=revision, start=start, end=end)
    if batch.happens(0.3):
        batch.tables.add(LABELS, highlight_id=pk, tag_id=pick(batch.chance, batch.cast.tags_in(scope)))
    batch.tell("marked", "highlight", pk, scope, at, scope.owner_id, piece.pk)
    return Mark(pk, piece, exact, scope, kind, at)


def passage(batch: Batch, piece: Piece, longest: int) -> tuple[int, int]:
    """A sentence, as a rule; one in five is more than one, across paragraphs too, or half of one."""
    at, how = batch.chance.randrange(len(piece.sentences)), batch.chance.random()
    start, end = piece.sentences[at]
    if how < 0.1 or longest > 1:
        last = min(len(piece.sentences) - 1, at + batch.chance.randint(1, longest))
        return start, piece.sentences[last][1]
    if how < 0.2:
        return start, piece.text.index(" ", (start + end) // 2 - 8)
    return start, end


def make_notes(batch: Batch, mark: Mark) -> None:
    first = make_note(batch, mark, None)
    if mark.scope.visibility != Visibility.PRIVATE and batch.happens(ANSWERED):
        make_note(batch, mark, first)


def make_note(batch: Batch, mark: Mark, parent: int | None) -> int:
    body = " ".join(batch.prose.sentences_by(batch.chance, batch.chance.randint(1, 3)))
    by, at = batch.writer_in(mark.scope), batch.later(mark.at, 5)
    pk = batch.tables.add(
        Note,
        **{**seen_by(mark.scope), "owner_id": by},
        highlight_id=mark.pk,
        parent_id=parent,
        body=body,
        html=f"<p>{escape(body, quote=False)}</p>",
        created_at=at,
        changed_at=at,
    )
    batch.tell("wrote", "note", pk, mark.scope, at, by, mark.piece.pk)
    if mark.scope.visibility == Visibility.PUBLIC and batch.happens(0.004):
        other = batch.writer_in(mark.scope)
        batch.tables.add(Flag, note_id=pk, by_id=other, kind=Flag.Kind.SPAM, words="", at=batch.later(at, 5))
    return pk
