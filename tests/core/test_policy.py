import base64
import hashlib
import json
import re

import pytest
from django.test import Client

from tests.world import World

ADDRESSES = ["/", "/articles/", "/claims/", "/tags/", "/settings/", "/accounts/2fa/", "/no/such/page", "/healthz"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_carries_the_policy(ada: Client, address: str) -> None:
    policy = ada.get(address)["Content-Security-Policy"]

    assert policy.startswith("default-src 'none'; script-src 'self' 'sha256-")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize("address", ADDRESSES)
def test_pages_stay_in_the_readers_own_browser(ada: Client, address: str) -> None:
    kept = ada.get(address)["Cache-Control"]

    assert "private" in kept
    assert "no-cache" in kept


def test_a_part_is_not_taken_for_the_page_of_its_address(ada: Client) -> None:
    assert "HX-Request-Type" in ada.get("/articles/")["Vary"]


def test_the_one_inline_script_is_the_import_map_that_the_policy_names(ada: Client) -> None:
    answer = ada.get("/settings/")
    scripts = re.findall(r"<script(?![^>]*\bsrc=)([^>]*)>(.*?)</script>", answer.content.decode(), re.DOTALL)

    [(attributes, text)] = scripts
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    assert 'type="importmap"' in attributes
    assert f"'sha256-{digest}'" in answer["Content-Security-Policy"]
    assert re.fullmatch(r"/static/vendor/htmx\.esm\.min\.\w{12}\.js", json.loads(text)["imports"]["htmx"])


def test_no_page_is_styled_or_scripted_inline(ada: Client, world: World) -> None:
    for address in ["/", "/articles/", "/claims/", "/tags/", "/settings/", world.public.get_absolute_url()]:
        page = ada.get(address).content.decode()

        assert not re.search(r"<style|\sstyle=|\son[a-z]+=", page), address
