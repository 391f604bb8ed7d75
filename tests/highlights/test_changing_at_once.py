"""Two who change the same thing at the same time."""

import threading
from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection

from reader.accounts.models import User
from reader.core.visibility import Scope
from reader.highlights.models import Highlight
from tests.world import make_highlight, make_world

ROUNDS = 15

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
    pytest.mark.django_db(transaction=True),
]


def test_neither_waits_for_the_other_for_ever() -> None:
    world = make_world()
    mark = make_highlight(world.shared, "small models", world.cleo)

    def label(name: str) -> None:
        Highlight.objects.get(pk=mark.pk).label([name], world.cleo)

    def change_kind() -> None:
        Highlight.objects.get(pk=mark.pk).change_kind("question", world.ben)

    for number in range(ROUNDS):
        at_once(partial(label, f"tag {number}"), change_kind)

    assert list(mark.tags.values_list("name", flat=True)) == [f"tag {ROUNDS - 1}"]


def test_nobody_takes_away_what_another_tags() -> None:
    world = make_world()

    def label(name: str, by: User) -> None:
        world.public.label([name], by, Scope(by.pk))

    for number in range(ROUNDS):
        at_once(partial(label, f"a{number}", world.ada), partial(label, f"c{number}", world.cleo))
        assert world.public.tags.count() == 2


def at_once(*acts: Callable[[], object]) -> None:
    """All of it in threads of their own; what one raises is raised here."""
    problems: list[Exception] = []
    start = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> None:
        try:
            start.wait(10)
            act()
        except Exception as problem:  # noqa: BLE001  (raised again below)
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    if problems:
        raise problems[0]
