"""Two who change the same thing at the same time."""

from functools import partial

import pytest
from django.db import connection

from reader.accounts.models import User
from reader.core.visibility import Scope
from reader.highlights.models import Highlight
from tests.threads import at_once
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
        Highlight.objects.get(pk=mark.pk).change_kind("question", world.cleo)

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
