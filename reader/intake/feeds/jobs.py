"""What the clock does for feeds."""

from django.utils import timezone

from reader.core.jobs import job, nightly, often
from reader.intake.feeds import following
from reader.intake.feeds.earlier import look_up
from reader.intake.feeds.models import UNDOABLE, EntryState, Feed, FeedEntry
from reader.intake.feeds.rounds import make_round

__all__ = ["ask_now", "bring_earlier", "following", "forget_removed_feeds", "poll_feeds"]

#: Whatever a reader waits for comes first.
BEHIND_READERS = -10


@job
def ask_now() -> None:
    """Ask what is due, a while at a time."""
    if make_round():
        ask_soon()


@job
def bring_earlier(entry_id: int) -> None:
    """Bring in a piece that stood in a feed before it was followed."""
    waiting = FeedEntry.objects.filter(pk=entry_id, state=EntryState.WAITING, feed__removed_at=None)
    row = waiting.select_related("feed__owner").first()
    if row and look_up(row):
        ask_soon()


@often(minutes=5)
def poll_feeds() -> None:
    """See to it that what is due is asked."""
    ask_soon()


def ask_soon() -> None:
    ask_now.using(priority=BEHIND_READERS).enqueue()


@nightly(hour=4)
def forget_removed_feeds() -> None:
    Feed.objects.filter(removed_at__lt=timezone.now() - UNDOABLE).delete()
