from django.test import Client

from reader.tags.models import Tag, tags_named
from tests.world import World


def suggested(client: Client, typed: str) -> str:
    return client.get("/tags/suggestions/", {"q": typed}).content.decode()


def test_it_works(cleo: Client, world: World) -> None:
    tags_named(["Open models", "prices", "small open-weights"], world.private)

    assert suggested(cleo, "pri") == '<option value="prices"></option>'
    assert suggested(cleo, "OPEN").count("<option") == 2


def test_it_completes_the_last_of_several(cleo: Client, world: World) -> None:
    tags_named(["prices", "chips"], world.private)

    assert suggested(cleo, "chips, #pr") == '<option value="prices"></option>'


def test_a_name_in_two_scopes_comes_once(cleo: Client, world: World) -> None:
    for scope in (world.private, world.shared, world.public):
        tags_named(["chips"], scope)

    assert suggested(cleo, "ch").count("<option") == 1


def test_it_shows_only_what_one_may_see(cleo: Client, client: Client, world: World) -> None:
    tags_named(["harbour secret"], world.elsewhere)
    tags_named(["everyone's"], world.public)

    assert suggested(cleo, "har") == ""
    assert "everyone&#x27;s" in suggested(client, "")


def test_it_stays_short(cleo: Client, world: World) -> None:
    tags_named([f"tag {number}" for number in range(40)], world.private)

    assert suggested(cleo, "").count("<option") == 12
    assert Tag.objects.count() == 40


def test_it_survives_anything_typed(cleo: Client, world: World) -> None:
    tags_named(["100% sure"], world.private)

    assert suggested(cleo, "\x00%_\\'\"") == ""
    assert suggested(cleo, "100%").count("<option") == 1
