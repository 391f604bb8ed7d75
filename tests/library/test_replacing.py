"""A piece gets a new text."""

from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from reader.core.models import Event
from reader.core.refusals import Refused
from reader.library.models import Article, Reading, Revision, Text
from reader.library.refusals import SameText
from tests.library.pieces import as_text
from tests.threads import at_once
from tests.world import World, make_world, newest

pytestmark = pytest.mark.django_db


def test_it_works(world: World) -> None:
    after = world.private.revise(as_text("All of it is new."), world.cleo)

    kept = Article.objects.get(pk=world.private.pk)
    assert (kept.words, kept.revised_at) == (5, after.created_at)
    assert Event.objects.get(verb="revised", detail__revision=after.pk).actor == world.cleo


def test_a_piece_that_never_changed_says_so(world: World) -> None:
    assert Article.objects.get(pk=world.private.pk).revised_at is None


def test_the_same_text_makes_no_revision(world: World) -> None:
    kept, events = newest(world.private), Event.objects.count()
    again = Text(html=kept.html, text=kept.text, raw="pasted once more", source_kind="paste_text")

    with pytest.raises(SameText, match="already"):
        world.private.revise(again, world.cleo)

    assert newest(world.private) == kept
    assert Event.objects.count() == events


def test_other_links_in_the_same_words_are_another_text(world: World) -> None:
    kept = newest(world.private)
    linked = kept.html.replace("small models", '<a href="https://example.org">small models</a>', 1)

    after = world.private.revise(Text(html=linked, text=kept.text, raw="", source_kind="paste"), world.cleo)

    assert after.number == 2


@pytest.mark.parametrize("words", ["", " \n\t ", "# ", "— ☙ —"])
def test_an_empty_text_is_refused(world: World, words: str) -> None:
    with pytest.raises(Refused, match="no words"):
        world.private.revise(as_text(words), world.cleo)

    assert newest(world.private).number == 1


def test_it_requires_the_right_to_change_the_piece(world: World) -> None:
    with pytest.raises(PermissionDenied):
        world.public.revise(as_text("Not hers."), world.cleo)

    assert newest(world.public).number == 1


def test_a_reader_is_where_they_were(world: World) -> None:
    before = newest(world.private)
    at = before.text.index("Prices fall")
    reading = Reading.objects.create(article=world.private, reader=world.cleo, position=at)

    longer = f"A foreword of many words.\n{before.text}"
    after = world.private.revise(as_text(longer), world.cleo)

    reading.refresh_from_db()
    assert after.text[reading.position :].startswith("Prices fall")


def test_a_reader_at_the_end_of_an_old_text_does_no_harm(world: World) -> None:
    reading = Reading.objects.create(article=world.private, reader=world.cleo, position=99_999)

    after = world.private.revise(as_text("Short."), world.cleo)

    reading.refresh_from_db()
    assert reading.position <= len(after.text)


@pytest.mark.django_db(transaction=True)
def test_two_texts_at_once_come_one_after_the_other() -> None:
    world = make_world()

    def revise(words: str) -> None:
        Article.objects.get(pk=world.private.pk).revise(as_text(words), world.cleo)

    rounds = 8 if connection.vendor == "postgresql" else 2
    for number in range(rounds):
        at_once(partial(revise, f"One of {number}."), partial(revise, f"Two of {number}."))

    numbers = Revision.objects.filter(article=world.private).values_list("number", flat=True)
    assert list(numbers) == list(range(1, 2 * rounds + 2))
