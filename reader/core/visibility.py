"""Who sees what: private < team < public, one rule for every table that holds something of a reader."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from reader.core.requests import AnyUser


class Visibility(models.TextChoices):
    PRIVATE = "private", "Only you"
    TEAM = "team", "Your team"
    PUBLIC = "public", "Everyone"


def visible_to(user: "AnyUser", prefix: str = "") -> Q:
    """The rows that `user` may read; `prefix` reaches a scoped row through a relation (`"article__"`)."""
    public = Q(**{f"{prefix}visibility": Visibility.PUBLIC})
    if not user.is_authenticated:
        return public
    own = Q(**{f"{prefix}owner_id": user.pk})
    if not user.team_ids:
        return public | own
    return public | own | Q(**{f"{prefix}visibility": Visibility.TEAM, f"{prefix}team_id__in": user.team_ids})


class ScopedQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: "AnyUser") -> Self:
        return self.filter(visible_to(user))


class Scoped(models.Model):
    """Something that belongs to a reader and is seen by the reader alone, by one team, or by everyone."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    team = models.ForeignKey("reader.Team", models.PROTECT, null=True, blank=True, related_name="+")
    visibility = models.CharField(max_length=8, choices=Visibility, default=Visibility.PRIVATE)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(visibility=Visibility.TEAM, team__isnull=False)
                | Q(visibility__in=[Visibility.PRIVATE, Visibility.PUBLIC], team__isnull=True),
                name="%(class)s_names_a_team_exactly_when_a_team_sees_it",
            )
        ]

    def look_again(self) -> None:
        """Ask anew who sees this, once the transaction has begun: somebody may have moved it since it was read.

        Raises:
            DoesNotExist: it is gone.
        """
        self.refresh_from_db(fields=["owner", "team", "visibility"])


class InScope(Protocol):
    """A scoped thing, or the row of one."""

    @property
    def owner_id(self) -> int: ...
    @property
    def team_id(self) -> int | None: ...
    @property
    def visibility(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Scope:
    """Mine, one team's, or public: where a name is looked for and made."""

    owner_id: int
    team_id: int | None = None
    visibility: str = Visibility.PRIVATE


def team_scope(team_id: int, owner_id: int) -> Scope:
    return Scope(owner_id, team_id, Visibility.TEAM)


def scope_of(thing: InScope) -> Q:
    match thing.visibility:
        case Visibility.PUBLIC:
            return Q(visibility=Visibility.PUBLIC)
        case Visibility.TEAM:
            return Q(visibility=Visibility.TEAM, team_id=thing.team_id)
        case _:
            return Q(visibility=Visibility.PRIVATE, owner_id=thing.owner_id)


def is_within(child: InScope, parent: InScope) -> bool:
    """Whether everyone who sees `child` also sees `parent`."""
    if parent.visibility == Visibility.PUBLIC:
        return True
    if parent.visibility == Visibility.TEAM:
        same_team = child.visibility == Visibility.TEAM and child.team_id == parent.team_id
        return same_team or child.visibility == Visibility.PRIVATE
    return child.visibility == Visibility.PRIVATE and child.owner_id == parent.owner_id


def around(child: InScope, prefix: str = "") -> Q:
    """What `is_within` says of rows: those that everyone sees who sees `child`."""
    public = Q(**{f"{prefix}visibility": Visibility.PUBLIC})
    match child.visibility:
        case Visibility.PUBLIC:
            return public
        case Visibility.TEAM:
            return public | Q(**{f"{prefix}visibility": Visibility.TEAM, f"{prefix}team_id": child.team_id})
        case _:
            own = Q(**{f"{prefix}visibility": Visibility.PRIVATE, f"{prefix}owner_id": child.owner_id})
            return public | own | Q(**{f"{prefix}visibility": Visibility.TEAM})


def unique_in_scope(field: str, model: str) -> list[models.UniqueConstraint]:
    """`field` is unique among mine, among one team's and among the public ones: a clash betrays nothing hidden."""
    return [
        models.UniqueConstraint(
            fields=["owner", field], condition=Q(visibility=Visibility.PRIVATE), name=f"{model}_{field}_unique_mine"
        ),
        models.UniqueConstraint(
            fields=["team", field], condition=Q(visibility=Visibility.TEAM), name=f"{model}_{field}_unique_in_team"
        ),
        models.UniqueConstraint(
            fields=[field], condition=Q(visibility=Visibility.PUBLIC), name=f"{model}_{field}_unique_public"
        ),
    ]
