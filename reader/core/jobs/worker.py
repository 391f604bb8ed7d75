"""The process that does the queued work."""

import logging
import os
import secrets
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from django.db import InterfaceError, OperationalError, close_old_connections, connection

from reader.core.jobs.clock import declared
from reader.core.jobs.models import ATTEMPTS, LEASE, Lease, take_back_lapsed
from reader.core.jobs.schedule import plan

log = logging.getLogger(__name__)

#: Seconds between two looks at an empty queue, and between two looks at the clock and at lapsed leases.
POLL = 1.0
CLOCK = 10.0

#: Seconds a task may take, so that one that hangs does not hold up all others.
LONGEST_RUN = 15 * 60.0

#: Seconds a running task gets to end after the worker is asked to stop; then it is left to the next worker.
GRACE = 3.0


class Interrupted(KeyboardInterrupt):
    """Raised in the midst of a task whose time is up; a KeyboardInterrupt, for which psycopg cancels its query."""


class Worker:
    """Runs tasks one after the other until it is asked to stop; any number of workers share the queue."""

    def __init__(self) -> None:
        self.name = f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"
        self.stopping = False
        self.running = False
        self.clock_read_at = -CLOCK

    def run(self, *, once: bool = False) -> None:
        """Work until SIGTERM or SIGINT; with `once`, until nothing is due."""
        log.info("worker %s begins", self.name)
        with self.signals():
            while not self.stopping:
                if self.step(patient=not once):
                    continue
                if once:
                    break
                time.sleep(POLL)
        log.info("worker %s ends", self.name)

    def step(self, *, patient: bool) -> bool:
        """Run one task; answers whether there was any.

        A patient worker outlives a database that restarts or stays locked; what it was doing lapses and is done again.
        """
        if patient:
            close_old_connections()
        try:
            self.read_clock()
            lease = Lease.take(self.name)
            if lease is not None:
                self.perform(lease)
        except (OperationalError, InterfaceError) as error:
            if not patient:
                raise
            log.warning("the database does not answer: %s", error)
            connection.close()
            return False
        return lease is not None

    def read_clock(self) -> None:
        if time.monotonic() - self.clock_read_at < CLOCK:
            return
        self.clock_read_at = time.monotonic()
        plan(declared())
        for lease in take_back_lapsed():
            log.warning("%s lapsed: worker %s was lost", lease.task.task_path, lease.worker)

    def perform(self, lease: Lease) -> None:
        """Run the task and write how it ended."""
        began = time.monotonic()
        try:
            with renewed(lease), self.interruptible():
                arguments = lease.task.args_kwargs
                lease.task.task.call(*arguments["args"], **arguments["kwargs"])
        except Interrupted as interruption:
            ended = "left to the next worker" if self.stopping else f"stopped after {LONGEST_RUN:.0f} s"
            held = lease.release() if self.stopping else lease.fail(interruption)
        except Exception as error:
            log.exception("%s failed, attempt %d of %d", lease.task.task_path, lease.attempt, ATTEMPTS)
            ended = "given up" if lease.attempt >= ATTEMPTS else "to be tried again"
            held = lease.fail(error)
        else:
            ended = "done"
            held = lease.complete()
        report(lease, ended if held else f"{ended}, but lost its lease meanwhile", time.monotonic() - began)

    @contextmanager
    def interruptible(self) -> Iterator[None]:
        """Let the alarm, and a request to stop, break into the task; and into nothing else."""
        self.running = True
        signal.setitimer(signal.ITIMER_REAL, GRACE if self.stopping else LONGEST_RUN)
        try:
            yield
        finally:
            self.running = False
            signal.setitimer(signal.ITIMER_REAL, 0)

    @contextmanager
    def signals(self) -> Iterator[None]:
        handlers: dict[signal.Signals, Callable[[int, FrameType | None], None]] = {
            signal.SIGTERM: self.ask_to_stop,
            signal.SIGINT: self.ask_to_stop,
            signal.SIGALRM: self.interrupt,
        }
        before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True
        if self.running:
            signal.setitimer(signal.ITIMER_REAL, GRACE)

    def interrupt(self, number: int, frame: FrameType | None) -> None:
        if self.running:
            raise Interrupted


@contextmanager
def renewed(lease: Lease) -> Iterator[None]:
    """Renew the lease from a thread of its own for as long as the block runs."""
    over = threading.Event()
    threading.Thread(target=keep_renewing, args=(lease, over), daemon=True).start()
    try:
        yield
    finally:
        over.set()


def keep_renewing(lease: Lease, over: threading.Event) -> None:
    while not over.wait(LEASE.total_seconds() / 3):
        try:
            lease.renew()
        except (OperationalError, InterfaceError) as error:
            log.warning("the lease of %s is not renewed: %s", lease.task.task_path, error)
            connection.close()
    connection.close()


def report(lease: Lease, ended: str, seconds: float) -> None:
    log.info("%s %s in %.2f s (%s)", lease.task.task_path, ended, seconds, lease.pk)
