"""What ties somebody to a claim, and who may judge it all the same."""

from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Q, QuerySet

from reader.claims.forecasting import forecast_of
from reader.claims.models import Claim
from reader.core.access import EDITOR_ROLES
from reader.core.refusals import Refused
from reader.core.visibility import Visibility
from reader.library.models import Person

if TYPE_CHECKING:
    from reader.accounts.models import User


class Tie(models.TextChoices):
    """In the order in which they weigh."""

    SPEAKER = "speaker", "said it"
    AUTHOR = "author", "wrote a piece that states it"
    PROPOSER = "proposer", "proposed it"
    FORECAST = "forecast", "has a forecast on it"


def concerned(claim: Claim) -> "QuerySet[Person]":
    """Whoever said or retold the claim, or wrote a piece that states it."""
    said = claim.statements.order_by()
    wrote = Q(articles__highlights__statements__claim=claim)
    return Person.objects.filter(
        Q(pk__in=said.values("speaker")) | Q(pk__in=said.values("reported_by")) | wrote
    ).distinct()


def ties(claim: Claim, user: "User") -> list[str]:
    """What ties `user` to the claim, for them to disclose."""
    said = claim.statements.filter(Q(speaker__user=user) | Q(reported_by__user=user)).exists()
    wrote = claim.statements.filter(highlight__article__authors__user=user).exists()
    proposed = Claim.objects.filter(Q(pk=claim.pk) | Q(merged_into=claim), proposer=user).exists()
    found = {
        Tie.SPEAKER: said,
        Tie.AUTHOR: wrote,
        Tie.PROPOSER: proposed,
        Tie.FORECAST: forecast_of(claim, user) is not None,
    }
    return [tie.value for tie, is_so in found.items() if is_so]


def other_curators(claim: Claim, user: "User") -> "QuerySet[User]":
    """Who else could judge the claim: curators of it who neither said it nor wrote it."""
    people = get_user_model()._default_manager.filter(is_active=True).exclude(pk=user.pk)
    if claim.visibility == Visibility.PUBLIC:
        people = people.filter(is_curator=True)
    else:
        people = people.filter(memberships__team=claim.team_id, memberships__role__in=EDITOR_ROLES)
    return people.exclude(people__in=concerned(claim))


def refuse_conflict(claim: Claim, user: "User", *, discloses_forecast: bool) -> list[str]:
    """What `user` is to disclose, where it does not keep them from judging.

    Nobody else sees a private claim or counts it: there everything is disclosed, and nothing refused.

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
    if Tie.PROPOSER in found and other_curators(claim, user).exists():
        raise Refused("You proposed this claim, and there are other curators: one of them has to judge it.")
    if Tie.FORECAST in found and not discloses_forecast:
        raise Refused("You have a forecast on this claim: say so with the verdict.")
    return found
