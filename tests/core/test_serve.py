"""`manage.py serve`: what is said when one of its processes ends."""

import signal
import sys
from collections.abc import Iterator

import pytest

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
