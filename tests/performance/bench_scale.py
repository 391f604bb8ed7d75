"""A large library beside one of a thousand articles: what grows with it, and what must not.

Not among the benches of `make bench`: filling takes minutes. FORECITE_BENCH_LIBRARY says how many articles the large
one has (ten marks and one claim for each), FORECITE_BENCH_FOLDER where both are kept, to be measured again without
filling. With a DATABASE_URL of PostgreSQL two databases are made beside the one that it names.
"""

import os
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode, urlsplit, urlunsplit

from django.db import connection

from tests.performance.filled import Library, Measured
from tests.performance.measuring import Figure

SMALL, LARGE = 1_000, int(os.environ.get("FORECITE_BENCH_LIBRARY", "10000"))
ROUNDS = 3
FLOOR = "/floor/"
#: The search and the ledger have limits of their own; the others cost at most so many times what they cost at SMALL.
SEARCH, LEDGER, WALL, GROWTH, GROWTH_OF_A_PIECE = 15, 10, 40, 1.5, 1.1
#: In seconds.
REINDEXING, LOOKING_THROUGH = 300, 200
GROWING = {
    "home": "/",
    "shelf": "/articles/",
    "shelf by date, unread": "/articles/?state=unread&sort=published",
    "ledger": "/claims/",
    **{f"ledger, {phase}": f"/claims/?phase={phase}" for phase in ("due", "live", "upcoming", "undated", "judged")},
}
QUESTIONS = {
    "a term": "inference",
    "a broad term": "the",
    "a rare term": "quokka",
    "a phrase": '"the model"',
    "a phrase of stop words": '"of the"',
    "a term in a window of time": "models after:2025-03 before:2025-04",
    "nothing found": "model nosuchword",
    "a term without another": "inference -model",
    "a slip of the key": "infernece",
}
#: Of whom much is hidden: they find the same words, and are answered as quickly.
OTHERS = ("member of one team", "stranger")
ASKED_BY_OTHERS = ("a term", "a broad term", "a phrase")
BEGINNINGS = ["mo", "mod", "mode", "model", "the mod", "in", "inf", "infe", "co", "com", "comp"]


def figures() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory(prefix="forecite-filled-") as passing:
        folder = Path(os.environ.get("FORECITE_BENCH_FOLDER", passing))
        with closing(library(folder, SMALL)) as small, closing(library(folder, LARGE)) as large:
            yield from compared(small, large)
            yield from searched(large)
            yield from reindexed(large)


def library(folder: Path, articles: int) -> Library:
    own = folder / str(articles)
    own.mkdir(parents=True, exist_ok=True)
    return Library(str(own), articles, database(articles))


def database(articles: int) -> str | None:
    """The address of a database of this library, made where it is missing; None for SQLite, which is a file."""
    if connection.vendor != "postgresql":
        return None
    parts = urlsplit(os.environ["DATABASE_URL"])
    name = f"{parts.path.lstrip('/')}_{articles}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone() is None:
            cursor.execute(f"CREATE DATABASE {connection.ops.quote_name(name)}")
    return urlunsplit(parts._replace(path=f"/{name}"))


def compared(small: Library, large: Library) -> Iterator[Figure]:
    """Both in turn, so that a busy machine is as busy for the one as for the other."""
    pages = {**GROWING, **{name: name for name in ("tag", "person", "publication", "claim")}}
    for name, address in {"floor: a view that does nothing": FLOOR, **pages, "reading a piece": "piece"}.items():
        before, now = in_turn(small, large, address)
        least, most = median(before), median(now)
        yield Figure(f"{name}, {SMALL:,} articles", least)
        yield Figure(f"{name}, {LARGE:,} articles", most, LEDGER if address == "/claims/" else None)
        if address != FLOOR:
            limit = GROWTH_OF_A_PIECE if address == "piece" else GROWTH
            yield Figure(f"{name}, the one over the other", most / least, limit, "times")


def in_turn(small: Library, large: Library, address: str) -> tuple[list[Measured], list[Measured]]:
    rounds = [(measure(small, address), measure(large, address)) for _ in range(ROUNDS)]
    return [before for before, _ in rounds], [now for _, now in rounds]


def measure(where: Library, address: str, user: str = "") -> Measured:
    address = where.pages.get(address, address)
    taken = where.measure(address, user=user)
    if not taken.cpu:
        raise SystemExit(f"{address} answered {taken.size}")
    return taken


def median(rounds: list[Measured]) -> float:
    return statistics.median(one for taken in rounds for one in taken.cpu)


def searched(large: Library) -> Iterator[Figure]:
    tag, author = large.pages["tag filter"], large.pages["author filter"]
    narrowed = {
        "two filters": f"{author} kind:prediction",
        "two filters and a term": f"{tag} kind:prediction inference",
        "two filters and a broad term": f"{tag} kind:prediction the",
    }
    for name, text in {**QUESTIONS, **narrowed}.items():
        yield from found(large, name, f"/search/?{urlencode({'q': text})}")
    for text in BEGINNINGS:
        yield from found(large, f"while one types: {text}", f"/search/?{urlencode({'q': text, 'typing': '1'})}")
    for who in OTHERS:
        for name in ASKED_BY_OTHERS:
            address = f"/search/?{urlencode({'q': QUESTIONS[name]})}"
            yield from found(large, f"{name}, by a {who}", address, large.pages[who])


def found(large: Library, name: str, address: str, user: str = "") -> Iterator[Figure]:
    floor, taken = large.measure(FLOOR), [measure(large, address, user) for _ in range(ROUNDS)]
    yield Figure(f"{name} (floor {median([floor]):.1f})", median(taken), SEARCH)
    if connection.vendor == "postgresql":
        walls = sorted(one for round_ in taken for one in round_.wall)
        yield Figure(f"{name}: 95th of the wall", walls[len(walls) * 95 // 100 - 1], WALL, "ms")
    if of_database := [one.database for one in taken if one.database is not None]:
        yield Figure(f"{name}: of PostgreSQL's process", statistics.mean(of_database))


def reindexed(large: Library) -> Iterator[Figure]:
    """From nothing, as after an update that keeps words otherwise; and where all are as they should be."""
    making, looking = "making all records from nothing", "looking through all records"
    for which, from_nothing, limit in ((making, True, REINDEXING), (looking, False, LOOKING_THROUGH)):
        done = large.reindex(from_nothing=from_nothing)
        yield Figure(f"{which}, in seconds of its process", done["cpu"], limit, "s CPU")
        yield Figure("on the clock", done["wall"], None, "s")
        yield Figure(f"of {done['requests']} requests meanwhile, the longest wait", done["longest"], None, "ms")
        yield Figure("of these, refused", done["refused"], 0, "")
