"""Many addresses asked at once: each site one after the other, and no slow one before the rest."""

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import TypeVar
from urllib.parse import urlsplit

Errand = TypeVar("Errand")
Answer = TypeVar("Answer")

THREADS = 8


def host_of(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def together(
    errands: Iterable[Errand], address: Callable[[Errand], str], ask: Callable[[Errand], Answer], until: float
) -> Iterator[tuple[Errand, Answer]]:
    """The errands as they are answered; `ask` runs in a thread, touches no database and raises nothing.

    None is begun after `until`, a moment of the monotonic clock; those are not among the answers.
    """
    waiting: dict[str, deque[Errand]] = {}
    for errand in errands:
        waiting.setdefault(host_of(address(errand)), deque()).append(errand)
    idle, running = deque(waiting), dict[Future[Answer], tuple[str, Errand]]()
    with ThreadPoolExecutor(THREADS, thread_name_prefix="fetch") as pool:
        while True:
            while idle and len(running) < THREADS and time.monotonic() < until:
                host = idle.popleft()
                errand = waiting[host].popleft()
                running[pool.submit(ask, errand)] = (host, errand)
            if not running:
                return
            for done in wait(running, return_when=FIRST_COMPLETED).done:
                host, errand = running.pop(done)
                if waiting[host]:
                    idle.append(host)
                yield errand, done.result()
