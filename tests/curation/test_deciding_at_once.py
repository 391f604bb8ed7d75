"""Two curators who decide on the same thing in the same moment, on either database."""

from functools import partial
from typing import cast

import pytest
from django.http import HttpResponse
from django.test import Client

from reader.claims.models import Claim
from reader.core.models import Event
from reader.curation.claim_rulings import seen_as
from reader.curation.models import Decision
from tests.claims.predictions import one_window
from tests.conftest import signed_in
from tests.curation.desk import HERDS, PRICES, SMALL, accepted, proposal
from tests.threads import at_once
from tests.world import World, make_world

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world() -> World:
    return make_world()


def decide(client: Client, claim: Claim, noun: str, answers: dict[str, HttpResponse], **said: str) -> None:
    data = {"seen": seen_as(claim), "sentence": "Because.", **said}
    answers[noun] = cast(HttpResponse, client.post(f"/desk/claims/{claim.pk}/{noun}/", data))


def told(answer: HttpResponse) -> str:
    return answer.content.decode()


@pytest.mark.parametrize("exact", [SMALL, HERDS, PRICES])
def test_one_wins_and_the_other_is_told(world: World, exact: str) -> None:
    claim = proposal(world, exact)
    clients, answers = (signed_in(world.ben), signed_in(world.ada)), dict[str, HttpResponse]()

    at_once(
        partial(decide, clients[0], claim, "acceptance", answers),
        partial(decide, clients[1], claim, "rejection", answers),
    )

    claim.refresh_from_db()
    (decision,) = Decision.objects.all()
    won, lost = ("acceptance", "rejection") if claim.state == "accepted" else ("rejection", "acceptance")
    words = {"acceptance": "Ben accepted this on", "rejection": "Ada rejected this on"}
    assert (answers[won].status_code, answers[lost].status_code) == (303, 409)
    assert words[won] in told(answers[lost])
    assert (decision.verb, decision.by) == (("accepted", world.ben) if won == "acceptance" else ("rejected", world.ada))
    assert Event.objects.filter(verb="decided", subject_id=claim.pk).count() == 1


def test_the_same_decision_is_made_once(world: World) -> None:
    claim = proposal(world)
    clients, first, second = (
        (signed_in(world.ben), signed_in(world.ada)),
        dict[str, HttpResponse](),
        dict[str, HttpResponse](),
    )

    at_once(
        partial(decide, clients[0], claim, "acceptance", first),
        partial(decide, clients[1], claim, "acceptance", second),
    )

    statuses = sorted(answer["acceptance"].status_code for answer in (first, second))
    assert statuses == [303, 409]
    assert Decision.objects.count() == 1


def test_of_two_merges_in_a_circle_one_is_made(world: World) -> None:
    one, other = accepted(world, SMALL), accepted(world, HERDS)
    one_window(one, other)
    clients, answers = (signed_in(world.ben), signed_in(world.ada)), dict[int, HttpResponse]()

    def merge(client: Client, claim: Claim, into: Claim) -> None:
        answers[claim.pk] = cast(HttpResponse, client.post(f"/desk/claims/{claim.pk}/merging/", {"into": into.pk}))

    at_once(partial(merge, clients[0], one, other), partial(merge, clients[1], other, one))

    merged = Claim.objects.filter(state="merged")
    assert merged.count() == 1
    assert sorted(answer.status_code for answer in answers.values()) == [303, 409]
    assert not Claim.objects.filter(merged_into__merged_into__isnull=False).exists()
