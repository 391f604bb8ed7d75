"""Who reads, who writes and where, in a filled library."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, TypeVar

from django.conf import settings

from reader.accounts.addresses import vouch_for
from reader.accounts.membership import found_team
from reader.accounts.models import Membership, Role, Team, User
from reader.core.environment import kept_secret
from reader.core.events import event_of, record_all
from reader.core.visibility import Scope, Visibility, team_scope
from reader.library.models import Person, Publication
from reader.pages.demo.loading import new_password
from reader.pages.filling.prose import Prose
from reader.tags.models import Tag, fold

#: Those as whom one can sign in: somebody who reads a lot, and a curator of the public ledger.
READER, CURATOR = "reader@example.org", "curator@example.org"
CURATORS = 4
T = TypeVar("T")


def fill_password() -> str:
    return kept_secret(settings.DATA / "fill-password", new_password)


@dataclass(slots=True)
class Circle:
    """A team: who writes there, who of them curates, and its own tags."""

    team_id: int
    writers: list[int]
    curators: list[int]
    tags: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Cast:
    """The numbers of all who take part; the first of each list is the busiest."""

    users: list[int]
    circles: list[Circle]
    people: list[int]
    series: list[int]
    tags: list[int]
    private_tags: dict[int, list[int]]

    @property
    def curators(self) -> list[int]:
        return self.users[1 : CURATORS + 1]

    def circles_of(self, user: int) -> list[Circle]:
        return [circle for circle in self.circles if user in circle.writers]

    def tags_in(self, scope: Scope) -> list[int]:
        """Those of the same scope: a thing bears no other's."""
        match scope.visibility:
            case Visibility.PUBLIC:
                return self.tags
            case Visibility.TEAM:
                return next(circle.tags for circle in self.circles if circle.team_id == scope.team_id)
            case _:
                return self.private_tags[scope.owner_id]


def pick(chance: random.Random, among: Sequence[T]) -> T:
    """One of these; of the first ones there is much, of the last hardly anything."""
    return among[int(len(among) * chance.random() ** 2.5)]


def make_cast(articles: int, prose: Prose) -> Cast:
    """All of them, few in a small library and more in a large one. Call it inside a transaction."""
    chance = random.Random("cast")  # noqa: S311  (nothing secret)
    users = [make_user(number) for number in range(40 + articles // 500)]
    circles = [make_circle(number, users, chance) for number in range(len(users) // 8)]
    owner = users[1].pk
    people = make_named(Person, person_names(prose, chance, max(40, articles // 50)), Scope(owner, None, "public"))
    series = make_named(
        Publication, series_names(prose, chance, max(12, articles // 250)), Scope(owner, None, "public")
    )
    tags = make_named(Tag, tag_names(prose, chance, max(40, articles // 100)), Scope(owner, None, "public"))
    for circle in circles:
        its_own = tag_names(prose, chance, 12)
        circle.tags = make_named(Tag, its_own, team_scope(circle.team_id, circle.curators[0]))
    private = {user.pk: make_named(Tag, tag_names(prose, chance, 5), Scope(user.pk)) for user in users}
    return Cast([user.pk for user in users], circles, people, series, tags, private)


def find_cast() -> Cast:
    """Those of a library that was begun: what `make_cast` made, in its order."""
    users = list(User.objects.order_by("pk").filter(email__endswith="@example.org").values_list("pk", flat=True))
    circles = []
    for team in Team.objects.order_by("pk"):
        roles = list(team.memberships.order_by("pk").values_list("user_id", "role"))
        writers = [user for user, role in roles if role != Role.VIEWER]
        circles.append(Circle(team.pk, writers, [user for user, role in roles if role in (Role.OWNER, Role.CURATOR)]))
        circles[-1].tags = ids_of(Tag, team=team)
    private = {user: ids_of(Tag, owner=user, visibility="private") for user in users}
    people, series, tags = (ids_of(model, visibility="public") for model in (Person, Publication, Tag))
    return Cast(users, circles, people, series, tags, private)


def ids_of(model: Any, **which: Any) -> list[int]:
    return list(model.objects.filter(**which).order_by("pk").values_list("pk", flat=True))


def make_user(number: int) -> User:
    email, name = {0: (READER, "Rhea"), 1: (CURATOR, "Cato")}.get(
        number, (f"reader-{number}@example.org", f"Reader {number}")
    )
    password = fill_password() if number < 2 else None
    user = User.objects.create_user(email, password, name=name, is_curator=0 < number <= CURATORS)
    vouch_for(user)
    return user


def make_circle(number: int, users: list[User], chance: random.Random) -> Circle:
    """A team of an owner, a curator, some members and somebody who only looks on; the first two have the reader."""
    size = min(len(users), chance.randint(6, 12))
    members = chance.sample(users[2:], size)
    if number < 2:
        members.insert(2, users[0])
    team = found_team(f"Circle {number + 1}", members[0])
    roles = [Role.CURATOR, *[Role.MEMBER] * (len(members) - 3), Role.VIEWER]
    made = [Membership(team=team, user=user, role=role) for user, role in zip(members[1:], roles, strict=True)]
    Membership.objects.bulk_create(made)
    record_all([event_of(one.user, "joined", one, one.scope, role=one.role) for one in made])
    return Circle(team.pk, [user.pk for user in members[:-1]], [user.pk for user in members[:2]])


def make_named(model: Any, names: list[str], scope: Scope) -> list[int]:
    place = {"owner_id": scope.owner_id, "team_id": scope.team_id, "visibility": scope.visibility}
    slugs = [f"{fold(name).replace(' ', '-')}{suffix(scope)}" for name in names]
    rows = [model(name=name, key=fold(name), slug=slug, **place) for name, slug in zip(names, slugs, strict=True)]
    return [one.pk for one in model.objects.bulk_create(rows)]


def suffix(scope: Scope) -> str:
    return {"public": "", "team": f"-t{scope.team_id}", "private": f"-o{scope.owner_id}"}[scope.visibility]


def person_names(prose: Prose, chance: random.Random, number: int) -> list[str]:
    return once(f"{chance.choice(prose.names)} {chance.choice(prose.names)}" for _ in accumulate([0] * number * 2))[
        :number
    ]


def series_names(prose: Prose, chance: random.Random, number: int) -> list[str]:
    kinds = ["Letter", "Review", "Weekly", "Notes", "Podcast", "Memo"]
    return once(f"The {chance.choice(prose.names)} {chance.choice(kinds)}" for _ in range(number * 2))[:number]


def tag_names(prose: Prose, chance: random.Random, number: int) -> list[str]:
    return once(chance.choice(prose.names).lower() for _ in range(number * 2))[:number]


def once(names: Any) -> list[str]:
    return list(dict.fromkeys(names))
