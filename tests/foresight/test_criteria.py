"""A threshold in the words of a passage drafts the criteria; they are saved as they were sent."""

from html import unescape

import pytest
from django.test import Client

from reader.claims.models import Claim
from tests.claims.test_antecedents import composer, marked
from tests.foresight.pieces import looked_through
from tests.foresight.test_sweeps import swept
from tests.foresight.test_wordings import filled_in, found, of, post
from tests.world import World, make_article

WORTH = "If chips stay scarce, the lab will be worth at least $1 trillion by the end of 2027."
DRAFT = "Counts only if chips stay scarce. Happened if it comes to at least $1 trillion."


def test_the_criteria_are_drafted_with_the_words_they_come_from(cleo: Client, world: World) -> None:
    form = unescape(composer(cleo, make_article("On chips", world.cleo, html=f"<p>{WORTH}</p>"), WORTH))

    assert DRAFT in form
    assert "Read from “If chips stay scarce” and “at least $1 trillion”." in form
    assert "Numbers to judge it by" not in form
    assert not Claim.objects.exists()


def test_where_no_side_is_named_the_number_is_pointed_out(cleo: Client, world: World) -> None:
    words = "By 2027 half of all code will be written by machines."

    form = composer(cleo, make_article("On code", world.cleo, html=f"<p>{words}</p>"), words)

    assert "Numbers to judge it by: “half of all code”." in form
    assert "Happened if" not in form


@pytest.mark.parametrize(
    ("words", "is_open"),
    [
        ("By 2027 half of all code will be written by machines.", True),
        ("By 2027 the lab will be worth $1 trillion.", True),
        ("The lab won’t ship it before 2027.", True),
        ("The lab will ship it before 2027.", False),
    ],
)
def test_what_was_read_is_not_folded_away(cleo: Client, world: World, words: str, *, is_open: bool) -> None:
    form = composer(cleo, make_article("On code", world.cleo, html=f"<p>{words}</p>"), words)

    fold = form[: form.index("Wording and criteria")].rpartition("<details")[2]
    assert fold.startswith(" open>") == is_open


def test_what_the_reader_sends_is_saved_and_nothing_else(cleo: Client, world: World) -> None:
    article = make_article("On chips", world.cleo, html=f"<p>{WORTH}</p>")

    marked(cleo, article, WORTH)
    assert Claim.objects.get().criteria == ""
    Claim.objects.get().statements.get().highlight.delete_by(world.cleo)
    marked(cleo, article, WORTH, criteria="Happened if a quarter’s report says so.")

    assert Claim.objects.latest("pk").criteria == "Happened if a quarter’s report says so."


def test_in_bulk_too(cleo: Client, world: World) -> None:
    swept(world.cleo, looked_through("On chips", world.cleo, html=f"<p>{WORTH}</p>"))
    wording = found(WORTH).wording

    form = unescape(cleo.get(of(wording)).content.decode())
    post(cleo, of(wording), filled_in(WORTH, criteria=DRAFT))

    assert DRAFT in form
    assert Claim.objects.get().criteria == DRAFT
