"""What a question finds, for one reader: nothing that they may not see is counted, named or shown."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from reader.search.documents import REGISTER, Hit
from reader.search.engine import Ask, engine
from reader.search.language import Query, Term
from reader.search.models import Kind, SearchRecord
from reader.search.names import Narrowing, narrowing_of
from reader.search.vocabulary import meant

if TYPE_CHECKING:
    from reader.core.requests import AnyUser

#: Hits are counted up to here, and the newest so many are ranked.
MOST_COUNTED = 1000
#: So many words are tried in the place of one that may have been mistyped.
MOST_TRIED = 12
#: The newest so many that say it in their title come first.
MOST_TITLES = 100
PAGE = 20


class Row(NamedTuple):
    """A record that was found."""

    pk: int
    kind: str
    object_id: int
    facets: str


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, best first, as records; and what there is to say about it."""

    query: Query
    rows: Sequence[Row] = ()
    #: Whether there is more than was counted.
    is_more: bool = False
    hints: Sequence[str] = ()
    #: The question that was answered instead, where a word of it was taken for a slip of the key.
    meant: str = ""

    @property
    def count(self) -> int:
        return min(len(self.rows), MOST_COUNTED)

    @property
    def count_in_words(self) -> str:
        return f"{MOST_COUNTED:,}+" if self.is_more else f"{self.count:,}"


def find(query: Query, user: "AnyUser", today: date, *, newest: bool = False, literally: bool = False) -> Found:
    """The best hits; where there is none, those of what may have been meant, unless it is to be taken literally."""
    if query.is_empty:
        return Found(query, hints=query.hints)
    narrowing = narrowing_of(query, user, today)
    hints = [*query.hints, *narrowing.hints]
    if narrowing.leads_nowhere:
        return Found(query, hints=hints)
    found = replace(ranked(query, narrowing, user, newest=newest), hints=hints)
    if found.rows or literally:
        return found
    for other, text in islice(mended(query), MOST_TRIED):
        if (instead := ranked(other, narrowing, user, newest=newest)).rows:
            return replace(instead, query=query, hints=hints, meant=text)
    return found


def ranked(query: Query, narrowing: Narrowing, user: "AnyUser", *, newest: bool) -> Found:
    """The newest hits, those first that say it in their title; of these even where they are older than the rest."""
    ask = Ask(query.terms, query.without, narrowing.facets, narrowing.without)
    rows = rows_of(ask, narrowing, user, MOST_COUNTED + 1)
    is_more = len(rows) > MOST_COUNTED
    if rows and query.terms and not newest:
        titled = rows_of(ask._replace(in_title=True), narrowing, user, MOST_TITLES)
        rows = list({row.pk: row for row in [*titled, *rows]}.values())
    return Found(query, rows[:MOST_COUNTED], is_more)


def rows_of(ask: Ask, narrowing: Narrowing, user: "AnyUser", most: int) -> list[Row]:
    records = SearchRecord.objects.visible_to(user).filter(narrowing.columns)
    matching = engine().matching(records, ask)
    return [Row(*row) for row in matching.values_list("id", "kind", "object_id", "facets")[:most]]


def mended(query: Query) -> Iterable[tuple[Query, str]]:
    """The question with one word changed that may have been mistyped, the most used first."""
    for at, term in enumerate(query.terms):
        for place, word in enumerate(term.words):
            for other in meant(word):
                words = (*term.words[:place], other, *term.words[place + 1 :])
                terms = (*query.terms[:at], Term(words, term.is_prefix), *query.terms[at + 1 :])
                yield replace(query, terms=terms), other


def hits_of(rows: Sequence[Row], user: "AnyUser") -> list[tuple[Row, Hit]]:
    """These records as they are shown; each feature looks once more whether `user` may see what is its own."""
    ids: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        ids[row.kind].append(row.object_id)
    shown = {kind: REGISTER.sources[kind].hits(of_kind, user) for kind, of_kind in ids.items()}
    return [(row, shown[row.kind][row.object_id]) for row in rows if row.object_id in shown[row.kind]]


class Facet(NamedTuple):
    """Something that the hits can be narrowed to, and how many of them it would leave."""

    #: As it is written in a question.
    filter: str
    label: str
    hits: int


MOST_FACETS = 8
#: By what hits can be narrowed, the letter of its facets, and the kind that has the names.
FACETS = (("tag", "t", Kind.TAG), ("author", "a", Kind.PERSON), ("publication", "p", Kind.PUBLICATION))
KIND_LABELS = {
    "article": "Articles",
    "claim": "Claims",
    "highlight": "Marks",
    "prediction": "Predictions",
    "evidence": "Evidence",
    "question": "Questions",
    "note": "Notes",
    "person": "People",
    "publication": "Publications",
    "tag": "Tags",
}


def facets_of(rows: Sequence[Row], user: "AnyUser") -> dict[str, list[Facet]]:
    """By what these hits can be narrowed: kinds, and names that `user` may see."""
    wearing: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        for facet in row.facets.split():
            wearing[facet].add(row.pk)
    kinds = [
        Facet(f"kind:{kind}", label, len(wearing[f"k{kind}"]))
        for kind, label in KIND_LABELS.items()
        if wearing.get(f"k{kind}")
    ]
    return {"kind": kinds, **{name: named(name, letter, kind, wearing, user) for name, letter, kind in FACETS}}


def named(name: str, letter: str, kind: str, wearing: dict[str, set[int]], user: "AnyUser") -> list[Facet]:
    """The names most worn; two of one spelling are one, whatever their scopes."""
    ids = [int(facet[1:]) for facet in wearing if facet[0] == letter and facet[1:].isdecimal()]
    known = SearchRecord.objects.visible_to(user).filter(kind=kind, object_id__in=ids).values_list("object_id", "name")
    under: dict[str, set[int]] = defaultdict(set)
    for pk, spelled in known if ids else ():
        under[spelled] |= wearing[f"{letter}{pk}"]
    most = sorted(under.items(), key=lambda item: (-len(item[1]), item[0]))[:MOST_FACETS]
    return [Facet(written(name, spelled), spelled, len(hits)) for spelled, hits in most]


def written(name: str, value: str) -> str:
    """A filter as one writes it."""
    bare = value.replace('"', " ")
    return f"{name}:{bare}" if bare.isalnum() else f'{name}:"{bare}"'
