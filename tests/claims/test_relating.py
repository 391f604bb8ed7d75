"""How claims hang together: no circles; a failed condition annuls, and what brings it back opens again."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404
from django.test import Client
from django.utils import timezone

from reader.accounts.models import User
from reader.claims.assessing import open_round
from reader.claims.disputing import dispute
from reader.claims.forecasting import forecast
from reader.claims.history_rows import history
from reader.claims.judging import Ruling, judge, undo_verdict
from reader.claims.merging import merge, part
from reader.claims.models import Claim
from reader.claims.page_queries import relation_rows
from reader.claims.relating import relate, unrelate
from reader.claims.relations import Relation
from reader.claims.scale import Outcome
from reader.claims.verdicts import Status
from reader.core.models import Event
from reader.core.refusals import Refused
from reader.curation.claim_rulings import accept, reject
from reader.highlights.models import Highlight
from reader.library.identifying import identify
from tests.claims.ledger import AHEAD, QUOTES, again, judged, private_claim, public_claim, teams_claim
from tests.world import World

Kind, HoldsIf = Relation.Kind, Relation.HoldsIf


@pytest.fixture
def claims(world: World) -> list[Claim]:
    """A condition, what depends on it, and what depends on that."""
    return [teams_claim(world, quote=quote) for quote in QUOTES]


def depend(claim: Claim, on: Claim, world: World, holds_if: str = HoldsIf.HAPPENED) -> Relation:
    return relate(claim, on, Kind.CONDITIONAL, world.ben, holds_if)


def standing(claim: Claim) -> str | None:
    verdict = again(claim).verdict
    return verdict.status if verdict else None


def test_it_works(world: World, claims: list[Claim]) -> None:
    made = relate(claims[0], claims[1], Kind.UPDATES, world.cleo)

    assert relate(claims[0], claims[1], Kind.UPDATES, world.cleo) == made
    assert [row.id for row in relation_rows(claims[1], world.vera)] == [made.pk]
    assert Event.objects.latest("pk").verb == "related"
    unrelate(made, world.cleo)
    unrelate(made, world.cleo)
    assert not Relation.objects.exists()


def test_a_contradiction_holds_both_ways(world: World, claims: list[Claim]) -> None:
    made = relate(claims[1], claims[0], Kind.CONTRADICTS, world.cleo)

    assert relate(claims[0], claims[1], Kind.CONTRADICTS, world.cleo) == made


@pytest.mark.parametrize("kind", [Kind.UPDATES, Kind.NARROWER, Kind.CONDITIONAL])
def test_a_circle_is_refused(world: World, claims: list[Claim], kind: str) -> None:
    holds_if = HoldsIf.HAPPENED if kind == Kind.CONDITIONAL else ""
    one, two, three = claims
    relate(one, two, kind, world.ben, holds_if)
    relate(two, three, kind, world.ben, holds_if)

    for claim, other in ((three, one), (two, one), (one, one)):
        with pytest.raises(Refused):
            relate(claim, other, kind, world.ben, holds_if)
    assert Relation.objects.count() == 2


def test_a_circle_by_a_merge_is_refused(world: World, claims: list[Claim]) -> None:
    one, two, three = claims
    depend(three, two, world)
    depend(two, one, world)

    with pytest.raises(Refused, match="leads to the other"):
        merge(one, three, world.ben)
    four = teams_claim(world, quote="Nobody trains from scratch")
    merge(four, one, world.ben)
    with pytest.raises(Refused, match="merged into another"):
        depend(four, three, world)
    with pytest.raises(Refused, match="circle"):
        depend(one, three, world)


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "narrower", "holds_if": "happened"},
        {"kind": "conditional"},
        {"kind": "else"},
    ],
)
def test_what_is_no_relation_is_refused(world: World, claims: list[Claim], fields: dict[str, str]) -> None:
    with pytest.raises(Refused):
        relate(claims[0], claims[1], by=world.cleo, **fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        Relation.objects.create(claim=claims[0], other=claims[1], **fields)


def test_the_database_holds_that_no_claim_is_its_own(claims: list[Claim]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Relation.objects.create(claim=claims[0], other=claims[0], kind="updates")
    with pytest.raises(IntegrityError), transaction.atomic():
        Relation.objects.create(claim=claims[1], other=claims[0], kind="contradicts")


def test_it_checks_ownership(world: World, claims: list[Claim]) -> None:
    with pytest.raises(Http404):
        relate(claims[0], claims[1], Kind.UPDATES, world.dov)
    with pytest.raises(PermissionDenied):
        relate(claims[0], claims[1], Kind.UPDATES, world.vera)
    hidden = private_claim(world)
    with pytest.raises(Http404):
        relate(claims[0], hidden, Kind.UPDATES, world.ben)


def test_it_shows_only_to_those_who_see_both(world: World) -> None:
    mine, everyones = private_claim(world), public_claim(world)
    made = relate(mine, everyones, Kind.NARROWER, world.cleo)

    assert [row.id for row in relation_rows(everyones, world.cleo)] == [made.pk]
    assert relation_rows(everyones, world.ada) == []


def test_that_there_is_another_is_told_to_those_who_see_both(world: World) -> None:
    everyones, mine, ours = public_claim(world), private_claim(world), teams_claim(world)

    def told(who: User) -> list[str]:
        return [row.verb for row in history(everyones, who) if row.verb in ("related", "unrelated")]

    for other, by in ((mine, world.cleo), (ours, world.ben)):
        unrelate(relate(everyones, other, Kind.NARROWER, by), by)

    assert told(world.dov) == []
    assert told(world.ada) == ["unrelated", "related"]
    assert told(world.cleo) == ["unrelated", "related"] * 2


@pytest.mark.parametrize("hides", [{"deleted_at": timezone.now()}, {"visibility": "private"}, {"kind": "question"}])
def test_it_shows_no_words_of_what_has_no_page(world: World, client: Client, hides: dict[str, object]) -> None:
    """A public claim whose passage is hidden answers 404: so does whatever else would tell of it."""
    shown, hidden = public_claim(world), public_claim(world, quote=QUOTES[1])
    relate(hidden, shown, Kind.UPDATES, world.cleo)
    Highlight.objects.filter(statements__claim=hidden).update(**hides)

    assert client.get(hidden.get_absolute_url()).status_code == 404
    assert hidden.statement not in client.get(shown.get_absolute_url()).content.decode()


def test_a_condition_is_seen_by_all_who_see_what_depends_on_it(world: World) -> None:
    claim = public_claim(world)
    Claim.objects.filter(pk=claim.pk).update(state=Claim.State.PROPOSED)

    with pytest.raises(Refused, match="would depend on"):
        relate(claim, private_claim(world), Kind.CONDITIONAL, world.cleo, HoldsIf.HAPPENED)


# Conditions


def test_a_failed_condition_annuls_all_that_depends_on_it(world: World, claims: list[Claim]) -> None:
    one, two, three = claims
    depend(two, one, world)
    depend(three, two, world, HoldsIf.DID_NOT)

    verdict = judged(one, world.ben, Outcome.MOSTLY_NOT)

    assert [standing(claim) for claim in claims] == ["resolved", "annulled", "annulled"]
    second = again(two).verdict
    assert second
    assert (second.follows, second.reason, second.by) == (verdict, "Its condition was not met.", world.ben)
    assert second.evidence.count() == 0
    third = again(three).verdict
    assert third
    assert third.follows == second
    assert [event.verb for event in Event.objects.order_by("-pk")[:3]] == ["annulled", "annulled", "judged"]


def test_undoing_the_verdict_opens_them_again(world: World, claims: list[Claim]) -> None:
    one, two, three = claims
    depend(two, one, world)
    depend(three, two, world)
    verdict = judged(one, world.ben, Outcome.DID_NOT_HAPPEN)

    undo_verdict(verdict, world.ben)

    assert [standing(claim) for claim in claims] == [None, None, None]


def test_a_new_verdict_on_the_condition_does_too(world: World, claims: list[Claim]) -> None:
    one, two, _ = claims
    depend(two, one, world)
    judged(one, world.ben, Outcome.DID_NOT_HAPPEN)

    judged(one, world.ben, Outcome.HAPPENED, reason="It did after all.")

    assert standing(two) is None


@pytest.mark.parametrize(
    ("holds_if", "outcome", "found"),
    [
        ("happened", Outcome.HAPPENED, None),
        ("happened", Outcome.MOSTLY, None),
        ("happened", Outcome.PARTLY, None),
        ("happened", Outcome.DID_NOT_HAPPEN, "annulled"),
        ("did_not", Outcome.HAPPENED, "annulled"),
        ("did_not", Outcome.MOSTLY, "annulled"),
        ("did_not", Outcome.MOSTLY_NOT, None),
    ],
)
def test_it_depends_on_how_the_condition_holds(
    world: World, claims: list[Claim], holds_if: str, outcome: int, found: str | None
) -> None:
    depend(claims[1], claims[0], world, holds_if)

    judged(claims[0], world.ben, outcome)

    assert standing(claims[1]) == found


def test_two_failed_conditions_annul_until_both_are_gone(world: World, claims: list[Claim]) -> None:
    one, two, three = claims
    depend(three, one, world)
    depend(three, two, world)
    first = judged(one, world.ben, Outcome.DID_NOT_HAPPEN)
    second = judged(two, world.ben, Outcome.DID_NOT_HAPPEN)

    undo_verdict(first, world.ben)
    assert standing(three) == "annulled"
    undo_verdict(second, world.ben)
    assert standing(three) is None


def test_what_was_judged_before_stands_again(world: World, claims: list[Claim]) -> None:
    one, two, _ = claims
    depend(two, one, world)
    judged(one, world.ben)
    verdict = judged(two, world.ben)
    turned = judged(one, world.ben, Outcome.DID_NOT_HAPPEN, reason="It had not.")
    assert standing(two) == "annulled"

    undo_verdict(turned, world.ben)

    assert again(two).verdict == verdict


def test_a_condition_that_failed_before_annuls_at_once(world: World, claims: list[Claim]) -> None:
    judged(claims[0], world.ben, Outcome.DID_NOT_HAPPEN)
    open_round(claims[1], world.ben)

    relation = depend(claims[1], claims[0], world)

    assert standing(claims[1]) == "annulled"
    assert not claims[1].rounds.filter(closed_at=None).exists()
    unrelate(relation, world.ben)
    assert standing(claims[1]) is None


def test_a_consequence_is_nobodys_to_undo_or_dispute(world: World, claims: list[Claim]) -> None:
    depend(claims[1], claims[0], world)
    judged(claims[0], world.ben, Outcome.DID_NOT_HAPPEN)
    consequence = again(claims[1]).verdict
    assert consequence

    with pytest.raises(Refused, match="follows from the verdict on its condition"):
        undo_verdict(consequence, world.ben)
    with pytest.raises(Refused, match="dispute that one"):
        dispute(consequence, "No.", world.cleo)
    with pytest.raises(Refused, match="stays annulled"):
        judge(claims[1], Ruling(status=Status.AMBIGUOUS, reason="Who knows"), world.ben)
    with pytest.raises(Refused, match="forecasts are closed"):
        forecast(claims[1], 50, world.cleo)


def test_what_depends_waits_for_its_condition(world: World, claims: list[Claim]) -> None:
    relation = depend(claims[1], claims[0], world)

    with pytest.raises(Refused, match="judge that one first"):
        judged(claims[1], world.ben)
    judged(claims[0], world.ben)
    judged(claims[1], world.ben)

    with pytest.raises(Refused, match="judged under this condition"):
        unrelate(relation, world.ben)
    with pytest.raises(Refused, match="can’t be made to depend"):
        depend(claims[1], claims[2], world)


def test_one_condition_holds_one_way(world: World, claims: list[Claim]) -> None:
    depend(claims[1], claims[0], world)

    with pytest.raises(Refused, match="other way round"):
        depend(claims[1], claims[0], world, HoldsIf.DID_NOT)


def test_what_was_merged_is_a_condition_through_what_it_became(world: World, claims: list[Claim]) -> None:
    one, two, three = claims
    depend(two, one, world)
    moved = merge(one, three, world.ben, opposite=True)

    verdict = judged(three, world.ben, Outcome.HAPPENED)  # the opposite of the condition

    assert standing(two) == "annulled"
    undo_verdict(verdict, world.ben)
    part(again(one), moved, Claim.State.ACCEPTED, "", world.ben)
    judged(again(three), world.ben)
    assert standing(two) is None


def test_what_comes_back_to_the_ledger_is_annulled_then(world: World, claims: list[Claim]) -> None:
    depend(claims[1], claims[0], world)
    reject(claims[1], world.ben)
    judged(claims[0], world.ben, Outcome.DID_NOT_HAPPEN)
    assert standing(claims[1]) is None

    accept(again(claims[1]), world.ben)

    assert standing(claims[1]) == "annulled"


def test_the_chain_may_be_long(world: World) -> None:
    first = teams_claim(world, ends=AHEAD)
    chain = [Claim.objects.get(pk=first.pk)]
    for number in range(60):
        claim = Claim.objects.create(
            owner=world.cleo, team=world.foundry, visibility="team", statement=f"Link {number}", state="accepted"
        )
        depend(claim, chain[-1], world)
        chain.append(claim)
    Claim.objects.filter(pk=first.pk).update(window_end=date(2024, 12, 31))

    verdict = judged(first, world.ben, Outcome.DID_NOT_HAPPEN)
    assert {standing(claim) for claim in chain[1:]} == {"annulled"}
    undo_verdict(verdict, world.ben)
    assert {standing(claim) for claim in chain} == {None}


# Whose act a verdict is


def test_whoever_proposed_a_claim_annuls_it_by_no_condition(world: World) -> None:
    failed, claim = public_claim(world, by=world.ada), public_claim(world, quote=QUOTES[1])
    judged(failed, world.ben, Outcome.DID_NOT_HAPPEN)

    with pytest.raises(PermissionDenied):
        relate(claim, failed, Kind.CONDITIONAL, world.cleo, HoldsIf.HAPPENED)
    assert standing(claim) is None
    Claim.objects.filter(pk=claim.pk).update(state=Claim.State.PROPOSED)
    with pytest.raises(Refused, match="only a curator"):
        relate(claim, failed, Kind.CONDITIONAL, world.cleo, HoldsIf.HAPPENED)
    assert standing(claim) is None
    assert not Relation.objects.exists()


def test_nor_do_they_open_it_again(world: World, claims: list[Claim]) -> None:
    relation = depend(claims[1], claims[0], world)
    judged(claims[0], world.ben, Outcome.DID_NOT_HAPPEN)

    with pytest.raises(PermissionDenied):
        unrelate(relation, world.cleo)
    assert standing(claims[1]) == "annulled"


def test_before_it_is_decided_on_its_proposer_says_on_what_it_depends(world: World, claims: list[Claim]) -> None:
    Claim.objects.filter(pk=claims[1].pk).update(state=Claim.State.PROPOSED)

    relation = relate(claims[1], claims[0], Kind.CONDITIONAL, world.cleo, HoldsIf.HAPPENED)
    unrelate(relation, world.cleo)

    assert not Relation.objects.exists()


def test_a_curator_who_said_it_neither_annuls_it_nor_opens_it(world: World, claims: list[Claim]) -> None:
    judged(claims[0], world.ada, Outcome.DID_NOT_HAPPEN)
    speaker = claims[1].statements.get().speaker
    assert speaker
    identify(speaker, world.ben, world.ada)

    with pytest.raises(Refused, match="said or retold"):
        depend(claims[1], claims[0], world)
    relation = relate(claims[1], claims[0], Kind.CONDITIONAL, world.ada, HoldsIf.HAPPENED)
    with pytest.raises(Refused, match="said or retold"):
        unrelate(relation, world.ben)

    assert standing(claims[1]) == "annulled"


def test_nor_do_they_by_taking_it_back_to_the_ledger(world: World, claims: list[Claim]) -> None:
    depend(claims[1], claims[0], world)
    reject(claims[1], world.ada)
    judged(claims[0], world.ada, Outcome.DID_NOT_HAPPEN)
    speaker = claims[1].statements.get().speaker
    assert speaker
    identify(speaker, world.ben, world.ada)

    with pytest.raises(Refused, match="said or retold"):
        accept(again(claims[1]), world.ben)
    assert again(claims[1]).state == Claim.State.REJECTED


def test_whoever_annuls_it_so_discloses_what_ties_them(world: World) -> None:
    failed, claim = teams_claim(world), teams_claim(world, ends=AHEAD, quote=QUOTES[1])
    forecast(claim, 60, world.ben)
    judged(failed, world.ada, Outcome.DID_NOT_HAPPEN)

    depend(claim, failed, world)

    verdict = again(claim).verdict
    assert verdict
    assert verdict.disclosed == ["forecast"]


# A condition that goes


def test_nothing_waits_for_a_condition_that_was_rejected(world: World, claims: list[Claim]) -> None:
    depend(claims[1], claims[0], world)
    reject(claims[0], world.ada)

    judged(claims[1], world.ben)

    assert standing(claims[1]) == "resolved"


def test_nor_for_one_that_was_deleted(world: World, claims: list[Claim]) -> None:
    depend(claims[1], claims[0], world)
    Claim.objects.filter(pk=claims[0].pk).update(deleted_at=timezone.now())

    judged(claims[1], world.ben)

    assert standing(claims[1]) == "resolved"


def test_of_one_that_was_merged_it_is_said_what_to_judge(world: World, claims: list[Claim]) -> None:
    depend(claims[1], claims[0], world)
    merge(claims[0], claims[2], world.ben)

    with pytest.raises(Refused, match=f"depends on claim {claims[2].pk}, “{claims[2].statement}”"):
        judged(claims[1], world.ben)
    judged(claims[2], world.ben)
    judged(claims[1], world.ben)


def test_a_dispute_goes_on_once_the_condition_is_open_again(world: World, claims: list[Claim]) -> None:
    one, two, _ = claims
    depend(two, one, world)
    judged(one, world.ben)
    objection = dispute(judged(two, world.ben), "No.", world.cleo)
    turned = judged(one, world.ben, Outcome.DID_NOT_HAPPEN, reason="It had not.")
    objection.refresh_from_db()
    assert (objection.ending, again(two).dispute) == ("moot", None)

    undo_verdict(turned, world.ben)

    objection.refresh_from_db()
    assert (objection.ending, again(two).dispute) == ("", objection)


# What the page offers, the verb does


def test_a_contradiction_is_taken_back_from_either_end(world: World, ben: Client, cleo: Client) -> None:
    """Ben decides on both, Cleo proposed the second alone."""
    one = public_claim(world, by=world.ada)
    two = public_claim(world, quote=QUOTES[1])
    for client in (ben, cleo):
        made = relate(one, two, Kind.CONTRADICTS, world.ben)
        assert f"/relations/{made.pk}/removal/" in client.get(two.get_absolute_url()).content.decode()
        assert client.post(f"/relations/{made.pk}/removal/").status_code == 302 or not Relation.objects.exists()
        assert not Relation.objects.exists()


def test_only_who_may_say_so_is_offered_a_condition(world: World, ben: Client, cleo: Client) -> None:
    claim = public_claim(world)

    assert "is conditional on" in ben.get(f"{claim.get_absolute_url()}relations/").content.decode()
    offered = cleo.get(f"{claim.get_absolute_url()}relations/").content.decode()
    assert "is narrower than" in offered
    assert "conditional on" not in offered
