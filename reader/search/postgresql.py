"""Words in PostgreSQL: a `tsvector` in each record, made here of folded words, with an index.

What else is asked for stands among the words (`tokens.py`), that of a title once more with a sign of its own, since the
index knows no weights. Facets are written large, so that no folded word is one; so is when a thing is of.
"""

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Sized
from contextlib import contextmanager
from itertools import chain, islice, repeat
from typing import TYPE_CHECKING, cast

from django.db import connection
from django.db.models import F

from reader.core.prepared import SomeReader
from reader.search.engine import COLUMNS, Ask, Rows, Words
from reader.search.language import Term
from reader.search.models import RecordQuerySet
from reader.search.slices import BELOW, number_of, numbers_between, slices_between, slices_of
from reader.search.stretches import OF_FACETS, REACH, REMEMBERED, expected, share_seen, stretches
from reader.search.tokens import BETWEEN, beginnings, neighbours, spellings, within

if TYPE_CHECKING:
    from reader.core.requests import AnyUser

#: A `tsvector` remembers no further place, and so many of one word.
LAST_PLACE, MOST_PLACES = 16_383, 255
PLACES = list(map(str, range(1, LAST_PLACE + 1)))
#: So far from the title that no phrase reaches over.
GAP = 8
#: So many bytes of neighbours, and of beginnings, have room beside the words.
ROOM, ROOM_OF_BEGINNINGS = 300_000, 100_000
OF_TITLE = "^"
#: The letters of what is said once more with its slice of time, and how many of these are asked for at most.
DATED, MOST_DATED = "KATP", 24
#: The letters of what says when a thing is of; and what share of all is little.
DAYS, LITTLE = "myd", 0.05
INDEX = "search_record_vector"
#: So many kilobytes wait for the index while everything is made anew, and such memory puts them in at once.
MOST_WAITING, AT_ONCE = 16_384, "128MB"
COPY = f"COPY reader_searchrecord ({COLUMNS}, vector) FROM STDIN"


class TSVector:
    layout = 3

    def write(self, rows: Rows) -> None:
        """All at once: rows that are given their words afterwards would be written twice."""
        with connection.cursor() as cursor, cursor.cursor.copy(COPY) as into:
            for record, words in rows:
                facets = record.facets.upper().split()
                dated = in_slices([one for one in facets if are_dated([one])], [number_of(OF_FACETS, record.id)])
                into.write_row((*record, vector(words, [*facets, *dated, *slices_of(record.id)])))

    def expression(self, ask: Ask) -> str:
        return expression(ask)

    def share_seen(self, user: "AnyUser") -> float:
        reader = SomeReader(user.is_authenticated, user.pk or 0, tuple(user.team_ids) if user.is_authenticated else ())
        return share_seen(reader, this_minute())

    def stretches(
        self, ask: Ask, since: int, before: int, found: Sized, wanted: int, share: float
    ) -> Iterator[tuple[str, int, int]]:
        """All at once of what has a beginning: titles are looked for no further back than there may be a few."""
        reach, words = REACH.now(), of_words(ask)
        steps: Iterable[tuple[int, int]] = [(since, before)]
        if reach and not since and not is_of_a_short_time(ask, reach.total):
            size = OF_FACETS if any(map(are_dated, ask.facets)) else 0
            likely = share * expected(all_of([words, of_facets(ask)]), this_minute())
            steps = stretches(reach, before, found, wanted, likely, size)
        newest = reach.keys[0] if reach else 0
        for low, high in steps:
            yield all_of([words, facets_between(ask, low, high, newest)]), low, high

    def matching(
        self, rows: RecordQuerySet, expression: str, since: int | None = None, before: int | None = None
    ) -> RecordQuerySet:
        """By the words alone: computed keys keep the planner from walking along them, past what says nothing."""
        where = ["reader_searchrecord.vector @@ %s::tsquery"]
        params: list[str | int] = [expression]
        if since is not None and before is not None:
            where += ["reader_searchrecord.id + 0 >= %s", "reader_searchrecord.id + 0 < %s"]
            params += [since, before]
        narrowed = rows.extra(where=where, params=params)  # noqa: S610  (all that varies is a parameter)
        return cast(RecordQuerySet, narrowed.order_by((F("id") + 0).desc()))

    @contextmanager
    def gathering(self) -> Iterator[None]:
        """Put many rows at a time into the index, in a quarter of the time; a search reads those that wait, too."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('work_mem', %s, false)", [AT_ONCE])
            cursor.execute(f"ALTER INDEX {INDEX} SET (fastupdate = on, gin_pending_list_limit = {MOST_WAITING})")
            try:
                yield
            finally:
                cursor.execute("RESET work_mem")
                cursor.execute(f"ALTER INDEX {INDEX} SET (fastupdate = off)")
                cursor.execute(f"ALTER INDEX {INDEX} RESET (gin_pending_list_limit)")
                cursor.execute("SELECT gin_clean_pending_list(%s)", [INDEX])
            cursor.execute("ANALYZE reader_searchrecord")


ENGINE = TSVector()


def is_of_a_short_time(ask: Ask, total: int) -> bool:
    """Whether a window is asked for that has little: that may have come at any time since, and is read at once."""
    windows = [names for names in ask.facets if names[0][0] in DAYS]
    return any(expected(either(map(str.upper, names)), this_minute()) < LITTLE * total for names in windows)


def this_minute() -> int:
    return int(time.monotonic() / REMEMBERED)


def vector(words: Words, facets: Sequence[str]) -> str:
    parts = [f"'{word}':{','.join(where[:MOST_PLACES])}" for word, where in places_of(words).items()]
    titled = [*words.title, *neighbours(words.title), *beginnings(words.title)]
    once = {f"{token}{OF_TITLE}" for token in titled}
    once.update(within(ROOM, list(dict.fromkeys([*neighbours(words.title), *neighbours(words.body)]))))
    once.update(within(ROOM_OF_BEGINNINGS, beginnings([*words.title, *words.body])))
    others = "' '".join([*once, *facets])
    return f"{' '.join(parts)} '{others}'"


def places_of(words: Words) -> dict[str, list[str]]:
    places: dict[str, list[str]] = defaultdict(list)
    for place, word in zip(places_from(0), words.title, strict=False):
        places[word].append(f"{place}A")
    for place, word in zip(places_from(len(words.title) + GAP - 1), words.body, strict=False):
        places[word].append(place)
    return places


def places_from(start: int) -> Iterator[str]:
    return chain(islice(PLACES, start, None), repeat(PLACES[-1]))


def expression(ask: Ask) -> str:
    return all_of([of_words(ask), of_facets(ask)])


def all_of(parts: Iterable[str]) -> str:
    return " & ".join(filter(None, parts))


def of_words(ask: Ask) -> str:
    """The words that a record must say, or must not; those that begin so are looked up."""
    said = [phrase(term, in_title=ask.in_title) for term in ask.terms]
    return all_of([*said, *(f"!({phrase(term)})" for term in ask.without)])


def of_facets(ask: Ask, slices: Sequence[int] = ()) -> str:
    """The facets, where it is in one of these slices, as far as they are said of each."""
    said = [f"({either(dated([*map(str.upper, names)], slices))})" for names in ask.facets]
    return all_of([*said, *(f"!'{name.upper()}'" for name in ask.without_facets)])


def facets_between(ask: Ask, since: int, before: int, newest: int) -> str:
    """The facets, and the slices that have these keys."""
    slices = slices_between(since, before, newest)
    if not slices:
        return of_facets(ask)
    facets = of_facets(ask, numbers_between(OF_FACETS, since, before, newest))
    if facets != of_facets(ask) and since % (1 << BELOW + OF_FACETS) == 0:
        return facets  # that they are within these says it already
    return all_of([facets, f"({either(slices)})"])


def dated(names: Sequence[str], slices: Sequence[int]) -> Sequence[str]:
    """These facets within these slices, where it makes few of them: the database reads the less of each."""
    return in_slices(names, slices) if are_dated(names) and 0 < len(names) * len(slices) <= MOST_DATED else names


def are_dated(names: Iterable[str]) -> bool:
    return all(name[0].upper() in DATED for name in names)


def in_slices(names: Iterable[str], slices: Sequence[int]) -> list[str]:
    return [f"{name}@{number}" for name in names for number in slices]


def either(tokens: Iterable[str]) -> str:
    return " | ".join(f"'{token}'" for token in tokens)


def phrase(term: Term, *, in_title: bool = False) -> str:
    return f"({' | '.join(one_after_the_other(tokens, in_title=in_title) for tokens in spellings(term))})"


def one_after_the_other(tokens: Sequence[str], *, in_title: bool) -> str:
    """What the index knows; of three and more words the record itself says whether they follow each other."""
    known = " & ".join(f"'{token}{OF_TITLE if in_title else ''}'" for token in tokens)
    if len(tokens) == 1:
        return known
    words = [*(token.split(BETWEEN)[0] for token in tokens), tokens[-1].split(BETWEEN)[1]]
    following = " <-> ".join(f"'{word}'{':A' if in_title else ''}" for word in words)
    return f"({known} & ({following}))"
