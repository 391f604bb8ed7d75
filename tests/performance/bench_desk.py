"""The desk with ten thousand things in each of its queues."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from reader.accounts.models import User
from reader.claims.models import Claim, Statement
from reader.claims.windows import WindowKind
from reader.curation.models import Decision, Duplicate, Flag, Lookalike
from reader.highlights.models import Anchor, Highlight, Kind, Note
from reader.library.models import Article, Authorship, Person, Revision, find_or_make
from reader.tags.models import Tag
from tests.performance.bench_lists import FLOOR, measure
from tests.performance.measuring import Figure, browser

ROWS = 10_000
LIMIT = 12
PUBLIC = "public"


def figures() -> Iterator[Figure]:
    curator = User.objects.create_user("desk@example.org", None, name="Dora", is_curator=True)
    fill(curator)
    dora = browser(curator)
    yield Figure("floor: a view that does nothing", measure(dora, FLOOR))
    for queue in ("", "duplicates/", "notes/", "articles/", "highlights/", "tags/", "tags/all/"):
        yield Figure(f"desk, {queue.strip('/') or 'proposals'} of 10,000", measure(dora, f"/desk/{queue}"), LIMIT)
    yield Figure("log of 10,000 decisions", measure(dora, "/decisions/"), LIMIT)
    Article.objects.update(audience="everyone")
    yield Figure("desk, 10,000 articles without a gap", measure(dora, "/desk/articles/"), LIMIT)


def fill(owner: User) -> None:
    """Rows straight into the tables: verbs would take minutes."""
    mine = {"owner": owner, "visibility": PUBLIC}
    said = date(2023, 1, 1)
    person = find_or_make(Person, "Desk author", Article(**mine))
    articles = Article.objects.bulk_create(
        Article(slug=f"desk-{n}", title=f"Piece {n}", published=said, published_precision="day", **mine)
        for n in range(ROWS)
    )
    Authorship.objects.bulk_create(Authorship(article=article, person=person) for article in articles)
    revisions = Revision.objects.bulk_create(
        Revision(
            article=article, number=1, html="<p>It comes.</p>", text="It comes.", sha256=f"d{n:063}", words=2, raw=""
        )
        for n, article in enumerate(articles)
    )
    highlights = Highlight.objects.bulk_create(
        Highlight(article=article, kind=Kind.PREDICTION, exact="It comes.", **mine) for article in articles
    )
    Anchor.objects.bulk_create(
        Anchor(highlight=highlight, revision=revision, start=0, end=9, state=Anchor.State.ORPHANED, score=0.5)
        for highlight, revision in zip(highlights, revisions, strict=True)
    )
    fill_claims(owner, highlights, person)
    notes = Note.objects.bulk_create(
        Note(highlight=highlight, body="Fools.", html="<p>Fools.</p>", **mine) for highlight in highlights
    )
    Flag.objects.bulk_create(Flag(note=note, by=owner, kind=Flag.Kind.ABUSE) for note in notes)
    tags = Tag.objects.bulk_create(Tag(name=f"tag {n}", key=f"tag {n}", slug=f"tag-{n}", **mine) for n in range(ROWS))
    Lookalike.objects.bulk_create(Lookalike(first=one, second=other, score=0.8) for one, other in pairwise(tags))


def fill_claims(owner: User, highlights: list[Highlight], person: Person) -> None:
    claims = Claim.objects.bulk_create(
        Claim(
            statement=f"Prediction {n} about models comes true.",
            state=Claim.State.PROPOSED,
            window_kind=WindowKind.WINDOW,
            window_start=date(2023, 1, 1),
            window_end=date(2024, 1, 1) + timedelta(days=n % 900),
            owner=owner,
            visibility=PUBLIC,
        )
        for n in range(ROWS)
    )
    Statement.objects.bulk_create(
        Statement(claim=claim, highlight=highlight, quote="It comes.", speaker=person)
        for claim, highlight in zip(claims, highlights, strict=True)
    )
    Duplicate.objects.bulk_create(Duplicate(first=one, second=other, score=0.9) for one, other in pairwise(claims))
    Decision.objects.bulk_create(
        Decision(
            by=owner,
            verb="accepted",
            subject_kind="claim",
            subject_id=claim.pk,
            subject="It",
            visibility=PUBLIC,
            owner=owner,
        )
        for claim in claims
    )
