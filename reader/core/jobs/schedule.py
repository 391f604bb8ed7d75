"""The nightly runs that stand in the queue."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from reader.core.jobs.clock import QUEUE, Nightly, Often


def plan(jobs: Iterable[Nightly | Often]) -> None:
    """Queue the next run of each job, once however many workers ask, and take out what is no longer declared so."""
    now = timezone.localtime(timezone=timezone.get_default_timezone())
    coming = {run.pk: run for run in (next_run(job, now) for job in jobs)}
    # A run that failed and waits for another attempt has started, and is left alone.
    ahead = DBTaskResult.objects.filter(queue_name=QUEUE, started_at=None, run_after__gt=now)
    planned = set(ahead.values_list("pk", flat=True))
    DBTaskResult.objects.bulk_create([coming[key] for key in coming.keys() - planned], ignore_conflicts=True)
    if undeclared := planned - coming.keys():
        ahead.filter(pk__in=undeclared).delete()


def next_run(job: Nightly | Often, now: datetime) -> "DBTaskResult[[], None]":
    run = job.next_run(now)
    return DBTaskResult(
        pk=job.key(run),
        task_path=job.path,
        queue_name=QUEUE,
        backend_name="default",
        args_kwargs={"args": [], "kwargs": {}},
        run_after=run,
    )
