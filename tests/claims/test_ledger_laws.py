"""Whatever people do to claims, in whatever order: what is legal leaves the laws true, what is not changes nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import time_machine
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.http import Http404
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from reader.accounts.models import User
from reader.claims import (
    assessing,
    disputing,
    evidence,
    forecasting,
    judging,
    proposing,
    relating,
    replying,
    stating,
    taking_in,
)
from reader.claims.assessing import Assessment, Round
from reader.claims.conflicts import Tie, ties
from reader.claims.consequences import conditions_of
from reader.claims.details import Details
from reader.claims.disputes import Correction, Dispute
from reader.claims.evidence import Evidence, Source
from reader.claims.forecasting import Forecast
from reader.claims.judging import Ruling
from reader.claims.ledger_queries import evidence_for
from reader.claims.models import Claim
from reader.claims.proposing import Proposal, as_proposal
from reader.claims.relations import Relation
from reader.claims.scale import Grade, Outcome
from reader.claims.standing import OUT_OF_THE_LEDGER
from reader.claims.timing import Horizon
from reader.claims.verdicts import Citation, Status, Verdict
from reader.claims.windows import WindowKind
from reader.core.access import may_annotate, may_curate
from reader.core.models import Event
from reader.core.refusals import Refused
from reader.core.visibility import is_within
from reader.curation import claim_rulings
from reader.curation.deciding import undo
from reader.curation.models import Decision
from reader.library import identifying
from reader.library.identifying import Identification
from reader.library.models import Person
from tests.claims.ledger import AHEAD, QUOTES, private_claim, public_claim, source, teams_claim
from tests.world import World, make_highlight

NO = (Refused, PermissionDenied, Http404)
START = datetime(2026, 6, 1, 12, tzinfo=UTC)
SOON = date(2026, 6, 8)
ECHO = "small models will matter"


class Ledger:
    """Some claims, and people who try everything on them. A number chooses each who, what and how."""

    def __init__(self, world: World) -> None:
        self.people = [world.ada, world.ben, world.cleo, world.vera, world.dov]
        self.claims = [
            teams_claim(world, ends=SOON),
            teams_claim(world, ends=AHEAD, quote=QUOTES[1]),
            teams_claim(world, quote=QUOTES[2]),
            public_claim(world),
            public_claim(world, quote=QUOTES[1]),
            private_claim(world),
        ]
        for claim in self.claims:
            source(claim, world.cleo)
        self.heard = {who.pk: make_highlight(world.public, ECHO, who, "prediction") for who in self.people}
        self.now: time_machine.Traveller

    def allows(self, deed: str, who: int, what: int, how: int) -> bool:
        """Do it; whether it was legal. No transaction is around it: what a verb left half done would be seen."""
        try:
            self.step(deed, who, what, how)
        except NO:
            return False
        return True

    def step(self, deed: str, who: int, what: int, how: int) -> None:
        claim = Claim.objects.get(pk=self.claims[what % len(self.claims)].pk)
        getattr(self, deed)(self.people[who], claim, how)

    def forecast(self, who: User, claim: Claim, how: int) -> None:
        forecasting.forecast(claim, how % 102, who)
        assert claim.verdict_id is None
        assert claim.state not in OUT_OF_THE_LEDGER
        assert claim.window_end is None or claim.window_end >= timezone.localdate()

    def withdraw(self, who: User, claim: Claim, how: int) -> None:
        forecasting.withdraw_forecast(claim, who)

    def look(self, who: User, claim: Claim, how: int) -> None:
        forecasting.look_at_crowd(claim, who)

    def bring(self, who: User, claim: Claim, how: int) -> None:
        host = ["example.com", "localhost", "example.org"][how % 3]
        evidence.add_evidence(claim, Source(bearing="for", url=f"https://{host}/{how % 2}"), who)

    def remove(self, who: User, claim: Claim, how: int) -> None:
        evidence.remove_evidence(pick(Evidence.objects.all(), how), who)

    def restore(self, who: User, claim: Claim, how: int) -> None:
        evidence.restore_evidence(pick(Evidence.objects.all(), how), who)

    def open_round(self, who: User, claim: Claim, how: int) -> None:
        assessing.open_round(claim, who, timezone.now() + timedelta(days=how % 3) if how % 2 else None)

    def close_round(self, who: User, claim: Claim, how: int) -> None:
        assessing.close_round(pick(Round.objects.all(), how), who)

    def assess(self, who: User, claim: Claim, how: int) -> None:
        strict = Outcome.values[how % 5]
        assessing.assess(pick(Round.objects.all(), how), Grade(strict=strict, charitable=100 if how % 3 else 0), who)

    def ruling(self, claim: Claim, how: int) -> Ruling:
        if how % 4 == 0:
            return Ruling(status=Status.values[how % 3], reason="So it is.")
        cited = list(claim.evidence.values_list("pk", flat=True)[: how % 3])
        today = timezone.localdate()
        known = [None, date(2023, 1, 1), today, today][how // 2 % 4]
        reason = "Seen." if how % 2 else ""
        return Ruling(outcome=Outcome.values[how % 5], evidence=cited, reason=reason, known_since=known)

    def judge(self, who: User, claim: Claim, how: int) -> None:
        judging.judge(claim, self.ruling(claim, how), who, discloses_forecast=how % 7 > 2)

    def undo_verdict(self, who: User, claim: Claim, how: int) -> None:
        judging.undo_verdict(pick(Verdict.objects.all(), how), who)

    def dispute(self, who: User, claim: Claim, how: int) -> None:
        verdict = pick(Verdict.objects.all(), how)
        newest = evidence_for(who).filter(claim=verdict.claim_id).order_by("pk").last()
        disputing.dispute(verdict, "No." if how % 5 else "", who, newest if how % 2 else None)

    def withdraw_dispute(self, who: User, claim: Claim, how: int) -> None:
        disputing.withdraw_dispute(pick(Dispute.objects.all(), how), who)

    def uphold(self, who: User, claim: Claim, how: int) -> None:
        disputing.uphold(pick(Dispute.objects.all(), how), who, "It stands.", discloses_forecast=how % 2 == 0)

    def overturn(self, who: User, claim: Claim, how: int) -> None:
        dispute = pick(Dispute.objects.all(), how)
        disputing.overturn(dispute, self.ruling(dispute.claim, how), who, "It does not.", discloses_forecast=True)

    def reply(self, who: User, claim: Claim, how: int) -> None:
        replying.reply(claim, pick(Person.objects.filter(name="Mira Castell"), how), "I meant it.", who)

    def identify(self, who: User, claim: Claim, how: int) -> None:
        account = [None, *self.people][how % 6]
        said = identifying.identify(pick(Person.objects.filter(name="Mira Castell"), how), account, who)
        assert account != who or said.by_id != who.pk  # what another curator said may be said again

    def undo_identification(self, who: User, claim: Claim, how: int) -> None:
        identifying.undo_identification(pick(Identification.objects.all(), how), who)

    def restate(self, who: User, claim: Claim, how: int) -> None:
        statement = pick(claim.statements.all(), how)
        said = as_proposal(statement)
        anew = replace(said, speaker=["Mira Castell", "Luke"][how % 2], stance=["asserts", "reports"][how // 2 % 2])
        proposing.restate(statement, anew, who)
        assert claim.verdict_id is None or anew == said

    def other(self, how: int) -> Claim:
        return Claim.objects.get(pk=self.claims[how % len(self.claims)].pk)

    def relate(self, who: User, claim: Claim, how: int) -> None:
        relating.relate(claim, self.other(how), Relation.Kind.values[how % 4], who)

    def depend(self, who: User, claim: Claim, how: int) -> None:
        relating.relate(claim, self.other(how), "conditional", who, ["happened", "did_not"][how // 7 % 2])

    def unrelate(self, who: User, claim: Claim, how: int) -> None:
        relating.unrelate(pick(Relation.objects.all(), how), who)

    def merge(self, who: User, claim: Claim, how: int) -> None:
        if not may_curate(who, claim):
            raise PermissionDenied  # as the views do
        claim_rulings.merge(claim, self.other(how), who, opposite=how % 2 == 0)

    def undo_decision(self, who: User, claim: Claim, how: int) -> None:
        undo(pick(Decision.objects.all(), how), who)

    def rule(self, who: User, claim: Claim, how: int) -> None:
        if not may_curate(who, claim):
            raise PermissionDenied
        [claim_rulings.accept, claim_rulings.reject, claim_rulings.send_back][how % 3](claim, who)

    def move_window(self, who: User, claim: Claim, how: int) -> None:
        end = [date(2024, 12, 31), SOON, AHEAD][how % 3]
        window = {"window_kind": WindowKind.WINDOW, "window_start": date(2024, 1, 1), "window_end": end}
        moves = claim.window_end != end
        relied_on = claim.forecasts.exists()
        claim.amend(claim.statement, claim.criteria, window, who, "" if how % 2 else "It says so.")
        assert not (moves and claim.verdict_id)
        assert not (moves and relied_on) or (may_curate(who, claim) and how % 2 == 0)

    def specify(self, who: User, claim: Claim, how: int) -> None:
        claim.specify(Details(kind=["event", "state", "absence"][how % 3], has_time=how % 2 == 0), who)

    def say_again(self, who: User, claim: Claim, how: int) -> None:
        late = Horizon(kind=WindowKind.WINDOW, start=date(2020, 1, 1), end=date(2021, 12, 31)) if how % 4 == 3 else None
        said = Proposal(statement="", speaker=["Mira Castell", "Luke"][how % 2], horizon=late or Horizon())
        stating.state_again(claim, self.heard[who.pk], said, who)
        assert may_annotate(who, claim)
        assert late is None or claim.statements.filter(highlight=self.heard[who.pk], window_kind="none").exists()

    def take_in(self, who: User, claim: Claim, how: int) -> None:
        taking_in.take_in(pick(claim.statements.all(), how), who)
        assert may_curate(who, claim)

    def take_out(self, who: User, claim: Claim, how: int) -> None:
        statement = pick(claim.statements.all(), how)
        taking_in.take_out(statement, who)
        assert may_curate(who, claim)
        assert statement.waits

    def reword(self, who: User, claim: Claim, how: int) -> None:
        statement = pick(claim.statements.all(), how)
        said = proposing.own_proposal(statement)
        stating.reword(statement, replace(said, stance=["asserts", "reports"][how % 2], hedge="perhaps"), who)
        assert claim.verdict_id is None
        assert may_curate(who, claim) or statement.highlight.owner_id == who.pk

    def pass_time(self, who: User, claim: Claim, how: int) -> None:
        self.now.shift([timedelta(minutes=11), timedelta(days=2)][how % 2])


def pick(rows: Any, how: int) -> Any:
    """One of them, the newest more often than not; a refusal where there are none."""
    found = list(rows.order_by("-pk"))
    if not found:
        raise Http404
    return found[0 if how % 3 else how % len(found)]


KEPT: list[type[Model]] = [
    *(Claim, Forecast, Evidence, Round, Assessment, Verdict, Citation, Dispute, Correction, Relation, Decision, Event),
    *(apps.get_model("reader", "Statement"), forecasting.CrowdLook, Person, Identification),
]


def dump() -> dict[str, list[Any]]:
    return {model.__name__: list(model._default_manager.order_by("pk").values_list()) for model in KEPT}


def assert_the_laws() -> None:
    for claim in Claim.objects.select_related("verdict", "dispute", "merged_into"):
        newest = claim.verdicts.filter(undone_at=None).order_by("pk").last()
        assert claim.verdict == newest  # the newest that was not taken back stands
        assert claim.dispute == claim.disputes.filter(ending="").first()
        assert claim.dispute is None or claim.dispute.verdict == claim.verdict
        assert_judged_well(claim)
        if claim.merged_into:  # no chains, and nothing is left behind
            assert (claim.merged_into.state, claim.merged_into.merged_into) == ("accepted", None)
            assert claim.verdict is None
            assert not claim.forecasts.exists()
            assert not claim.evidence.exists()
    for verdict in Verdict.objects.filter(status="resolved"):
        cited = Evidence.objects.filter(citations__verdict=verdict)
        assert cited.exists()
        assert all(one.claim_id == verdict.claim_id for one in cited)
        assert verdict.undone_at or all(one.deleted_at is None for one in cited)
        assert verdict.claim.visibility == "private" or not TIED & set(verdict.disclosed)
        assert_known_by_then(verdict)
    assert_last_words_stand()
    for vote in Assessment.objects.select_related("round"):
        assert vote.round.closed_at is None or vote.changed_at <= vote.round.closed_at
    for model in (Forecast, Evidence, Round, Verdict, Dispute, Correction):
        assert all(is_within(part, part.claim) for part in model._default_manager.select_related("claim"))
    assert_no_circles()


def assert_known_by_then(verdict: Verdict) -> None:
    """What an outcome is known since lies between the first word of it and the verdict, if the verdict says it."""
    said = verdict.claim.statements.order_by("said_on").values_list("said_on", flat=True).first()
    assert verdict.known_since is None or said is None or said <= verdict.known_since <= timezone.localdate(verdict.at)


def assert_last_words_stand() -> None:
    """Of what a reader gave a claim (with nothing that was merged into it) the last stands, unless it withdraws."""
    newest: dict[tuple[int, int], tuple[int, int | None]] = {}
    rows = Forecast.objects.order_by("pk").values_list("claim", "owner", "pk", "percent")
    brought = set(Forecast.objects.exclude(came_from=None).values_list("claim", "owner"))
    for claim, owner, pk, percent in rows:
        newest[claim, owner] = (pk, percent)
    expected = {pk for key, (pk, percent) in newest.items() if percent is not None and key not in brought}
    standing = Forecast.objects.standing().values_list("claim", "owner", "pk")
    assert {pk for claim, owner, pk in standing if (claim, owner) not in brought} == expected


def assert_curators_decided(deed: str, who: User, before: dict[str, list[Any]]) -> None:
    """A verdict changes by an act of a curator of the claim whom nothing ties to it; the rest follows from that."""
    stood = {row[0]: row[VERDICT_OF_A_CLAIM] for row in before["Claim"]}
    changed = {claim.pk: claim for claim in Claim.objects.all() if claim.verdict_id != stood[claim.pk]}
    given = {row[0]: row[GIVER_OF_A_VERDICT] for row in before["Verdict"]}
    for claim in changed.values():
        conditions = Relation.objects.filter(claim=claim, kind="conditional").values_list("other", "other__merged_into")
        if any((into or other) in changed for other, into in conditions):
            continue
        assert may_curate(who, claim), (deed, "no curator")
        is_own = deed == "undo_verdict" and given[stood[claim.pk]] == who.pk
        assert is_own or claim.visibility == "private" or not TIED & set(ties(claim, who)), (deed, "tied")


#: Who is so tied neither gives a verdict nor takes another's back.
TIED = {Tie.SPEAKER.value, Tie.AUTHOR.value}


def column(model: type[Model], name: str) -> int:
    return [field.name for field in model._meta.concrete_fields].index(name)


VERDICT_OF_A_CLAIM, GIVER_OF_A_VERDICT = column(Claim, "verdict"), column(Verdict, "by")


def assert_judged_well(claim: Claim) -> None:
    """A failed condition annuls, and nothing else does in its name."""
    if claim.state in OUT_OF_THE_LEDGER:
        return
    conditions = conditions_of(claim)
    failed = {one.verdict for one in conditions if one.is_met is False}
    verdict = claim.verdict
    assert not failed or (verdict and verdict.status == "annulled")
    if verdict and verdict.follows:
        assert verdict.follows in failed
    assert claim.rounds.filter(closed_at=None).count() <= 1


def assert_no_circles() -> None:
    ends = Relation.objects.values_list("kind", "claim", "other", "other__merged_into")
    for kind in relating.DIRECTED:
        steps = {(claim, into or other) for known, claim, other, into in ends if known == kind}
        while leaves := {pair for pair in steps if pair[1] not in {claim for claim, _ in steps}}:
            steps -= leaves
        assert steps == set(), kind


@contextmanager
def taken_back() -> Iterator[None]:
    """Everything in here is undone at the end, so that the next example finds the same world."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


#: What is tried, the likelier the more often it is here: a dispute needs a verdict first.
DEEDS = [
    *["judge"] * 6,
    *["dispute", "overturn", "depend"] * 3,
    *["forecast", "close_round", "merge", "undo_decision", "rule", "identify", "undo_verdict"] * 2,
    *[
        "uphold",
        "withdraw_dispute",
        "undo_identification",
        "restate",
        "reply",
        "relate",
        "unrelate",
        "move_window",
        "specify",
        "pass_time",
    ],
    *["withdraw", "look", "bring", "remove", "restore", "open_round", "assess"],
    *["say_again", "reword", "take_in", "take_out"],
]
#: Ada and Ben decide, Cleo writes, Vera only reads the team's, Dov the public's.
WHO = st.sampled_from([0, 0, 0, 1, 1, 1, 2, 2, 3, 4])
STEP = st.tuples(st.sampled_from(DEEDS), WHO, st.integers(0, 5), st.integers(0, 1000))
#: A life in which everything is legal, and each deed done once.
A_LIFE = [
    *[("say_again", 2, 0, 1), ("reword", 2, 0, 1), ("take_in", 1, 0, 1)],
    *[("say_again", 2, 1, 1), ("take_out", 1, 1, 1)],
    *[("forecast", 2, 0, 60), ("forecast", 1, 0, 40), ("look", 3, 0, 0), ("withdraw", 2, 0, 0)],
    *[("bring", 2, 2, 0), ("remove", 2, 2, 1), ("restore", 2, 2, 1)],
    *[("open_round", 1, 2, 0), ("assess", 2, 2, 1), ("close_round", 1, 2, 1), ("judge", 1, 2, 1)],
    *[("dispute", 2, 2, 1), ("withdraw_dispute", 2, 2, 1), ("bring", 2, 2, 2), ("dispute", 2, 2, 1)],
    *[("uphold", 0, 2, 1), ("bring", 2, 2, 3), ("dispute", 2, 2, 1), ("overturn", 0, 2, 7), ("reply", 0, 2, 1)],
    *[("undo_verdict", 0, 2, 1), ("uphold", 0, 2, 1), ("identify", 0, 0, 4), ("undo_identification", 0, 0, 1)],
    *[("depend", 1, 1, 0), *[("pass_time", 1, 0, 1)] * 4, ("judge", 1, 0, 5), ("undo_verdict", 1, 0, 9)],
    *[("unrelate", 1, 1, 1), ("relate", 2, 0, 1), ("merge", 1, 4, 3), ("undo_decision", 1, 4, 1)],
    *[("rule", 1, 4, 1), ("rule", 1, 4, 0), ("move_window", 1, 4, 0), ("specify", 2, 4, 0)],
    ("restate", 1, 4, 1),
]


#: What bends a verdict, once Ben is said to be whoever said it all: he and Cleo, who proposed it, try.
BENDING = [("judge", 1, 3, 5), ("identify", 0, 0, 2), ("judge", 0, 2, 1)]
BENT = [("depend", 2, 4, 3), ("depend", 1, 4, 3), ("undo_verdict", 1, 2, 1), ("undo_identification", 1, 2, 1)]


def test_what_bends_a_verdict_is_illegal(world: World) -> None:
    with taken_back(), time_machine.travel(START) as now:
        ledger = Ledger(world)
        ledger.now = now
        assert [ledger.allows(*step) for step in BENDING] == [True] * len(BENDING)
        before = dump()
        assert [ledger.allows(*step) for step in BENT] == [False] * len(BENT)
        assert dump() == before


def test_a_whole_life_is_legal(world: World) -> None:
    with taken_back(), time_machine.travel(START) as now:
        ledger = Ledger(world)
        ledger.now = now
        for step in A_LIFE:
            assert ledger.allows(*step), step
            assert_the_laws()
        assert {deed for deed, *_ in A_LIFE} == set(DEEDS)


@given(steps=st.lists(STEP, min_size=25, max_size=40))
@example(steps=A_LIFE)
@example(steps=[*BENDING, *BENT])
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_what_is_legal_keeps_the_laws_and_what_is_not_changes_nothing(
    world: World, steps: list[tuple[str, int, int, int]]
) -> None:
    with taken_back(), time_machine.travel(START) as now:
        ledger = Ledger(world)
        ledger.now = now
        for step in steps:
            before = dump()
            is_legal = ledger.allows(*step)
            after = dump()
            assert is_legal or after == before, step
            assert_curators_decided(step[0], User.objects.get(pk=ledger.people[step[1]].pk), before)
            # Whoever changes something says so in the log.
            assert after == before or len(after["Event"]) > len(before["Event"]), step
            assert_the_laws()
