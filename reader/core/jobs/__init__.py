"""Work done after the answer: jobs, their queue and their clock.

A package's jobs live in its `jobs.py`, and `reader/jobs.py` lists those modules:

    @job
    def fetch(feed: int) -> None: ...

    fetch.enqueue(feed=feed.pk)
    fetch.using(run_after=tomorrow).enqueue(feed=feed.pk)

    @nightly(hour=3)
    def mark_what_fell_due() -> None: ...

A job is queued in the transaction that asks for it: a worker sees it after the commit, and a rollback takes it along.
Arguments are JSON, so pass keys and never objects. **A job must be idempotent**: a worker may be killed after the work
and before the note that it is done, and then the job runs again. One that raises is tried again, ever later
(`models.BACK_OFF`); after the last attempt it stays as failed, with its traceback, in the admin's list of task results.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, ParamSpec

import django

from reader.core.jobs.clock import Nightly, Often

if TYPE_CHECKING or django.VERSION >= (6, 0):
    from django.tasks import Task, task
else:  # Django's own backport of the same interface
    from django_tasks import task

Arguments = ParamSpec("Arguments")


def job(handler: "Callable[Arguments, None]") -> "Task[Arguments, None]":
    """Let `handler`, a function of a module, be queued: `handler.enqueue(…)`."""
    return task(handler)


def nightly(*, hour: int, minute: int = 0) -> "Callable[[Callable[[], None]], Task[[], None]]":
    """Run the job once a day at this time of the installation's time zone, by whichever worker is free.

    A night slept through by every worker is made up for once, when the next one starts.
    """

    def declare(handler: Callable[[], None]) -> "Task[[], None]":
        declared = job(handler)
        Nightly.declared.append(Nightly(declared.module_path, hour, minute))
        return declared

    return declare


def often(*, minutes: int) -> "Callable[[Callable[[], None]], Task[[], None]]":
    """Run the job every few minutes, by whichever worker is free; times that were slept through are not made up for."""

    def declare(handler: Callable[[], None]) -> "Task[[], None]":
        declared = job(handler)
        Often.declared.append(Often(declared.module_path, minutes))
        return declared

    return declare
