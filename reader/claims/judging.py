"""Giving a verdict, and taking it back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

from django.db.models import Q, QuerySet
from django.utils import timezone

from reader.claims.assessing import end_lapsed_round
from reader.claims.conflicts import refuse_conflict
from reader.claims.consequences import conditions_of, place, settle, settle_dependants, take_back
from reader.claims.disputes import Dispute
from reader.claims.evidence import Evidence
from reader.claims.knowing import FIELD, KNOWN_EARLY, refuse_unknown
from reader.claims.ledger_queries import source_is_open_to
from reader.claims.models import Claim
from reader.claims.scale import CAME_TRUE, Grade, Outcome
from reader.claims.standing import in_hand, is_over, last_day, of_claim, refuse_out_of_the_ledger, refuse_unaccepted
from reader.claims.verdicts import REASON_LENGTH, UNDOABLE, Citation, Status, Verdict
from reader.claims.windows import in_words
from reader.core.access import require_curation, require_sight
from reader.core.refusals import Refused
from reader.core.visibility import around

if TYPE_CHECKING:
    from reader.accounts.models import User

KIND_IS_MISSING = (
    " Where it is something that happens or is reached by a date, say so by editing the claim: then it can be judged."
)
NOTHING_MORE = Grade()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What a curator decides. Readings that are not given are the outcome itself.

    `known_since` is the first day on which one could know the outcome; none where that was when the window ended.
    """

    status: str = Status.RESOLVED
    outcome: int | None = None
    reason: str = ""
    grade: Grade = NOTHING_MORE
    known_since: date | None = None
    evidence: Collection[int] = ()

    def check(self) -> None:
        """Refuse what is no verdict.

        Raises:
            Refused: the sentence says why.
        """
        if self.status not in Status.values:
            raise Refused("A verdict is resolved, ambiguous or annulled.")
        if len(self.reason) > REASON_LENGTH:
            raise Refused(f"The reason is too long: up to {REASON_LENGTH:,} letters are kept.", "reason")
        self.grade.check()
        if self.status == Status.RESOLVED:
            self.check_outcome()
        elif self.outcome is not None or self.grade.strict is not None:
            raise Refused(f"What is {self.status} has no outcome: choose the one or the other.", "strict")
        elif self.known_since is not None:
            raise Refused(f"What is {self.status} has no outcome that could be known.", FIELD)
        elif not self.reason.strip():
            raise Refused(f"Say why it is {self.status}.", "reason")

    def check_outcome(self) -> None:
        if self.outcome is None:
            raise Refused("Say how far it came true.", "decision")
        if self.outcome not in Outcome.values:
            raise Refused("Choose how far it came true from the five steps.", "decision")
        if not self.evidence:
            raise Refused("Choose the evidence on which the verdict rests.", "evidence")
        if not self.strict() <= self.outcome <= self.charitable():
            raise Refused("The outcome lies between the strict and the charitable reading.", "strict")

    def strict(self) -> int:
        return self.outcome or 0 if self.grade.strict is None else self.grade.strict

    def charitable(self) -> int:
        return self.outcome or 0 if self.grade.charitable is None else self.grade.charitable

    def as_fields(self) -> dict[str, object]:
        fields = {**self.grade.as_fields(), "status": self.status, "reason": self.reason.strip()}
        if self.status == Status.RESOLVED:
            fields |= {"outcome": self.outcome, "strict": self.strict(), "charitable": self.charitable()}
        return fields | {"known_since": self.known_since}


class Overtaken(Refused):
    """A verdict stands that whoever wrote this one had not seen."""

    def __init__(self, standing: Verdict, by: "User") -> None:
        self.standing = standing.pk
        who = "You" if standing.by == by else standing.by.get_short_name() if standing.by else "Somebody"
        super().__init__(
            f"{who} judged it meanwhile: {standing}. What you wrote is kept; send it again to judge the claim anew."
        )


def judge(
    claim: Claim, ruling: Ruling, by: "User", *, discloses_forecast: bool = False, seen: int | None = None
) -> Verdict:
    """Give a verdict; sent twice, it is given once. A later one needs a reason, and stands instead of this.

    `seen` is the verdict that stood before the eyes of `by`, 0 where there was none.

    Raises:
        Overtaken: another stands than the one that was seen.
        Refused: not this claim, not yet, not so, or not by this curator; the sentence says which.
        PermissionDenied: `by` is no curator of the claim.
    """
    ruling.check()
    with in_hand(claim, by) as claim:
        require_curation(by, claim)
        if claim.dispute_id is not None:
            raise Refused("The verdict is disputed: decide the dispute.")
        standing = claim.verdict
        if standing and says(standing, ruling, by):
            return standing
        if standing and seen not in (None, standing.pk):
            raise Overtaken(standing, by)
        if standing and not ruling.reason.strip():
            raise Refused("The claim has been judged already: say why it is judged anew.", "reason")
        return give(claim, ruling, by, discloses_forecast=discloses_forecast)


def says(verdict: Verdict, ruling: Ruling, by: "User") -> bool:
    """Whether this very verdict stands, and `by` gave it."""
    cited = set(verdict.citations.values_list("evidence_id", flat=True))
    same = all(getattr(verdict, name) == value for name, value in ruling.as_fields().items())
    return same and verdict.by_id == by.pk and cited == set(ruling.evidence)


def give(
    claim: Claim, ruling: Ruling, by: "User", *, discloses_forecast: bool, barred: Collection[int | None] = ()
) -> Verdict:
    """Write a verdict that has been checked in itself, once the claim is found to be ready for it."""
    disclosed = refuse_conflict(claim, by, discloses_forecast=discloses_forecast, barred=barred)
    refuse_unready(claim)
    refuse_untimely(claim, ruling)
    refuse_unknown(claim, ruling, by)
    refuse_conditions(claim, ruling)
    cited = evidence_of(claim, ruling, by)
    newest = claim.rounds.order_by("-id").first()
    verdict = Verdict.objects.create(by=by, round=newest, disclosed=disclosed, **of_claim(claim), **ruling.as_fields())
    Citation.objects.bulk_create([Citation(verdict=verdict, evidence=one) for one in cited])
    place(verdict, claim, by)
    return verdict


def refuse_unready(claim: Claim) -> None:
    refuse_out_of_the_ledger(claim)
    refuse_unaccepted(claim)
    end_lapsed_round(claim)
    if claim.rounds.filter(closed_at=None).exists():
        raise Refused("A round of assessments is open: close it first.")


def refuse_untimely(claim: Claim, ruling: Ruling) -> None:
    """Before the window ends only what can be known by then; a question that is unclear is so at any time."""
    if ruling.status == Status.ANNULLED or is_over(claim, timezone.localdate()):
        return
    start = claim.window_start
    if start is not None and start > timezone.localdate():
        raise Refused(f"It is too early: the window opens on {in_words(start)}.", "decision")
    if ruling.status == Status.RESOLVED and ruling.outcome in KNOWN_EARLY.get(claim.kind, ()):
        return
    end = last_day(claim)
    if end is None:
        raise Refused("The claim has no last day: give it a window, or a day on which to look at it again.")
    hint = KIND_IS_MISSING if ruling.outcome in CAME_TRUE and not claim.kind else ""
    raise Refused(f"It is too early: the claim can come true until {in_words(end)}.{hint}", "decision")


def refuse_conditions(claim: Claim, ruling: Ruling) -> None:
    conditions = conditions_of(claim)
    if any(one.is_met is False for one in conditions):
        raise Refused("Its condition was not met: the claim stays annulled.")
    undecided = next((one.claim for one in conditions if one.is_met is None), None)
    if undecided and ruling.status == Status.RESOLVED:
        words = f"claim {undecided.pk}, “{undecided.statement[:80]}”"
        raise Refused(f"It depends on {words}, which is not decided yet: judge that one first.")


def evidence_of(claim: Claim, ruling: Ruling, by: "User") -> list[Evidence]:
    """What the verdict cites."""
    cited = list(citable(claim, by).filter(pk__in=ruling.evidence))
    if len(cited) < len(set(ruling.evidence)):
        raise Refused(
            "Some of the evidence is not there any more, or not for all who see the claim: look at it again.",
            "evidence",
        )
    return cited


def citable(claim: Claim, by: "User") -> "QuerySet[Evidence]":
    """On what a verdict may rest: it stands on the claim, `by` sees it, and so does everybody who sees the claim."""
    passage = around(claim, "highlight__") & around(claim, "highlight__article__")
    rows: QuerySet[Evidence] = Evidence.objects.standing().visible_to(by)
    return rows.filter(around(claim), Q(highlight=None) | passage, source_is_open_to(by), claim=claim, withheld=False)


def undo_verdict(verdict: Verdict, by: "User") -> None:
    """Take a verdict back within ten minutes; what stood before stands again.

    Raises:
        Refused: it is too late, it does not stand, it follows from another, or it is not for `by` to take back.
        PermissionDenied: `by` is no curator of the claim.
    """
    with in_hand(verdict.claim, by) as claim:
        require_curation(by, claim)
        verdict.refresh_from_db()
        require_sight(by, verdict)
        if verdict.undone_at:
            raise Refused("This verdict was taken back already.")
        refuse_undoing(verdict, claim, by)
        take_back(verdict, claim, by)
        settle(claim, by)
        settle_dependants(claim, by)


class Given(Protocol):
    """A verdict, or its row on a page."""

    @property
    def id(self) -> int: ...
    @property
    def by_id(self) -> int | None: ...
    @property
    def at(self) -> datetime: ...
    @property
    def follows(self) -> object: ...


def refuse_undoing(verdict: Given, claim: Claim, by: "User") -> None:
    """Whoever gave a verdict takes it back for ten minutes; so does another curator who could have given it.

    Raises:
        Refused: the sentence says why not.
    """
    if verdict.id != claim.verdict_id:
        raise Refused("A newer verdict stands.")
    if verdict.follows:
        raise Refused("It follows from the verdict on its condition: that one would have to change.")
    if timezone.now() - verdict.at > UNDOABLE:
        raise Refused("Ten minutes have passed: only a new verdict changes it now.")
    if verdict.by_id == by.pk:
        return
    parties = parties_to(verdict.id)
    if by.pk in parties:
        raise Refused("You are a party to the dispute about it: another curator takes it back, or nobody.")
    refuse_conflict(claim, by, discloses_forecast=True, barred=parties)


def parties_to(verdict_id: int) -> set[int | None]:
    """Who disputed this verdict, or the one that it overturned, and who gave that."""
    disputes = Dispute.objects.filter(Q(verdict=verdict_id) | Q(new_verdict=verdict_id))
    overturned = Verdict.objects.filter(disputes__new_verdict=verdict_id)
    return {*disputes.values_list("by", flat=True), *overturned.values_list("by", flat=True)}


def lapse(claim: Claim, by: "User") -> None:
    """Take back all verdicts of a claim that more people see from now on: its own curators are to judge it anew."""
    for verdict in claim.verdicts.filter(undone_at=None).order_by("-id"):
        take_back(verdict, claim, by)
    settle(claim, by)
    settle_dependants(claim, by)
