"""What the clock does for the ledger."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from reader.claims.queries import FELL_DUE, newly_due
from reader.core.events import let_ids_appear_in_order, record
from reader.core.jobs import nightly

#: How far back a worker that was down looks; a claim older than that fell due before anybody kept it here.
REACH = timedelta(days=400)


@nightly(hour=3)
def mark_what_fell_due() -> None:
    """Write one event for each claim whose window has ended: what reminders and work lists are made from."""
    today = timezone.localdate()
    for key in list(newly_due(today, REACH).values_list("pk", flat=True)):
        with transaction.atomic():
            let_ids_appear_in_order()
            # Asked again under the lock: another worker may have told it, or a reader changed it, meanwhile.
            claim = newly_due(today, REACH).filter(pk=key).first()
            if claim:
                record(None, FELL_DUE, claim, window_end=str(claim.window_end))
