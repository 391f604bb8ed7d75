"""Articles with their texts, and how far who has read them."""

import hashlib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import accumulate

from django.utils.text import slugify

from reader.core.visibility import Scope, Visibility, team_scope
from reader.library.models import Article, Authorship, Reading, Revision
from reader.library.precision import Precision, first_day, latest_day
from reader.pages.filling.batch import Batch, Piece, seen_by
from reader.pages.filling.cast import pick
from reader.pages.filling.prose import Block, paragraph

LABELS = Article.tags.through
#: The share of pieces that were corrected once, and of readers' shelves on which a piece stands.
CORRECTED, READERS_EACH = 0.05, 2


def make_pieces(batch: Batch) -> list[Piece]:
    return [make_piece(batch, number) for number in batch.numbers]


def make_piece(batch: Batch, number: int) -> Piece:
    chance, scope, added_at = batch.chance, scope_of_piece(batch), batch.plan.arrival(number)
    published, precision = day_of_piece(batch, added_at.date())
    blocks = list(batch.prose.blocks(chance, batch.prose.sentences_by(chance, length_of_piece(batch))))
    title = batch.prose.title(chance)
    words = sum(len(block.text.split()) for block in blocks)
    pk = batch.tables.add(
        Article,
        **seen_by(scope),
        slug=f"{slugify(title)[:50].strip('-')}-{number + 1}",
        title=title,
        subtitle=batch.prose.title(chance) if batch.happens(0.4) else "",
        publication_id=pick(chance, batch.cast.series) if batch.happens(0.9) else None,
        canonical_url=f"https://example.org/pieces/{number + 1}",
        published=published,
        published_precision=precision,
        words=words,
        added_at=added_at,
    )
    batch.tell("shelved", "article", pk, scope, added_at, scope.owner_id, pk)
    authors = sign(batch, pk)
    label_piece(batch, pk, scope)
    revisions = list(make_revisions(batch, pk, scope, added_at, blocks))
    read(batch, pk, scope)
    said_by = min(latest_day(published, precision), added_at.date()) if published else None
    text = "\n".join(block.text for block in blocks)
    return Piece(pk, revisions, text, sentences_of(blocks), scope, authors, published, said_by, added_at)


def scope_of_piece(batch: Batch) -> Scope:
    how, owner = batch.chance.random(), pick(batch.chance, batch.cast.users)
    if how < 0.7:
        return Scope(owner, None, Visibility.PUBLIC)
    if how < 0.92:
        circle = pick(batch.chance, batch.cast.circles)
        return team_scope(circle.team_id, batch.chance.choice(circle.writers))
    return Scope(owner)


def day_of_piece(batch: Batch, added: date) -> tuple[date | None, str]:
    """Most are read when they are new, some are years old, and of a few nobody knows the day."""
    days = batch.chance.randint(0, 3) if batch.happens(0.7) else batch.chance.randint(0, 2_000)
    how = batch.chance.random()
    if how < 0.04:
        return None, ""
    precision = Precision.DAY if how < 0.9 else Precision.MONTH if how < 0.97 else Precision.YEAR
    return first_day(added - timedelta(days=days), precision), precision


def length_of_piece(batch: Batch) -> int:
    """In sentences."""
    return min(120, max(6, round(batch.chance.lognormvariate(3.1, 0.5))))


def sign(batch: Batch, article: int) -> list[int]:
    number = 1 if batch.happens(0.85) else 2
    authors = list(dict.fromkeys(pick(batch.chance, batch.cast.people) for _ in range(number)))
    for position, person in enumerate(authors):
        batch.tables.add(Authorship, article_id=article, person_id=person, position=position)
    return authors


def label_piece(batch: Batch, article: int, scope: Scope) -> None:
    tags = batch.cast.tags_in(scope)
    for tag in {pick(batch.chance, tags) for _ in range(batch.chance.randint(0, 3))}:
        batch.tables.add(LABELS, article_id=article, tag_id=tag)


def make_revisions(batch: Batch, article: int, scope: Scope, at: datetime, blocks: list[Block]) -> Iterator[int]:
    yield make_revision(batch, article, scope, 1, at, blocks)
    update = batch.prose.sentences_by(batch.chance, 2)
    if batch.happens(CORRECTED):
        yield make_revision(batch, article, scope, 2, batch.later(at, 3), [*blocks, paragraph(update)])


def make_revision(batch: Batch, article: int, scope: Scope, number: int, at: datetime, blocks: list[Block]) -> int:
    html, text = "\n".join(block.html for block in blocks), "\n".join(block.text for block in blocks)
    pk = batch.tables.add(
        Revision,
        article_id=article,
        number=number,
        html=html,
        text=text,
        sha256=hashlib.sha256(html.encode()).hexdigest(),
        words=len(text.split()),
        source_kind="paste_text",
        raw=text,
        created_at=at,
        created_by_id=scope.owner_id,
    )
    batch.tell("revised", "article", article, scope, at, scope.owner_id, article, revision=pk)
    return pk


def sentences_of(blocks: list[Block]) -> list[tuple[int, int]]:
    """Where they stand in the whole text, in which blocks are a line each."""
    starts = accumulate((len(block.text) + 1 for block in blocks), initial=0)
    return [(at + start, at + end) for at, block in zip(starts, blocks, strict=False) for start, end in block.sentences]


def read(batch: Batch, article: int, scope: Scope) -> None:
    readers = {batch.writer_in(scope) for _ in range(READERS_EACH)}
    for reader in readers:
        state, percent = batch.chance.choice(
            [
                (Reading.State.READING, batch.chance.randint(1, 99)),
                (Reading.State.FINISHED, 100),
                (Reading.State.ARCHIVED, 100),
            ]
        )
        at = batch.plan.end - timedelta(minutes=batch.chance.randint(1, 1_000_000))
        batch.readings.append(
            {"article_id": article, "reader_id": reader, "state": state, "percent": percent, "read_at": at}
        )
