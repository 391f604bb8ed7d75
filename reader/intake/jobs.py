"""What the clock does for what was handed in."""

from datetime import timedelta

from django.utils import timezone

from reader.core.jobs import job, nightly
from reader.intake.addresses import Fetch, carry_out
from reader.intake.models import Draft

#: How long a draft waits for its reader.
KEPT = timedelta(days=30)


@job
def fetch_address(fetch_id: int) -> None:
    """Fetch an address that a reader asked for; what came of it is on its page."""
    asked = Fetch.objects.filter(pk=fetch_id, ended_at=None).first()
    if asked:
        carry_out(asked)


@nightly(hour=4)
def forget_old_drafts() -> None:
    """Delete the drafts that were shelved, or that nobody came back to, and the addresses that gave none."""
    Fetch.objects.filter(asked_at__lt=timezone.now() - KEPT).delete()
    Draft.objects.filter(created_at__lt=timezone.now() - KEPT).delete()
