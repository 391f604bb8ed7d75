"""What the clock reminds people of."""

from datetime import timedelta

from django.utils import timezone

from reader.claims.models import Claim
from reader.claims.queries import FELL_DUE
from reader.core.jobs import nightly
from reader.core.models import Event
from reader.notices.models import Kind, Notice
from reader.notices.telling import notify

#: How far back the log is looked through: the nights that a stopped worker may have missed.
REACH = timedelta(days=14)


@nightly(hour=3, minute=30)
def tell_what_fell_due() -> None:
    """Tell the owners of claims that their windows have ended, from what the log says of it; each window once."""
    since = timezone.now() - REACH
    fell = Event.objects.filter(verb=FELL_DUE, at__gte=since).values_list("subject_id", "detail")
    due = {f"claim-{claim}-{detail['window_end']}": claim for claim, detail in fell}
    told = Notice.objects.filter(kind=Kind.DUE, key__in=due).values_list("key", flat=True)
    for key in due.keys() - set(told):
        claim = Claim.objects.standing().filter(pk=due[key]).select_related("owner").first()
        if claim and claim.verdict_id is None and key.endswith(f"-{claim.window_end}"):
            notify(claim.owner, Kind.DUE, key, claim=claim)
