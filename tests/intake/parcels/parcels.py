"""Files handed in as a browser does, and imports done as a worker does."""

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from reader.intake.imports.models import Import, ImportItem, State
from reader.intake.imports.running import carry_on
from reader.intake.parcels.models import Plan

NEW = "/imports/new/"


def packed(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


def hand_in(client: Client, *files: tuple[str, bytes | str]) -> Plan:
    """What is said of these files."""
    made = [SimpleUploadedFile(name, data.encode() if isinstance(data, str) else data) for name, data in files]
    answer = client.post(NEW, {"chosen": made, "seen_by": "private"})
    assert answer.status_code == 303, answer.content.decode()
    plan = Plan.objects.latest("pk")
    assert answer.headers["Location"] == plan.get_absolute_url()
    return plan


def let_in(client: Client, plan: Plan) -> Import:
    """The import, once its reader said yes and a worker did it."""
    answer = client.post(plan.get_absolute_url())
    work = Import.objects.get(pk=plan.work_id)
    assert (answer.status_code, answer.headers["Location"]) == (303, work.get_absolute_url())
    return run(work)


def run(work: Import) -> Import:
    assert work.take_up()
    assert carry_on(work, 60)
    work.refresh_from_db()
    assert work.state == State.DONE, work.refusal
    return work


def bring(client: Client, *files: tuple[str, bytes | str]) -> Import:
    return let_in(client, hand_in(client, *files))


def log_of(work: Import) -> list[tuple[str, str, str]]:
    return list(ImportItem.objects.filter(work=work).order_by("pk").values_list("name", "outcome", "sentence"))
