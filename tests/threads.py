"""Several who do something at the same time."""

import threading
from collections.abc import Callable

from django.db import connection

#: A machine that does much else is slow, and never this slow.
PATIENCE = 30


def at_once(*acts: Callable[[], object]) -> None:
    """All of it in threads of their own; what one raises is raised here."""
    problems: list[Exception] = []
    start = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> None:
        try:
            start.wait(PATIENCE)
            act()
        except Exception as problem:  # noqa: BLE001  (raised again below)
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert not any(thread.is_alive() for thread in threads), "one waits for another for ever"
    if problems:
        raise problems[0]
