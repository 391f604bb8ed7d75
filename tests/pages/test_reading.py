from django.test import Client

from tests.world import World, make_highlight


def test_it_works(cleo: Client, world: World) -> None:
    highlight = make_highlight(world.shared, "small models", world.cleo)

    response = cleo.get(world.shared.get_absolute_url())

    page = response.content.decode()
    assert f'<mark id="h-{highlight.pk}"' in page
    assert f'<li class="card" id="highlight-{highlight.pk}"' in page
    assert "The team Foundry sees this" in page
