from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from hypothesis import given
from hypothesis import strategies as st

from reader import jobs
from reader.core.jobs.clock import Nightly, Often
from reader.core.jobs.schedule import plan

SEVEN = Nightly("tests.core.chores.hang", 7)

zones = st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"]).map(ZoneInfo)
moments = st.datetimes(datetime(2024, 1, 1), datetime(2027, 1, 1), timezones=zones)  # noqa: DTZ001  (bounds are naive)
times = st.builds(Nightly, st.just("a.job"), st.integers(0, 23), st.integers(0, 59))


@given(job=times, now=moments)
def test_a_run_is_the_next_of_its_time_of_day(job: Nightly, now: datetime) -> None:
    run = job.next_run(now)
    assert timedelta(0) < run - now.astimezone(UTC) <= timedelta(hours=25)
    local = run.astimezone(now.tzinfo)
    skipped = local.replace(hour=job.hour, minute=job.minute).astimezone(UTC).astimezone(now.tzinfo) == local
    assert local.time() == time(job.hour, job.minute) or skipped


@given(job=times, now=moments, share=st.floats(0, 0.999))
def test_every_worker_means_the_same_run(job: Nightly, now: datetime, share: float) -> None:
    run = job.next_run(now)
    later = (now.astimezone(UTC) + (run - now.astimezone(UTC)) * share).astimezone(now.tzinfo)
    assert job.key(job.next_run(later)) == job.key(run)


@given(minutes=st.integers(1, 60), now=moments)
def test_a_run_of_every_few_minutes_is_the_next_of_them(minutes: int, now: datetime) -> None:
    job = Often("a.job", minutes)
    run = job.next_run(now)
    assert timedelta(0) < run - now <= timedelta(minutes=minutes)
    assert job.next_run(run) - run == timedelta(minutes=minutes)
    assert job.key(run) != job.key(job.next_run(run))


def runs() -> list[tuple[str, datetime]]:
    return list(DBTaskResult.objects.filter(queue_name="clock").values_list("task_path", "run_after"))


def test_a_run_is_planned_once(db: None) -> None:
    plan([SEVEN])
    plan([SEVEN])
    assert runs() == [(SEVEN.path, SEVEN.next_run(timezone.now()))]


def test_a_run_at_another_time_replaces_the_coming_one(db: None) -> None:
    plan([SEVEN])
    eight = Nightly(SEVEN.path, 8)
    plan([eight])
    assert runs() == [(SEVEN.path, eight.next_run(timezone.now()))]


def test_a_run_no_longer_declared_is_taken_out(db: None) -> None:
    plan([SEVEN])
    plan([])
    assert runs() == []


def test_a_run_that_waits_for_another_attempt_stays(db: None) -> None:
    plan([Nightly("tests.core.chores.fail", 7)])
    DBTaskResult.objects.update(run_after=timezone.now())
    call_command("worker", "--once")
    waiting = DBTaskResult.objects.filter(task_path="tests.core.chores.fail").exclude(started_at=None)
    plan([])
    assert waiting.count() == 1


def test_a_missed_night_is_made_up_for_once(db: None, tmp_path: Path) -> None:
    path = tmp_path / "ran"
    plan([SEVEN])
    DBTaskResult.objects.update(
        task_path="tests.core.chores.sign",
        args_kwargs={"args": [str(path)], "kwargs": {}},
        run_after=timezone.now() - timedelta(days=3),
    )
    for _ in range(2):
        call_command("worker", "--once")
    assert len(path.read_text().splitlines()) == 1


def test_the_worker_knows_every_nightly_job(db: None) -> None:
    call_command("worker", "--once")
    assert jobs.housekeeping.forget_old_results.module_path in dict(runs())


def test_a_run_that_another_workers_faster_clock_began_is_not_planned_anew(db: None) -> None:
    plan([SEVEN])
    DBTaskResult.objects.update(started_at=timezone.now(), status="RUNNING")
    plan([SEVEN])
    assert len(runs()) == 1
