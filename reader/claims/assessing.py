"""Blind votes on a claim: nobody sees another's before the round is closed."""

from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from reader.claims.conflicts import ties
from reader.claims.models import Claim
from reader.claims.scale import Grade, Graded
from reader.claims.standing import in_hand, of_claim, refuse_out_of_the_ledger, refuse_unaccepted
from reader.core.access import require_annotation, require_curation, require_sight
from reader.core.refusals import Refused
from reader.core.visibility import Scoped

if TYPE_CHECKING:
    from reader.accounts.models import User

REASONS_LENGTH = 5_000


class Round(Scoped):
    """A time in which a claim is assessed. It ends at its deadline by itself, or when a curator closes it."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="rounds")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    closes_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta(Scoped.Meta):
        ordering = ["id"]
        constraints = [
            *Scoped.Meta.constraints,
            models.UniqueConstraint(fields=["claim"], condition=Q(closed_at=None), name="one_open_round_of_a_claim"),
            models.CheckConstraint(condition=Q(closes_at=None) | Q(closes_at__gt=F("opened_at")), name="a_round_lasts"),
        ]

    def __str__(self) -> str:
        return f"The round of {self.opened_at:%d %B %Y}"


class Timed(Protocol):
    """A round, or what a query has of it."""

    @property
    def closes_at(self) -> datetime | None: ...
    @property
    def closed_at(self) -> datetime | None: ...


def is_open(round_: Timed, now: datetime) -> bool:
    return round_.closed_at is None and (round_.closes_at is None or now < round_.closes_at)


class Assessment(Graded):
    """One grader's vote in one round; without readings, they cannot decide. Seen by others once the round is over."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="assessments")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="assessments")
    reasons = models.TextField(blank=True, max_length=REASONS_LENGTH)
    disclosed = models.JSONField(default=list, blank=True, help_text="What ties the grader to the claim.")
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta(Graded.Meta):
        ordering = ["id"]
        constraints = [
            *Graded.Meta.constraints,
            models.UniqueConstraint(fields=["round", "by"], name="one_vote_of_a_grader_in_a_round"),
        ]

    def __str__(self) -> str:
        return f"{self.by} in round {self.round_id}"


def open_round(claim: Claim, by: "User", closes_at: datetime | None = None) -> Round:
    """Ask for assessments, until a curator closes the round or its time is over.

    Raises:
        Refused: one is open, nothing is left to assess, or the claim is no more than proposed.
    """
    if closes_at and closes_at <= timezone.now():
        raise Refused("The round would be over before it begins: choose a later day.", "closes_on")
    with in_hand(claim, by) as claim:
        require_curation(by, claim)
        refuse_out_of_the_ledger(claim)
        refuse_unaccepted(claim)
        if claim.verdict_id is not None and claim.dispute_id is None:
            raise Refused("The claim has been judged, and nobody disputes it.")
        end_lapsed_round(claim)
        if claim.rounds.filter(closed_at=None).exists():
            raise Refused("A round is open already.")
        made = Round.objects.create(by=by, closes_at=closes_at, **of_claim(claim))
        claim.tell(by, "opened a round", round=made.pk)
    return made


def end_lapsed_round(claim: Claim) -> None:
    """Note of a round whose time is over that it is: it was already."""
    claim.rounds.filter(closed_at=None, closes_at__lte=timezone.now()).update(closed_at=F("closes_at"))


def close_round(round_: Round, by: "User") -> None:
    """End it; everybody who sees it sees the votes now, which is why it can't be opened again.

    Raises:
        Refused: it is over.
    """
    with in_hand(round_.claim, by) as claim:
        require_curation(by, claim)
        round_.refresh_from_db()
        require_sight(by, round_)
        if not is_open(round_, timezone.now()):
            raise Refused("The round is over already.")
        end_round(round_, claim, by)


def end_round(round_: Round, claim: Claim, by: "User") -> None:
    round_.closed_at, round_.closed_by = timezone.now(), by
    round_.save(update_fields=["closed_at", "closed_by"])
    claim.tell(by, "closed a round", round=round_.pk)


def assess(round_: Round, grade: Grade, by: "User", reasons: str = "") -> Assessment:
    """Vote, or change one's vote; nobody else sees it before the round is over.

    Raises:
        Refused: the round is over, or the vote is none.
    """
    grade.check()
    if len(reasons) > REASONS_LENGTH:
        raise Refused(f"The reasons are too long: up to {REASONS_LENGTH:,} letters are kept.", "reasons")
    with in_hand(round_.claim, by) as claim:
        require_annotation(by, claim)
        round_.refresh_from_db()
        require_sight(by, round_)
        if not is_open(round_, timezone.now()):
            raise Refused("The round is over: what you think of the claim now can’t be counted.")
        refuse_out_of_the_ledger(claim)
        vote = {**grade.as_fields(), "reasons": reasons.strip(), "disclosed": ties(claim, by)}
        standing = Assessment.objects.filter(round=round_, by=by).first()
        if standing is None:
            standing = Assessment.objects.create(round=round_, by=by, **vote)
            claim.tell(by, "assessed", round=round_.pk)
        elif any(getattr(standing, name) != value for name, value in vote.items()):
            Assessment.objects.filter(pk=standing.pk).update(**vote, changed_at=timezone.now())
            standing.refresh_from_db()
            claim.tell(by, "changed an assessment", round=round_.pk)
    return standing
