"""The world a test is given is whole, whatever the test before did with its own."""

from django.core.management.color import no_style
from django.db import connection, transaction

from reader.accounts.models import User
from tests.snapshot import Snapshot
from tests.world import make_person, people_and_pieces


def test_a_world_is_whole_after_its_first_piece_was_deleted(db: None) -> None:
    worlds = Snapshot(people_and_pieces)
    with transaction.atomic():
        worlds().public.delete()
        transaction.set_rollback(True)
    assert worlds().public.revisions.exists()


def test_what_is_made_next_has_keys_of_its_own_though_counting_began_anew(db: None) -> None:
    worlds = Snapshot(people_and_pieces)
    with transaction.atomic():
        kept = worlds()
        transaction.set_rollback(True)
    first = min(kept.ada.pk, kept.ben.pk)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_by_name_sql(
            no_style(), [{"table": User._meta.db_table, "column": "id"}]
        ):
            cursor.execute(statement)

    worlds()

    assert make_person("Nell").pk > first
