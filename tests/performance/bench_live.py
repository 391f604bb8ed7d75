"""Asking what others did: by far the most frequent request, so that it must cost next to nothing."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from django.conf import settings

from reader.accounts.models import Membership, User
from reader.core.models import Event
from reader.highlights.marking import Passage, mark
from reader.library.models import Article
from tests.performance.bench_reading import long_piece, measure, newest, scatter_highlights
from tests.performance.measuring import Browser, Figure, browser, cpu_milliseconds
from tests.serving import serve
from tests.world import make_article, make_person, make_team

MARKS = 10_000
READERS = 200
ROUNDS = 5
TAG = "HX-PTag"


def figures() -> Iterator[Figure]:
    writer, reader = make_person("Wilma"), make_person("Ruth")
    team = make_team("Pollers", owner=writer, member=reader)
    article = make_article("Polled", writer, "team", team, html=long_piece())
    scatter_highlights(article, [writer, reader], MARKS)
    ruth = browser(reader)
    cursor = Event.objects.latest("id").pk
    address = f"{article.get_absolute_url()}changes/?revision={newest(article).pk}"
    yield Figure("floor: a view that does nothing", cpu_milliseconds(lambda: ruth.get("/floor/")))
    unchanged = measure(ruth, address, {"HX_PTAG": str(cursor)}, 304)
    yield Figure(f"live poll, unchanged, {MARKS:,} highlights", unchanged, 2)
    one = mark_words(article, writer)
    yield Figure("live poll, one new mark", measure(ruth, address, {"HX_PTAG": str(cursor)}), 8)
    for _ in range(9):
        mark_words(article, writer)
    yield Figure("live poll, ten new marks", measure(ruth, address, {"HX_PTAG": str(cursor)}))
    errors = poll_together(article, [ruth, *more_readers(team.pk)], address, one)
    yield Figure(f"{READERS} readers polling one process: errors", errors, 0, f"of {READERS * ROUNDS}")


def mark_words(article: Article, by: User) -> int:
    revision = newest(article)
    start = 700 + 31 * Event.objects.filter(verb="marked", article_id=article.pk).count()
    highlight, _ = mark(Passage(revision, start, start + 23), "highlight", by, "team", article.team_id)
    return highlight.pk


def more_readers(team: int) -> list[Browser]:
    people = [make_person(f"Reader{number}") for number in range(READERS - 1)]
    Membership.objects.bulk_create(Membership(team_id=team, user=person) for person in people)
    return [browser(person) for person in people]


def poll_together(article: Article, readers: list[Browser], address: str, cursor: int) -> int:
    """How many of the polls of so many readers at once fail; each has its own connection, as a browser has."""
    start = threading.Barrier(len(readers))
    tags = [str(cursor), str(Event.objects.latest("id").pk)]

    def poll(who: Browser) -> int:
        start.wait()
        return sum(not ask(site, address, who, tags[number % 2]) for number in range(ROUNDS))

    with serve() as site, ThreadPoolExecutor(len(readers)) as pool:
        return sum(pool.map(poll, readers))


def ask(site: str, address: str, who: Browser, tag: str) -> bool:
    connection = HTTPConnection(urlsplit(site).netloc, timeout=60)
    try:
        cookie = f"{settings.SESSION_COOKIE_NAME}={who.cookies[settings.SESSION_COOKIE_NAME]}"
        connection.request("GET", address, headers={"Cookie": cookie, TAG: tag})
        return connection.getresponse().status in (200, 304)
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
