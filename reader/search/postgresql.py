"""Words in PostgreSQL: a `tsvector` in each record, made here of folded words, with an index.

What stands in the title has the weight A; facets are written large, so that no folded word is one.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import cast

from django.db import connection

from reader.search.engine import COLUMNS, Ask, Rows, Words
from reader.search.language import Term
from reader.search.models import RecordQuerySet

#: A `tsvector` remembers no further place, and so many of one word.
LAST_PLACE, MOST_PLACES = 16_383, 255
#: So far from the title that no phrase reaches over.
GAP = 8
COPY = f"COPY reader_searchrecord ({COLUMNS}, vector) FROM STDIN"


class TSVector:
    def write(self, rows: Rows) -> None:
        """All at once: rows that are given their words afterwards would be written twice."""
        with connection.cursor() as cursor, cursor.cursor.copy(COPY) as into:
            for record, words in rows:
                into.write_row((*record, vector(words, record.facets)))

    def expression(self, ask: Ask) -> str:
        return expression(ask)

    def matching(
        self, rows: RecordQuerySet, expression: str, since: int | None = None, before: int | None = None
    ) -> RecordQuerySet:
        if since is not None and before is not None:
            rows = rows.filter(pk__gte=since, pk__lt=before)
        narrowed = rows.extra(where=["reader_searchrecord.vector @@ %s::tsquery"], params=[expression])
        return cast(RecordQuerySet, narrowed.order_by("-id"))

    def settle(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE reader_searchrecord")


ENGINE = TSVector()


def vector(words: Words, facets: str) -> str:
    places: dict[str, list[str]] = defaultdict(list)
    for at, word in enumerate(words.title, 1):
        places[word].append(f"{min(at, LAST_PLACE)}A")
    for at, word in enumerate(words.body, len(words.title) + GAP):
        if len(places[word]) < MOST_PLACES:
            places[word].append(str(min(at, LAST_PLACE)))
    parts = [f"'{word}':{','.join(where)}" for word, where in places.items()]
    return " ".join([*parts, *(f"'{name.upper()}'" for name in facets.split())])


def expression(ask: Ask) -> str:
    weight = "A" if ask.in_title else ""
    parts = [phrase(term, weight) for term in ask.terms]
    parts += [f"({either(names)})" for names in ask.facets]
    parts += [f"!({phrase(term, '')})" for term in ask.without]
    parts += [f"!'{name.upper()}'" for name in ask.without_facets]
    return " & ".join(parts)


def either(names: Iterable[str]) -> str:
    return " | ".join(f"'{name.upper()}'" for name in names)


def phrase(term: Term, weight: str) -> str:
    *words, last = term.words
    flags = f":*{weight}" if term.is_prefix else f":{weight}" if weight else ""
    begun = "".join(f"'{word}'{f':{weight}' if weight else ''} <-> " for word in words)
    return f"({begun}'{last}'{flags})"
