"""How much one person may do in a while."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from reader.core import limits
from reader.core.limits import LIMITS, Deed, Limit, Tally, TooMany, spend
from reader.highlights.models import Highlight, Note, write_note
from tests.claims.predictions import make_claim
from tests.pages.asking import FRAGMENT, marks_of
from tests.world import World, make_highlight

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


@pytest.fixture
def three_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a test need not do anything six hundred times."""
    monkeypatch.setattr(limits, "LIMITS", dict.fromkeys(Deed, Limit(3, timedelta(hours=1))))


def test_it_works(world: World, three_an_hour: None) -> None:
    with time_machine.travel(NOW, tick=False):
        for _ in range(3):
            spend(world.cleo, Deed.NOTE)
        with pytest.raises(TooMany) as caught:
            spend(world.cleo, Deed.NOTE)

    assert caught.value.seconds == 20 * 60
    assert str(caught.value) == (
        "More than 3 notes in 60 minutes do not go through. Nothing is lost: wait 20 minutes, then try again."
    )


def test_after_the_wait_one_more_goes_through(world: World, three_an_hour: None) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        for _ in range(3):
            spend(world.cleo, Deed.NOTE)
        clock.shift(timedelta(minutes=20))
        spend(world.cleo, Deed.NOTE)
        with pytest.raises(TooMany):
            spend(world.cleo, Deed.NOTE)


def test_what_comes_evenly_is_never_refused(world: World, three_an_hour: None) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        for _ in range(30):
            spend(world.cleo, Deed.NOTE)
            clock.shift(timedelta(minutes=20))


def test_each_person_and_each_deed_is_counted_apart(world: World, three_an_hour: None) -> None:
    for person in (world.cleo, world.ben):
        for deed in Deed:
            for _ in range(3):
                spend(person, deed)

    assert Tally.objects.count() == 2 * len(Deed)


def test_what_fails_is_not_counted(world: World, three_an_hour: None) -> None:
    for _ in range(5):
        with transaction.atomic():
            spend(world.cleo, Deed.NOTE)
            transaction.set_rollback(True)

    spend(world.cleo, Deed.NOTE)


def test_the_limits_are_generous() -> None:
    by_hand = [limit for deed, limit in LIMITS.items() if deed != Deed.LETTER]

    assert all(limit.most * 10 >= limit.within.total_seconds() / 60 for limit in by_hand)
    assert LIMITS[Deed.MARK].each <= timedelta(seconds=1)


@pytest.mark.parametrize("headers", [{}, FRAGMENT], ids=["page", "fragment"])
def test_a_flood_of_notes_is_refused_and_the_text_kept(
    cleo: Client, world: World, three_an_hour: None, headers: dict[str, str]
) -> None:
    mark = make_highlight(world.shared, "2024 will be the year", world.cleo, visibility="team", team=world.foundry)
    for number in range(3):
        cleo.post(f"/highlights/{mark.pk}/notes/", {"body": f"Note {number}."})

    response = cleo.post(f"/highlights/{mark.pk}/notes/", {"body": "One too many."}, headers=headers)

    page = response.content.decode()
    assert response.status_code == 429
    assert 1 <= int(response.headers["Retry-After"]) <= 20 * 60
    assert "More than 3 notes in 60 minutes do not go through." in page
    assert "One too many.</textarea>" in page
    assert Note.objects.count() == 3


def test_a_flood_of_changes_is_refused_and_the_text_kept(cleo: Client, world: World, three_an_hour: None) -> None:
    note = write_note(world.private, "First.", world.cleo)
    for version in range(1, 4):
        cleo.post(f"/notes/{note.pk}/", {"body": f"Version {version}", "version": version})

    response = cleo.post(f"/notes/{note.pk}/", {"body": "One too many.", "version": 4})

    assert response.status_code == 429
    assert "One too many.</textarea>" in response.content.decode()
    assert 'name="version" value="4"' in response.content.decode()


def test_a_flood_of_notes_on_a_claim_is_refused(cleo: Client, world: World, three_an_hour: None) -> None:
    claim = make_claim(world.private, "2024 will be the year of the small model", world.cleo)
    for number in range(3):
        cleo.post(f"/claims/{claim.pk}/notes/", {"body": f"Note {number}."})

    response = cleo.post(f"/claims/{claim.pk}/notes/", {"body": "One too many."})

    assert response.status_code == 429
    assert "One too many.</textarea>" in response.content.decode()


def send(client: Client, world: World, number: int, headers: dict[str, str] | None = None) -> tuple[int, str, str]:
    said = {"exact": "models will matter.\nIn February"[number : number + 5], "kind": "highlight", "note": "Kept."}
    answer = client.post(marks_of(world.public), said, headers=headers or {})
    return answer.status_code, answer.content.decode(), answer.headers.get("Retry-After", "")


@pytest.mark.parametrize("headers", [{}, FRAGMENT, {"Accept": "application/json"}], ids=["page", "fragment", "program"])
def test_a_flood_of_marks_is_refused_and_the_form_kept(
    cleo: Client, world: World, three_an_hour: None, headers: dict[str, str]
) -> None:
    for number in range(3):
        assert send(cleo, world, number)[0] == 303

    status, page, wait = send(cleo, world, 3, headers)

    assert status == 429
    assert int(wait) > 0
    assert "in 60 minutes do not go through." in page
    assert ("Kept.</textarea>" in page) == ("Accept" not in headers)
    assert Highlight.objects.count() == 3
    assert Note.objects.count() == 3


def test_a_flood_of_uploads_is_refused_and_the_text_kept(cleo: Client, world: World, three_an_hour: None) -> None:
    for number in range(3):
        assert cleo.post("/articles/new/", {"text": f"A piece.\n\nIt is the {number}th of them."}).status_code == 303

    response = cleo.post("/articles/new/", {"text": "A piece too many."})

    assert response.status_code == 429
    assert "A piece too many." in response.content.decode()
