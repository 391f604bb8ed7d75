"""What the clock does for the desk."""

from django.utils import timezone

from reader.core.jobs import nightly
from reader.curation import pairs
from reader.curation.models import Hold


@nightly(hour=2)
def look_for_duplicates() -> None:
    """Suggest the claims and tags that may be one; only a curator merges them."""
    pairs.find_duplicates()
    pairs.find_lookalikes()


@nightly(hour=2, minute=30)
def forget_lapsed_holds() -> None:
    Hold.objects.filter(until__lt=timezone.now()).delete()
