import logging
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from reader.core.jobs import models, worker
from reader.core.jobs.housekeeping import forget_old_results
from reader.core.jobs.models import ATTEMPTS, BACK_OFF, Lease, take_back_lapsed
from tests.core import chores

Task = DBTaskResult[[], None]


@pytest.fixture
def ran(tmp_path: Path) -> Path:
    path = tmp_path / "ran"
    path.touch()
    return path


def work() -> None:
    call_command("worker", "--once")


def only_task(name: str = "") -> Task:
    """The only one that waits or ran, or the only one of this name."""
    return DBTaskResult.objects.get(queue_name="default", task_path__endswith=name)


def let_time_pass(task: Task) -> None:
    """Make due what waits, and lapse what is held."""
    DBTaskResult.objects.filter(pk=task.pk).update(run_after=timezone.now())
    Lease.objects.filter(task=task).update(until=timezone.now() - timedelta(seconds=1))


def test_it_works(db: None, ran: Path) -> None:
    chores.sign.enqueue(str(ran))
    work()
    assert len(ran.read_text().splitlines()) == 1
    assert only_task().status == "SUCCESSFUL"
    assert not Lease.objects.exists()


def test_it_is_done_once(db: None, ran: Path) -> None:
    chores.sign.enqueue(str(ran))
    work()
    work()
    assert len(ran.read_text().splitlines()) == 1


def test_a_rollback_takes_the_job_along(db: None, ran: Path) -> None:
    with transaction.atomic():
        chores.sign.enqueue(str(ran))
        transaction.set_rollback(True)
    assert not DBTaskResult.objects.exists()


def test_it_waits_for_its_time(db: None, ran: Path) -> None:
    chores.sign.using(run_after=timezone.now() + timedelta(hours=1)).enqueue(str(ran))
    work()
    assert ran.read_text() == ""
    let_time_pass(only_task())
    work()
    assert ran.read_text() != ""


def test_arguments_that_are_not_json_are_refused(db: None) -> None:
    with pytest.raises(TypeError):
        chores.sign.enqueue(Path("ran"))  # type: ignore[arg-type]  # what the type checker refuses too
    assert not DBTaskResult.objects.exists()


def test_a_failure_is_tried_again_later_and_later_then_given_up(db: None) -> None:
    chores.fail.enqueue()
    for wait in BACK_OFF:
        work()
        task = only_task()
        assert task.status == "READY"
        assert task.run_after - timezone.now() == pytest.approx(wait, abs=timedelta(seconds=5))
        assert "it never works" in task.traceback
        let_time_pass(task)
    work()
    assert only_task().status == "FAILED"
    assert len(only_task().worker_ids) == ATTEMPTS
    let_time_pass(only_task())
    work()
    assert len(only_task().worker_ids) == ATTEMPTS


def test_a_failure_holds_up_no_other_job(db: None, ran: Path) -> None:
    chores.fail.enqueue()
    chores.sign.enqueue(str(ran))
    work()
    assert ran.read_text() != ""


def test_it_handles_missing_jobs(db: None) -> None:
    chores.fail.enqueue()
    DBTaskResult.objects.update(task_path="tests.core.chores.renamed_since")
    work()
    assert only_task().status == "READY"
    assert "renamed_since" in only_task().traceback


def test_a_stopping_worker_lets_its_task_end(db: None, ran: Path) -> None:
    chores.be_asked_to_stop.enqueue(str(ran), seconds=0)
    chores.hang.enqueue()
    work()
    assert ran.read_text() != ""
    assert sorted(DBTaskResult.objects.filter(queue_name="default").values_list("status", flat=True)) == [
        "READY",
        "SUCCESSFUL",
    ]


def test_a_stopping_worker_leaves_a_long_task_to_the_next(db: None, ran: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "GRACE", 0.1)
    chores.be_asked_to_stop.enqueue(str(ran), seconds=60)
    began = time.monotonic()
    work()
    assert time.monotonic() - began < 5
    assert ran.read_text() == ""
    task = only_task()
    assert task.status == "READY"
    assert task.run_after <= timezone.now()
    assert task.worker_ids == []


def test_a_task_that_hangs_has_failed(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "LONGEST_RUN", 0.1)
    chores.hang.enqueue()
    work()
    assert only_task().status == "READY"
    assert only_task().exception_class_path.endswith("Interrupted")


def test_a_lapsed_lease_lets_another_worker_have_the_task(db: None) -> None:
    chores.fail.enqueue()
    lost = Lease.take("lost")
    assert lost is not None
    assert Lease.take("other") is None
    assert take_back_lapsed() == []
    let_time_pass(lost.task)
    assert take_back_lapsed() == [lost]
    taken = Lease.take("other")
    assert taken is not None
    assert taken.pk == lost.pk
    assert not lost.complete()
    assert not lost.renew()
    assert only_task().status == "RUNNING"
    assert taken.complete()
    assert only_task().status == "SUCCESSFUL"


def test_a_task_that_kills_its_worker_each_time_is_given_up(db: None) -> None:
    chores.fail.enqueue()
    for _ in range(ATTEMPTS):
        lease = Lease.take("lost")
        assert lease is not None
        let_time_pass(lease.task)
        take_back_lapsed()
    assert only_task().status == "FAILED"
    assert only_task().exception_class_path.endswith("WorkerLostError")


def test_a_running_task_keeps_its_lease(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "LEASE", timedelta(seconds=0.6))
    monkeypatch.setattr(worker, "LEASE", timedelta(seconds=0.6))
    chores.look_for_the_dead.enqueue(seconds=1.5)
    work()
    assert only_task().status == "SUCCESSFUL"


def test_old_results_are_forgotten(db: None, ran: Path) -> None:
    for _ in range(2):
        chores.sign.enqueue(str(ran))
    work()
    old = DBTaskResult.objects.filter(status="SUCCESSFUL").latest("enqueued_at")
    DBTaskResult.objects.filter(pk=old.pk).update(finished_at=timezone.now() - timedelta(days=15))
    chores.hang.enqueue()
    forget_old_results.func()
    assert sorted(DBTaskResult.objects.filter(queue_name="default").values_list("status", flat=True)) == [
        "READY",
        "SUCCESSFUL",
    ]


@pytest.mark.django_db(transaction=True)
def test_a_quiet_worker_tells_what_failed_alone(ran: Path, caplog: pytest.LogCaptureFixture) -> None:
    chores.sign.enqueue(str(ran))
    chores.fail.enqueue()

    try:
        call_command("worker", "--once", verbosity=0)
    finally:
        logging.getLogger("reader").setLevel(logging.INFO)

    assert [record.levelname for record in caplog.records] == ["ERROR"]
