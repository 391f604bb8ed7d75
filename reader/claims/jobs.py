"""What the clock does for the ledger."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from reader.claims.queries import newly_due
from reader.core.events import record
from reader.core.jobs import nightly

#: How far back a worker that was down looks; a claim older than that fell due before anybody kept it here.
REACH = timedelta(days=400)


@nightly(hour=3)
def mark_what_fell_due() -> None:
    """Write one event for each claim whose window has ended: what reminders and work lists are made from."""
    for claim in newly_due(timezone.localdate(), REACH):
        with transaction.atomic():
            record(None, "fell due", claim, window_end=str(claim.window_end))
