"""Files on their way to an import: several become one, and all of it is kept until its reader has said yes."""

import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from reader.core.refusals import Refused
from reader.intake.imports import Door, Import, keep, queue
from reader.intake.imports.models import State
from reader.intake.parcels.contents import TOGETHER
from reader.intake.parcels.models import Plan
from reader.intake.parcels.planning import plan_for

if TYPE_CHECKING:
    from reader.accounts.models import User

PART = 1024 * 1024


def hand_in(files: "list[UploadedFile[Any]]", reader: "User", audience: dict[str, Any]) -> Plan:
    """Keep what was handed in, and say what it would bring.

    Raises:
        Unopened: there is nothing in it.
        TooMany: the reader began many of late.
    """
    with as_one(files) as (file, name):
        plan = plan_for(reader, name, file)
        door = Door.MAIL if plan.mails == plan.things else Door.EXPORT
        with transaction.atomic():
            plan.work = Import.begin(reader, door, name, state=State.ASKED, form=plan.app[:20], **audience)
            plan.save()
        file.seek(0)
        keep(plan.work, iter(lambda: file.read(PART), b""))  # part by part: others write in between
    return plan


def confirm(plan: Plan) -> None:
    """Let it come in.

    Raises:
        Refused: it was begun already, or given up.
    """
    with transaction.atomic():
        asked = Import.objects.filter(pk=plan.work_id, state=State.ASKED)
        if not asked.update(state=State.QUEUED, heard_at=timezone.now()):
            raise Refused("This is on its way already.")
        Plan.objects.filter(pk=plan.pk).update(confirmed_at=timezone.now())
        queue(plan.work)


def give_up(plan: Plan) -> None:
    """Forget a file that is not to come in."""
    Import.objects.filter(pk=plan.work_id, state=State.ASKED).delete()


@contextmanager
def as_one(files: "list[UploadedFile[Any]]") -> "Iterator[tuple[IO[bytes], str]]":
    """The file; or all of them in an archive, as they are."""
    if len(files) == 1:
        yield files[0], files[0].name or "A file"
        return
    with tempfile.TemporaryFile() as made:
        with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
            archive.comment = TOGETHER
            for number, file in enumerate(files, 1):
                with archive.open(f"{number:04} {file.name}", "w", force_zip64=True) as entry:
                    for part in file.chunks():
                        entry.write(part)
        made.seek(0)
        yield made, f"{len(files)} files"
