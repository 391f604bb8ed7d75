"""Two who make the same name at the same time."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from reader.library.models import Article, Person, Publication, find_or_make
from reader.tags.models import Tag, tags_named
from tests.world import make_article, make_world

MAKERS: list[Callable[[Article], object]] = [
    lambda article: tags_named(["open models"], article),
    lambda article: find_or_make(Person, "Ola Lind", article),
    lambda article: find_or_make(Publication, "Tokens", article),
]


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has one writer at a time, who reads what it writes"
)
@pytest.mark.parametrize("make", MAKERS, ids=["tag", "person", "publication"])
@pytest.mark.django_db(transaction=True)
def test_a_name_that_two_make_at_once_is_made_once(make: Callable[[Article], object]) -> None:
    article = make_article("At once", make_world().ada)
    made, commit = threading.Event(), threading.Event()

    def make_first() -> None:
        try:
            with transaction.atomic():
                make(article)
                made.set()
                commit.wait(10)
        finally:
            connection.close()

    first = threading.Thread(target=make_first)
    first.start()
    assert made.wait(10)
    threading.Timer(0.3, commit.set).start()
    with transaction.atomic():
        make(article)
    first.join(10)

    assert (
        Tag.objects.count()
        + Person.objects.filter(key="ola lind").count()
        + Publication.objects.filter(key="tokens").count()
        == 1
    )
