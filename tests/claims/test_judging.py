"""Verdicts: rows, the newest of which stands; who gives them, when, on what, and for how long they can be undone."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404
from django.test import Client
from django.utils import timezone

from reader.accounts.models import User
from reader.claims.assessing import close_round, open_round
from reader.claims.details import ClaimKind
from reader.claims.disputing import dispute, overturn
from reader.claims.evidence import Evidence, Source, add_evidence, remove_evidence
from reader.claims.forecasting import forecast, withdraw_forecast
from reader.claims.judging import Ruling, judge, undo_verdict
from reader.claims.judging_queries import verdict_rows
from reader.claims.ledger_queries import verdicts_for
from reader.claims.models import Claim, Phase
from reader.claims.scale import Grade, Outcome
from reader.claims.standing import is_over
from reader.claims.verdicts import Citation, Status, Verdict
from reader.claims.windows import WindowKind
from reader.core.models import Event
from reader.core.refusals import Refused
from reader.highlights.models import Highlight
from reader.library.identifying import Identification, identify, undo_identification
from tests.claims.ledger import AHEAD, again, judged, private_claim, public_claim, source, teams_claim
from tests.world import World, make_highlight

TODAY = date(2026, 1, 1)


@pytest.fixture
def claim(world: World) -> Claim:
    return teams_claim(world)


def ruling(claim: Claim, by: User, outcome: int = Outcome.HAPPENED, **more: Any) -> Ruling:
    if not is_over(again(claim), timezone.localdate()):
        more.setdefault("known_since", timezone.localdate())
    return Ruling(outcome=outcome, evidence=[source(claim, by).pk], **more)


def test_it_works(world: World, claim: Claim) -> None:
    grade = Grade(strict=Outcome.PARTLY, charitable=Outcome.HAPPENED, timing="in_window", difficulty=3)
    cited = source(claim, world.cleo)

    verdict = judge(
        claim, Ruling(outcome=Outcome.MOSTLY, grade=grade, reason="So it was.", evidence=[cited.pk]), world.ben
    )

    claim = again(claim)
    assert claim.verdict == verdict
    assert claim.phase(TODAY) == Phase.JUDGED
    assert (verdict.status, verdict.outcome, verdict.strict, verdict.charitable) == ("resolved", 75, 50, 100)
    assert (verdict.timing, verdict.difficulty, verdict.already_true, verdict.by) == ("in_window", 3, False, world.ben)
    assert list(verdict.evidence.all()) == [cited]
    assert (verdict.visibility, verdict.team) == ("team", world.foundry)
    event = Event.objects.latest("pk")
    assert (event.verb, event.detail["verdict"], event.detail["outcome"]) == ("judged", verdict.pk, 75)
    assert str(verdict) == "Mostly"


def test_readings_that_are_not_given_are_the_outcome(world: World, claim: Claim) -> None:
    verdict = judged(claim, world.ben, Outcome.DID_NOT_HAPPEN)

    assert (verdict.strict, verdict.charitable) == (0, 0)


@pytest.mark.parametrize("status", [Status.AMBIGUOUS, Status.ANNULLED])
def test_without_an_outcome_it_needs_a_reason_and_no_evidence(world: World, claim: Claim, status: str) -> None:
    verdict = judge(claim, Ruling(status=status, reason="Nobody can tell."), world.ben)

    assert (verdict.outcome, verdict.strict, verdict.charitable) == (None, None, None)
    assert again(claim).phase(TODAY) == Phase.JUDGED


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"outcome": 100}, "Choose the evidence"),
        ({"outcome": 100, "evidence": [0]}, "not there any more"),
        ({"evidence": [1]}, "how far it came true"),
        ({"outcome": 60, "evidence": [1]}, "five steps"),
        ({"outcome": 0, "evidence": [1], "grade": Grade(strict=50, charitable=75)}, "between the strict"),
        ({"status": "ambiguous", "outcome": 50, "reason": "So"}, "has no outcome"),
        ({"status": "annulled", "grade": Grade(strict=0, charitable=0), "reason": "So"}, "has no outcome"),
        ({"status": "ambiguous"}, "Say why it is ambiguous"),
        ({"status": "annulled", "reason": "  "}, "Say why it is annulled"),
        ({"status": "maybe", "reason": "So"}, "resolved, ambiguous or annulled"),
        ({"status": "ambiguous", "reason": "x" * 5_001}, "too long"),
    ],
)
def test_what_is_no_verdict_is_refused(world: World, claim: Claim, fields: dict[str, Any], said: str) -> None:
    with pytest.raises(Refused, match=said):
        judge(claim, Ruling(**fields), world.ben)
    assert not Verdict.objects.exists()
    assert again(claim).verdict is None


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "resolved"},
        {"status": "resolved", "outcome": 100},
        {"status": "resolved", "outcome": 100, "strict": 100},
        {"status": "resolved", "outcome": 100, "strict": 0, "charitable": 75},
        {"status": "resolved", "outcome": 7, "strict": 0, "charitable": 100},
        {"status": "ambiguous", "outcome": 50, "reason": "So"},
        {"status": "ambiguous", "strict": 50, "charitable": 50, "reason": "So"},
        {"status": "annulled"},
        {"status": "else", "reason": "So"},
    ],
)
def test_the_database_holds_that_an_outcome_resolves(world: World, claim: Claim, fields: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Verdict.objects.create(claim=claim, owner=world.cleo, by=world.ben, **fields)


def test_evidence_of_another_claim_or_removed_is_refused(world: World, claim: Claim) -> None:
    other = teams_claim(world, quote="Prices fall by half")
    removed = source(claim, world.ben)
    remove_evidence(removed, world.ben)

    for cited in (source(other, world.ben), removed):
        with pytest.raises(Refused, match="not there any more"):
            judge(claim, Ruling(outcome=100, evidence=[cited.pk]), world.ben)
    assert not Citation.objects.exists()


def test_evidence_that_not_all_readers_see_is_not_cited(world: World, ben: Client) -> None:
    claim = public_claim(world)
    among_us = source(claim, world.ben, url="https://example.org/among-us")
    Evidence.objects.filter(pk=among_us.pk).update(visibility="team", team=world.foundry)
    mark = make_highlight(world.public, "everything", world.cleo, "evidence", "public")
    narrowed = add_evidence(claim, Source(bearing="for", highlight=mark), world.cleo)
    Highlight.objects.filter(pk=mark.pk).update(visibility="team", team=world.foundry)

    for cited in (among_us, narrowed):
        with pytest.raises(Refused, match="not for all who see the claim"):
            judge(claim, Ruling(outcome=100, evidence=[cited.pk]), world.ben)
    form = ben.get(f"{claim.get_absolute_url()}verdict/").content.decode()
    assert "among-us" not in form.partition('class="all-optional life-form"')[2]
    assert 'name="evidence"' not in form


def test_sent_twice_it_is_given_once(world: World, claim: Claim) -> None:
    given = ruling(claim, world.ben, reason="Seen.")

    first = judge(claim, given, world.ben)

    assert judge(claim, given, world.ben) == first
    assert Verdict.objects.count() == 1


def test_a_later_verdict_needs_a_reason_and_stands(world: World, claim: Claim) -> None:
    first = judged(claim, world.ben)

    with pytest.raises(Refused, match="judged anew"):
        judge(claim, ruling(claim, world.ada, Outcome.PARTLY), world.ada)
    second = judge(claim, ruling(claim, world.ada, Outcome.PARTLY, reason="A correction came out."), world.ada)

    assert again(claim).verdict == second
    assert [row.id for row in verdict_rows(claim, world.cleo)] == [second.pk, first.pk]


# When


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [
        (ClaimKind.EVENT, Outcome.HAPPENED),
        (ClaimKind.EVENT, Outcome.MOSTLY),
        (ClaimKind.THRESHOLD, Outcome.HAPPENED),
        (ClaimKind.ABSENCE, Outcome.DID_NOT_HAPPEN),
    ],
)
def test_what_is_known_early_is_judged_early(world: World, kind: str, outcome: int) -> None:
    claim = teams_claim(world, ends=AHEAD, kind=kind)

    assert judge(claim, ruling(claim, world.ben, outcome), world.ben).pk


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [
        (ClaimKind.EVENT, Outcome.DID_NOT_HAPPEN),
        (ClaimKind.EVENT, Outcome.PARTLY),
        (ClaimKind.STATE, Outcome.HAPPENED),
        (ClaimKind.COMPARISON, Outcome.HAPPENED),
        (ClaimKind.ABSENCE, Outcome.HAPPENED),
        ("", Outcome.HAPPENED),
    ],
)
def test_all_else_waits_for_the_end_of_the_window(world: World, kind: str, outcome: int) -> None:
    claim = teams_claim(world, ends=AHEAD, kind=kind)
    given = ruling(claim, world.ben, outcome)

    with pytest.raises(Refused, match="too early: the claim can come true until 31 December 2999"):
        judge(claim, given, world.ben)
    with time_machine.travel("3000-01-01 12:00"):
        assert judge(claim, replace(given, known_since=None), world.ben).pk


@pytest.mark.parametrize(
    ("kind", "outcome"), [(ClaimKind.EVENT, Outcome.HAPPENED), (ClaimKind.ABSENCE, Outcome.DID_NOT_HAPPEN)]
)
def test_nothing_is_known_before_the_window_opens(world: World, kind: str, outcome: int) -> None:
    claim = teams_claim(world, ends=AHEAD, kind=kind)
    Claim.objects.filter(pk=claim.pk).update(window_start=date(2998, 1, 1))

    with pytest.raises(Refused, match="the window opens on 1 January 2998"):
        judge(claim, ruling(claim, world.ben, outcome), world.ben)
    assert judge(claim, Ruling(status="annulled", reason="“Big” means nothing."), world.ben).pk


def test_a_question_that_is_unclear_is_so_at_any_time(world: World) -> None:
    claim = teams_claim(world, ends=AHEAD)

    with pytest.raises(Refused, match="too early"):
        judge(claim, Ruling(status="ambiguous", reason="Who knows"), world.ben)
    assert judge(claim, Ruling(status="annulled", reason="“Big” means nothing."), world.ben).pk


def test_what_has_no_last_day_waits_for_its_review(world: World, claim: Claim) -> None:
    Claim.objects.filter(pk=claim.pk).update(window_kind=WindowKind.OPEN, window_end=None)
    given = ruling(claim, world.ben, Outcome.DID_NOT_HAPPEN)

    with pytest.raises(Refused, match="no last day"):
        judge(claim, given, world.ben)
    Claim.objects.filter(pk=claim.pk).update(review_on=date(2026, 1, 1))
    assert judge(claim, given, world.ben).pk


def test_an_open_round_is_closed_first(world: World, claim: Claim) -> None:
    round_ = open_round(claim, world.ben)

    with pytest.raises(Refused, match="round of assessments is open"):
        judged(claim, world.ben)
    close_round(round_, world.ben)

    assert judged(claim, world.ben).round == round_


@pytest.mark.parametrize("state", ["draft", "proposed", "needs_work", "rejected", "withdrawn"])
def test_only_what_was_accepted_is_judged(world: World, claim: Claim, state: str) -> None:
    given = ruling(claim, world.ben)
    Claim.objects.filter(pk=claim.pk).update(state=state)

    with pytest.raises(Refused):
        judge(claim, given, world.ben)


# Who


def test_it_checks_ownership(world: World, claim: Claim) -> None:
    given = ruling(claim, world.ben)

    with pytest.raises(Http404):
        judge(claim, given, world.dov)
    for reader in (world.cleo, world.vera):
        with pytest.raises(PermissionDenied):
            judge(claim, given, reader)
    verdict = judge(claim, given, world.ben)
    with pytest.raises(PermissionDenied):
        undo_verdict(verdict, world.cleo)
    assert verdicts_for(world.vera).exists()
    assert not verdicts_for(world.dov).exists()


def test_a_speaker_and_an_author_are_refused(world: World, claim: Claim) -> None:
    speaker = claim.statements.get().speaker
    assert speaker
    given = ruling(claim, world.ben)

    identify(speaker, world.ben, world.ada)
    with pytest.raises(Refused, match="said or retold"):
        judge(claim, given, world.ben)
    claim.statements.update(speaker=None)
    with pytest.raises(Refused, match="wrote a piece"):
        judge(claim, given, world.ben)
    undo_identification(Identification.objects.get(), world.ada)

    assert judge(claim, given, world.ben).pk


def test_a_forecast_is_disclosed(world: World) -> None:
    claim = teams_claim(world, ends=AHEAD)
    forecast(claim, 60, world.ben)
    given = ruling(claim, world.ben)

    with pytest.raises(Refused, match="have a forecast"):
        judge(claim, given, world.ben)
    assert judge(claim, given, world.ben, discloses_forecast=True).disclosed == ["forecast"]


def test_a_withdrawn_forecast_was_given_all_the_same(world: World) -> None:
    claim = teams_claim(world, ends=AHEAD)
    forecast(claim, 60, world.ben)
    withdraw_forecast(claim, world.ben)

    with pytest.raises(Refused, match="have a forecast"):
        judged(claim, world.ben)


def test_the_proposer_judges_only_where_no_other_curator_could(world: World, claim: Claim) -> None:
    Claim.objects.filter(pk=claim.pk).update(proposer=world.ben)
    given = ruling(claim, world.ben)

    with pytest.raises(Refused, match="You proposed this"):
        judge(claim, given, world.ben)
    speaker = claim.statements.get().speaker
    assert speaker
    identify(speaker, world.ada, world.ben)  # the only other curator said it

    assert judge(claim, given, world.ben).disclosed == ["proposer"]


def test_the_owner_judges_what_is_private_and_discloses(world: World) -> None:
    claim = private_claim(world)

    assert judged(claim, world.cleo).disclosed == ["proposer"]
    with pytest.raises(Http404):
        judged(claim, world.ben)


def test_public_claims_are_judged_by_those_who_keep_the_ledger(world: World) -> None:
    claim = public_claim(world)
    given = ruling(claim, world.ben)

    with pytest.raises(PermissionDenied):
        judge(claim, given, world.cleo)
    assert judge(claim, given, world.ben).pk


# Taking it back


def test_it_is_undone_within_ten_minutes(world: World, claim: Claim) -> None:
    verdict = judged(claim, world.ben)

    undo_verdict(verdict, world.ben)

    claim = again(claim)
    assert (claim.verdict, claim.phase(TODAY)) == (None, Phase.DUE)
    verdict.refresh_from_db()
    assert verdict.undone_at
    assert verdict.undone_by == world.ben
    assert Event.objects.latest("pk").verb == "took back a verdict"
    with pytest.raises(Refused, match="taken back already"):
        undo_verdict(verdict, world.ben)


def test_later_only_a_new_one_helps(world: World, claim: Claim) -> None:
    verdict = judged(claim, world.ben)

    later = timezone.now() + timedelta(minutes=10, seconds=1)
    with time_machine.travel(later), pytest.raises(Refused, match="Ten minutes have passed"):
        undo_verdict(verdict, world.ben)
    assert again(claim).verdict == verdict


def test_what_stood_before_stands_again(world: World, claim: Claim) -> None:
    first = judged(claim, world.ben)
    second = judged(claim, world.ben, Outcome.PARTLY, reason="Looked again.")

    with pytest.raises(Refused, match="newer verdict"):
        undo_verdict(first, world.ben)
    undo_verdict(second, world.ben)

    assert again(claim).verdict == first


def test_another_curator_without_a_conflict_takes_it_back_too(world: World, claim: Claim) -> None:
    verdict = judged(claim, world.ben)

    undo_verdict(verdict, world.ada)

    assert again(claim).verdict is None


def test_whoever_said_it_does_not_take_it_back(world: World, claim: Claim, ada: Client) -> None:
    verdict = judged(claim, world.ben)
    speaker = claim.statements.get().speaker
    assert speaker
    identify(speaker, world.ada, world.ben)

    with pytest.raises(Refused, match="said or retold"):
        undo_verdict(verdict, world.ada)
    assert "/undoing/" not in ada.get(claim.get_absolute_url()).content.decode()
    assert again(claim).verdict == verdict


def test_the_first_judge_does_not_take_back_what_overturned_their_verdict(
    world: World, claim: Claim, ada: Client, ben: Client
) -> None:
    objection = dispute(judged(claim, world.ben), "It was a demo.", world.cleo)
    other = ruling(claim, world.ada, Outcome.MOSTLY_NOT, reason="It was.")
    verdict = overturn(objection, other, world.ada, "You are right.")

    with pytest.raises(Refused, match="dispute"):
        undo_verdict(verdict, world.ben)
    assert "/undoing/" not in ben.get(claim.get_absolute_url()).content.decode()
    assert f"/verdicts/{verdict.pk}/undoing/" in ada.get(claim.get_absolute_url()).content.decode()
    assert again(claim).verdict == verdict


def test_whoever_disputes_it_does_not_take_it_back(world: World, claim: Claim) -> None:
    verdict = judged(claim, world.ben)
    dispute(verdict, "No.", world.ada)

    with pytest.raises(Refused, match="dispute"):
        undo_verdict(verdict, world.ada)
    undo_verdict(verdict, world.ben)
    assert again(claim).verdict is None


# What was judged stays


def test_the_wording_and_the_window_stay(world: World, claim: Claim) -> None:
    judged(claim, world.ben)
    window = {"window_kind": claim.window_kind, "window_start": claim.window_start, "window_end": AHEAD}

    for changes in ((claim.statement, "", window), ("Another", "", {})):
        with pytest.raises(Refused, match="has been judged"):
            again(claim).amend(*changes, world.ben, "I want to")
    with pytest.raises(Refused, match="stays in the ledger"):
        again(claim).set_state(Claim.State.REJECTED, world.ben)
    again(claim).amend(claim.statement, claim.criteria, {}, world.ben)


def test_the_database_holds_what_is_out_of_the_ledger_unjudged(world: World, claim: Claim) -> None:
    judged(claim, world.ben)

    with pytest.raises(IntegrityError, match="not_judged"), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(state="rejected")


def test_a_claim_goes_with_all_of_it(world: World, claim: Claim) -> None:
    judged(claim, world.ben)

    again(claim).delete()

    assert not Verdict.objects.exists()


def test_a_claim_without_a_kind_says_what_would_let_it_be_judged_early(world: World) -> None:
    claim = teams_claim(world, ends=AHEAD, kind="")

    with pytest.raises(Refused, match="Where it is something that happens or is reached by a date, say so"):
        judge(claim, ruling(claim, world.ben, Outcome.HAPPENED), world.ben)


def test_a_proposed_claim_offers_no_judging_that_is_refused_at_the_end(client: Client, world: World) -> None:
    claim = teams_claim(world)
    Claim.objects.filter(pk=claim.pk).update(state=Claim.State.PROPOSED)
    client.force_login(world.ben)

    page = client.get(claim.get_absolute_url()).content.decode()

    assert "has not been accepted yet" in page
    assert f'href="/desk/claims/{claim.pk}/"' in page
    assert f'href="/claims/{claim.pk}/verdict/"' not in page
    assert f'href="/claims/{claim.pk}/rounds/"' not in page
    with pytest.raises(Refused, match="accept it first"):
        open_round(again(claim), world.ben)


def test_a_form_that_would_be_refused_is_not_filled_in(client: Client, world: World) -> None:
    claim = teams_claim(world)
    Claim.objects.filter(pk=claim.pk).update(proposer=world.ben)
    client.force_login(world.ben)

    page = client.get(f"/claims/{claim.pk}/verdict/").content.decode()

    assert "You proposed this claim" in page
    assert 'name="outcome"' not in page
