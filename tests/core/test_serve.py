"""`manage.py serve`: what is said when one of its processes ends, and what its web server takes."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings

from reader.management.commands.serve import run_together


@pytest.fixture(autouse=True)
def signals_of_before() -> Iterator[None]:
    """The command takes the signals of its process for itself; here that process runs other tests too."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def test_it_says_which_of_them_ended(capsys: pytest.CaptureFixture[str]) -> None:
    waits = [sys.executable, "-c", "import time; time.sleep(60)"]
    ends = [sys.executable, "-c", "raise SystemExit(3)", "worker"]

    with pytest.raises(SystemExit):
        run_together([waits, ends])

    assert capsys.readouterr().err == "The worker ended by itself (code 3), so everything stops.\n"


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """The web server as `serve` starts it, over an empty library."""
    environ = {**os.environ, "FORECITE_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "reader.settings"}
    environ.pop("DATABASE_URL", None)
    collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity=0"]
    subprocess.run(collect, cwd=settings.ROOT, env=environ, check=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "reader.wsgi", "--config=python:reader.serving"]
    server = subprocess.Popen([*command, f"--bind=127.0.0.1:{number}"], cwd=settings.ROOT, env=environ)
    yield number
    server.terminate()
    server.wait()


def test_an_address_may_hold_ten_thousand_characters_of_any_script(port: int) -> None:
    assert status_of(port, f"/healthz?q={quote('🦊' * 10_000)}") == 200


def status_of(port: int, address: str) -> int:
    for _ in range(100):
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("GET", address)
            return connection.getresponse().status
        except ConnectionRefusedError:
            time.sleep(0.2)
    raise AssertionError("the server did not start")
