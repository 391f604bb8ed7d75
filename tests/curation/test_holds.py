"""Two curators at the same thing."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from reader.claims.models import Claim
from reader.curation.jobs import forget_lapsed_holds
from reader.curation.models import HOLD, Decision, Hold
from tests.curation.desk import HERDS, proposal
from tests.world import World


@pytest.fixture
def claim(world: World) -> Claim:
    return proposal(world)


def form_of(claim: Claim) -> str:
    return f"/desk/claims/{claim.pk}/rejection/"


def test_the_second_is_told_who_has_it_and_since_when(claim: Claim, ben: Client, ada: Client) -> None:
    ben.get(form_of(claim))

    page = ada.get(form_of(claim)).content.decode()
    queue = ada.get("/desk/").content.decode()

    since = timezone.localtime(Hold.objects.get().since)
    assert f"Ben has had this since {since:%H:%M}." in page
    assert "Take it over" in page
    assert f"Ben has had this since {since:%H:%M}." in queue
    assert "has had this" not in ben.get("/desk/").content.decode()


def test_the_second_can_not_decide_meanwhile(claim: Claim, ben: Client, ada: Client) -> None:
    ben.get(form_of(claim))

    answer = ada.post(f"/desk/claims/{claim.pk}/acceptance/")

    assert answer.status_code == 409
    assert "Ben has had this since" in answer.content.decode()
    assert not Decision.objects.exists()
    assert ben.post(form_of(claim), {"sentence": "No."}).status_code == 303
    assert not Hold.objects.exists()


def test_it_can_be_taken_over(claim: Claim, ben: Client, ada: Client, world: World) -> None:
    ben.get(form_of(claim))

    answer = ada.post(f"/desk/claims/{claim.pk}/hold/", headers={"Referer": f"http://testserver{form_of(claim)}"})

    assert answer.status_code == 303
    assert Hold.objects.get().holder == world.ada
    assert ben.post(form_of(claim), {"sentence": "No."}).status_code == 409
    assert ada.post(form_of(claim), {"sentence": "No."}).status_code == 303


def test_it_lapses(claim: Claim, ben: Client, ada: Client, world: World) -> None:
    ben.get(form_of(claim))

    with time_machine.travel(timezone.now() + HOLD + timedelta(seconds=1)):
        ada.force_login(world.ada)
        assert "has had this" not in ada.get("/desk/").content.decode()
        assert "has had this" not in ada.get(form_of(claim)).content.decode()
        assert Hold.objects.get().holder == world.ada


def test_opening_it_again_keeps_it_and_since_when(claim: Claim, world: World) -> None:
    first = Hold.take("claim", claim.pk, world.ben)

    with time_machine.travel(timezone.now() + timedelta(minutes=3)):
        again = Hold.take("claim", claim.pk, world.ben)

    assert again.since == first.since
    assert again.until > first.until


def test_lapsed_ones_are_forgotten(claim: Claim, world: World) -> None:
    Hold.take("claim", claim.pk, world.ben)
    forget_lapsed_holds.call()
    assert Hold.objects.exists()

    with time_machine.travel(timezone.now() + HOLD * 2):
        forget_lapsed_holds.call()

    assert not Hold.objects.exists()


def test_it_checks_ownership(claim: Claim, world: World, cleo: Client, client: Client, dov: Client) -> None:
    ours = proposal(world, HERDS, "team")

    assert cleo.post(f"/desk/claims/{claim.pk}/hold/").status_code == 403
    assert dov.post(f"/desk/claims/{ours.pk}/hold/").status_code == 404
    assert client.post(f"/desk/claims/{claim.pk}/hold/").status_code == 302
    assert not Hold.objects.exists()


def test_it_rejects_get(claim: Claim, ben: Client) -> None:
    assert ben.get(f"/desk/claims/{claim.pk}/hold/").status_code == 405


def test_it_leads_nowhere_else(claim: Claim, ben: Client) -> None:
    answer = ben.post(f"/desk/claims/{claim.pk}/hold/", headers={"Referer": "https://evil.example/desk/"})

    assert answer["Location"] == "/desk/"
