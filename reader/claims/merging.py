"""One claim where there were two: quotes move, nothing is lost, and all of it can be taken back."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Case, F, Q, QuerySet, Value, When

from reader.claims.assessing import Round, end_lapsed_round
from reader.claims.consequences import settle_by_hand, settle_dependants
from reader.claims.evidence import Bearing, Evidence
from reader.claims.forecasting import CrowdLook, Forecast
from reader.claims.models import Claim, Polarity, Statement
from reader.claims.relating import DIRECTED, leads_to
from reader.claims.relations import Relation
from reader.core.events import let_ids_appear_in_order, record_in_pieces
from reader.core.refusals import Refused
from reader.core.visibility import around, is_within
from reader.search.indexing import forget

if TYPE_CHECKING:
    from reader.accounts.models import User
    from reader.highlights.models import Highlight

FLIPPED = Case(When(polarity=Polarity.AFFIRMS, then=Value(Polarity.DENIES)), default=Value(Polarity.AFFIRMS))


TURNED = Case(
    When(bearing=Bearing.FOR, then=Value(Bearing.AGAINST)),
    When(bearing=Bearing.AGAINST, then=Value(Bearing.FOR)),
    default=F("bearing"),
)


def merge(claim: Claim, into: Claim, by: "User", *, opposite: bool = False) -> list[int]:
    """Point `claim` at `into` and move its statements there; answers which.

    A statement whose passage states `into` already stays where it is: the passage is quoted there. Where the one says
    the opposite of the other, so do its quotes; forecasts of p become 1 − p, and evidence for it speaks against.

    Raises:
        Refused: one of them has been judged or is being assessed, they are related, or they name different windows.
    """
    with transaction.atomic():
        let_ids_appear_in_order()
        refuse_merging(claim, into, opposite=opposite)
        pieces = claim.pieces()
        there = into.statements.values("highlight")
        moving = list(claim.statements.exclude(highlight__in=there).values_list("pk", flat=True))
        move(Statement.objects.filter(pk__in=moving), into, opposite=opposite)
        bring(claim, into, opposite=opposite)
        claim.state, claim.remark = Claim.State.MERGED, ""
        claim.merged_into, claim.merged_as_opposite = into, opposite
        claim.save(update_fields=["state", "remark", "merged_into", "merged_as_opposite"])
        record_in_pieces(by, "merged", claim, pieces, into=into.pk, opposite=opposite)
        settle_dependants(into, by)
    return moving


def part(claim: Claim, moved: list[int], state: str, remark: str, by: "User") -> None:
    """Take a merge back: the claim stands for itself again, with the statements and all else that it brought.

    Raises:
        Refused: what it was merged into has been judged since, with what it brought; or the quotes have gone to
            different people, so that they would not be found together again.
    """
    with transaction.atomic():
        let_ids_appear_in_order()
        if Claim.objects.filter(merged_claims=claim, verdict__isnull=False).exists():
            raise Refused("The claim that it was merged into has been judged since.")
        into, brought = claim.merged_into_id, Statement.objects.filter(pk__in=moved, claim=claim.merged_into_id)
        refuse_parting(claim, moved, brought)
        move(brought, claim, opposite=claim.merged_as_opposite)
        give_back(claim, opposite=claim.merged_as_opposite)
        claim.state, claim.remark = state, remark
        claim.merged_into, claim.merged_as_opposite = None, False
        claim.save(update_fields=["state", "remark", "merged_into", "merged_as_opposite"])
        record_in_pieces(by, "parted", claim, claim.pieces(), into=into)
        settle_by_hand(claim, by)
        settle_dependants(claim, by)


def release(into: "QuerySet[Claim]", passages: "QuerySet[Highlight]") -> None:
    """Let claims stand for themselves that were merged into these, which are about to be deleted with these passages.

    One of which nothing at all is left goes.
    """
    with transaction.atomic():
        let_ids_appear_in_order()
        for claim in Claim.objects.filter(merged_into__in=into).exclude(pk__in=into).order_by("pk"):
            take_out(claim, Statement.objects.exclude(highlight__in=passages), None)
            if not any(rows.exists() for rows in (claim.statements, claim.notes, claim.forecasts, claim.evidence)):
                forget("claim", [claim.pk])
                claim.delete()


def take_out(claim: Claim, statements: "QuerySet[Statement]", by: "User | None") -> None:
    """Let the claim stand for itself with what its own owner marked of these statements, and what else it brought.

    Without a quote it is withdrawn.
    """
    into, stated = claim.merged_into_id, claim.statements.values("highlight")
    its_own = statements.filter(claim=claim.merged_into_id, highlight__owner=claim.owner_id)
    move(its_own.exclude(highlight__in=stated), claim, opposite=claim.merged_as_opposite)
    give_back(claim, opposite=claim.merged_as_opposite)
    is_stated = statements.filter(claim=claim).exists()
    claim.state = Claim.State.PROPOSED if is_stated else Claim.State.WITHDRAWN
    claim.merged_into, claim.merged_as_opposite = None, False
    claim.save(update_fields=["state", "merged_into", "merged_as_opposite"])
    record_in_pieces(by, "parted", claim, claim.pieces(), into=into)


def refuse_parting(claim: Claim, moved: list[int], brought: "QuerySet[Statement]") -> None:
    """Each of the two must have a quote that its readers see, as they had when they became one."""
    its_own = Statement.objects.filter(Q(claim=claim) | Q(pk__in=brought))
    others = Statement.objects.filter(claim=claim.merged_into_id).exclude(pk__in=brought)
    quoted = [(claim, its_own), (Claim.objects.get(merged_claims=claim), others)]
    if len(brought) < len(moved) or not all(is_quoted(one, there) for one, there in quoted):
        raise Refused("Some of its quotes have gone elsewhere since, with pieces or marks that fewer people see now.")


def is_quoted(claim: Claim, statements: "QuerySet[Statement]") -> bool:
    return any(is_within(claim, one.highlight) for one in statements.select_related("highlight"))


def refuse_merging(claim: Claim, into: Claim, *, opposite: bool) -> None:
    """A verdict was given on one wording and its evidence: neither is changed behind its back."""
    if any(Claim.objects.filter(pk=one.pk, verdict__isnull=False).exists() for one in (claim, into)):
        raise Refused("A claim that has been judged can’t be merged, and nothing can be merged into it.")
    refuse_other_window(claim, into)
    for one in (claim, into):
        end_lapsed_round(one)
    if Round.objects.filter(claim__in=[claim, into], closed_at=None).exists():
        raise Refused("A round of assessments is open on one of these: close it first.")
    if any(leads_to(claim, into, kind) or leads_to(into, claim, kind) for kind in DIRECTED):
        raise Refused("One of these leads to the other by how they are related: take that back first.")
    mutual = Q(claim=claim, other=into) | Q(claim=into, other=claim)
    if not opposite and Relation.objects.filter(mutual, kind=Relation.Kind.CONTRADICTS).exists():
        raise Refused("These two are said to contradict each other: merge them as opposites, or take that back first.")


def refuse_other_window(claim: Claim, into: Claim) -> None:
    """Nobody's words come to be judged by a day that they did not name. From when on is no matter to "by 2026"."""
    same_end = (claim.window_start is None, claim.window_end) == (into.window_start is None, into.window_end)
    same_start = claim.window_start == into.window_start or (begins_when_said(claim) and begins_when_said(into))
    if not (same_end and same_start):
        raise Refused(
            f"These name different windows ({claim.window_in_words}; {into.window_in_words}). A new date is a new"
            " claim: say that it updates the other, or give the two one window first."
        )


def begins_when_said(claim: Claim) -> bool:
    start, shown = claim.window_start, around(claim, "highlight__")
    return start is not None and claim.statements.filter(shown, said_no_later_than__gte=start).exists()


def bring(claim: Claim, into: Claim, *, opposite: bool) -> None:
    """Let what readers added to `claim` stand on `into`, and know where it came from."""
    moved = {"claim": into, "came_from": claim}
    forecasts = Forecast.objects.filter(claim=claim)
    forecasts.update(**moved, percent=100 - F("percent") if opposite else F("percent"))
    Evidence.objects.filter(claim=claim).update(**moved, bearing=TURNED if opposite else F("bearing"))
    CrowdLook.objects.filter(claim=claim).update(**moved)


def give_back(claim: Claim, *, opposite: bool) -> None:
    moved = {"claim": claim, "came_from": None}
    forecasts = Forecast.objects.filter(came_from=claim, claim=claim.merged_into_id)
    forecasts.update(**moved, percent=100 - F("percent") if opposite else F("percent"))
    evidence = Evidence.objects.filter(came_from=claim, claim=claim.merged_into_id)
    evidence.update(**moved, bearing=TURNED if opposite else F("bearing"))
    CrowdLook.objects.filter(came_from=claim, claim=claim.merged_into_id).update(**moved)


def move(statements: "QuerySet[Statement]", to: Claim, *, opposite: bool) -> None:
    statements.update(claim=to, polarity=FLIPPED if opposite else F("polarity"))
