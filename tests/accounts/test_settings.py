import pytest
from django.test import Client

from tests.world import World

CHOSEN = {"theme": "sepia", "text_size": "22", "text_width": "narrow", "leading": "loose"}
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


def test_it_works(ada: Client, world: World) -> None:
    answer = ada.post("/settings/", {"name": "Ada B.", "handle": "ada"})

    world.ada.refresh_from_db()
    assert (answer.status_code, answer["Location"]) == (303, "/settings/")
    assert world.ada.name == "Ada B."


@pytest.mark.parametrize("name", ["", " ", "a" * 81])
def test_it_refuses_a_bad_name_and_draws_the_page_with_the_old_one(ada: Client, world: World, name: str) -> None:
    answer = ada.post("/settings/", {"name": name})

    world.ada.refresh_from_db()
    assert answer.status_code == 422
    assert 'aria-describedby="id_name_helptext id_name_error"' in answer.content.decode()
    assert '<span class="wide-only">Ada</span>' in answer.content.decode()
    assert world.ada.name == "Ada"


def test_it_requires_somebody(client: Client, db: None) -> None:
    assert client.get("/settings/").status_code == 302
    assert client.post("/settings/display/", CHOSEN).status_code == 302


def test_display_is_kept_and_shown(ada: Client) -> None:
    answer = ada.post("/settings/display/", CHOSEN)

    assert answer.status_code == 303
    page = ada.get("/settings/").content.decode()
    assert '<html lang="en" data-theme="sepia" data-size="22" data-width="narrow" data-leading="loose">' in page


def test_display_answers_htmx_without_a_page(ada: Client) -> None:
    answer = ada.post("/settings/display/", CHOSEN, headers=HTMX)

    assert answer.status_code == 204
    assert answer.content == b""


@pytest.mark.parametrize(
    "wrong", [{"theme": "neon"}, {"text_size": "14"}, {"text_size": "28"}, {"text_size": ""}, {"leading": ""}]
)
def test_display_refuses_what_it_does_not_know(ada: Client, world: World, wrong: dict[str, str]) -> None:
    answer = ada.post("/settings/display/", {**CHOSEN, **wrong})

    world.ada.refresh_from_db()
    assert answer.status_code == 422
    assert "errorlist" in answer.content.decode()
    assert 'data-theme="system"' in answer.content.decode()
    assert world.ada.theme == "system"


def test_display_goes_back_to_the_page_it_was_chosen_on(ada: Client) -> None:
    answer = ada.post("/settings/display/", {**CHOSEN, "next": "/articles/"})

    assert answer["Location"] == "/articles/"


@pytest.mark.parametrize("elsewhere", ["https://example.com/", "//example.com", "javascript:alert(1)", ""])
def test_display_never_leads_elsewhere(ada: Client, elsewhere: str) -> None:
    answer = ada.post("/settings/display/", {**CHOSEN, "next": elsewhere})

    assert answer["Location"] == "/settings/"


def test_display_rejects_get(ada: Client) -> None:
    assert ada.get("/settings/display/").status_code == 405
