"""Objections to a verdict are decided by another curator; the person concerned has the right of reply."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404
from django.test import Client

from reader.accounts.models import Membership, User
from reader.claims.assessing import open_round
from reader.claims.disputes import Correction, Dispute
from reader.claims.disputing import dispute, overturn, uphold, withdraw_dispute
from reader.claims.evidence import Evidence
from reader.claims.forecasting import forecast
from reader.claims.judging import Ruling, judge, undo_verdict
from reader.claims.judging_queries import dispute_rows, reply_rows
from reader.claims.models import Claim, Phase
from reader.claims.proposing import Proposal
from reader.claims.replying import remove_reply, reply, restore_reply
from reader.claims.scale import Outcome
from reader.claims.standing import of_claim
from reader.claims.stating import state_again
from reader.claims.verdicts import Verdict
from reader.core.limits import LIMITS, Deed, spend
from reader.core.models import Event
from reader.core.refusals import Refused
from reader.library.identifying import identify
from reader.library.models import Person
from tests.claims.ledger import AHEAD, again, judged, private_claim, public_claim, source, teams_claim
from tests.world import World, make_highlight

TODAY = date(2026, 1, 1)


@pytest.fixture
def claim(world: World) -> Claim:
    return teams_claim(world)


@pytest.fixture
def verdict(world: World, claim: Claim) -> Verdict:
    return judged(claim, world.ben)


@pytest.fixture
def open_dispute(world: World, verdict: Verdict) -> Dispute:
    return dispute(verdict, "The source says otherwise.", world.cleo)


def other_ruling(claim: Claim, world: World) -> Ruling:
    return Ruling(outcome=Outcome.MOSTLY_NOT, evidence=[source(claim, world.ada).pk], reason="Read again.")


def test_it_works(world: World, claim: Claim, verdict: Verdict) -> None:
    cited = source(claim, world.cleo, "against")

    made = dispute(verdict, " The source says otherwise. ", world.cleo, cited)

    assert again(claim).dispute == made
    assert again(claim).phase(TODAY) == Phase.DISPUTED
    assert (made.reason, made.evidence, made.verdict) == ("The source says otherwise.", cited, verdict)
    assert Event.objects.latest("pk").verb == "disputed"
    assert dispute(verdict, "The source says otherwise.", world.cleo) == made
    assert [row.id for row in dispute_rows(claim, world.vera)] == [made.pk]


def test_it_is_upheld_by_another_curator(world: World, claim: Claim, verdict: Verdict, open_dispute: Dispute) -> None:
    with pytest.raises(Refused, match="your own: another curator"):
        uphold(open_dispute, world.ben, "I was right.")
    uphold(open_dispute, world.ada, "It says so on page 3.")

    claim = again(claim)
    assert (claim.dispute, claim.verdict) == (None, verdict)
    open_dispute.refresh_from_db()
    assert (open_dispute.ending, open_dispute.answer, open_dispute.ended_by) == (
        "upheld",
        "It says so on page 3.",
        world.ada,
    )
    with pytest.raises(Refused, match="dispute is over"):
        uphold(open_dispute, world.ada, "Again.")


def test_it_is_overturned_by_a_new_verdict(world: World, claim: Claim, open_dispute: Dispute) -> None:
    new = overturn(open_dispute, other_ruling(claim, world), world.ada, "It does.")

    claim = again(claim)
    assert (claim.verdict, claim.dispute) == (new, None)
    open_dispute.refresh_from_db()
    assert (open_dispute.ending, open_dispute.new_verdict) == ("overturned", new)
    assert [event.verb for event in Event.objects.order_by("-pk")[:2]] == ["judged", "ended a dispute"]


def test_undoing_that_opens_the_dispute_again(
    world: World, claim: Claim, verdict: Verdict, open_dispute: Dispute
) -> None:
    new = overturn(open_dispute, other_ruling(claim, world), world.ada, "It does.")

    undo_verdict(new, world.ada)

    claim = again(claim)
    assert (claim.verdict, claim.dispute) == (verdict, open_dispute)


def test_a_verdict_taken_back_leaves_nothing_to_dispute(
    world: World, claim: Claim, verdict: Verdict, open_dispute: Dispute
) -> None:
    undo_verdict(verdict, world.ben)

    open_dispute.refresh_from_db()
    assert open_dispute.ending == "moot"
    assert again(claim).dispute is None


def test_the_same_verdict_does_not_overturn(world: World, claim: Claim, open_dispute: Dispute) -> None:
    same = Ruling(outcome=Outcome.HAPPENED, evidence=[source(claim, world.ada).pk])

    with pytest.raises(Refused, match="uphold it"):
        overturn(open_dispute, same, world.ada, "No.")
    open_dispute.refresh_from_db()
    assert open_dispute.ending == ""


def test_who_disputes_does_not_decide(world: World, verdict: Verdict) -> None:
    made = dispute(verdict, "No.", world.ada)

    with pytest.raises(Refused, match="dispute is your own"):
        uphold(made, world.ada, "Yes.")


def test_who_said_it_does_not_decide(world: World, claim: Claim, open_dispute: Dispute) -> None:
    identify(Person.objects.get(name="Mira Castell"), world.ada, world.ben)

    with pytest.raises(Refused, match="said or retold"):
        uphold(open_dispute, world.ada, "It stands.")


def test_the_proposer_decides_where_the_only_other_curator_is_a_party(
    world: World, claim: Claim, open_dispute: Dispute
) -> None:
    Claim.objects.filter(pk=claim.pk).update(proposer=world.ada)

    uphold(open_dispute, world.ada, "It stands.")

    assert again(claim).dispute is None


def test_whoever_upholds_it_discloses_a_forecast(world: World, ada: Client) -> None:
    claim = teams_claim(world, ends=AHEAD)
    forecast(claim, 60, world.ada)
    objection = dispute(judged(claim, world.ben), "No.", world.cleo)
    address, said = f"/disputes/{objection.pk}/answer/", {"decision": "upheld", "answer": "It stands."}

    assert "You have a forecast on this claim" in ada.post(address, said).content.decode()
    with pytest.raises(Refused, match="have a forecast"):
        uphold(objection, world.ada, "It stands.")
    assert ada.post(address, {**said, "discloses": "on"}).status_code == 303

    objection.refresh_from_db()
    assert (objection.ending, objection.disclosed) == ("upheld", ["forecast"])
    assert "discloses: has a forecast on it" in ada.get(claim.get_absolute_url()).content.decode()


def test_the_same_is_not_disputed_again_without_something_new(
    world: World, claim: Claim, verdict: Verdict, open_dispute: Dispute
) -> None:
    old = source(claim, world.cleo, url="https://example.org/known")
    Evidence.objects.filter(pk=old.pk).update(added_at=open_dispute.at)
    old.refresh_from_db()
    uphold(open_dispute, world.ada, "It stands.")

    for evidence in (None, old):
        with pytest.raises(Refused, match="You disputed this verdict before"):
            dispute(verdict, "I still think so.", world.cleo, evidence)
    assert dispute(verdict, "See there.", world.cleo, source(claim, world.cleo, url="https://example.org/new")).pk


def test_nor_by_withdrawing_it_before(world: World, verdict: Verdict, open_dispute: Dispute) -> None:
    withdraw_dispute(open_dispute, world.cleo)

    with pytest.raises(Refused, match="You disputed this verdict before"):
        dispute(verdict, "The source says otherwise.", world.cleo)


def test_too_many_are_refused_with_the_time_to_wait(world: World, verdict: Verdict, cleo: Client) -> None:
    for _ in range(LIMITS[Deed.DISPUTE].most):
        spend(world.cleo, Deed.DISPUTE)

    answer = cleo.post(f"/verdicts/{verdict.pk}/disputes/", {"reason": "No."})

    assert answer.status_code == 429
    assert answer.headers["Retry-After"]
    assert "More than 20 disputes" in answer.content.decode()
    assert not Dispute.objects.exists()


@pytest.mark.parametrize("member", ["ada", "cleo"])
def test_where_nobody_else_curates_it_is_said_what_to_do(world: World, member: str, cleo: Client) -> None:
    """Whether the owner judged it, who curates alone, or disputes what the only curator judged."""
    claim = teams_claim(world)
    Membership.objects.filter(user=world.ben).update(role="member")
    verdict = judged(claim, world.ada)
    objection = dispute(verdict, "No.", getattr(world, member) if member == "cleo" else world.ben)
    words = "an owner of it has to name another curator"

    with pytest.raises(Refused, match=words):
        uphold(objection, world.ada, "It stands.")
    assert words in cleo.get(claim.get_absolute_url()).content.decode()
    Membership.objects.filter(user=world.vera).update(role="curator")
    assert words not in cleo.get(claim.get_absolute_url()).content.decode()
    uphold(objection, User.objects.get(pk=world.vera.pk), "It stands.")


def test_the_owner_decides_on_the_verdict_of_the_only_curator(world: World, open_dispute: Dispute) -> None:
    uphold(open_dispute, world.ada, "It stands.")

    assert Dispute.objects.get().ending == "upheld"


def test_what_the_page_offers_is_what_the_verb_allows(
    world: World, claim: Claim, open_dispute: Dispute, ada: Client, ben: Client
) -> None:
    answer = f"/disputes/{open_dispute.pk}/answer/"
    assert answer in ada.get(claim.get_absolute_url()).content.decode()
    assert answer not in ben.get(claim.get_absolute_url()).content.decode()
    identify(Person.objects.get(name="Mira Castell"), world.ada, world.ben)

    assert answer not in ada.get(claim.get_absolute_url()).content.decode()
    assert "You said or retold this yourself" in ada.get(answer).content.decode()


def test_it_is_withdrawn_by_who_made_it(world: World, claim: Claim, open_dispute: Dispute) -> None:
    with pytest.raises(PermissionDenied):
        withdraw_dispute(open_dispute, world.ada)
    withdraw_dispute(open_dispute, world.cleo)

    assert again(claim).phase(TODAY) == Phase.JUDGED


def test_while_it_is_open_nothing_else_is_decided(world: World, claim: Claim, open_dispute: Dispute) -> None:
    with pytest.raises(Refused, match="decide the dispute"):
        judge(claim, other_ruling(claim, world), world.ada)
    with pytest.raises(Refused, match="disputed already"):
        dispute(open_dispute.verdict, "Me too.", world.ada)
    assert open_round(claim, world.ada).pk  # but it can be assessed anew


@pytest.mark.parametrize("reason", ["", "   ", "x" * 5_001])
def test_it_says_why(world: World, verdict: Verdict, reason: str) -> None:
    with pytest.raises(Refused):
        dispute(verdict, reason, world.cleo)
    assert not Dispute.objects.exists()


def test_ones_own_verdict_is_given_anew_instead(world: World, verdict: Verdict) -> None:
    with pytest.raises(Refused, match="judge the claim anew"):
        dispute(verdict, "I was wrong.", world.ben)
    with pytest.raises(Refused, match="judge the claim anew"):
        dispute(judged(private_claim(world), world.cleo), "I was wrong.", world.cleo)


def test_only_what_stands_is_disputed(world: World, claim: Claim, verdict: Verdict) -> None:
    judged(claim, world.ben, Outcome.PARTLY, reason="Looked again.")

    with pytest.raises(Refused, match="does not stand"):
        dispute(verdict, "No.", world.cleo)


def test_it_checks_ownership(world: World, verdict: Verdict, open_dispute: Dispute) -> None:
    with pytest.raises(Http404):
        dispute(verdict, "No.", world.dov)
    with pytest.raises(PermissionDenied):
        dispute(verdict, "No.", world.vera)
    with pytest.raises(PermissionDenied):
        uphold(open_dispute, world.cleo, "Yes.")


def test_the_database_holds_its_life(world: World, claim: Claim, verdict: Verdict, open_dispute: Dispute) -> None:
    row = {"claim": claim, "verdict": verdict, "owner": world.cleo}
    for fields in ({"reason": ""}, {"reason": "So", "ending": "upheld"}, {"reason": "So"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Dispute.objects.create(**row, **fields)
    with pytest.raises(IntegrityError, match="a_verdict_is_disputed"), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(verdict=None)


# The right of reply


@pytest.fixture
def mira(verdict: Verdict) -> Person:
    person: Person = Person.objects.get(name="Mira Castell", visibility="public")
    return person


def test_a_curator_puts_down_what_the_person_says(world: World, claim: Claim, verdict: Verdict, mira: Person) -> None:
    made = reply(claim, mira, " I meant 2025. ", world.ada)

    assert (made.text, made.person, made.by) == ("I meant 2025.", mira, world.ada)
    assert reply(claim, mira, "I meant 2025.", world.ada) == made
    assert [row.id for row in reply_rows(claim, world.vera)] == [made.pk]
    remove_reply(made, world.ada)
    assert reply_rows(claim, world.vera) == []
    restore_reply(made, world.ada)
    assert len(reply_rows(claim, world.vera)) == 1


def test_or_the_person_does(world: World, claim: Claim, mira: Person) -> None:
    with pytest.raises(PermissionDenied):
        reply(claim, mira, "I meant 2025.", world.cleo)
    identify(mira, world.cleo, world.ada)

    assert reply(claim, mira, "I meant 2025.", world.cleo).by == world.cleo


def test_only_they_are_offered_it(world: World, claim: Claim, mira: Person, cleo: Client, ben: Client) -> None:
    address = f"{claim.get_absolute_url()}replies/"
    assert address not in cleo.get(claim.get_absolute_url()).content.decode()
    assert address in ben.get(claim.get_absolute_url()).content.decode()
    identify(mira, world.cleo, world.ada)

    assert address in cleo.get(claim.get_absolute_url()).content.decode()


def test_only_whom_it_concerns(world: World, claim: Claim, verdict: Verdict) -> None:
    named = {"name": "Somebody", "key": "somebody", "slug": "somebody"}
    stranger = Person.objects.create(owner=world.ada, visibility="public", **named)

    with pytest.raises(Refused, match="right of reply"):
        reply(claim, stranger, "Me too.", world.ada)
    assert not Correction.objects.exists()


def test_there_is_a_verdict_to_reply_to(world: World) -> None:
    claim = public_claim(world)
    mira = Person.objects.get(name="Mira Castell", visibility="public")

    with pytest.raises(Refused, match="no verdict yet"):
        reply(claim, mira, "I meant 2025.", world.ben)


def hidden_speaker(world: World, claim: Claim) -> Person:
    """Somebody whom only the team knows says the public claim too, in a piece of the team's."""
    mark = make_highlight(world.shared, "Prices fall by half", world.cleo, "prediction", "team", world.foundry)
    state_again(claim, mark, Proposal(statement="Prices fall.", speaker="The mole"), world.cleo)
    return Person.objects.get(name="The mole")


def test_nobody_answers_whom_not_all_readers_see(world: World, ben: Client, client: Client) -> None:
    claim = public_claim(world)
    judged(claim, world.ben)
    mole = hidden_speaker(world, claim)
    assert mole.visibility == "team"

    with pytest.raises(Refused, match="Not everyone who sees the claim"):
        reply(claim, mole, "It was I.", world.ben)
    assert "The mole" not in ben.get(f"{claim.get_absolute_url()}replies/").content.decode()
    assert not Correction.objects.exists()


def test_nor_whom_all_know_but_not_as_saying_it(world: World) -> None:
    claim = public_claim(world)
    judged(claim, world.ben)
    mole = hidden_speaker(world, claim)
    Person.objects.filter(pk=mole.pk).update(visibility="public", team=None)

    with pytest.raises(Refused, match="right of reply"):
        reply(claim, Person.objects.get(pk=mole.pk), "It was I.", world.ben)


def test_a_reply_of_somebody_hidden_is_not_shown(world: World, client: Client, ben: Client) -> None:
    claim = public_claim(world)
    judged(claim, world.ben)
    mole = hidden_speaker(world, claim)
    Correction.objects.create(person=mole, by=world.ben, text="It was I.", **of_claim(claim))

    assert "The mole" not in client.get(claim.get_absolute_url()).content.decode()
    assert "It was I." in ben.get(claim.get_absolute_url()).content.decode()
