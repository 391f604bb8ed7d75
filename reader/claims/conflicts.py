"""What ties somebody to a claim, and who may judge it all the same."""

from collections.abc import Collection
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone

from reader.accounts.queries import curators_of
from reader.claims.forecasting import Forecast
from reader.claims.models import Claim, Statement
from reader.claims.standing import is_over, last_day
from reader.core.refusals import Refused
from reader.core.visibility import Visibility, around, visible_to
from reader.library.identifying import in_force_since
from reader.library.models import Authorship, Person

if TYPE_CHECKING:
    from reader.accounts.models import User


class Tie(models.TextChoices):
    """In the order in which they weigh."""

    SPEAKER = "speaker", "said it"
    AUTHOR = "author", "wrote a piece that states it"
    PROPOSER = "proposer", "proposed it"
    FORECAST = "forecast", "has a forecast on it"


def concerned(statements: "QuerySet[Statement]") -> "QuerySet[Person]":
    """Whoever said or retold a claim in these statements, or wrote a piece that they stand in."""
    return speakers(statements) | authors(statements)


def speakers(statements: "QuerySet[Statement]") -> "QuerySet[Person]":
    said = statements.order_by()
    return Person.objects.filter(Q(pk__in=said.values("speaker")) | Q(pk__in=said.values("reported_by")))


def authors(statements: "QuerySet[Statement]") -> "QuerySet[Person]":
    pieces = statements.order_by().values("highlight__article")
    return Person.objects.filter(pk__in=Authorship.objects.filter(article__in=pieces).order_by().values("person"))


def accounts_of(people: "QuerySet[Person]", claim: Claim) -> "QuerySet[Any, Any]":
    """Who is said to be one of these people, or was so when the claim came due: to be freed later helps nobody."""
    return in_force_since(came_due(claim)).filter(person__in=people.values("pk")).values("user")


def heard_by_all(claim: Claim) -> Q:
    """The statements of it that all see who see the claim, and saw before their passage was deleted."""
    return around(claim, "highlight__") & around(claim, "highlight__article__")


def heard_by(user: "User", claim: Claim) -> "QuerySet[Statement]":
    """Those, and what `user` sees besides: what another keeps for themselves says nothing of anybody."""
    seen = visible_to(user, "highlight__") & visible_to(user, "highlight__article__")
    return claim.statements.filter(heard_by_all(claim) | seen)


def came_due(claim: Claim) -> datetime:
    """The moment after its last day; now, for as long as it is not over."""
    end = last_day(claim)
    if end is None or not is_over(claim, timezone.localdate()):
        return timezone.now()
    return timezone.make_aware(datetime.combine(end + timedelta(days=1), time.min))


def ties(claim: Claim, user: "User") -> list[str]:
    """What ties `user` to the claim, for them to disclose. A forecast that was withdrawn was given all the same."""
    said = heard_by(user, claim)
    proposed = Claim.objects.filter(Q(pk=claim.pk) | Q(merged_into=claim), proposer=user)
    found = {
        Tie.SPEAKER: accounts_of(speakers(said), claim).filter(user=user),
        Tie.AUTHOR: accounts_of(authors(said), claim).filter(user=user),
        Tie.PROPOSER: proposed,
        Tie.FORECAST: Forecast.objects.filter(claim=claim, owner=user),
    }
    return [tie.value for tie, rows in found.items() if rows.exists()]


def other_curators(claim: Claim, barred: Collection[int | None]) -> "QuerySet[User]":
    """Who else could judge the claim: curators of it who neither said it nor wrote it, nor are barred."""
    said = claim.statements.filter(heard_by_all(claim))
    people = curators_of(claim).exclude(pk__in=[pk for pk in barred if pk])
    return people.exclude(pk__in=accounts_of(speakers(said), claim)).exclude(pk__in=accounts_of(authors(said), claim))


def refuse_conflict(
    claim: Claim, user: "User", *, discloses_forecast: bool, barred: Collection[int | None] = ()
) -> list[str]:
    """What `user` is to disclose, where it does not keep them from judging.

    Nobody else sees a private claim or counts it: there everything is disclosed, and nothing refused. `barred` are
    curators who could not do it in any case.

    Raises:
        Refused: they said it, or wrote it; they have a forecast and do not say so; or they proposed it, and another
            curator could judge it.
    """
    found = ties(claim, user)
    if claim.visibility == Visibility.PRIVATE:
        return found
    if Tie.SPEAKER in found:
        raise Refused("You said or retold this yourself: another curator has to judge it.")
    if Tie.AUTHOR in found:
        raise Refused("You wrote a piece that states this: another curator has to judge it.")
    if Tie.PROPOSER in found and other_curators(claim, [user.pk, *barred]).exists():
        raise Refused("You proposed this claim, and there are other curators: one of them has to judge it.")
    if Tie.FORECAST in found and not discloses_forecast:
        raise Refused("You have a forecast on this claim: say so with the verdict.", "discloses")
    return found
