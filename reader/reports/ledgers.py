"""Whose claims a record counts: everyone's, one team's, or one's own. Never of two of them in one figure.

A record would otherwise differ from reader to reader, and the difference would tell what is hidden. Everybody who sees
a ledger is shown the same record of it, to the last digit.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from reader.accounts.models import Team
from reader.core.visibility import InScope, Visibility
from reader.tags.models import Tag

if TYPE_CHECKING:
    from reader.core.requests import AnyUser

#: The word in an address for one's own ledger, and for everyone's.
MINE, EVERYONE = "mine", "public"


@dataclass(frozen=True, slots=True)
class Ledger:
    """Claims that the same people see; `key` names it in an address, `name` on a page."""

    visibility: str = Visibility.PUBLIC
    team_id: int | None = None
    owner_id: int | None = None
    #: Where its owner is a member, for a ledger of one's own: what is theirs can be said in a piece of a team's.
    teams: tuple[int, ...] = ()
    key: str = EVERYONE
    name: str = "Public"

    def keeps(self, prefix: str = "") -> Q:
        """The claims, or tags, that are in this ledger."""
        here = Q(**{f"{prefix}visibility": self.visibility})
        if self.visibility == Visibility.TEAM:
            return here & Q(**{f"{prefix}team_id": self.team_id})
        return here & Q(**{f"{prefix}owner_id": self.owner_id}) if self.visibility == Visibility.PRIVATE else here

    def shows(self, prefix: str) -> Q:
        """The passages, or pieces, that all see who see this ledger: only what is said there counts."""
        seen = Q(**{f"{prefix}visibility": Visibility.PUBLIC})
        if self.visibility == Visibility.TEAM:
            return seen | self.keeps(prefix)
        if self.visibility == Visibility.PRIVATE:
            teams = Q(**{f"{prefix}visibility": Visibility.TEAM, f"{prefix}team_id__in": self.teams})
            return seen | teams | Q(**{f"{prefix}owner_id": self.owner_id})
        return seen

    @property
    def is_public(self) -> bool:
        return self.visibility == Visibility.PUBLIC


PUBLIC = Ledger()


def ledgers_of(user: "AnyUser", subject: InScope) -> list[Ledger]:
    """The ledgers from which `user` may have a record of `subject`, the one of its own scope first.

    A team's person is in no public claim, nor in another team's; the name of a tag can be in each.
    """
    mine, teams = own(user), list(of_teams(user))
    first = [one for one in (PUBLIC, *teams, *mine) if is_scope_of(one, subject)]
    if subject.visibility == Visibility.PUBLIC or isinstance(subject, Tag):
        return [*first, *(one for one in (PUBLIC, *teams, *mine) if one not in first)]
    return first + [one for one in mine if one not in first]


def is_scope_of(ledger: Ledger, subject: InScope) -> bool:
    same_team = ledger.visibility != Visibility.TEAM or ledger.team_id == subject.team_id
    return ledger.visibility == subject.visibility and same_team


def chosen(ledgers: list[Ledger], key: str) -> Ledger:
    """The one that an address names; a name that is none of them, or of one that is hidden, is the first."""
    return next((ledger for ledger in ledgers if ledger.key == key), ledgers[0])


def of_teams(user: "AnyUser") -> Iterable[Ledger]:
    if not user.is_authenticated or not user.team_ids:
        return
    for pk, slug, name in Team.objects.filter(pk__in=user.team_ids).order_by("name").values_list("pk", "slug", "name"):
        yield team_ledger(pk, slug, name)


def team_ledger(pk: int, slug: str = "", name: str = "") -> Ledger:
    return Ledger(Visibility.TEAM, team_id=pk, key=f"team-{slug}", name=f"The team {name}")


def own(user: "AnyUser") -> list[Ledger]:
    return [own_ledger(user.pk, user.team_ids)] if user.is_authenticated else []


def own_ledger(owner: int, teams: Iterable[int]) -> Ledger:
    return Ledger(Visibility.PRIVATE, owner_id=owner, teams=tuple(sorted(teams)), key=MINE, name="Only yours")
