"""The shelf with ten thousand pieces, the ledger with a hundred thousand claims, most of them judged."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils import timezone

from reader.accounts.models import User
from reader.claims.disputes import Dispute
from reader.claims.models import Claim, Phase, Statement
from reader.claims.verdicts import Verdict
from reader.claims.windows import WindowKind
from reader.highlights.models import Anchor, Highlight, Kind
from reader.library.models import Article, Authorship, Person, Publication, Revision, find_or_make
from tests.performance.measuring import Browser, Figure, browser, cpu_milliseconds

ROWS = 10_000
CLAIMS = 100_000
TODAY = timezone.localdate()
FLOOR = "/floor/"
SHELF, LEDGER = "/articles/", "/claims/"


def figures() -> Iterator[Figure]:
    reader = User.objects.create_user("lists@example.org", None, name="Lena")
    fill(reader)
    lena = browser(reader)
    yield Figure("floor: a view that does nothing", measure(lena, FLOOR))
    yield Figure("shelf, 10,000 articles", measure(lena, SHELF), 8)
    yield Figure("shelf, sorted by date, unread only", measure(lena, f"{SHELF}?state=unread&sort=published"), 8)
    yield Figure("ledger, 100,000 claims", measure(lena, LEDGER), 10)
    for phase in Phase.values:
        yield Figure(f"ledger, {phase}", measure(lena, f"{LEDGER}?phase={phase}"), 10)


def measure(who: Browser, address: str) -> float:
    answer = who.get(address)
    if answer.status != 200:
        raise SystemExit(f"{address} answered {answer.status}")
    return cpu_milliseconds(lambda: who.get(address))


def fill(owner: User) -> None:
    """Rows straight into the tables: verbs would take minutes."""
    first = Article(owner=owner, visibility="private")
    publications = [find_or_make(Publication, f"Publication {number}", first) for number in range(40)]
    people = [find_or_make(Person, f"Author {number}", first) for number in range(200)]
    said = date(2023, 1, 1)
    articles = Article.objects.bulk_create(
        Article(
            owner=owner,
            slug=f"piece-{number}",
            title=f"Piece {number} on what comes next in models",
            publication=publications[number % 40],
            published=said + timedelta(days=number % 1200),
            published_precision="day",
            words=900,
            added_at=timezone.now() - timedelta(minutes=number),
        )
        for number in range(ROWS)
    )
    Authorship.objects.bulk_create(
        Authorship(article=article, person=people[number % 200]) for number, article in enumerate(articles)
    )
    revisions = Revision.objects.bulk_create(
        Revision(
            article=article,
            number=1,
            html="<p>It will come.</p>",
            text="It will come.",
            sha256=f"{number:064}",
            words=3,
            source_kind="paste_text",
            raw="",
        )
        for number, article in enumerate(articles)
    )
    highlights = Highlight.objects.bulk_create(
        Highlight(article=article, owner=owner, kind=Kind.PREDICTION, exact="It will come.") for article in articles
    )
    Anchor.objects.bulk_create(
        Anchor(highlight=highlight, revision=revision, start=0, end=13)
        for highlight, revision in zip(highlights, revisions, strict=True)
    )
    claims = Claim.objects.bulk_create((make_claim(number, owner) for number in range(CLAIMS)), batch_size=1000)
    Statement.objects.bulk_create(
        (
            Statement(
                claim=claim, highlight=highlights[number % ROWS], quote="It will come.", speaker=people[number % 200]
            )
            for number, claim in enumerate(claims)
        ),
        batch_size=1000,
    )
    judge(claims, owner)


def judge(claims: list[Claim], owner: User) -> None:
    """All that is due but one in fifty; every hundredth verdict is disputed."""
    due = [claim for claim in claims if claim.phase(TODAY) == Phase.DUE and claim.pk % 50]
    verdicts = Verdict.objects.bulk_create(
        (Verdict(claim=claim, owner=owner, by=owner, status="ambiguous", reason="Who knows") for claim in due),
        batch_size=1000,
    )
    for claim, verdict in zip(due, verdicts, strict=True):
        claim.verdict = verdict
    Claim.objects.bulk_update(due, ["verdict"], batch_size=1000)
    disputed = due[::100]
    disputes = Dispute.objects.bulk_create(
        Dispute(claim=claim, verdict=claim.verdict, owner=owner, by=owner, reason="No") for claim in disputed
    )
    for claim, dispute in zip(disputed, disputes, strict=True):
        claim.dispute = dispute
    Claim.objects.bulk_update(disputed, ["dispute"], batch_size=1000)


def make_claim(number: int, owner: User) -> Claim:
    claim = Claim(
        owner=owner,
        statement=f"Prediction {number} about models comes true.",
        state=Claim.State.PROPOSED,
        created_at=timezone.now() - timedelta(minutes=number),
    )
    if number % 4:
        claim.window_kind = WindowKind.WINDOW
        claim.window_start = date(2023, 1, 1) + timedelta(days=number % 2500)
        claim.window_end = claim.window_start + timedelta(days=300 + number % 400)
    return claim
