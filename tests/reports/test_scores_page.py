"""The page that says how scores are computed."""

import re

from django.test import Client

from tests.conftest import ROOT
from tests.world import World


def test_it_works(db: None, client: Client) -> None:
    html = client.get("/scores/").content.decode()

    assert "<h1>How scores are computed</h1>" in html
    assert "0.00125 − 0.05 + 0.25 − 0.02825 = 0.173" in html
    assert '<table class="ledger">' in html


def test_every_link_to_a_part_of_it_finds_that_part(world: World, client: Client) -> None:
    there = set(re.findall(r'<h\d id="([^"]+)"', client.get("/scores/").content.decode()))
    pages = "".join(path.read_text() for path in (ROOT / "templates").rglob("*.html"))
    linked = set(re.findall(r"\{% url 'scores' %\}#([a-z-]+)", pages))

    assert linked
    assert linked <= there


def test_it_rejects_post(db: None, client: Client) -> None:
    assert client.post("/scores/").status_code == 405
