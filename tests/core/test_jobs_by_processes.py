"""The queue under real worker processes: killed, stopped, and several at a time."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from reader.core.jobs.clock import Nightly, declared
from reader.core.jobs.models import Lease
from tests.core import chores

ROOT = Path(__file__).resolve().parent.parent.parent

StartWorkers = Callable[[int], list["subprocess.Popen[str]"]]


def database_url() -> str:
    """The test's database, in the words of the setting DATABASE_URL."""
    of = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{of['NAME']}"
    who, host = (":".join(quote(str(of[part]), safe="") for part in parts) for parts in ACCESS)
    return f"postgres://{who}@{host}/{of['NAME']}"


ACCESS = [("USER", "PASSWORD"), ("HOST", "PORT")]


@pytest.fixture
def start_workers(transactional_db: None) -> Iterator[StartWorkers]:
    """Start worker processes, and answer when each of them is ready."""
    processes: list[subprocess.Popen[str]] = []

    def start(count: int) -> list["subprocess.Popen[str]"]:
        started = [
            subprocess.Popen(
                [sys.executable, "manage.py", "worker"],
                cwd=ROOT,
                env={**os.environ, "DATABASE_URL": database_url()},
                stderr=subprocess.PIPE,
                text=True,
            )
            for _ in range(count)
        ]
        processes.extend(started)
        for process in started:
            assert process.stderr is not None
            assert any("begins" in line for line in process.stderr)
        return started

    yield start
    for process in processes:
        process.kill()
        process.communicate()


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline, "it did not come about within 20 s"
        time.sleep(0.02)


def signatures(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []


def test_the_task_of_a_killed_worker_is_taken_up_again(start_workers: StartWorkers, tmp_path: Path) -> None:
    path = tmp_path / "ran"
    chores.hang_at_first.enqueue(str(path))
    (process,) = start_workers(1)
    wait_for(lambda: bool(signatures(path)))
    process.send_signal(signal.SIGKILL)
    process.wait()
    call_command("worker", "--once")
    task = DBTaskResult.objects.get(queue_name="default")
    assert task.status == "RUNNING", "its lease has not lapsed yet"
    Lease.objects.update(until=timezone.now() - timedelta(seconds=1))
    call_command("worker", "--once")
    task.refresh_from_db()
    assert task.status == "SUCCESSFUL"
    assert signatures(path) == [str(process.pid), str(os.getpid())]


def test_two_workers_do_nothing_twice_and_stop_cleanly(start_workers: StartWorkers, tmp_path: Path) -> None:
    workers = start_workers(2)
    paths = [tmp_path / str(number) for number in range(40)]
    with transaction.atomic():
        for path in paths:
            chores.sign.enqueue(str(path), seconds=0.04)
    wait_for(lambda: DBTaskResult.objects.successful().count() == len(paths))
    signed = [signatures(path) for path in paths]
    assert all(len(pids) == 1 for pids in signed)
    assert {pids[0] for pids in signed} == {str(process.pid) for process in workers}
    planned = Counter(DBTaskResult.objects.filter(queue_name="clock").values_list("task_path", flat=True))
    assert planned.keys() == {job.path for job in declared()}
    assert {planned[job.path] for job in Nightly.declared} == {1}
    for process in workers:
        process.send_signal(signal.SIGTERM)
    assert [process.wait(timeout=5) for process in workers] == [0, 0]
