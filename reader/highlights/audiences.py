"""Who can be chosen to see a new mark, in words."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reader.accounts.models import Team
from reader.core.access import may_share_with
from reader.core.prepared import NOBODY, prepared
from reader.core.visibility import InScope, Scope, Scoped, Visibility, is_within

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from reader.accounts.models import User
    from reader.core.requests import AnyUser


@dataclass(frozen=True, slots=True)
class Audience:
    """Those who will see a thing."""

    visibility: str
    team_id: int | None
    words: str

    @property
    def key(self) -> str:
        """The value of this choice in a form."""
        return key_of(self.visibility, self.team_id)


def key_of(visibility: str, team_id: int | None) -> str:
    return f"{visibility}-{team_id}" if team_id else visibility


def in_words(visibility: str, team: str | None, *, mine: bool = True) -> str:
    """Who sees a thing of this visibility: "you", "the team Foundry", "everyone".

    `team` is the team's name, or None for somebody who is not in it (any more) and must not learn it.
    """
    if visibility == Visibility.PUBLIC:
        return "everyone"
    if visibility == Visibility.TEAM:
        return f"the team {team}" if team else "a team that you left"
    return "you" if mine else "its owner"


def audiences(thing: Scoped, reader: "User") -> list[Audience]:
    """The choices for a child of `thing`, narrow to wide; a team only where the reader may write for it."""
    chosen = [Audience(Visibility.PRIVATE, None, "only you")]
    teams = shareable_teams(thing, reader)
    for pk, name in team_names(NOBODY, teams) if teams else []:
        chosen.append(Audience(Visibility.TEAM, pk, f"the team {name}"))
    if thing.visibility == Visibility.PUBLIC:
        chosen.append(Audience(Visibility.PUBLIC, None, "everyone"))
    return chosen


@prepared
def team_names(user: "AnyUser", teams: list[int]) -> "QuerySet[Any, Any]":
    return Team.objects.filter(pk__in=teams).values_list("pk", "name")


def shareable_teams(thing: Scoped, reader: "User") -> list[int]:
    if thing.visibility == Visibility.PRIVATE:
        return []
    wanted = reader.roles if thing.visibility == Visibility.PUBLIC else [thing.team_id or 0]
    return [team for team in wanted if may_share_with(reader, team)]


def usual_audience(thing: Scoped, reader: "User") -> tuple[str, int | None]:
    """What is chosen until the reader says otherwise: a team's piece is marked for the team, all else for oneself."""
    if thing.visibility == Visibility.TEAM and may_share_with(reader, thing.team_id):
        return Visibility.TEAM, thing.team_id
    return Visibility.PRIVATE, None


def audience_of(stated: InScope, thing: Scoped, reader: "User") -> tuple[str, int | None]:
    """What is chosen for a mark in `thing` that adds to `stated`: all who see that, as far as they see the thing."""
    offered = [Scope(reader.pk, one.team_id, one.visibility) for one in audiences(thing, reader)]
    *_, widest = [offered[0], *(one for one in offered if is_within(one, stated))]
    return widest.visibility, widest.team_id
