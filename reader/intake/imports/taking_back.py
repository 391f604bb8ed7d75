"""Taking an import back: what it made goes, but for what somebody has built on since."""

import time

from django.db import transaction
from django.db.models import Exists, F, Subquery
from django.utils import timezone

from reader.accounts.models import User
from reader.core.events import let_ids_appear_in_order
from reader.core.jobs import job
from reader.core.refusals import Refused
from reader.highlights.withdrawing import withdraw
from reader.intake.imports.made import Made
from reader.intake.imports.models import ENDED, Import, State
from reader.intake.imports.running import SLICE
from reader.intake.imports.weighing import GOES, addresses_alone, find, heirs
from reader.library.removing import remove

#: The pieces of one transaction: others want to write meanwhile.
BATCH = 20


def begin(work: Import) -> None:
    """Have a worker take it back.

    Raises:
        Refused: it goes on, or is taken back already.
    """
    with transaction.atomic():
        let_ids_appear_in_order()
        taken = Import.objects.filter(pk=work.pk, state__in=ENDED).update(
            state=State.TAKING,
            ended_at=None,
            heard_at=timezone.now(),
            to_take=work.made.values("article").distinct().count(),
        )
        if not taken:
            raise Refused("This import goes on, or is taken back already. Nothing was changed.")
        work.refresh_from_db()
        work.tell("began to take back", work.owner)
        take_back.enqueue(import_id=work.pk)


@job
def take_back(import_id: int) -> None:
    """Go on with it, for a while."""
    work = Import.objects.filter(pk=import_id, state=State.TAKING).select_related("owner").first()
    if work and not carry_on(work):
        take_back.enqueue(import_id=import_id)


def go_on(work: Import) -> None:
    """Let another worker have what lost its own."""
    Import.objects.filter(pk=work.pk, state=State.TAKING).update(heard_at=timezone.now())
    take_back.enqueue(import_id=work.pk)


def carry_on(work: Import, seconds: float = SLICE) -> bool:
    """Take back piece after piece, for so many seconds; whether there is nothing left to do."""
    until = time.monotonic() + seconds
    forget_addresses(work)
    while take_some(work):
        if time.monotonic() > until:
            return False
    finish(work)
    return True


def forget_addresses(work: Import) -> None:
    """What still waits for its text waits no more, but for what another import named too: that is its own now."""
    with transaction.atomic():
        let_ids_appear_in_order()
        hand_on(work)
        _, gone = addresses_alone(work).delete()
        work.still_awaited.delete()  # the others go without a word, with their pieces
        count = gone.get(work.awaited.model._meta.label, 0)
        Import.objects.filter(pk=work.pk).update(taken_addresses=F("taken_addresses") + count)


def hand_on(work: Import) -> None:
    heir = heirs().order_by("pk")
    work.still_awaited.filter(Exists(heir)).update(
        work=Subquery(heir.values("pk")[:1]),
        visibility=Subquery(heir.values("visibility_of_pieces")[:1]),
        team=Subquery(heir.values("team_of_pieces")[:1]),
    )


def take_some(work: Import) -> bool:
    """Take back what the import made in the next pieces; whether there were any."""
    with transaction.atomic():
        let_ids_appear_in_order()
        left = work.made.filter(stays=GOES).order_by("article")
        ids = list(left.values_list("article", flat=True).distinct()[:BATCH])
        if not ids:
            return False
        by = User.objects.get(pk=work.owner_id)  # with the rights of this moment: a slice is long
        found = find(by, work.made.filter(article__in=ids, stays=GOES))
        withdraw(found.going_marks, found.going_notes, by)
        remove(found.going_pieces, by)
        Made.objects.bulk_update(found.staying, ["stays"])
        Import.objects.filter(pk=work.pk).update(
            heard_at=timezone.now(),
            looked_at=F("looked_at") + len(ids),
            taken_pieces=F("taken_pieces") + len(found.going_pieces),
            taken_marks=F("taken_marks") + len(found.going_marks),
        )
    return True


def finish(work: Import) -> None:
    with transaction.atomic():
        let_ids_appear_in_order()
        over = {"state": State.TAKEN, "ended_at": timezone.now()}
        if Import.objects.filter(pk=work.pk, state=State.TAKING).update(**over):
            work.refresh_from_db()
            work.chunks.all().delete()
            stays = work.made.values("article").distinct().count()
            work.tell("took back", work.owner, pieces=work.taken_pieces, marks=work.taken_marks, stays=stays)
