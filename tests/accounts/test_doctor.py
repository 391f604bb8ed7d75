import io
import socket
import sqlite3
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings

from reader.accounts.models import User
from reader.core.environment import MailServer
from reader.core.sqlite import FIRST_VERSION_WITHOUT_WAL_RESET_BUG
from tests.core.chores import hang
from tests.serving import free_port
from tests.world import World


@pytest.fixture(autouse=True)
def sound_sqlite(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever SQLite this machine has: an old one is something to complain of."""
    monkeypatch.setattr(sqlite3, "sqlite_version_info", FIRST_VERSION_WITHOUT_WAL_RESET_BUG)


def examine() -> tuple[str, bool]:
    """What the doctor says, and whether all is well."""
    said = io.StringIO()
    try:
        call_command("doctor", stdout=said)
    except SystemExit:
        return said.getvalue(), False
    return said.getvalue(), True


def test_it_works(world: World) -> None:
    assert examine() == ("Nothing is wrong.\n", True)


def test_it_misses_an_owner(db: None) -> None:
    said, well = examine()

    assert "manage.py owner" in said
    assert not well


def test_it_sees_that_nobody_does_the_work(world: World) -> None:
    hang.enqueue()
    assert examine()[1]

    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(minutes=11))

    assert "manage.py worker" in examine()[0]


def test_it_allows_for_work_that_had_to_wait(world: World) -> None:
    hang.enqueue()

    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(days=1), run_after=timezone.now())

    assert examine()[1]


def test_it_sees_missing_static_files(world: World, settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path

    assert "collectstatic" in examine()[0]


def test_it_sees_a_weak_or_open_key(world: World, settings: Settings, tmp_path: Path) -> None:
    settings.DATA, settings.SECRET_KEY = tmp_path, "short"
    (tmp_path / "secret-key").write_text("short")
    (tmp_path / "secret-key").chmod(0o644)

    said, _ = examine()

    assert "shorter than 50" in said
    assert "chmod 600" in said


def test_it_sees_debugging_in_public(world: World, settings: Settings) -> None:
    settings.DEBUG = settings.SECURE = True

    assert "FORECITE_DEBUG" in examine()[0]


def test_it_sees_a_data_folder_that_is_gone(world: World, settings: Settings, tmp_path: Path) -> None:
    settings.DATA = tmp_path / "gone"

    assert f"{tmp_path / 'gone'} cannot be written to" in examine()[0]


def test_it_sees_an_old_sqlite(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("another database keeps its own log")
    monkeypatch.setattr("sqlite3.sqlite_version_info", (3, 40, 1))

    assert "pysqlite3" in examine()[0]


def test_it_sees_a_database_that_is_behind(world: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'reader' AND name <> '0001_initial'")

    assert "manage.py migrate" in examine()[0]


def test_it_sees_a_database_that_is_broken(world: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {User._meta.db_table} RENAME TO elsewhere")

    assert "The database cannot be used" in examine()[0]


def test_it_sees_a_mail_server_that_does_not_answer(world: World, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    settings.MAIL_SERVER = MailServer("127.0.0.1", settings.EMAIL_PORT, "ada", "hunter2", False, False)

    said, well = examine()

    assert f"The mail server 127.0.0.1:{settings.EMAIL_PORT} takes no mail" in said
    assert "FORECITE_SMTP_URL" in said
    assert "hunter2" not in said
    assert not well


def test_it_is_content_with_a_mail_server_that_answers(world: World, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.getsockname()
        settings.MAIL_SERVER = MailServer("127.0.0.1", settings.EMAIL_PORT, "", "", False, False)
        Thread(target=answer_politely, args=(server,), daemon=True).start()

        assert examine() == ("Nothing is wrong.\n", True)


def answer_politely(server: socket.socket) -> None:
    line, _ = server.accept()
    with line, line.makefile("rb") as heard:
        line.sendall(b"220 here\r\n")
        for command in heard:
            line.sendall(b"221 bye\r\n" if command.lower().startswith(b"quit") else b"250 fine\r\n")
