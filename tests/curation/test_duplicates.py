"""Claims that may be one: suggested at night, decided by a curator."""

import pytest
from django.test import Client

from reader.claims.models import Claim
from reader.claims.moving import move_article
from reader.curation.jobs import look_for_duplicates
from reader.curation.models import Decision, Duplicate, Verb
from tests.claims.predictions import make_claim
from tests.conftest import signed_in
from tests.curation.desk import HERDS, SMALL, accepted, again, proposal, undo_last
from tests.world import World, make_article


@pytest.fixture
def pair(world: World) -> Duplicate:
    proposal(world)
    again(world)
    look_for_duplicates.call()
    return Duplicate.objects.get()


def test_it_works(pair: Duplicate, ben: Client) -> None:
    page = ben.get("/desk/duplicates/").content.decode()
    answer = ben.post(f"/desk/duplicates/{pair.pk}/merging/", {"keep": pair.second_id})

    pair.first.refresh_from_db()
    pair.second.refresh_from_db()
    assert page.count(SMALL) >= 2
    assert "100% alike" in page
    assert (answer.status_code, answer["Location"]) == (303, "/desk/duplicates/")
    assert (pair.first.state, pair.first.merged_into, pair.second.state) == ("merged", pair.second, "accepted")
    assert [row.verb for row in Decision.objects.order_by("id")] == [Verb.ACCEPTED, Verb.MERGED]
    assert b"desk-pair" not in ben.get("/desk/duplicates/").content


def test_looking_again_changes_nothing(pair: Duplicate) -> None:
    look_for_duplicates.call()

    assert Duplicate.objects.get() == pair


def test_nothing_is_merged_by_itself(pair: Duplicate) -> None:
    assert set(Claim.objects.values_list("state", flat=True)) == {"proposed"}


def test_other_windows_speakers_and_scopes_are_not_compared(world: World) -> None:
    proposal(world)
    proposal(world, visibility="team")
    make_claim(world.private, SMALL, world.cleo)
    later = make_article("In 2025", world.ada, "public", html="<p>2025 will be the year of the small model.</p>")
    make_claim(later, "2025 will be the year of the small model", world.ada, "public")
    other = again(world)
    speaker = other.statements.get()
    speaker.speaker = None
    speaker.save()

    look_for_duplicates.call()

    assert not Duplicate.objects.exists()


def test_what_is_no_longer_alike_leaves_the_list(world: World, pair: Duplicate) -> None:
    pair.first.amend("Something else entirely", "", {}, world.cleo)

    look_for_duplicates.call()

    assert not Duplicate.objects.exists()


def test_two_told_apart_are_not_suggested_again(pair: Duplicate, ben: Client) -> None:
    answer = ben.post(f"/desk/duplicates/{pair.pk}/distinction/")
    look_for_duplicates.call()

    assert answer.status_code == 303
    assert b"desk-pair" not in ben.get("/desk/duplicates/").content
    assert ben.post(f"/desk/duplicates/{pair.pk}/distinction/").status_code == 409
    assert undo_last(ben) == 303
    assert b"desk-pair" in ben.get("/desk/duplicates/").content


def test_telling_apart_stands_in_no_decisions_way(pair: Duplicate, ben: Client) -> None:
    ben.post(f"/desk/claims/{pair.first_id}/acceptance/")
    accepting = Decision.objects.get()
    ben.post(f"/desk/duplicates/{pair.pk}/distinction/")

    assert ben.post(f"/decisions/{accepting.pk}/undoing/").status_code == 303
    pair.first.refresh_from_db()
    assert pair.first.state == "proposed"
    assert Decision.objects.filter(undoes=accepting).exists()


@pytest.mark.parametrize("sent", [{}, {"keep": "x"}, {"keep": 0}])
def test_it_refuses_bad_input(pair: Duplicate, ben: Client, sent: dict[str, object]) -> None:
    answer = ben.post(f"/desk/duplicates/{pair.pk}/merging/", sent)

    assert answer.status_code == 422
    assert "errorlist" in answer.content.decode()
    assert not Decision.objects.exists()


def test_what_can_not_be_merged_is_refused_and_nothing_is_accepted(world: World, pair: Duplicate, ben: Client) -> None:
    pair.first.set_state("withdrawn", world.cleo)

    answer = ben.post(f"/desk/duplicates/{pair.pk}/merging/", {"keep": pair.second_id})

    pair.second.refresh_from_db()
    assert answer.status_code == 409
    assert pair.second.state == "proposed"
    assert not Decision.objects.exists()


def test_it_checks_ownership(pair: Duplicate, cleo: Client, client: Client) -> None:
    for noun in ("merging", "distinction"):
        assert cleo.post(f"/desk/duplicates/{pair.pk}/{noun}/", {"keep": pair.first_id}).status_code == 403
        assert client.post(f"/desk/duplicates/{pair.pk}/{noun}/").status_code == 302
        assert cleo.post(f"/desk/duplicates/0/{noun}/").status_code == 404


def test_a_teams_pair_is_the_teams(world: World, ada: Client, dov: Client) -> None:
    proposal(world, HERDS, "team")
    other = make_article("Foundry again", world.ada, "team", world.foundry)
    make_claim(other, HERDS, world.ada, "team", world.foundry)
    look_for_duplicates.call()
    pair = Duplicate.objects.get()

    assert b"desk-pair" in ada.get("/desk/duplicates/").content
    assert b"desk-pair" not in dov.get("/desk/duplicates/").content
    assert dov.post(f"/desk/duplicates/{pair.pk}/distinction/").status_code == 404


def test_an_accepted_claim_is_kept_as_it_is(world: World, ben: Client) -> None:
    kept = accepted(world, SMALL)
    again(world)
    look_for_duplicates.call()
    pair = Duplicate.objects.get()

    ben.post(f"/desk/duplicates/{pair.pk}/merging/", {"keep": kept.pk})

    assert [row.verb for row in Decision.objects.order_by("id")] == [Verb.ACCEPTED, Verb.MERGED]
    assert Claim.objects.get(state="merged").merged_into == kept


def test_it_requires_a_curator_of_both(world: World) -> None:
    world.harbour.memberships.create(user=world.ben, role="viewer")
    echo = make_article("An echo", world.dov, "public")
    one, other = accepted(world, SMALL), make_claim(echo, SMALL, world.dov, "public")
    pair = Duplicate.objects.create(first=one, second=other, score=1)
    move_article(echo, "team", world.harbour.pk, world.dov)
    ben = signed_in(world.ben)

    merging = ben.post(f"/desk/duplicates/{pair.pk}/merging/", {"keep": one.pk})
    distinction = ben.post(f"/desk/duplicates/{pair.pk}/distinction/")

    other.refresh_from_db()
    assert (merging.status_code, distinction.status_code, other.state) == (403, 403, "proposed")
