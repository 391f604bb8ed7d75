"""Keeping the records: in the transaction of each change, and all of them anew.

Every verb writes an event of what it does, in its own transaction; there the search looks again at what was changed
(`follow`). What goes without an event is told by `forget`.
"""

import time
from collections import Counter
from collections.abc import Collection, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from operator import itemgetter
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from reader.core.collecting import seldom_collecting
from reader.core.events import let_ids_appear_in_order
from reader.core.models import Event
from reader.core.prepared import NOBODY, prepared
from reader.core.requests import AnyUser
from reader.search.days import facets_of_day
from reader.search.documents import REGISTER, Document, Source, of_kind
from reader.search.engine import COLUMNS, Record, Words, engine
from reader.search.folding import within_bounds, words_of
from reader.search.models import SearchRecord, id_of
from reader.search.vocabulary import count, learn

#: How many things are made anew in one transaction: others write in between.
BATCH = 500
KEPT = f"SELECT {COLUMNS} FROM reader_searchrecord WHERE kind = %s AND object_id > %s AND object_id <= %s"  # noqa: S608  (a constant)
LAST_ID = 2**63 - 1
#: So long, in seconds, and so many at most, where everything is made anew; and how long others have in between.
WAIT, MOST_AT_ONCE, PAUSE = 0.5, 4_000, 0.12


def follow(events: Sequence[Event]) -> None:
    """Look again at whatever these events changed."""
    for source in REGISTER:
        if ids := source.touched(events):
            refresh(source, ids)


def refresh(source: Source, ids: Collection[int]) -> int:
    """Write the records of these things as they are now; answers how many can be found.

    Call it inside a transaction that holds the log's lock.
    """
    rows = rows_of(source, ids)
    forget(source.kind, ids)
    engine().write(rows)
    learn(word for _, words in rows for word in (*words.title, *words.body))
    return len(rows)


def rows_of(source: Source, ids: Collection[int]) -> list[tuple[Record, Words]]:
    """The records of these things as they should be, with their words, in the order of keys.

    SQLite takes three times as long to write them in any other.
    """
    return sorted([row_of(source.kind, one) for one in source.documents(ids)], key=itemgetter(0))


def row_of(kind: str, document: Document) -> tuple[Record, Words]:
    words = words_in(document)
    return record_of(kind, document, words), words


def forget(kind: str, ids: Collection[int]) -> None:
    """These things are gone, or about to be written anew: a new one has no record yet, and most changes are such."""
    if known_records(NOBODY, kind, list(ids)):
        SearchRecord.objects.filter(kind=kind, object_id__in=ids).delete()


@prepared
def known_records(user: AnyUser, kind: str, ids: list[int]) -> QuerySet[Any, Any]:
    return SearchRecord.objects.filter(kind=kind, object_id__in=ids).order_by().values_list("pk")[:1]


def record_of(kind: str, document: Document, words: Words) -> Record:
    return Record(
        id=id_of(kind, document.object_id, document.moment),
        kind=kind,
        object_id=document.object_id,
        owner_id=document.owner_id,
        team_id=document.team_id,
        visibility=str(document.visibility),
        within_team=document.within_team,
        within_owner=document.within_owner,
        day=document.day,
        window_start=document.window_start,
        window_end=document.window_end,
        verdict=document.verdict,
        dispute=document.dispute,
        name=document.name,
        facets=" ".join([of_kind(kind), *document.facets, *days_of(document), *seen_by(document)]),
        digest=digest_of(words),
    )


def days_of(document: Document) -> list[str]:
    return facets_of_day(document.day) if document.day else []


def seen_by(document: Document) -> list[str]:
    """Its audience among the words, so that a database skips what is hidden; the columns alone decide."""
    audience = {"public": ["vpublic"], "team": [f"vt{document.team_id}"]}.get(document.visibility, [])
    return [*audience, f"o{document.owner_id}"]


def words_in(document: Document) -> Words:
    return Words(within_bounds(words_of(document.title)), within_bounds(words_of(document.body)))


def digest_of(words: Words) -> int:
    """Of these words, and of how they are kept now."""
    said = f"{engine().layout}\n{' '.join(words.title)}\n{' '.join(words.body)}"
    return int.from_bytes(blake2b(said.encode(), digest_size=8).digest(), signed=True)


def look_again(among: Q) -> None:
    """Make these records anew, batch by batch, where much was changed at once and not every change was told of."""
    for source in REGISTER:
        ids = list(SearchRecord.objects.filter(among, kind=source.kind).values_list("object_id", flat=True))
        for start in range(0, len(ids), BATCH):
            with transaction.atomic():
                let_ids_appear_in_order()
                refresh(source, ids[start : start + BATCH])


def reindex(kinds: Collection[str] = (), *, is_trusting: bool = True) -> Generator[tuple[str, int]]:
    """Make all records anew, batch by batch; what was forgotten goes. Answers each kind with how many are found.

    Those that are kept just as they should be stay as they are, unless `is_trusting` is False: then all are written.
    """
    uses: Counter[str] = Counter()
    with seldom_collecting(), engine().gathering():
        for source in REGISTER:
            if not kinds or source.kind in kinds:
                yield source.kind, reindex_all(source, uses, is_trusting=is_trusting)
        if not kinds:
            count(uses)


def reindex_all(source: Source, uses: Counter[str], *, is_trusting: bool) -> int:
    """Each batch is a transaction of its own, so that nobody waits long; `uses` learns the words."""
    last, found, pace = 0, 0, Pace()
    while True:
        with pace.kept(), transaction.atomic():
            let_ids_appear_in_order()
            ids = source.ids_after(last, pace.most)
            is_last = len(ids) < pace.most
            rows = rows_of(source, ids)
            put(rows, kept(source.kind, last, LAST_ID if is_last else ids[-1]), is_trusting=is_trusting)
            for _, words in rows:
                uses.update(words.title)
                uses.update(words.body)
            found += len(rows)
            if is_last:
                return found
            last = ids[-1]


def kept(kind: str, after: int, last: int) -> dict[int, Record]:
    """By their keys the records of things of this kind whose ids lie behind the one and up to the other."""
    with connection.cursor() as cursor:
        cursor.execute(KEPT, [kind, after, last])
        return {row[0]: Record._make(row) for row in cursor.fetchall()}


def put(rows: Sequence[tuple[Record, Words]], old: dict[int, Record], *, is_trusting: bool) -> None:
    """Write these in the place of the old ones: in the order of keys, and only what is another."""
    same = {record.id for record, _ in rows if is_trusting and old.get(record.id) == record}
    keys = sorted(old.keys() - same)
    for start in range(0, len(keys), MOST_AT_ONCE):
        SearchRecord.objects.filter(pk__in=keys[start : start + MOST_AT_ONCE]).delete()
    engine().write([row for row in rows if row[0].id not in same])


@dataclass(slots=True)
class Pace:
    """How many things are made anew in one transaction: as many as others who write can wait for, and no more.

    Each transaction leaves the database something to put in order, so that few large ones cost less than many small.
    Between two of them there is time for others: SQLite does not queue them, each looks ten times a second.
    """

    most: int = BATCH
    waits: bool = False

    @contextmanager
    def kept(self) -> Iterator[None]:
        if self.waits:
            time.sleep(PAUSE)
        began, self.waits = time.monotonic(), True
        yield
        took = time.monotonic() - began
        if took < WAIT / 2:
            self.most = min(self.most * 2, MOST_AT_ONCE)
        elif took > WAIT:
            self.most = max(self.most // 2, BATCH)
