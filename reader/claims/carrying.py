"""What readers added to a claim, when others see the claim than before.

What was seen by just those who saw the claim goes with it to fewer people, and stays behind when it goes to more: a
claim that more people see is judged anew, by their curators.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from django.db.models import Q, QuerySet
from django.utils import timezone

from reader.claims.assessing import Round
from reader.claims.disputes import Correction, Dispute
from reader.claims.evidence import Evidence
from reader.claims.forecasting import CrowdLook, Forecast
from reader.claims.judging import lapse
from reader.claims.models import Claim
from reader.claims.rehoming import person_in
from reader.claims.relating import let_go
from reader.claims.relations import Relation
from reader.claims.standing import of_claim
from reader.claims.verdicts import Citation, Verdict
from reader.core.access import may_curate
from reader.core.visibility import InScope, Scope, is_within, scope_of

if TYPE_CHECKING:
    from reader.accounts.models import User

#: What is the claim's, and not its writer's.
PARTS = (Evidence, Round, Verdict, Dispute, Correction)


def narrow_additions(claim: Claim, before: InScope, after: Scope, by: "User") -> None:
    """Let nobody see more of what stands on the claim than the claim, which goes from the one audience to the other."""
    for model in (*PARTS, Forecast):
        rows: QuerySet[Any] = cast(Any, model).objects.filter(claim=claim)
        for owner, team, visibility in set(rows.order_by().values_list("owner_id", "team_id", "visibility")):
            was = Scope(owner, team, visibility)
            now = follow(was, before, after)
            rows.filter(owner=owner, team=team, visibility=visibility).update(
                team=now.team_id, visibility=now.visibility
            )
    for correction in claim.corrections.select_related("person"):
        known = person_in(correction, correction.person)
        Correction.objects.filter(pk=correction.pk).update(person=known)
    drop_conditions(claim, by)


def follow(part: Scope, before: InScope, after: InScope) -> Scope:
    """Who sees a part of a claim from now on; what neither goes along nor stays within is its owner's alone."""
    goes = (part.team_id, part.visibility) == (before.team_id, before.visibility) or is_within(after, part)
    if goes:
        return Scope(part.owner_id, after.team_id, after.visibility)
    return part if is_within(part, after) else Scope(part.owner_id)


def widen_additions(claim: Claim, before: Scope, by: "User") -> None:
    """The mover's own forecasts and evidence go along to more people; verdicts, rounds and others' words do not."""
    along = {"team": claim.team_id, "visibility": claim.visibility}
    Forecast.objects.filter(scope_of(before), claim=claim, owner=by).update(**along)
    Evidence.objects.filter(scope_of(before), claim=claim, by=by).update(**along)
    judge_anew(claim, by)
    drop_conditions(claim, by)


def submit(claim: Claim, by: "User") -> dict[str, str]:
    """Propose a claim to curators who are not those that accepted it; what that changes, not saved yet."""
    if claim.state != Claim.State.ACCEPTED or may_curate(by, claim):
        return {}
    claim.state = Claim.State.PROPOSED
    return {"was": Claim.State.ACCEPTED.value, "state": claim.state}


def judge_anew(claim: Claim, by: "User") -> None:
    """What other curators judged, or had begun to, is not theirs who see the claim now."""
    claim.rounds.filter(closed_at=None).update(closed_at=timezone.now(), closed_by=by)
    lapse(claim, by)


def drop_conditions(claim: Claim, by: "User") -> None:
    """Nothing depends on what not all can see who see it."""
    related = Relation.objects.filter(Q(claim=claim) | Q(other=claim), kind=Relation.Kind.CONDITIONAL)
    for relation in related.select_related("claim", "other"):
        if not is_within(relation.claim, relation.other):
            let_go(relation, relation.claim, by)


def move_forecasts(claim: Claim, to: Claim, reader: int) -> None:
    """What one reader gave the claim goes to another that says the same."""
    Forecast.objects.filter(claim=claim, owner=reader).update(claim=to, team=to.team_id, visibility=to.visibility)
    CrowdLook.objects.filter(claim=claim, reader=reader).update(claim=to)


def copy_additions(claim: Claim, again: Claim, sees: Callable[[InScope], bool]) -> None:
    """What stands on a claim stands on its copy, as far as those see it for whom the copy is made."""
    seen = [one for one in Evidence.objects.standing().filter(claim=claim) if sees(one)]
    copies = {pk: copy_part(one, again) for pk, one in [(one.pk, one) for one in seen]}
    for correction in claim.corrections.filter(deleted_at=None).select_related("person"):
        if sees(correction):
            correction.person = person_in(again, correction.person)
            copy_part(correction, again)
    for relation in claim.relations.exclude(kind=Relation.Kind.CONTRADICTS).select_related("other"):
        if sees(relation.other):
            relation.pk, relation._state.adding, relation.claim = None, True, again
            relation.save()
    verdict = Verdict.objects.filter(pk=claim.verdict_id or 0).first()
    if verdict and sees(verdict):
        copy_verdict(verdict, again, copies)


def copy_part(part: Evidence | Correction | Verdict, again: Claim) -> int:
    part.pk, part._state.adding = None, True
    for name, value in of_claim(again).items():
        setattr(part, name, value)
    part.save()
    return part.pk


def copy_verdict(verdict: Verdict, again: Claim, copies: dict[int, int]) -> None:
    """The verdict that stands, unless all that it rests on is hidden."""
    cited = [copies[pk] for pk in verdict.citations.values_list("evidence_id", flat=True) if pk in copies]
    if verdict.outcome is not None and not cited:
        return
    verdict.round = None
    copy_part(verdict, again)
    Citation.objects.bulk_create([Citation(verdict=verdict, evidence_id=pk) for pk in cited])
    again.verdict = verdict
    again.save(update_fields=["verdict"])
