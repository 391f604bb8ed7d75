"""The search over a whole library: how much of it, FORECITE_BENCH_ARTICLES says (ten marks and one claim for each).

On PostgreSQL the time of the database is another process's: there the clock of the wall counts too, at the 95th of a
hundred requests.
"""

import os
import random
import resource
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db import connection, transaction

from reader.accounts.models import User
from reader.claims.models import Claim, Statement
from reader.highlights.models import Highlight, Kind
from reader.library.models import Article, Authorship, Person, Publication, Revision
from reader.search.indexing import reindex
from reader.tags.models import Tag
from tests.performance.bench_lists import FLOOR, measure
from tests.performance.measuring import Browser, Figure, browser

ARTICLES = int(os.environ.get("FORECITE_BENCH_ARTICLES", "3000"))
MARKS_EACH, SENTENCES_EACH, BATCH = 10, 25, 500
LIMIT, LIMIT_OF_THE_WALL, LIMIT_OF_REINDEXING = 15, 40, 300
BEGUN = datetime(2021, 1, 1, tzinfo=UTC)

#: A term that one piece in thirty says, one that nearly all say, and one that hardly any does.
QUESTIONS = {
    "a term": "zeppelin",
    "a broad term": "models",
    "a rare term": "quokka",
    "a phrase": '"open weights"',
    "two filters and a term": 'tag:"topic 7" kind:prediction models',
    "two filters alone": 'author:"Author 3" tag:"topic 7"',
    "a term in a window of time": "models after:2022-03 before:2022-04",
    "nothing found": "zeppelin quokka nosuchword",
}
BEGINNINGS = ["mo", "mod", "mode", "model", "models", "open wei", "zep", "zeppel"]


def figures() -> Iterator[Figure]:
    owner = User.objects.create_user("search@example.org", None, name="Selma")
    started = time.process_time()
    fill(owner)
    yield Figure(f"filling {ARTICLES:,} articles, in seconds", time.process_time() - started)
    before = cpu_seconds()
    counted = dict(reindex())
    name = f"making {sum(counted.values()):,} records anew, in seconds of this process"
    yield Figure(name, cpu_seconds() - before, LIMIT_OF_REINDEXING)
    selma = browser(owner)
    yield Figure("floor: a view that does nothing", measure(selma, FLOOR))
    for name, text in QUESTIONS.items():
        yield from measured(selma, name, f"/search/?{urlencode({'q': text})}")
    for text in BEGINNINGS:
        yield from measured(selma, f"while one types: {text}", f"/search/?{urlencode({'q': text, 'typing': '1'})}")


def measured(who: Browser, name: str, address: str) -> Iterator[Figure]:
    yield Figure(name, measure(who, address), LIMIT)
    if connection.vendor == "postgresql":
        yield Figure(f"{name}: 95th of the wall", wall_milliseconds(who, address), LIMIT_OF_THE_WALL)


def wall_milliseconds(who: Browser, address: str) -> float:
    taken = []
    for _ in range(100):
        started = time.perf_counter()
        who.get(address)
        taken.append((time.perf_counter() - started) * 1000)
    return sorted(taken)[94]


def cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


class Prose:
    """Sentences of made-up words as frequent as words are, with a few that are looked for."""

    def __init__(self, chance: random.Random) -> None:
        syllables = ["ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "xo", "zy"]
        words = ["".join(chance.choices(syllables, k=chance.randint(2, 4))) for _ in range(20_000)]
        words[10:10] = ["models", "model", "modern", "open", "weights", "compute"]
        weights = [1 / (rank + 3) for rank in range(len(words))]
        self.sentences = [" ".join(chance.choices(words, weights, k=14)).capitalize() + "." for _ in range(20_000)]
        for at in range(0, 20_000, 700):
            self.sentences[at] = f"The zeppelin of {self.sentences[at].lower()}"
        for at in range(1, 20_000, 300):
            self.sentences[at] = f"Whoever has open weights says {self.sentences[at].lower()}"
        self.sentences[5] = "A quokka was seen."


def fill(owner: User) -> None:
    """Rows straight into the tables, a batch in a transaction: verbs would take days."""
    chance = random.Random(5)
    prose = Prose(chance)
    public: dict[str, Any] = {"owner": owner, "visibility": "public"}
    people = bulk(
        Person, [{"name": f"Author {n}", "key": f"author {n}", "slug": f"author-{n}", **public} for n in range(1000)]
    )
    series = bulk(
        Publication,
        [{"name": f"Series {n}", "key": f"series {n}", "slug": f"series-{n}", **public} for n in range(200)],
    )
    tags = bulk(Tag, [{"name": f"topic {n}", "key": f"topic {n}", "slug": f"topic-{n}", **public} for n in range(300)])
    for start in range(0, ARTICLES, BATCH):
        with transaction.atomic():
            fill_batch(range(start, min(ARTICLES, start + BATCH)), chance, prose, public, people, series, tags)


def bulk(model: Any, rows: list[dict[str, Any]]) -> list[Any]:
    return list(model.objects.bulk_create([model(**row) for row in rows], batch_size=BATCH))


def fill_batch(
    numbers: range, chance: random.Random, prose: Prose, public: dict[str, Any], people: Any, series: Any, tags: Any
) -> None:
    said = [chance.choices(prose.sentences, k=SENTENCES_EACH) for _ in numbers]
    articles = bulk(
        Article,
        [
            {
                "slug": f"piece-{number}",
                "title": " ".join(sentences[0].split()[:6]),
                "publication": series[number % len(series)],
                "published": date(2021, 1, 1) + timedelta(days=number % 1500),
                "published_precision": "day",
                "words": 350,
                "added_at": BEGUN + timedelta(minutes=number),
                **public,
            }
            for number, sentences in zip(numbers, said, strict=True)
        ],
    )
    texts = ["\n".join(sentences) for sentences in said]
    rows = [
        {"article": one, "number": 1, "html": "", "text": text, "raw": "", "sha256": f"{one.pk:064}", "words": 350}
        for one, text in zip(articles, texts, strict=True)
    ]
    bulk(Revision, [{**row, "source_kind": "bench"} for row in rows])
    bulk(Authorship, [{"article": one, "person": people[one.pk % len(people)]} for one in articles])
    kinds = [Kind.HIGHLIGHT, Kind.HIGHLIGHT, Kind.PREDICTION, Kind.EVIDENCE, Kind.QUESTION]
    marks = bulk(
        Highlight,
        [
            {"article": one, "exact": sentence, "kind": kinds[at % 5], "created_at": one.added_at, **public}
            for one, sentences in zip(articles, said, strict=True)
            for at, sentence in enumerate(sentences[:MARKS_EACH])
        ],
    )
    labels = Highlight.tags.through
    labels.objects.bulk_create([labels(highlight=mark, tag=chance.choice(tags)) for mark in marks[::3]])
    on_pieces = Article.tags.through
    on_pieces.objects.bulk_create([on_pieces(article=one, tag=chance.choice(tags)) for one in articles])
    stated = marks[2::MARKS_EACH]
    claims = bulk(Claim, [{"statement": mark.exact[:500], "created_at": mark.created_at, **public} for mark in stated])
    said_by = [
        {"claim": claim, "highlight": mark, "quote": mark.exact, "speaker": people[mark.pk % len(people)]}
        for claim, mark in zip(claims, stated, strict=True)
    ]
    bulk(Statement, said_by)
