"""The log of changes."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import OperationalError, connection, transaction

from reader.core.events import record
from reader.core.models import Event
from reader.core.visibility import Scope, Visibility
from reader.library.models import Article
from tests.world import World, make_article, make_world

ON_POSTGRESQL = connection.vendor == "postgresql"


def test_an_event_says_who_did_what_to_which_thing_and_who_may_know(world: World) -> None:
    with transaction.atomic():
        event = record(world.ada, "renamed", world.shared, article_id=world.shared.pk, before="Notes")

    event.refresh_from_db()
    assert (event.actor, event.verb, event.subject_kind, event.subject_id) == (
        world.ada,
        "renamed",
        "article",
        world.shared.pk,
    )
    assert (event.visibility, event.team, event.owner) == (Visibility.TEAM, world.foundry, world.ada)
    assert event.detail == {"before": "Notes"}


def test_an_event_is_seen_by_those_who_see_its_thing(world: World) -> None:
    shelved = Event.objects.filter(verb="shelved")

    assert set(shelved.visible_to(world.dov).values_list("subject_id", flat=True)) == {
        world.public.pk,
        world.elsewhere.pk,
    }


def test_what_one_does_for_oneself_is_nobody_elses_business(world: World) -> None:
    with transaction.atomic():
        event = record(world.cleo, "tagged", world.public, scope=Scope(world.cleo.pk))

    assert event.visibility == Visibility.PRIVATE
    assert event in Event.objects.visible_to(world.cleo)
    assert event not in Event.objects.visible_to(world.ada)


def test_a_change_that_fails_leaves_no_event(world: World) -> None:
    before = Event.objects.count()

    with pytest.raises(InterruptedError):
        write_and_fail(world)

    assert Event.objects.count() == before


def write_and_fail(world: World) -> None:
    with transaction.atomic():
        record(world.ada, "broke", world.public)
        raise InterruptedError


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused() -> None:
    world = make_world()

    with pytest.raises(RuntimeError, match="outside a transaction"):
        record(world.ada, "strayed", world.public)


@contextmanager
def someone_else_writing(article: Article) -> Iterator[threading.Event]:
    """Another connection that has written its event and commits when told to."""
    written, commit = threading.Event(), threading.Event()

    def write() -> None:
        try:
            with transaction.atomic():
                record(None, "first", article)
                written.set()
                commit.wait(10)
        finally:
            connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    assert written.wait(10)
    try:
        yield commit
    finally:
        commit.set()
        writer.join(10)


@pytest.mark.skipif(not ON_POSTGRESQL, reason="SQLite has one writer at a time: ids cannot appear out of order there")
@pytest.mark.django_db(transaction=True)
def test_event_ids_become_visible_in_order() -> None:
    """A later id must not be committed while an earlier one still waits: a cursor would pass it by."""
    article = make_article("In order", make_world().ada)

    with someone_else_writing(article) as commit:
        threading.Timer(0.3, commit.set).start()
        with transaction.atomic():
            second = record(None, "second", article)
            seen = list(Event.objects.filter(verb="first").values_list("pk", flat=True))

    assert len(seen) == 1
    assert seen[0] < second.pk


@pytest.mark.skipif(not ON_POSTGRESQL, reason="SQLite queues writers by itself, with its own time limit")
@pytest.mark.django_db(transaction=True)
def test_a_writer_waits_for_the_one_before() -> None:
    article = make_article("In order", make_world().ada)

    with someone_else_writing(article), pytest.raises(OperationalError, match="lock timeout"):
        write_impatiently(article)


def write_impatiently(article: Article) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '200ms'")
        record(None, "second", article)
