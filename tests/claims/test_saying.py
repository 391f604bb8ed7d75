"""The form of a prediction, filled in from its words; nothing of it is kept that no form showed."""

from django.test import Client

from reader.claims.models import Stance, Statement
from reader.core.visibility import Visibility
from tests.conftest import signed_in
from tests.foresight.pieces import looked_through
from tests.library.pieces import shelve_piece
from tests.world import World

SAID = "If rates stay low, Metaculus expects that chips will probably get 10× cheaper by 2030."
CASTELL = "Castell says there is a 70% chance that prices fall by 2027."
ANG = "Jensen Ang predicts that phones vanish by 2040."


def form_of(client: Client, world: World, words: str) -> str:
    article = looked_through("Sayings", world.cleo, html=f"<p>{words}</p>")
    asked = {"exact": words, "kind": "prediction"}
    return client.get(f"{article.get_absolute_url()}highlights/new/", asked).content.decode()


def test_it_proposes_what_the_words_say_and_shows_them(cleo: Client, world: World) -> None:
    form = form_of(cleo, world, SAID)

    assert 'name="speaker" value="Metaculus"' in form
    assert 'name="reported_by" value="Mira Castell"' in form
    assert 'value="reports" selected' in form
    assert 'name="hedge" value="probably"' in form
    assert "Counts only if rates stay low." in form
    for words in ("Metaculus expects", "If rates stay low", "10×"):
        assert f"“{words}”" in form
    assert "heard as 71 %" in form


def test_an_author_by_surname_is_the_author(cleo: Client, world: World) -> None:
    form = form_of(cleo, world, CASTELL)

    assert 'name="speaker" value="Mira Castell"' in form
    assert 'value="asserts" selected' in form
    assert 'name="stated_percent" value="70' in form


def test_who_disagrees_with_somebody_disputes_it_in_their_own_name(cleo: Client, world: World) -> None:
    form = form_of(cleo, world, f"{SAID.removesuffix('.')}, but I think they are wrong.")

    assert 'name="speaker" value="Mira Castell"' in form
    assert 'value="disputes" selected' in form
    assert f">\n{SAID}</textarea>" in form
    assert 'name="reported_by" maxlength' in form
    assert 'name="hedge" value="' not in form
    assert "Read from “but I think they are wrong”. Word the statement as what they dispute." in form
    assert "<details data-retold open" in form


def test_an_author_who_is_quoted_disputes_nothing_of_their_own(cleo: Client, world: World) -> None:
    assert 'value="asserts" selected' in form_of(cleo, world, "Castell expects it by 2027, but I think she is wrong.")


def test_somebody_known_here_keeps_their_name(cleo: Client, world: World) -> None:
    shelve_piece(world.ada, "Of somebody", Visibility.PUBLIC, authors=["JENSEN ANG"])

    assert 'name="speaker" value="JENSEN ANG"' in form_of(cleo, world, ANG)


def test_somebody_whom_the_readers_of_the_piece_do_not_know_betrays_nothing(world: World) -> None:
    shelve_piece(world.dov, "Of somebody", Visibility.TEAM, world.harbour, authors=["JENSEN ANG"])

    assert 'name="speaker" value="Jensen Ang"' in form_of(signed_in(world.cleo), world, ANG)


def test_what_no_form_showed_is_not_kept(cleo: Client, world: World) -> None:
    article = looked_through("Sayings", world.cleo, html=f"<p>{SAID}</p>")

    cleo.post(
        f"{article.get_absolute_url()}highlights/", {"exact": SAID, "kind": "prediction", "visibility": "private"}
    )

    kept = Statement.objects.get()
    assert (kept.speaker and kept.speaker.name, kept.stance, kept.hedge) == ("Mira Castell", Stance.ASSERTS, "")
    assert kept.claim.criteria == ""
