"""Claims of the team Foundry for the life after: proposed by Cleo, accepted, with a window that is over or is not."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from reader.accounts.models import Team, User
from reader.claims.assessing import Round
from reader.claims.details import ClaimKind
from reader.claims.disputes import Correction, Dispute
from reader.claims.evidence import Evidence, Source, add_evidence
from reader.claims.judging import Ruling, judge
from reader.claims.models import Claim
from reader.claims.relations import Relation
from reader.claims.scale import Outcome
from reader.claims.standing import is_over, of_claim
from reader.claims.verdicts import Verdict
from reader.claims.windows import WindowKind
from reader.core.visibility import Visibility
from reader.library.models import Article, Person
from tests.claims.predictions import make_claim
from tests.world import World

QUOTES = ["2024 will be the year of the small model", "Nobody trains from scratch before 2030", "Prices fall by half"]
OVER, AHEAD = date(2024, 12, 31), date(2999, 12, 31)


@dataclass(frozen=True)
class Judged:
    """A claim on which a round is over and another open, with a verdict that is disputed and a reply to it."""

    evidence: Evidence
    round: Round
    verdict: Verdict
    dispute: Dispute
    reply: Correction
    relation: Relation


def accepted(
    article: Article, by: User, visibility: str, team: Team | None, *, ends: date, quote: str = QUOTES[0], **more: Any
) -> Claim:
    claim = make_claim(article, quote, by, visibility, team)
    fields = {"state": Claim.State.ACCEPTED, "kind": ClaimKind.EVENT, **more}
    window = {"window_kind": WindowKind.WINDOW, "window_start": date(2024, 1, 1), "window_end": ends}
    Claim.objects.filter(pk=claim.pk).update(**window, **fields)
    return again(claim)


def teams_claim(world: World, *, ends: date = OVER, quote: str = QUOTES[0], **more: Any) -> Claim:
    return accepted(world.shared, world.cleo, Visibility.TEAM, world.foundry, ends=ends, quote=quote, **more)


def public_claim(world: World, *, ends: date = OVER, quote: str = QUOTES[0], by: User | None = None) -> Claim:
    return accepted(world.public, by or world.cleo, Visibility.PUBLIC, None, ends=ends, quote=quote)


def private_claim(world: World, *, ends: date = OVER, quote: str = QUOTES[0]) -> Claim:
    return accepted(world.private, world.cleo, Visibility.PRIVATE, None, ends=ends, quote=quote)


def source(claim: Claim, by: User, bearing: str = "for", url: str = "") -> Evidence:
    """One more: a claim has each source once."""
    there = claim.evidence.exclude(url="").count()
    url = url or "https://example.com/model-released" + (f"?{there}" if there else "")
    return add_evidence(claim, Source(bearing=bearing, url=url), by)


def judged(claim: Claim, by: User, outcome: int = Outcome.HAPPENED, **more: Any) -> Verdict:
    """The claim with a verdict, on evidence of the same curator's."""
    cited = source(claim, by)
    if not is_over(again(claim), timezone.localdate()):
        more.setdefault("known_since", timezone.localdate())
    return judge(claim, Ruling(outcome=outcome, evidence=[cited.pk], **more), by)


def again(claim: Claim) -> Claim:
    return Claim.objects.get(pk=claim.pk)


def make_judged(claim: Claim, author: Person, other: Claim, owner: User) -> Judged:
    """Rows straight into the tables: the verbs would ask for the right curator at the right time."""
    row = of_claim(claim)
    round_ = Round.objects.create(by=owner, **row)
    evidence = Evidence.objects.create(by=owner, bearing="for", url="https://example.org/a-source", **row)
    verdict = Verdict.objects.create(by=owner, status="ambiguous", reason="Nobody can tell.", **row)
    return Judged(
        evidence=evidence,
        round=round_,
        verdict=verdict,
        dispute=Dispute.objects.create(verdict=verdict, by=owner, reason="One can.", **row),
        reply=Correction.objects.create(person=author, by=owner, text="I never said so.", **row),
        relation=Relation.objects.create(claim=claim, other=other, kind="updates", by=owner),
    )
