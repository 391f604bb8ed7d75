"""A person's record over 2,000 claims, and a reader's over 200 forecasts beside twenty others."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from itertools import cycle

from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from reader.accounts.models import User
from reader.claims.forecasting import Forecast
from reader.claims.models import Claim, Statement
from reader.claims.scale import Outcome
from reader.claims.verdicts import Verdict
from reader.claims.windows import WindowKind
from reader.highlights.models import Highlight, Kind
from reader.library.models import Article, Person, find_or_make
from reader.reports.sections import section_of
from tests.performance.measuring import Browser, Figure, browser, cpu_milliseconds
from tests.world import make_article, make_person

CLAIMS, ARTICLES, FORECAST, READERS = 2_000, 50, 200, 20
SEEN = {"visibility": "public"}


def figures() -> Iterator[Figure]:
    readers = [make_person(f"Foreseer{number}") for number in range(READERS)]
    articles = [make_article(f"Predictions {number}", readers[0], "public") for number in range(ARTICLES)]
    article = articles[0]
    speaker = find_or_make(Person, "Tireless Speaker", article)
    claims = fill(articles, speaker, readers[0])
    forecast(claims[:FORECAST], readers)
    first = browser(readers[0])
    page = speaker.get_absolute_url()
    yield Figure("floor: a view that does nothing", measure(first, "/floor/"))
    yield Figure("a person's page, 2,000 claims, again", measure(first, page), 25)
    today = timezone.localdate()
    with transaction.atomic():  # where nothing is kept from one time to the next
        for name, query in {"with its drawings": "", "with one year of the timeline": "from=2024&to=2024"}.items():
            alone = cpu_milliseconds(partial(section_of, readers[0], speaker, QueryDict(query), today), repeats=20)
            yield Figure(f"more after each event: the record {name}", alone, 25)
    yield Figure("its publication's page, again", measure(first, article.publication.get_absolute_url()), 25)  # type: ignore[union-attr]  # it has one
    yield Figure("the claims behind one figure", measure(first, f"{page}record/?counted=happened"), 25)
    yield Figure("how scores are computed", measure(first, "/scores/"), 8)
    yield Figure("a reader's own record, 200 forecasts beside 20 readers", measure(first, "/profile/record/"), 150)


def measure(who: Browser, address: str) -> float:
    answer = who.get(address)
    if answer.status != 200:
        raise SystemExit(f"{address} answered {answer.status}")
    return cpu_milliseconds(lambda: who.get(address), repeats=20)


def fill(articles: list[Article], speaker: Person, owner: User) -> list[Claim]:
    """Rows straight into the tables: verbs would take minutes."""
    first = date(2023, 1, 1)
    claims = Claim.objects.bulk_create(
        Claim(
            owner=owner,
            statement=f"Prediction {number} about models comes true.",
            state=Claim.State.ACCEPTED,
            window_kind=WindowKind.WINDOW,
            window_start=first,
            window_end=first + timedelta(days=100 + number % 2000),
            created_at=datetime(2023, 1, 2, tzinfo=timezone.get_current_timezone()),
            **SEEN,
        )
        for number in range(CLAIMS)
    )
    marks = Highlight.objects.bulk_create(
        Highlight(article=article, owner=owner, kind=Kind.PREDICTION, exact="It comes.", **SEEN)
        for article, _ in zip(cycle(articles), claims, strict=False)
    )
    Statement.objects.bulk_create(
        Statement(claim=claim, highlight=mark, quote="It comes.", speaker=speaker, said_on=first)
        for claim, mark in zip(claims, marks, strict=True)
    )
    judge(claims, owner)
    return claims


def judge(claims: list[Claim], by: User) -> None:
    over = [claim for claim in claims if claim.window_end and claim.window_end < timezone.localdate()]
    verdicts = Verdict.objects.bulk_create(
        Verdict(
            claim=claim, owner=by, by=by, status="resolved", outcome=outcome, strict=outcome, charitable=outcome, **SEEN
        )
        for claim, outcome in zip(over, cycle(Outcome.values), strict=False)
    )
    for claim, verdict in zip(over, verdicts, strict=True):
        claim.verdict = verdict
    Claim.objects.bulk_update(over, ["verdict"], batch_size=500)


def forecast(claims: list[Claim], readers: list[User]) -> None:
    """Each reader gives each claim a probability, and changes it once."""
    opened = datetime(2023, 1, 2, tzinfo=timezone.get_current_timezone())
    Forecast.objects.bulk_create(
        Forecast(
            claim=claim,
            owner=reader,
            percent=1 + (7 * number + 13 * at + 31 * turn) % 99,
            made_at=opened + timedelta(days=at + 20 * turn),
            **SEEN,
        )
        for turn in range(2)
        for number, claim in enumerate(claims)
        for at, reader in enumerate(readers)
    )
