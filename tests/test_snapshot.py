"""The world a test is given is whole, whatever the test before did with its own."""

from django.db import transaction

from tests.snapshot import Snapshot
from tests.world import people_and_pieces


def test_a_world_is_whole_after_its_first_piece_was_deleted(db: None) -> None:
    worlds = Snapshot(people_and_pieces)
    with transaction.atomic():
        worlds().public.delete()
        transaction.set_rollback(True)
    assert worlds().public.revisions.exists()
