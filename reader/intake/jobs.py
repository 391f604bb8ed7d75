"""What the clock does for what was handed in."""

from datetime import timedelta

from django.utils import timezone

from reader.core.jobs import job, nightly
from reader.intake.addresses import Fetch, carry_out
from reader.intake.feeds import jobs as feeds
from reader.intake.images import jobs as images
from reader.intake.imports.models import OPEN, Import, ImportChunk, State
from reader.intake.imports.running import run_import
from reader.intake.imports.taking_back import take_back
from reader.intake.models import Draft
from reader.intake.parcels.awaiting import fetch_awaited
from reader.intake.parcels.walking import walk
from reader.intake.sending.post import Received, bring_received

__all__ = [
    "bring_received",
    "feeds",
    "fetch_address",
    "fetch_awaited",
    "forget_old_drafts",
    "forget_old_imports",
    "images",
    "run_import",
    "take_back",
    "walk",
]

#: How long a draft waits for its reader, and a file for being tried again.
KEPT = timedelta(days=30)
#: How long the log of an import is there to look something up.
REMEMBERED = timedelta(days=180)


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


@nightly(hour=4)
def forget_old_imports() -> None:
    """Delete the files that nobody tries again, and the logs of long ago."""
    ended = Import.objects.exclude(state__in=OPEN)
    ImportChunk.objects.filter(work__in=ended.filter(ended_at__lt=timezone.now() - KEPT)).delete()
    Import.objects.filter(state=State.ASKED, heard_at__lt=timezone.now() - KEPT).delete()
    Import.objects.filter(heard_at__lt=timezone.now() - REMEMBERED).delete()
    Received.objects.filter(brought_at__lt=timezone.now() - REMEMBERED).delete()
