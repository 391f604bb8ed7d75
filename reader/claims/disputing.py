"""Objecting to a verdict, and deciding on the objection."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from reader.claims.conflicts import other_curators, refuse_conflict
from reader.claims.disputes import DECIDED, REASON_LENGTH, Dispute, Ending
from reader.claims.evidence import Evidence
from reader.claims.judging import Given, Ruling, evidence_of, give
from reader.claims.models import Claim
from reader.claims.standing import in_hand, of_claim
from reader.claims.verdicts import UNDOABLE, Verdict
from reader.core.access import require_annotation, require_curation, require_sight
from reader.core.limits import Deed, spend
from reader.core.refusals import Refused
from reader.core.visibility import Visibility

if TYPE_CHECKING:
    from django.tasks import Task

    from reader.accounts.models import User

#: What other features do once a verdict is disputed, by its key; `when_disputed` adds to it.
DISPUTED: "list[Task[[int], None]]" = []


def dispute(verdict: Verdict, reason: str, by: "User", evidence: Evidence | None = None) -> Dispute:
    """Object to the verdict that stands; until it is decided the claim is disputed.

    Raises:
        Refused: there is nothing to dispute, it is one's own, or it was said before; the sentence says which.
        TooMany: `by` disputed too many of late.
    """
    reason = check_words(reason, "Say what is wrong with the verdict.", "reason")
    with in_hand(verdict.claim, by) as claim:
        require_annotation(by, claim)
        require_sight(by, verdict)
        standing = claim.dispute
        if standing and (standing.by_id, standing.reason, standing.verdict_id) == (by.pk, reason, verdict.pk):
            return standing
        refuse_pointless(verdict, claim, by)
        refuse_repeated(verdict, by, evidence)
        if evidence:
            evidence_of(claim, Ruling(evidence=[evidence.pk]), by)
        spend(by, Deed.DISPUTE)
        made = Dispute.objects.create(verdict=verdict, by=by, reason=reason, evidence=evidence, **of_claim(claim))
        claim.dispute = made
        claim.save(update_fields=["dispute"])
        claim.tell(by, "disputed", dispute=made.pk, verdict=verdict.pk)
        queue_what_waits(made)
    return made


def queue_what_waits(dispute: Dispute, after: datetime | None = None) -> None:
    for task in DISPUTED:
        task.using(run_after=after).enqueue(dispute.pk)


def when_disputed(task: "Task[[int], None]") -> "Task[[int], None]":
    """Let a job run for each dispute, and once it is decided for good. It looks for itself how that stands."""
    DISPUTED.append(task)
    return task


def check_words(words: str, where_empty: str, field: str) -> str:
    words = words.strip()
    if not words:
        raise Refused(where_empty, field)
    if len(words) > REASON_LENGTH:
        raise Refused(f"That is too long: up to {REASON_LENGTH:,} letters are kept.", field)
    return words


def refuse_pointless(verdict: Given, claim: Claim, by: "User") -> None:
    if claim.dispute_id is not None:
        raise Refused("The verdict is disputed already: add evidence, and wait for the decision.")
    if verdict.id != claim.verdict_id:
        raise Refused("That verdict does not stand any more.")
    if verdict.follows:
        raise Refused("It follows from the verdict on its condition: dispute that one.")
    if claim.visibility == Visibility.PRIVATE or verdict.by_id == by.pk:
        raise Refused("It is your own verdict: judge the claim anew, and say why.")


def refuse_repeated(verdict: Verdict, by: "User", evidence: Evidence | None) -> None:
    """Who disputed it before needs something new for it."""
    before = Dispute.objects.filter(verdict=verdict, by=by).last()
    if before and not (evidence and evidence.added_at > before.at):
        raise Refused(
            "You disputed this verdict before: bring evidence that was not there then, and name it.", "evidence"
        )


def withdraw_dispute(dispute: Dispute, by: "User") -> None:
    """Object no longer.

    Raises:
        Refused: it was decided.
        PermissionDenied: it is somebody else's.
    """
    with in_hand(dispute.claim, by) as claim:
        look_again(dispute, by)
        if dispute.by_id != by.pk:
            raise PermissionDenied
        end(dispute, claim, Ending.WITHDRAWN, by)


def uphold(dispute: Dispute, by: "User", answer: str, *, discloses_forecast: bool = False) -> None:
    """Decide that the verdict stands, and say why.

    Raises:
        Refused: it was decided, or `by` may not decide it; the sentence says why.
    """
    answer = check_words(answer, "Say why the verdict stands.", "answer")
    with in_hand(dispute.claim, by) as claim:
        require_decision(dispute, claim, by)
        disclosed = refuse_conflict(claim, by, discloses_forecast=discloses_forecast, barred=parties(dispute))
        end(dispute, claim, Ending.UPHELD, by, answer, disclosed)


def overturn(dispute: Dispute, ruling: Ruling, by: "User", answer: str, *, discloses_forecast: bool = False) -> Verdict:
    """Decide that the verdict was wrong, and give another.

    Raises:
        Refused: it was decided, `by` may not decide it, or the new verdict is none, or says the same.
    """
    ruling.check()
    answer = check_words(answer, "Say why the verdict does not stand.", "answer")
    with in_hand(dispute.claim, by) as claim:
        require_decision(dispute, claim, by)
        before = dispute.verdict
        if (before.status, before.outcome) == (ruling.status, ruling.outcome):
            raise Refused("That is the verdict which is disputed: uphold it, or choose another.", "decision")
        end(dispute, claim, Ending.OVERTURNED, by, answer)
        verdict = give(claim, ruling, by, discloses_forecast=discloses_forecast, barred=parties(dispute))
        dispute.new_verdict, dispute.disclosed = verdict, verdict.disclosed
        dispute.save(update_fields=["new_verdict", "disclosed"])
    return verdict


def parties(dispute: Dispute) -> list[int | None]:
    """Who can't decide it in any case."""
    return [dispute.by_id, dispute.verdict.by_id]


def require_decision(dispute: Dispute, claim: Claim, by: "User") -> None:
    require_curation(by, claim)
    look_again(dispute, by)
    refuse_party(dispute, claim, by)


def refuse_party(dispute: Dispute, claim: Claim, by: "User") -> None:
    """Neither who gave the verdict nor who disputes it decides; where nobody else is left, it is said what to do."""
    if by.pk not in parties(dispute):
        return
    mine = "verdict" if dispute.verdict.by_id == by.pk else "dispute"
    raise Refused(f"The {mine} is your own: another curator decides. {nobody_left(dispute, claim)}".rstrip())


def refuse_deciding(dispute: Dispute, claim: Claim, by: "User") -> None:
    """Why a curator may not decide it, for the page that offers that."""
    refuse_party(dispute, claim, by)
    refuse_conflict(claim, by, discloses_forecast=True, barred=parties(dispute))


def nobody_left(dispute: Dispute, claim: Claim) -> str:
    """What has to be done where no curator could decide the dispute; empty where one could."""
    if other_curators(claim, parties(dispute)).exists():
        return ""
    if claim.visibility == Visibility.TEAM:
        return "Nobody else in the team could decide it: an owner of it has to name another curator."
    return "Nobody else could decide it: whoever runs this installation has to name another curator."


def look_again(dispute: Dispute, by: "User") -> None:
    dispute.refresh_from_db()
    require_sight(by, dispute)
    if dispute.ending:
        raise Refused(f"The dispute is over: {dispute.get_ending_display().lower()}.")


def end(
    dispute: Dispute, claim: Claim, ending: Ending, by: "User", answer: str = "", disclosed: Sequence[str] = ()
) -> None:
    dispute.ending, dispute.ended_at, dispute.ended_by = ending, timezone.now(), by
    dispute.answer, dispute.disclosed = answer, list(disclosed)
    dispute.save(update_fields=["ending", "ended_at", "ended_by", "answer", "disclosed"])
    claim.dispute = None
    claim.save(update_fields=["dispute"])
    claim.tell(by, "ended a dispute", dispute=dispute.pk, ending=ending.value)
    if ending in DECIDED:
        queue_what_waits(dispute, dispute.ended_at + UNDOABLE + timedelta(seconds=1))
