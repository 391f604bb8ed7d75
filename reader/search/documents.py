"""What a feature says of its things, for the search to find them: the features know the search, never it them."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol, Self

from reader.core.models import Event
from reader.search.models import SearchRecord

if TYPE_CHECKING:
    from reader.core.requests import AnyUser


@dataclass(frozen=True, slots=True)
class Document:
    """One thing as it is looked for."""

    object_id: int
    owner_id: int
    team_id: int | None
    visibility: str
    title: str = ""
    body: str = ""
    #: None for what is found by its name.
    moment: datetime | None = None
    day: date | None = None
    within_team: int | None = None
    within_owner: int | None = None
    window_start: date | None = None
    window_end: date | None = None
    verdict: int | None = None
    dispute: int | None = None
    facets: Sequence[str] = ()
    name: str = ""

    @classmethod
    def of_name(cls, object_id: int, owner_id: int, team_id: int | None, visibility: str, *names: str) -> Self:
        """What is found by its name, the first of these, or by its others."""
        return cls(object_id, owner_id, team_id, visibility, title="\n".join(names), name=names[0])


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing as it is shown to somebody who may see it."""

    address: str
    #: What stands in the first line: the title, or the words themselves.
    title: str
    #: Where the words are looked for that were asked for.
    text: str = ""
    facts: Sequence[str] = ()
    pencil: str = ""
    #: Whether the first line is a quote of the thing's own words, so that marks belong into it.
    is_quote: bool = False
    visibility: str = ""


class Source(Protocol):
    """What a feature provides for one kind of thing."""

    kind: str

    def documents(self, ids: Collection[int]) -> Iterable[Document]:
        """Those of these things that can be found by anybody."""

    def touched(self, events: Sequence[Event]) -> set[int]:
        """The things of which these events changed what is found of them, or by whom."""

    def ids_after(self, last: int, most: int) -> list[int]:
        """The next ids, whether found or not: for making everything anew."""

    def hits(self, ids: Collection[int], user: "AnyUser") -> dict[int, Hit]:
        """Those of these things that `user` may see, to be shown."""


@dataclass(slots=True)
class Register:
    """The sources of all features, by kind (filled by `reader/searching.py`)."""

    sources: dict[str, Source] = field(default_factory=dict)

    def add(self, source: Source) -> None:
        self.sources[source.kind] = source

    def __iter__(self) -> Iterator[Source]:
        return iter(self.sources.values())


REGISTER = Register()


def of_tag(tag_id: int) -> str:
    return f"t{tag_id}"


def of_author(person_id: int) -> str:
    return f"a{person_id}"


def of_publication(publication_id: int) -> str:
    return f"p{publication_id}"


def of_kind(kind: str) -> str:
    return f"k{kind}"


def of_subjects(events: Sequence[Event], kind: str, without: Collection[str] = ()) -> set[int]:
    """The things of this kind that these events are about."""
    return {event.subject_id for event in events if event.subject_kind == kind and event.verb not in without}


def unknown(kind: str, ids: Collection[int]) -> set[int]:
    """Those of these things that have no record yet: a name is made on the way, and told of by no event."""
    if not ids:
        return set()
    known = SearchRecord.objects.filter(kind=kind, object_id__in=ids).values_list("object_id", flat=True)
    return set(ids).difference(known)
