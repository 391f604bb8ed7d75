"""Deciding on many at once: shown first, then all or nothing."""

from itertools import combinations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reader.claims.models import Claim
from reader.curation.claim_rulings import accept, seen_as
from reader.curation.models import Decision, Duplicate, Flag, Hold, Lookalike, flag
from tests.curation.desk import HERDS, PRICES, SMALL, proposal, public_note
from tests.curation.test_tags import public_tag
from tests.world import World, make_article

TOGETHER = "/desk/claims/together/"


@pytest.fixture
def claims(world: World) -> list[Claim]:
    return [proposal(world, words) for words in (SMALL, HERDS, PRICES)]


def sent(claims: list[Claim], act: str = "acceptance", sentence: str = "") -> dict[str, object]:
    seen = {f"seen-{claim.pk}": seen_as(claim) for claim in claims}
    return {"act": act, "item": [claim.pk for claim in claims], "sentence": sentence, **seen}


def test_what_will_change_is_shown_before_it_is_done(claims: list[Claim], ben: Client) -> None:
    page = ben.get(f"{TOGETHER}?act=acceptance&item={claims[0].pk}&item={claims[1].pk}").content.decode()

    assert "Accept 2 claims" in page
    assert page.count("becomes accepted") == 2
    assert SMALL in page
    assert PRICES not in page
    assert not Decision.objects.exists()


def test_it_works(claims: list[Claim], ben: Client) -> None:
    answer = ben.post(TOGETHER, sent(claims))

    assert (answer.status_code, answer["Location"]) == (303, "/desk/")
    assert set(Claim.objects.values_list("state", flat=True)) == {"accepted"}
    assert Decision.objects.count() == 3


def test_one_reason_serves_all(claims: list[Claim], ben: Client) -> None:
    assert ben.post(TOGETHER, sent(claims, "rejection")).status_code == 422
    assert ben.post(TOGETHER, sent(claims, "rejection", "Not dated.")).status_code == 303

    assert set(Decision.objects.values_list("reason", flat=True)) == {"Not dated."}


def test_all_is_done_or_nothing(world: World, claims: list[Claim], ben: Client) -> None:
    form = sent(claims)
    accept(claims[2], world.ada)

    answer = ben.post(TOGETHER, form)

    assert answer.status_code == 409
    assert f"“{PRICES}”: Ada accepted this" in answer.content.decode()
    assert "Nothing was changed." in answer.content.decode()
    assert Decision.objects.count() == 1


def test_what_another_has_in_hand_is_told(world: World, claims: list[Claim], ben: Client) -> None:
    Hold.take("claim", claims[1].pk, world.ada)

    assert "Ada has this in hand" in ben.get(f"{TOGETHER}?act=acceptance&item={claims[1].pk}").content.decode()
    assert ben.post(TOGETHER, sent(claims)).status_code == 409
    assert not Decision.objects.exists()


def test_nothing_chosen_says_what_to_do(ben: Client) -> None:
    assert "Nothing is chosen" in ben.get(f"{TOGETHER}?act=acceptance").content.decode()
    assert ben.get(f"{TOGETHER}?act=acceptance&item=x&item=0&item={'9' * 40}").status_code == 200
    assert ben.post(TOGETHER, {"act": "acceptance"}).status_code == 422


def test_it_handles_missing(ben: Client) -> None:
    assert ben.get(f"{TOGETHER}?act=burning").status_code == 404
    assert ben.get("/desk/nothing/together/?act=acceptance").status_code == 404


def test_it_checks_ownership(world: World, claims: list[Claim], cleo: Client, dov: Client, client: Client) -> None:
    hidden = proposal(world, "small models", "private")

    assert cleo.post(TOGETHER, sent(claims)).status_code == 403
    assert dov.post(TOGETHER, sent(claims)).status_code == 403
    assert client.post(TOGETHER, sent(claims)).status_code == 302
    assert "Nothing is chosen" in dov.get(f"{TOGETHER}?act=acceptance&item={hidden.pk}").content.decode()
    assert not Decision.objects.exists()


def test_notes_are_hidden_together(world: World, ben: Client) -> None:
    notes = [public_note(world, body) for body in ("One.", "Two.")]
    for note in notes:
        flag(note, "spam", "", world.cleo)

    form = {"act": "hiding", "item": [note.pk for note in notes], "sentence": "They sell something."}
    assert ben.post("/desk/notes/together/", form).status_code == 303

    assert not Flag.objects.filter(settled_by=None).exists()
    assert Decision.objects.count() == 2


@pytest.mark.parametrize("name", ["claims", "notes", "articles", "duplicates", "lookalikes"])
def test_looking_at_many_costs_as_much_as_looking_at_one(world: World, ben: Client, name: str) -> None:
    """The preview and its reload load all at once, with who decided on each last, and who has it in hand."""
    act, things = many_of(world, name)

    def count(chosen: list[int]) -> int:
        ben.get("/")  # the session's own first queries are no part of it
        asked = "&".join(f"item={pk}" for pk in chosen)
        with CaptureQueriesContext(connection) as queries:
            page = ben.get(f"/desk/{name}/together/?act={act}&{asked}")
        assert page.status_code == 200
        assert page.content.decode().count('name="item"') == len(chosen)
        return len(queries)

    assert count(things[:1]) == count(things)


def many_of(world: World, name: str) -> tuple[str, list[int]]:
    """Three of a kind, of which an act can be done to all at once."""
    claims = [proposal(world, words) for words in (SMALL, HERDS, PRICES)]
    if name == "claims":
        return "rejection", [claim.pk for claim in claims]
    if name == "notes":
        return "hiding", [public_note(world, f"Note {number}.").pk for number in range(3)]
    if name == "articles":
        pieces = [make_article(f"Piece {number}", world.ada, "public") for number in range(3)]
        return "exemption", [piece.pk for piece in pieces]
    if name == "duplicates":
        pairs = combinations(claims, 2)
        return "distinction", [Duplicate.objects.create(first=a, second=b, score=0.9).pk for a, b in pairs]
    tags = [public_tag(world, word) for word in ("model", "models", "modell")]
    return "distinction", [Lookalike.objects.create(first=a, second=b, score=0.9).pk for a, b in combinations(tags, 2)]
