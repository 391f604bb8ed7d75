"""A piece that comes in by another door while a worker brings what its address answered."""

import threading
import time
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from reader.core.events import let_ids_appear_in_order
from reader.intake.parcels.awaiting import arrived, finish
from reader.intake.parcels.models import Awaited
from reader.library.models import Article
from tests.intake.parcels.test_exports import URL, piece_at
from tests.threads import PATIENCE
from tests.world import World, make_world

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
    pytest.mark.django_db(transaction=True),
]

WAITING = """
SELECT 1 FROM pg_locks JOIN pg_database ON pg_database.oid = database
WHERE datname = current_database() AND locktype = 'advisory' AND NOT granted
"""


def hand_in(piece: Article, world: World) -> None:
    arrived(piece, world.cleo)


def find_it_here(piece: Article, world: World) -> None:
    finish(Awaited.objects.get(), piece)


def wait_till_it_waits_for_the_log() -> None:
    until = time.monotonic() + PATIENCE
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute(WAITING)
            if cursor.fetchall():
                return
            time.sleep(0.01)
    raise AssertionError("it never waited for the log")


@pytest.mark.parametrize("come", [hand_in, find_it_here])
def test_it_takes_nothing_while_it_waits_for_the_log_and_says_nothing_twice(
    come: Callable[[Article, World], None],
) -> None:
    world = make_world()
    one, piece = Awaited.objects.create(owner=world.cleo, url=URL, notes=["Read this"]), piece_at(URL, world)
    other = threading.Thread(target=come_and_go, args=[come, piece, world])

    with transaction.atomic():  # as `settle` does
        let_ids_appear_in_order()
        other.start()
        wait_till_it_waits_for_the_log()
        assert Awaited.objects.select_for_update(nowait=True).get() == one
        assert one.end(article=piece)
    other.join(PATIENCE)

    assert not other.is_alive()
    assert not piece.notes.exists()


def come_and_go(come: Callable[[Article, World], None], piece: Article, world: World) -> None:
    try:
        come(piece, world)
    finally:
        connection.close()
