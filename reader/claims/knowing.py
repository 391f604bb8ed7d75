"""Since when the outcome of a claim is known: who forecasts it from that day on foresees nothing."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Min, QuerySet
from django.utils import timezone

from reader.claims.details import ClaimKind
from reader.claims.evidence import Bearing, Evidence
from reader.claims.models import Claim
from reader.claims.queries import standing_statements
from reader.claims.scale import CAME_TRUE, FAILED, Outcome
from reader.claims.standing import is_over, last_day
from reader.claims.windows import in_words
from reader.core.refusals import Refused

if TYPE_CHECKING:
    from reader.accounts.models import User
    from reader.claims.judging import Ruling

#: What can be known before a window ends: that something came, and that what was said never to come did.
KNOWN_EARLY: dict[str, tuple[Outcome, ...]] = {
    ClaimKind.EVENT: CAME_TRUE,
    ClaimKind.THRESHOLD: CAME_TRUE,
    ClaimKind.ABSENCE: FAILED,
}
#: Whether a claim of these kinds is judged early is not known, but once it is over its curator may know better.
OF_ANY_KIND = ("", ClaimKind.CONDITIONAL)
FIELD = "known_since"


def refuse_unknown(claim: Claim, ruling: "Ruling", by: "User") -> None:
    """An outcome before the claim is over says since when it is known; that day is one on which it could be.

    Raises:
        Refused: the sentence says why not.
    """
    day, end = ruling.known_since, last_day(claim)
    if day is None:
        if ruling.outcome is not None and not is_over(claim, timezone.localdate()):
            raise Refused("Say since when it is known: the claim is judged before its time is over.", FIELD)
        return
    if day > timezone.localdate():
        raise Refused("It can’t be known only from a day that is still to come.", FIELD)
    first = None if ruling.grade.already_true else first_said(claim, by)
    if first and day < first:
        words = f"It was said first on {in_words(first)}. If it was known before, say that it was already true then."
        raise Refused(words, FIELD)
    if end and not can_show(claim, ruling.outcome, day):
        raise Refused(f"That outcome shows only when {in_words(end)} is over: choose a later day, or none.", FIELD)


def can_show(claim: Claim, outcome: int | None, day: date) -> bool:
    """Whether the outcome can be known from that day on: some show only when the time of the claim is over."""
    end = last_day(claim)
    return end is None or day > end or shows_early(claim.kind, outcome)


def shows_early(kind: str, outcome: int | None) -> bool:
    return outcome in (CAME_TRUE if kind in OF_ANY_KIND else KNOWN_EARLY.get(kind, ()))


def first_said(claim: Claim, by: "User") -> date | None:
    """The first day on which anybody can have said it, as far as `by` may know."""
    day: date | None = standing_statements(by).filter(claim=claim).aggregate(first=Min("said_on"))["first"]
    return day


def suggestion(claim: Claim, sources: "QuerySet[Evidence]", by: "User") -> date | None:
    """A day for the curator to start from: that of the first source that shows it, else the day after the last."""
    today, end = timezone.localdate(), last_day(claim)
    shows = Bearing.AGAINST if claim.kind == ClaimKind.ABSENCE else Bearing.FOR
    since = first_said(claim, by)
    dated = sources.filter(bearing=shows, published_on__range=(since or date.min, min(today, end or today)))
    first: date | None = dated.aggregate(first=Min("published_on"))["first"]
    if first and shows_early(claim.kind, (FAILED if shows == Bearing.AGAINST else CAME_TRUE)[0]):
        return first
    return end + timedelta(days=1) if end and end < today else None
