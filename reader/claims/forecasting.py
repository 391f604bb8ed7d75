"""Readers' probabilities for a claim. Append-only: the newest of each reader stands."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from reader.claims.models import Claim
from reader.claims.standing import in_hand, refuse_out_of_the_ledger
from reader.claims.windows import in_words
from reader.core.access import require_annotation
from reader.core.events import record
from reader.core.refusals import Refused
from reader.core.visibility import Scope, Scoped, ScopedQuerySet

if TYPE_CHECKING:
    from reader.accounts.models import User
    from reader.core.requests import AnyUser

REASON_LENGTH = 2_000
AGiven = TypeVar("AGiven", bound="Given")


class ForecastQuerySet(ScopedQuerySet):
    def standing(self, user: "AnyUser | None" = None) -> "ForecastQuerySet":
        """The newest of each reader on each claim, as far as `user` sees them; without one, of all."""
        newer = later_of_reader(user, claim=OuterRef("claim")).last_words(user)
        return self.last_words(user).filter(~Exists(newer))

    def last_words(self, user: "AnyUser | None") -> "ForecastQuerySet":
        """What each reader gave each claim last, and did not withdraw; what came with a merged claim apart."""
        made_on = {"made_on": Coalesce(OuterRef("came_from"), 0)}
        return self.filter(~Exists(later_of_reader(user, claim=OuterRef("claim"), **made_on)), percent__isnull=False)


def later_of_reader(user: "AnyUser | None", **same: Any) -> ForecastQuerySet:
    """What the reader of the forecast around it said later, as far as `user` sees it."""
    later: ForecastQuerySet = Forecast.objects.alias(made_on=Coalesce("came_from", 0))
    later = later.filter(owner=OuterRef("owner"), pk__gt=OuterRef("pk"), **same)
    return later if user is None else later.visible_to(user)


class Forecast(Scoped):
    """What one reader gives a claim. It is `owner`'s; without a percentage it withdraws what stood before."""

    claim = models.ForeignKey(Claim, models.CASCADE, db_index=False, related_name="forecasts")  # by `indexes`
    came_from = models.ForeignKey(
        Claim, models.SET_NULL, null=True, blank=True, related_name="+", help_text="Merged since; made on that."
    )
    percent = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.TextField(blank=True, max_length=REASON_LENGTH)
    made_at = models.DateTimeField(default=timezone.now)

    objects = ForecastQuerySet.as_manager()

    class Meta(Scoped.Meta):
        ordering = ["id"]
        constraints = [
            *Scoped.Meta.constraints,
            models.CheckConstraint(
                condition=Q(percent=None) | Q(percent__range=(1, 99)), name="nothing_is_certain_or_impossible"
            ),
        ]
        indexes = [
            models.Index(fields=["claim", "owner", "id"], name="forecast_by_reader_of_claim"),
            models.Index(fields=["owner", "-id"], name="forecast_by_owner"),
        ]

    def __str__(self) -> str:
        return f"{self.owner}: {'withdrawn' if self.percent is None else f'{self.percent} %'}"


class CrowdLook(models.Model):
    """A reader chose to see what others give a claim before they said so themselves; scores can tell."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="looks")
    came_from = models.ForeignKey(Claim, models.SET_NULL, null=True, blank=True, related_name="+")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "reader"], condition=Q(came_from=None), name="one_looks_for_the_first_time_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reader} looked at {self.claim_id}"


def forecast(claim: Claim, percent: int, by: "User", reason: str = "") -> Forecast:
    """Give the claim a probability; said again just so, it stands as it did.

    Raises:
        Refused: it is no probability, or the claim takes no more forecasts.
    """
    if percent not in range(1, 100):
        raise Refused(
            "A forecast is a whole number from 1 to 99 %: nothing ahead is certain, or impossible.", "percent"
        )
    reason = reason.strip()
    if len(reason) > REASON_LENGTH:
        raise Refused(f"The reason is too long: up to {REASON_LENGTH:,} letters are kept.", "reason")
    with in_hand(claim, by) as claim:
        require_annotation(by, claim)
        refuse_closed(claim)
        standing = forecast_of(claim, by)
        if standing and (standing.percent, standing.reason) == (percent, reason):
            return standing
        return put(claim, by, percent=percent, reason=reason)


def withdraw_forecast(claim: Claim, by: "User") -> Forecast:
    """Stand by no probability any more; what was said before stays in the history.

    Raises:
        Refused: there is none, or the claim takes no more forecasts.
    """
    with in_hand(claim, by) as claim:
        require_annotation(by, claim)
        refuse_closed(claim)
        standing = made_on(claim, by)
        if not standing:
            raise Refused("You have no forecast here.")
        made = [keep(claim, by, came_from_id=one) for one in standing][-1]
        claim.tell(by, "withdrew a forecast", forecast=made.pk)
    return made


def made_on(claim: Claim, by: "User") -> list[int | None]:
    """On which claims `by` gave what is not withdrawn: those merged into this one, or (None) itself."""
    rows = Forecast.objects.filter(claim=claim, owner=by).order_by("id").values_list("came_from", "percent")
    return [one for one, percent in dict(rows).items() if percent is not None]


class Given(Protocol):
    """One of a reader's forecasts on a claim, as some query has it."""

    @property
    def percent(self) -> int | None: ...
    @property
    def came_from(self) -> int | None: ...


def standing_after_each(history: Iterable[AGiven]) -> "Iterator[AGiven | None]":
    """Which of a reader's forecasts stood once each of them was made: what `standing` says, along time."""
    stand: dict[int | None, AGiven] = {}
    for one in history:
        stand.pop(one.came_from, None)
        if one.percent is not None:
            stand[one.came_from] = one
        yield next(reversed(stand.values()), None)


def look_at_crowd(claim: Claim, by: "User") -> CrowdLook:
    """Choose to see what others give the claim; only the first time counts, and nobody else learns of it."""
    with in_hand(claim, by) as claim:
        refuse_out_of_the_ledger(claim)
        look, is_new = CrowdLook.objects.get_or_create(claim=claim, reader=by, came_from=None)
        if is_new:
            record(by, "looked at the crowd", claim, scope=Scope(by.pk))
    return look


def refuse_closed(claim: Claim) -> None:
    refuse_out_of_the_ledger(claim)
    if claim.verdict_id is not None:
        raise Refused("The claim has been judged: forecasts are closed.")
    if claim.window_end is not None and claim.window_end < timezone.localdate():
        raise Refused(f"The window ended on {in_words(claim.window_end)}: forecasts are closed.")


def forecast_of(claim: Claim, by: "User") -> Forecast | None:
    """The one that stands."""
    return Forecast.objects.standing().filter(claim=claim, owner=by).first()


def put(claim: Claim, by: "User", *, percent: int, reason: str = "") -> Forecast:
    made = keep(claim, by, percent=percent, reason=reason)
    claim.tell(by, "forecast", forecast=made.pk)  # not what: those who have not forecast yet may read the log
    return made


def keep(claim: Claim, by: "User", **given: Any) -> Forecast:
    return Forecast.objects.create(claim=claim, owner=by, team_id=claim.team_id, visibility=claim.visibility, **given)
