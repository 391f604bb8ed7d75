"""An older version is put in again, with its tables as they were."""

import pytest
from django.core.management import call_command
from django.db import connection

from reader.intake.imports.models import Door, Import, State
from reader.intake.imports.taking_back import begin, finish
from tests.world import make_world

BEFORE_TAKING_BACK = "0028"
STATES = "SELECT state, ended_at IS NOT NULL FROM reader_import ORDER BY id"


@pytest.mark.django_db(transaction=True)
def test_imports_that_are_taken_back_are_stopped_ones_there() -> None:
    reader = make_world().cleo
    for _ in range(3):
        Import.begin(reader, Door.EXPORT, "notes.json").finish()
    on_its_way, gone, _ = Import.objects.order_by("pk")
    begin(on_its_way)
    begin(gone)
    finish(gone)
    try:
        call_command("migrate", "reader", BEFORE_TAKING_BACK, verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute(STATES)
            rows = [(state, bool(is_over)) for state, is_over in cursor.fetchall()]
    finally:
        call_command("migrate", "reader", verbosity=0)
    assert rows == [("cancelled", True), ("cancelled", True), ("done", True)]
    assert Import.objects.filter(state=State.CANCELLED).count() == 2
