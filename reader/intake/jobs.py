"""What the clock does for what was handed in."""

from datetime import timedelta

from django.utils import timezone

from reader.core.jobs import nightly
from reader.intake.models import Draft

#: How long a draft waits for its reader.
KEPT = timedelta(days=30)


@nightly(hour=4)
def forget_old_drafts() -> None:
    """Delete the drafts that were shelved, or that nobody came back to."""
    Draft.objects.filter(created_at__lt=timezone.now() - KEPT).delete()
