"""A stretch of a library in the making: what its parts are made of, and what was made so far."""

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from reader.core.models import Event
from reader.core.visibility import Scope, Visibility, team_scope
from reader.library.models import Reading
from reader.pages.filling.cast import Cast, Circle, pick
from reader.pages.filling.prose import Prose
from reader.pages.filling.tables import Tables

#: So many pieces are made in one transaction, with all that is in them.
PIECES = 500
#: The library was read and written in for so long.
DAYS = 1_100


@dataclass(frozen=True, slots=True)
class Plan:
    """How much of what, seen from which day."""

    articles: int
    highlights: int
    claims: int
    day: date

    @property
    def end(self) -> datetime:
        return datetime.combine(self.day, time.min, UTC)

    def share(self, whole: int, numbers: range) -> int:
        """What falls to these pieces; all shares together are the whole."""
        return whole * numbers.stop // self.articles - whole * numbers.start // self.articles

    def arrival(self, number: int) -> datetime:
        """The later, the higher the number."""
        return self.end - timedelta(days=1) - timedelta(days=DAYS) * (self.articles - 1 - number) / self.articles


@dataclass(frozen=True, slots=True)
class Piece:
    """An article as far as what is in it needs to know."""

    pk: int
    revisions: list[int]
    text: str
    sentences: list[tuple[int, int]]
    scope: Scope
    authors: list[int]
    published: date | None
    said_by: date | None
    added_at: datetime


@dataclass(frozen=True, slots=True)
class Mark:
    """A highlight, likewise."""

    pk: int
    piece: Piece
    exact: str
    scope: Scope
    kind: str
    at: datetime


@dataclass(slots=True)
class Batch:
    """The same rows every time for the same plan and the same numbers."""

    plan: Plan
    numbers: range
    cast: Cast
    prose: Prose
    tables: Tables
    chance: random.Random = field(init=False)
    events: list[dict[str, Any]] = field(default_factory=list)
    readings: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = random.Random(f"batch {self.numbers.start}")  # noqa: S311  (nothing secret)

    def happens(self, share: float) -> bool:
        return self.chance.random() < share

    def later(self, than: datetime, days: float) -> datetime:
        """Some time after that, on average so many days; never after the library was last looked at."""
        return min(than + timedelta(days=self.chance.expovariate(1 / days)), self.plan.end)

    def circle_of(self, user: int) -> Circle | None:
        circles = self.cast.circles_of(user)
        return self.chance.choice(circles) if circles else None

    def writer_in(self, scope: Scope) -> int:
        """Somebody who may write on what is seen so."""
        match scope.visibility:
            case Visibility.PUBLIC:
                return pick(self.chance, self.cast.users)
            case Visibility.TEAM:
                return self.chance.choice(self.circle(scope).writers)
            case _:
                return scope.owner_id

    def curator_of(self, scope: Scope) -> int:
        match scope.visibility:
            case Visibility.PUBLIC:
                return self.chance.choice(self.cast.curators)
            case Visibility.TEAM:
                return self.chance.choice(self.circle(scope).curators)
            case _:
                return scope.owner_id

    def circle(self, scope: Scope) -> Circle:
        return next(circle for circle in self.cast.circles if circle.team_id == scope.team_id)

    def within(self, scope: Scope) -> Scope:
        """The scope of something that somebody writes on what is seen so: never wider."""
        by, how = self.writer_in(scope), self.chance.random()
        if scope.visibility == Visibility.PUBLIC:
            circle = self.circle_of(by) if 0.5 < how < 0.8 else None
            if circle:
                return team_scope(circle.team_id, by)
            return Scope(by, None, Visibility.PUBLIC if how < 0.8 else Visibility.PRIVATE)
        if scope.team_id and how < 0.75:
            return team_scope(scope.team_id, by)
        return Scope(by)

    def tell(
        self, verb: str, kind: str, pk: int, scope: Scope, at: datetime, by: int | None, article: int, **detail: Any
    ) -> None:
        self.events.append(
            {
                "at": at,
                "actor_id": by,
                "verb": verb,
                "subject_kind": kind,
                "subject_id": pk,
                "article_id": article,
                **seen_by(scope),
                "detail": detail,
            }
        )

    def write(self) -> None:
        """Put all of it into the tables; the log in the order of time, and who read a piece has seen what it says."""
        last: dict[int, int] = {}
        for event in sorted(self.events, key=lambda event: event["at"]):
            last[event["article_id"]] = self.tables.add(Event, **event)
        for reading in self.readings:
            self.tables.add(Reading, seen_event=last[reading["article_id"]], **reading)
        self.tables.write()


def seen_by(scope: Scope) -> dict[str, Any]:
    return {"owner_id": scope.owner_id, "team_id": scope.team_id, "visibility": scope.visibility}
