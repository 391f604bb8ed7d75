"""Two texts beside each other: a paragraph that only went elsewhere says so."""

import re

import pytest
from django.test import Client

from reader.core.sanitising import clean, text_of
from reader.core.visibility import Visibility
from reader.library.models import Text
from tests.library.pieces import shelve_piece
from tests.world import World

pytestmark = pytest.mark.django_db

ONE, TWO = "The foundries have ordered machines.", "Prices will fall by half before spring."
LONG = "Every quarter the analysts write down what they expect, and nobody reads it again in the year after."


def paragraphs(*words: str) -> Text:
    html = clean("".join(f"<p>{one}</p>" for one in words))
    return Text(html=html, text=text_of(html), raw="", source_kind="paste_text")


def test_a_paragraph_that_moved_says_so_at_both_places(ada: Client, world: World) -> None:
    article = shelve_piece(world.ada, "Chips", Visibility.PUBLIC)
    article.revise(paragraphs(ONE, LONG, TWO), world.ada)
    article.revise(paragraphs(LONG, TWO, ONE, "And this is new, of quinces."), world.ada)

    page = ada.get(f"{article.get_absolute_url()}revisions/3/comparison/").content.decode()

    assert re.findall(r'class="moved whole">([^<]+)<', page) == ["Moved away", "Moved here"]
    assert "Only in the newer text:" in page
    assert "Only in the older text:" not in page
