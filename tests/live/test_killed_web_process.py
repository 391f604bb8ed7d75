"""Notes written by a hundred people at once while a web process is killed: what was acknowledged is there."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings

from reader.accounts.models import User
from reader.highlights.models import Highlight, Note
from tests.conftest import ROOT, signed_in
from tests.core.test_jobs_by_processes import database_url
from tests.serving import free_port, wait_for
from tests.world import make_highlight, make_world

WRITERS = 100
TOKEN = "a" * 32
KILL_AFTER = 20


@dataclass
class Site:
    port: int
    master: subprocess.Popen[bytes]

    def workers(self) -> list[int]:
        children = Path(f"/proc/{self.master.pid}/task/{self.master.pid}/children").read_text()
        return [int(pid) for pid in children.split()]


@pytest.fixture
def site(transactional_db: None, tmp_path: Path) -> Iterator[Site]:
    """Gunicorn as an installation runs it, with two web processes on the test's database."""
    (tmp_path / "static").symlink_to(settings.STATIC_ROOT)
    environ = {
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "reader.settings",
        "FORECITE_DATA": str(tmp_path),
        "FORECITE_SECRET_KEY": settings.SECRET_KEY,
    }
    port = free_port()
    command = [str(Path(sys.executable).with_name("gunicorn")), "reader.wsgi", f"--bind=127.0.0.1:{port}"]
    master = subprocess.Popen(
        [*command, "--workers=2", "--threads=4", "--log-level=critical", "--no-control-socket"],
        cwd=ROOT,
        env={**os.environ, **environ},
    )
    try:
        wait_for(f"http://localhost:{port}/healthz")
        yield Site(port, master)
    finally:
        master.terminate()
        master.wait(20)


def write(site: Site, session: str, mark: Highlight, words: str) -> bool:
    """Whether the server said that it has the note."""
    connection = HTTPConnection("localhost", site.port, timeout=30)
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"sessionid={session}; csrftoken={TOKEN}",
        "X-CSRFToken": TOKEN,
    }
    try:
        connection.request("POST", f"/highlights/{mark.pk}/notes/", urlencode({"body": words}), headers)
        return connection.getresponse().status == 303
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def test_every_acknowledged_note_is_there(site: Site) -> None:
    world = make_world()
    mark = make_highlight(world.shared, "small models", world.ada, visibility="team", team=world.foundry)
    sessions = [session_of(person) for person in (world.ada, world.ben, world.cleo)]

    with ThreadPoolExecutor(WRITERS) as writers:
        asked = {
            f"Note number {number}.": writers.submit(write, site, sessions[number % 3], mark, f"Note number {number}.")
            for number in range(WRITERS)
        }
        deadline = time.monotonic() + 30
        while Note.objects.count() < KILL_AFTER and time.monotonic() < deadline:
            time.sleep(0.02)
        victim = site.workers()[0]
        os.kill(victim, signal.SIGKILL)
        acknowledged = {words for words, answer in asked.items() if answer.result()}

    kept = list(Note.objects.values_list("body", flat=True))
    assert acknowledged <= set(kept)
    assert len(kept) == len(set(kept))
    assert len(acknowledged) >= KILL_AFTER
    assert victim not in site.workers()
    assert write(site, sessions[0], mark, "And on it goes.")


def session_of(user: User) -> str:
    return signed_in(user).cookies["sessionid"].value
