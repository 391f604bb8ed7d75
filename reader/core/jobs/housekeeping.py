"""The queue's own nightly job."""

from datetime import timedelta

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from reader.core.jobs import nightly

#: How long the queue remembers what it did; a failure is kept longer, for someone to look into.
REMEMBER_DONE = timedelta(days=14)
REMEMBER_FAILED = timedelta(days=90)


@nightly(hour=4)
def forget_old_results() -> None:
    now = timezone.now()
    DBTaskResult.objects.successful().filter(finished_at__lt=now - REMEMBER_DONE).delete()
    DBTaskResult.objects.failed().filter(finished_at__lt=now - REMEMBER_FAILED).delete()
