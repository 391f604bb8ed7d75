"""Who holds which running task, and until when."""

from datetime import timedelta
from typing import Self

from django.db import models, transaction
from django.utils import timezone
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult

#: A worker that has not been heard of for so long is taken for dead. It speaks every `LEASE / 3`.
#: The clocks of two machines must agree far better than that.
LEASE = timedelta(seconds=30)

#: How long a task waits after each failed attempt but the last.
BACK_OFF = [timedelta(seconds=seconds) for seconds in (15, 60, 240, 960, 3600)]
ATTEMPTS = len(BACK_OFF) + 1


class WorkerLostError(Exception):
    """The worker was killed, or its machine was, while it had the task."""


class Lease(models.Model):
    """A worker's hold on a task while it runs: it lapses when the worker no longer renews it.

    Every verb that ends a lease answers whether it was still this worker's: where it was not, another worker has the
    task, and nothing is written.
    """

    task = models.OneToOneField(DBTaskResult, models.CASCADE, primary_key=True, related_name="lease")
    worker = models.CharField(max_length=64)
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.task_id} held by {self.worker} until {self.until:%H:%M:%S}"

    @classmethod
    def take(cls, worker: str) -> Self | None:
        """Hold the next task that is due, so that no other worker runs it; None where nothing is due."""
        due = DBTaskResult.objects.ready()
        if not due.exists():  # a plain read: an idle worker must not queue for SQLite's one write lock
            return None
        with transaction.atomic():
            task = due.get_locked()
            if task is None:
                return None
            task.claim(worker)
            return cls.objects.create(task=task, worker=worker, until=timezone.now() + LEASE)

    @property
    def attempt(self) -> int:
        """Which attempt at the task this is, from 1."""
        return len(self.task.worker_ids)

    def renew(self) -> bool:
        return bool(self.own().update(until=timezone.now() + LEASE))

    def complete(self) -> bool:
        """The task is done."""
        with transaction.atomic():
            if held := self.end():
                self.task.set_successful(None)
        return held

    def fail(self, error: BaseException, again_in: timedelta | None = None) -> bool:
        """Queue the task for another attempt, by default after its back-off; after the last attempt give it up."""
        with transaction.atomic():
            if held := self.end():
                self.task.set_failed(error)
                if self.attempt < ATTEMPTS:
                    self.put_back(BACK_OFF[self.attempt - 1] if again_in is None else again_in)
        return held

    def release(self) -> bool:
        """Leave the task to the next worker, as if this one had not begun it."""
        with transaction.atomic():
            if held := self.end():
                self.task.worker_ids.pop()
                self.put_back(timedelta(0))
        return held

    def end(self) -> bool:
        return bool(self.own().delete()[0])

    def own(self) -> models.QuerySet["Lease"]:
        """This row, for as long as it is this worker's."""
        return Lease.objects.filter(pk=self.pk, worker=self.worker)

    def put_back(self, wait: timedelta) -> None:
        self.task.status = TaskResultStatus.READY
        self.task.finished_at = None
        self.task.run_after = timezone.now() + wait
        self.task.save(update_fields=["status", "finished_at", "run_after", "worker_ids"])


def take_back_lapsed() -> list[Lease]:
    """Queue again what dead workers held. A task that kills its worker every time is given up like one that fails."""
    lapsed = Lease.objects.filter(until__lt=timezone.now())
    if not lapsed.exists():
        return []
    with transaction.atomic():
        leases = list(lapsed.select_for_update(skip_locked=True, of=("self",)).select_related("task"))
        for lease in leases:
            lease.fail(WorkerLostError(f"{lease.worker} was lost"), again_in=timedelta(0))
    return leases
