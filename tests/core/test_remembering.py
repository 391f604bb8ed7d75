"""What is kept until something happens: never longer, and never what may yet be taken back."""

import pytest
from django.db import transaction

from reader.core.events import record
from reader.core.models import Event
from reader.core.remembering import until_something_happens
from reader.library.models import Article
from tests.world import World, make_world

asked: list[str] = []


@until_something_happens(2)
def title(pk: int) -> str:
    asked.append("title")
    return Article.objects.get(pk=pk).title


@pytest.fixture
def lasting(transactional_db: None) -> World:
    asked.clear()
    return make_world()


def rename(world: World, name: str) -> None:
    with transaction.atomic():
        Article.objects.filter(pk=world.public.pk).update(title=name)
        record(world.ada, "renamed", world.public)


def test_it_is_computed_once_while_nothing_happens(lasting: World) -> None:
    assert title(lasting.public.pk) == title(lasting.public.pk)
    assert len(asked) == 1


def test_whatever_happens_has_it_computed_anew(lasting: World) -> None:
    before = title(lasting.public.pk)
    rename(lasting, "Another name")
    assert (before, title(lasting.public.pk)) == (before, "Another name")
    assert before != "Another name"


def test_each_thing_has_its_own(lasting: World) -> None:
    assert title(lasting.public.pk) != title(lasting.shared.pk)


def test_what_is_taken_back_was_never_kept(lasting: World) -> None:
    before = title(lasting.public.pk)
    with transaction.atomic():
        rename(lasting, "For a moment")
        assert title(lasting.public.pk) == "For a moment"
        transaction.set_rollback(True)
    rename(lasting, "For good")

    assert title(lasting.public.pk) == "For good"
    assert before != "For good"


def test_a_library_that_was_set_back_is_another(lasting: World) -> None:
    """Its numbers are given again, to other events."""
    rename(lasting, "Lost with the disk")
    assert title(lasting.public.pk) == "Lost with the disk"
    lost = Event.objects.latest("id")
    lost.delete()
    Article.objects.filter(pk=lasting.public.pk).update(title="After the backup")
    Event(
        pk=lost.pk,
        actor=lasting.ada,
        verb="renamed",
        subject_kind="article",
        subject_id=lasting.public.pk,
        visibility="public",
    ).save(force_insert=True)

    assert title(lasting.public.pk) == "After the backup"
