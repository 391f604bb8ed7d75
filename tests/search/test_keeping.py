"""Searches that somebody saves, and those they made of late."""

import pytest
from django.test import Client

from reader.exchange.models import SecretAddress
from reader.search.keeping import MOST_RECENT, MOST_SAVED
from reader.search.models import RecentSearch, SavedSearch
from tests.world import World, make_article

pytestmark = pytest.mark.django_db


def test_it_works(world: World, cleo: Client) -> None:
    answer = cleo.post("/search/saved/", {"text": "tag:herds small"})

    assert answer.status_code == 303
    assert answer.headers["Location"] == "/search/?q=tag%3Aherds+small"
    assert [(one.name, one.text) for one in world.cleo.saved_searches.all()] == [("tag:herds small",) * 2]
    page = cleo.get("/search/").content.decode()
    assert '<a href="?q=tag%3Aherds%20small">tag:herds small</a>' in page


def test_saving_it_again_renames_it(world: World, cleo: Client) -> None:
    for name in ("", "Herds"):
        cleo.post("/search/saved/", {"text": "herds", "name": name})

    assert [one.name for one in world.cleo.saved_searches.all()] == ["Herds"]


@pytest.mark.parametrize("text", ["", "x" * 501, "a\x00b"])
def test_it_refuses_bad_input(world: World, cleo: Client, text: str) -> None:
    assert cleo.post("/search/saved/", {"text": text}).status_code == 422
    assert not SavedSearch.objects.exists()


def test_there_is_an_end_to_saving(world: World, cleo: Client) -> None:
    SavedSearch.objects.bulk_create(SavedSearch(reader=world.cleo, name="a", text=f"a{n}") for n in range(MOST_SAVED))

    answer = cleo.post("/search/saved/", {"text": "one more"})

    assert answer.status_code == 422
    assert "Remove one first" in answer.content.decode()


def test_it_is_removed(world: World, cleo: Client) -> None:
    saved = SavedSearch.objects.create(reader=world.cleo, name="Herds", text="herds")

    assert cleo.post(f"/search/saved/{saved.pk}/deletion/").status_code == 303
    assert not SavedSearch.objects.exists()


def test_removing_checks_ownership(world: World, ada: Client) -> None:
    saved = SavedSearch.objects.create(reader=world.cleo, name="Herds", text="herds")

    assert ada.post(f"/search/saved/{saved.pk}/deletion/").status_code == 404
    assert SavedSearch.objects.exists()
    assert "Herds" not in ada.get("/search/").content.decode()


def test_a_feed_has_what_is_found_now(world: World, cleo: Client) -> None:
    saved = SavedSearch.objects.create(reader=world.cleo, name="Quinces & more", text="quinces")
    make_article("Quinces <in> October", world.cleo)
    make_article("Quinces in the harbour", world.dov)
    address = f"/search/{SecretAddress.make(world.cleo).secret}/{saved.pk}.atom"

    answer = Client().get(address)

    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = answer.content.decode()
    assert "<title>Forecite: Quinces &amp; more</title>" in feed
    assert "<title>Quinces &lt;in&gt; October</title>" in feed
    assert "harbour" not in feed
    assert Client().get(address, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert address in cleo.get("/settings/addresses/").content.decode()


def test_a_feed_is_nobody_elses(world: World) -> None:
    saved = SavedSearch.objects.create(reader=world.cleo, name="Quinces", text="quinces")

    assert Client().get(f"/search/{SecretAddress.make(world.dov).secret}/{saved.pk}.atom").status_code == 404
    assert Client().get(f"/search/no-such-secret/{saved.pk}.atom").status_code == 404


def test_the_last_few_are_remembered(world: World, cleo: Client, ada: Client) -> None:
    for number in range(MOST_RECENT + 3):
        assert cleo.post("/search/recent/", {"q": f"herds {number}"}).status_code == 204
    cleo.post("/search/recent/", {"q": "herds 5"})
    cleo.post("/search/recent/", {"q": " \x00 "})

    texts = [one.text for one in world.cleo.recent_searches.all()]
    assert len(texts) == MOST_RECENT
    assert texts[:2] == ["herds 5", f"herds {MOST_RECENT + 2}"]
    assert "herds 5" in cleo.get("/search/").content.decode()
    assert "herds 5" not in ada.get("/search/").content.decode()


def test_they_are_forgotten(world: World, cleo: Client) -> None:
    cleo.post("/search/recent/", {"q": "herds"})

    assert cleo.post("/search/recent/deletion/").status_code == 303
    assert not RecentSearch.objects.exists()
