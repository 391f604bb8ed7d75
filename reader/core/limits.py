"""How much one person may do in a while, counted in the database, so that all processes count together."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.http import HttpResponse
from django.utils import timezone

from reader.core.events import let_ids_appear_in_order
from reader.core.prepared import prepared

if TYPE_CHECKING:
    from reader.accounts.models import User
    from reader.core.requests import AnyUser


class Deed(models.TextChoices):
    """What is counted, as it is said to whoever did it too often."""

    NOTE = "note", "notes"
    MARK = "mark", "marks"
    UPLOAD = "upload", "pieces"
    FETCH = "fetch", "addresses"
    IMPORT = "import", "imports"
    EXPORT = "export", "exports"
    LETTER = "letter", "invitations by mail"
    LEDGER = "ledger", "copies of the ledger"
    DISPUTE = "dispute", "disputes"
    SWEEP = "sweep", "searches for predictions"


@dataclass(frozen=True, slots=True)
class Limit:
    most: int
    within: timedelta

    @property
    def in_words(self) -> str:
        return "a day" if self.within == timedelta(days=1) else f"{self.within // timedelta(minutes=1)} minutes"

    @property
    def each(self) -> timedelta:
        """How long one of them counts, when they come evenly."""
        return self.within / self.most


#: Far more than anybody does by hand.
LIMITS = {
    Deed.NOTE: Limit(120, timedelta(minutes=10)),
    Deed.MARK: Limit(600, timedelta(minutes=10)),
    Deed.UPLOAD: Limit(60, timedelta(minutes=10)),
    Deed.FETCH: Limit(60, timedelta(minutes=10)),
    Deed.IMPORT: Limit(30, timedelta(minutes=10)),
    Deed.EXPORT: Limit(6, timedelta(hours=1)),
    Deed.LETTER: Limit(30, timedelta(days=1)),
    Deed.LEDGER: Limit(30, timedelta(hours=1)),
    Deed.DISPUTE: Limit(20, timedelta(hours=1)),
    Deed.SWEEP: Limit(30, timedelta(minutes=10)),
}


class Tally(models.Model):
    """What somebody did of late, as a bucket that leaks: the moment at which it will be empty again."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    deed = models.CharField(max_length=12, choices=Deed)
    empty_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "tallies"
        constraints = [models.UniqueConstraint(fields=["person", "deed"], name="one_tally_per_person_and_deed")]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_deed_display()}"


class TooMany(Exception):
    """Somebody did more than may be done at once; after `wait` one more goes through."""

    def __init__(self, deed: Deed, limit: Limit, wait: timedelta) -> None:
        self.seconds = max(1, ceil(wait.total_seconds()))
        super().__init__(
            f"More than {limit.most} {deed.label} in {limit.in_words} do not go through. "
            f"Nothing is lost: wait {in_words(self.seconds)}, then try again."
        )

    def on(self, answer: HttpResponse) -> HttpResponse:
        """This answer, as the refusal that tells programs too when to come back."""
        answer.status_code = 429
        answer.headers["Retry-After"] = str(self.seconds)
        return answer


def spend(person: "User", deed: Deed) -> None:
    """Count one more; call it inside the transaction that does it, so that what fails is not counted.

    Raises:
        TooMany: it is one too many.
    """
    limit, now = LIMITS[deed], timezone.now()
    with transaction.atomic():
        let_ids_appear_in_order()  # before the tally is locked: what follows writes the log
        pk, full_until = tally_of(person, deed, now)
        empty_at = max(full_until, now) + limit.each
        if empty_at - now > limit.within:
            raise TooMany(deed, limit, empty_at - now - limit.within)
        Tally.objects.filter(pk=pk).update(empty_at=empty_at)


def tally_of(person: "User", deed: Deed, now: datetime) -> tuple[int, datetime]:
    """The locked tally, its key and when it is empty."""
    for pk, empty_at in tally_fields(person, deed.value):
        return pk, empty_at
    tally, _ = Tally.objects.select_for_update().get_or_create(person=person, deed=deed, defaults={"empty_at": now})
    return tally.pk, tally.empty_at


@prepared
def tally_fields(user: "AnyUser", deed: str) -> "models.QuerySet[Any, Any]":
    return Tally.objects.select_for_update().filter(person_id=user.pk, deed=deed).values_list("pk", "empty_at")


def in_words(seconds: int) -> str:
    if seconds < 90:
        return "a second" if seconds == 1 else f"{seconds} seconds"
    return f"{ceil(seconds / 60)} minutes"
