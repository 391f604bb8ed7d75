"""Jobs for the tests of the queue, in a module where worker processes find them too."""

import os
import signal
import time
from pathlib import Path

from reader.core.jobs import job
from reader.core.jobs.models import take_back_lapsed


@job
def sign(path: str, seconds: float = 0) -> None:
    """Add this process to the list of those that ran the job."""
    with Path(path).open("a") as file:
        file.write(f"{os.getpid()}\n")
    time.sleep(seconds)


@job
def hang_at_first(path: str) -> None:
    sign.func(path)
    if len(Path(path).read_text().splitlines()) == 1:
        time.sleep(60)


@job
def hang() -> None:
    time.sleep(60)


@job
def fail() -> None:
    raise ValueError("it never works")


@job
def be_asked_to_stop(path: str, seconds: float) -> None:
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(seconds)
    sign.func(path)


@job
def look_for_the_dead(seconds: float) -> None:
    """Do after some time what another worker would do."""
    time.sleep(seconds)
    take_back_lapsed()
