"""By what hits can be narrowed, with how many of them it would leave."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import QuerySet

from reader.core.prepared import prepared
from reader.search.models import Kind, SearchRecord, found_by, id_of
from reader.search.queries import Row

if TYPE_CHECKING:
    from reader.core.requests import AnyUser


class Facet(NamedTuple):
    """Something that the hits can be narrowed to, and how many of them it would leave."""

    #: As it is written in a question.
    filter: str
    label: str
    hits: int


MOST_FACETS = 8
#: So many of the most worn of each kind are named in one query, until enough of them may be seen; so many at most.
NAMED_AT_ONCE, MOST_NAMED = 25, 200
#: By what hits can be narrowed: the letter of its facets, and the kind that has the names.
FACETS = {"tag": ("t", Kind.TAG), "author": ("a", Kind.PERSON), "publication": ("p", Kind.PUBLICATION)}
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
#: Behind this a record says its days and for whom it is (`indexing.record_of`), to which nothing is narrowed here.
DAYS = " m"
#: What somebody may be shown: of each name, as it is spelled, the facets that have it.
Named = Mapping[str, list[str]]


def facets_of(rows: Sequence[Row], user: "AnyUser") -> dict[str, list[Facet]]:
    """By what these hits can be narrowed: kinds, and names that `user` may see."""
    worn = Counter(" ".join([row.facets.partition(DAYS)[0] for row in rows]).split())
    kinds = [Facet(f"kind:{kind}", label, worn[f"k{kind}"]) for kind, label in KIND_LABELS.items() if worn[f"k{kind}"]]
    named = names_of(worn, user)
    return {"kind": kinds, **{name: most_worn(name, named[name], worn, rows) for name in FACETS}}


def names_of(worn: "Counter[str]", user: "AnyUser") -> Mapping[str, Named]:
    """The names of what is most worn, as far as `user` may see them: of all kinds at once, or it were three queries."""
    by_letter: dict[str, list[str]] = defaultdict(list)
    for facet, _ in worn.most_common():
        by_letter[facet[0]].append(facet)
    named: dict[str, dict[str, list[str]]] = {name: defaultdict(list) for name in FACETS}
    for start in range(0, MOST_NAMED, NAMED_AT_ONCE):
        keys = {
            id_of(kind, int(facet[1:]), None): (name, facet)
            for name, (letter, kind) in FACETS.items()
            if len(named[name]) < MOST_FACETS
            for facet in by_letter[letter][start : start + NAMED_AT_ONCE]
        }
        if not keys:
            break
        for pk, spelled in name_fields(user, list(keys)):
            name, facet = keys[pk]
            named[name][spelled].append(facet)
    return named


@prepared
def name_fields(user: "AnyUser", keys: list[int]) -> "QuerySet[Any, Any]":
    return SearchRecord.objects.filter(found_by(user), pk__in=keys).values_list("pk", "name")


def most_worn(name: str, named: Named, worn: Mapping[str, int], rows: Sequence[Row]) -> list[Facet]:
    """The names most worn; two of one spelling are one, whatever their scopes."""
    counted = [Facet(written(name, spelled), spelled, wearing(facets, worn, rows)) for spelled, facets in named.items()]
    return sorted(counted, key=lambda one: (-one.hits, one.label))[:MOST_FACETS]


def wearing(facets: Sequence[str], worn: Mapping[str, int], rows: Sequence[Row]) -> int:
    """How many wear one of these."""
    if len(facets) == 1:
        return worn[facets[0]]
    return sum(not {*facets}.isdisjoint(row.facets.split()) for row in rows)


def written(name: str, value: str) -> str:
    """A filter as one writes it."""
    bare = value.replace('"', " ")
    return f"{name}:{bare}" if bare.isalnum() else f'{name}:"{bare}"'
