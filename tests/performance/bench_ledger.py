"""The page of a claim that a whole crowd works on, and the ledger with a hundred thousand claims."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from reader.accounts.models import User
from reader.claims.assessing import Assessment, Round
from reader.claims.evidence import Evidence
from reader.claims.forecasting import Forecast
from reader.claims.models import Claim, Statement
from reader.claims.standing import of_claim
from reader.claims.windows import WindowKind
from reader.core.models import Event
from reader.highlights.models import Anchor, Highlight, Kind
from reader.library.models import Article
from tests.performance import bench_lists
from tests.performance.bench_lists import measure
from tests.performance.measuring import Figure, browser
from tests.world import make_article, newest

STATEMENTS, FORECASTS, SOURCES, CLAIMS = 50, 500, 40, 100_000
TODAY = timezone.localdate()


def figures() -> Iterator[Figure]:
    owner = User.objects.create_user("ledger@example.org", None, name="Lotte", is_curator=True)
    claim = make_busy_claim(owner)
    lotte = browser(owner)
    yield Figure("floor: a view that does nothing", measure(lotte, bench_lists.FLOOR))
    name = f"a claim: {STATEMENTS} statements, {FORECASTS} forecasts, {SOURCES} sources"
    yield Figure(name, measure(lotte, claim.get_absolute_url()), 12)
    fill_ledger(owner)
    yield Figure(f"ledger, {CLAIMS:,} claims", measure(lotte, bench_lists.LEDGER), 10)
    for phase in ("due", "live", "upcoming", "undated", "judged", "disputed"):
        yield Figure(f"ledger, {phase}", measure(lotte, f"{bench_lists.LEDGER}?phase={phase}"), 10)
    yield Figure("work list for judging", measure(lotte, f"{bench_lists.LEDGER}due/"), 20)


def make_busy_claim(owner: User) -> Claim:
    """Stated in fifty pieces, forecast by five hundred people, the reader among them, and assessed once."""
    window = {"window_start": TODAY - timedelta(days=90), "window_end": TODAY + timedelta(days=400)}
    claim = Claim.objects.create(
        owner=owner,
        visibility="public",
        statement="Small models are what most people run by the end of next year.",
        state=Claim.State.ACCEPTED,
        window_kind=WindowKind.WINDOW,
        **window,
    )
    for number in range(STATEMENTS):
        state(claim, make_article(f"Saying {number}", owner, "public"), owner)
    people = User.objects.bulk_create(
        User(email=f"crowd{number}@example.org", name=f"Forecaster {number}", handle=f"forecaster{number}")
        for number in range(FORECASTS - 1)
    )
    Forecast.objects.bulk_create(
        Forecast(
            claim=claim, owner=person, visibility="public", percent=1 + at * 7 % 99, reason="The curve says so." * 3
        )
        for at, person in enumerate([*people, owner])
    )
    row = of_claim(claim)
    Evidence.objects.bulk_create(
        Evidence(
            by=owner, bearing="for", url=f"https://example.org/{at}", title=f"Source {at}", quote="So." * 60, **row
        )
        for at in range(SOURCES)
    )
    round_ = Round.objects.create(by=owner, **row)
    Assessment.objects.create(round=round_, by=owner, strict=50, charitable=75, reasons="So far.")
    known = {"subject_kind": "claim", "subject_id": claim.pk, "visibility": "public", "owner": owner}
    Event.objects.bulk_create(
        Event(verb="forecast", actor=person, detail={"forecast": 1}, **known) for person in people
    )
    return claim


def state(claim: Claim, article: Article, owner: User) -> None:
    revision = newest(article)
    highlight = Highlight(article=article, kind=Kind.PREDICTION, owner=owner, visibility="public")
    start = revision.text.index("2024 will be")
    highlight.select(revision, start, start + 40)
    highlight.save()
    Anchor.objects.create(highlight=highlight, revision=revision, start=start, end=start + 40)
    Statement.objects.create(
        claim=claim,
        highlight=highlight,
        quote=highlight.exact,
        hedge="highly likely",
        speaker=article.authors.get(),
        said_on=article.published,
        said_no_later_than=article.published,
    )


def fill_ledger(owner: User) -> None:
    """A hundred thousand claims, each said in one of the ten thousand pieces of the lists."""
    bench_lists.fill(owner)
    marks = list(Highlight.objects.filter(owner=owner, exact="It will come.").values_list("pk", flat=True))
    made = Claim.objects.bulk_create(
        (bench_lists.make_claim(number, owner) for number in range(bench_lists.ROWS, CLAIMS)), batch_size=5_000
    )
    Statement.objects.bulk_create(
        (
            Statement(claim=claim, highlight_id=marks[at % len(marks)], quote="It will come.")
            for at, claim in enumerate(made)
        ),
        batch_size=5_000,
    )
