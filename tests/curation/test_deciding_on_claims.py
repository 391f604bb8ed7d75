"""Accepting, sending back and rejecting what readers propose."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client

from reader.accounts.models import User
from reader.claims.models import Claim
from reader.claims.proposing import amend, as_proposal
from reader.core.models import Event
from reader.core.refusals import Refused
from reader.curation.claim_rulings import accept, seen_as
from reader.curation.deciding import undo
from reader.curation.models import Decision, Verb
from tests.curation.desk import HERDS, proposal, undo_last
from tests.pages.asking import FRAGMENT
from tests.world import World

ACTS = {
    "acceptance": ("accepted", Verb.ACCEPTED),
    "question": ("needs_work", Verb.SENT_BACK),
    "rejection": ("rejected", Verb.REJECTED),
}


@pytest.mark.parametrize("noun", ACTS)
def test_it_works(world: World, ben: Client, noun: str) -> None:
    claim = proposal(world)

    answer = ben.post(f"/desk/claims/{claim.pk}/{noun}/", {"sentence": "Which small model?", "seen": seen_as(claim)})

    claim.refresh_from_db()
    decision = Decision.objects.get()
    state, verb = ACTS[noun]
    assert (answer.status_code, answer["Location"]) == (303, "/desk/")
    assert claim.state == state
    assert (decision.verb, decision.by, decision.subject_id) == (verb, world.ben, claim.pk)
    assert (decision.before["state"], decision.visibility) == ("proposed", "public")
    assert decision.reason == ("" if noun == "acceptance" else "Which small model?")


@pytest.mark.parametrize("noun", ACTS)
def test_it_writes_its_event_for_every_piece_that_states_it(world: World, ben: Client, noun: str) -> None:
    claim = proposal(world)

    ben.post(f"/desk/claims/{claim.pk}/{noun}/", {"sentence": "Why?"})

    event = Event.objects.latest("id")
    assert (event.verb, event.subject_id, event.article_id) == ("decided", claim.pk, world.public.pk)


@pytest.mark.parametrize("noun", ACTS)
def test_it_can_be_undone_once(world: World, ben: Client, noun: str) -> None:
    claim = proposal(world)
    ben.post(f"/desk/claims/{claim.pk}/{noun}/", {"sentence": "Why?"})
    decision = Decision.objects.get()

    assert ben.post(f"/decisions/{decision.pk}/undoing/").status_code == 303

    claim.refresh_from_db()
    assert (claim.state, claim.remark) == ("proposed", "")
    assert Decision.objects.get(verb=Verb.UNDID).undoes == decision
    with pytest.raises(Refused, match="Ben undid this already"):
        undo(decision, world.ada)


@pytest.mark.parametrize("noun", ACTS)
def test_it_checks_ownership(world: World, ada: Client, cleo: Client, dov: Client, client: Client, noun: str) -> None:
    ours, mine, public = (proposal(world, visibility=wide) for wide in ("team", "private", "public"))

    def ask(who: Client, claim: Claim) -> int:
        return who.post(f"/desk/claims/{claim.pk}/{noun}/", {"sentence": "Why?"}).status_code

    assert (ask(dov, ours), ask(dov, mine), ask(dov, public)) == (404, 404, 403)
    assert (ask(cleo, ours), ask(cleo, public)) == (403, 403)
    assert ask(ada, mine) == 404
    assert ask(client, public) == 302
    assert not Decision.objects.exists()
    assert (ask(ada, ours), ask(cleo, mine), ask(ada, public)) == (303, 303, 303)


def test_a_private_claim_is_decided_by_its_owner_who_has_no_desk(world: World, dov: Client, cleo: Client) -> None:
    claim = proposal(world, visibility="private")

    page = cleo.get(claim.get_absolute_url()).content.decode()
    answer = cleo.post(f"/desk/claims/{claim.pk}/acceptance/")

    assert f"/desk/claims/{claim.pk}/" in page
    assert b"Accept" in cleo.get(f"/desk/claims/{claim.pk}/").content
    assert answer["Location"] == claim.get_absolute_url()
    assert Decision.objects.get().visibility == "private"
    assert dov.get("/decisions/").content.count(b"row-title") == 0


@pytest.mark.parametrize("noun", ["question", "rejection"])
@pytest.mark.parametrize("sentence", ["", "  ", "x" * 501, "nul\x00"])
def test_it_refuses_bad_input(world: World, ben: Client, noun: str, sentence: str) -> None:
    claim = proposal(world)

    answer = ben.post(f"/desk/claims/{claim.pk}/{noun}/", {"sentence": sentence}, headers=FRAGMENT)

    assert answer.status_code == 422
    assert "errorlist" in answer.content.decode()
    assert "<html" not in answer.content.decode()
    assert not Decision.objects.exists()


def test_it_answers_fragment(world: World, ben: Client) -> None:
    claim = proposal(world)

    form = ben.get(f"/desk/claims/{claim.pk}/rejection/", headers=FRAGMENT).content.decode()
    answer = ben.post(f"/desk/claims/{claim.pk}/acceptance/", headers=FRAGMENT).content.decode()

    assert "<html" not in form
    assert f'hx-target="#claim-{claim.pk}" hx-swap="delete"' in answer
    assert f"/decisions/{Decision.objects.get().pk}/undoing/" in answer


def test_a_line_comes_back_to_the_queue_it_was_taken_from(world: World, ben: Client) -> None:
    claim = proposal(world)
    ben.post(f"/desk/claims/{claim.pk}/acceptance/")
    address = f"/decisions/{Decision.objects.get().pk}/undoing/"

    answer = ben.post(address, headers=FRAGMENT | {"HX-Current-URL": "http://testserver/desk/"}).content.decode()

    assert 'hx-target="#queue" hx-swap="afterbegin"' in answer
    assert f'id="claim-{claim.pk}"' in answer


def test_the_second_is_told_who_decided_what(world: World, ada: Client, ben: Client) -> None:
    claim = proposal(world)
    seen = seen_as(claim)
    ben.post(f"/desk/claims/{claim.pk}/acceptance/", {"seen": seen})

    answer = ada.post(f"/desk/claims/{claim.pk}/rejection/", {"seen": seen, "sentence": "No."})

    claim.refresh_from_db()
    assert answer.status_code == 409
    assert "Ben accepted this on" in answer.content.decode()
    assert "No." in answer.content.decode()
    assert claim.state == "accepted"


def test_a_double_click_decides_once(world: World, ben: Client) -> None:
    claim = proposal(world)

    statuses = [ben.post(f"/desk/claims/{claim.pk}/acceptance/").status_code for _ in range(2)]

    assert statuses == [303, 409]
    assert Decision.objects.count() == 1


def test_what_was_changed_since_it_was_seen_is_looked_at_again(world: World, ben: Client) -> None:
    claim = proposal(world)
    seen = seen_as(claim)
    claim.amend("Something else entirely", "", {}, world.cleo)

    answer = ben.post(f"/desk/claims/{claim.pk}/acceptance/", {"seen": seen})

    assert answer.status_code == 409
    assert "was changed since you opened it" in answer.content.decode()
    assert not Decision.objects.exists()


def test_the_proposer_reads_the_question_and_their_change_proposes_it_again(
    world: World, ben: Client, cleo: Client
) -> None:
    claim = proposal(world)
    ben.post(f"/desk/claims/{claim.pk}/question/", {"sentence": "Which <b>small</b> model?"})
    page = cleo.get(claim.get_absolute_url()).content.decode()
    assert "A curator asks:" in page
    assert "Which &lt;b&gt;small&lt;/b&gt; model?" in page

    amend(claim.statements.get(), as_proposal(claim.statements.get()), [], world.cleo)

    claim.refresh_from_db()
    assert claim.state == "proposed"
    assert "A curator asked:" in cleo.get(claim.get_absolute_url()).content.decode()
    assert claim.remark == "Which <b>small</b> model?"
    with pytest.raises(Refused, match="changed since: it is proposed now"):
        undo(Decision.objects.get(), world.ben)


def test_a_form_opened_before_a_decision_does_not_take_it_back(world: World, ben: Client) -> None:
    claim = proposal(world)
    ben.post(f"/desk/claims/{claim.pk}/acceptance/")

    claim.amend("Said more clearly", "", {}, world.ada)

    claim.refresh_from_db()
    assert (claim.state, claim.statement) == ("accepted", "Said more clearly")


def test_what_was_decided_on_is_no_longer_its_proposers(world: World, ben: Client) -> None:
    claim = proposal(world)
    ben.post(f"/desk/claims/{claim.pk}/acceptance/")

    with pytest.raises(PermissionDenied):
        claim.amend("Something else entirely", "", {}, world.cleo)

    claim.refresh_from_db()
    assert claim.statement != "Something else entirely"


def test_an_undoing_is_refused_when_something_else_was_decided_since(world: World, ben: Client, ada: Client) -> None:
    claim = proposal(world)
    ben.post(f"/desk/claims/{claim.pk}/acceptance/")
    first = Decision.objects.get()
    ada.post(f"/desk/claims/{claim.pk}/rejection/", {"sentence": "On second thoughts."})

    answer = ben.post(f"/decisions/{first.pk}/undoing/", follow=True).content.decode()

    assert "Not undone. Something else was decided since. Ada rejected this" in answer
    assert undo_last(ben) == 303
    assert undo_last(ben) == 303
    claim.refresh_from_db()
    assert claim.state == "accepted"
    undo(first, world.ben)
    claim.refresh_from_db()
    assert claim.state == "proposed"


def test_a_decision_that_fails_leaves_no_line(world: World) -> None:
    claim = proposal(world)

    with pytest.raises(IntegrityError):
        accept_and_fail(claim, world.ben)

    claim.refresh_from_db()
    assert claim.state == "proposed"
    assert not Decision.objects.exists()
    assert not Event.objects.filter(verb="decided").exists()


def accept_and_fail(claim: Claim, by: User) -> None:
    with transaction.atomic():
        accept(claim, by)
        Claim.objects.filter(pk=claim.pk).update(merged_into=claim.pk)


def test_it_handles_missing(world: World, ben: Client) -> None:
    claim = proposal(world, HERDS)

    for address in ["claims/0/acceptance/", "nothing/1/acceptance/", f"claims/{claim.pk}/burning/", "highlights/1/x/"]:
        answer = ben.post(f"/desk/{address}")
        assert answer.status_code == 404
        assert answer.content == ben.get("/articles/of-no-such-name/").content


def test_a_deleted_claim_is_nobodys(world: World, ben: Client) -> None:
    claim = proposal(world)
    Claim.objects.filter(pk=claim.pk).update(deleted_at="2024-01-01T00:00Z")

    assert ben.post(f"/desk/claims/{claim.pk}/acceptance/").status_code == 404
    with pytest.raises(Refused, match="deleted meanwhile"):
        accept(claim, world.ben)
