"""The administration: a place to look things up, not a way around who sees what."""

import pytest
from django.test import Client

from tests.claims.predictions import make_claim
from tests.world import World


def test_it_lists_only_what_the_administrator_may_read(world: World, ada: Client) -> None:
    make_claim(world.private, "Nobody trains from scratch before 2030", world.cleo)

    articles = ada.get("/admin/reader/article/").content.decode()

    assert "Notes for the Foundry" in articles
    assert "For Cleo alone" not in articles
    assert "Nobody trains" not in ada.get("/admin/reader/claim/").content.decode()
    assert ada.get(f"/admin/reader/article/{world.private.pk}/change/").status_code == 302


@pytest.mark.parametrize("action", ["add/", "{pk}/delete/"])
def test_it_changes_nothing(world: World, ada: Client, action: str) -> None:
    assert ada.get(f"/admin/reader/article/{action.format(pk=world.public.pk)}").status_code == 403


def test_it_requires_staff(world: World, cleo: Client) -> None:
    assert cleo.get("/admin/reader/article/").status_code == 302
