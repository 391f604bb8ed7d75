"""The reading page of a 2,000-word piece, for somebody of the team that reads it."""

from collections.abc import Callable, Iterator
from itertools import count

from reader.accounts.models import User
from reader.claims.models import Claim, Statement
from reader.highlights.models import Anchor, Highlight, Kind, Note
from reader.highlights.rendering import marked
from reader.library.models import Article, Revision
from reader.pages.cards import card
from reader.pages.threads import drawn
from reader.tags.models import Tag, tag_named
from tests.performance.measuring import Browser, Figure, browser, cpu_milliseconds
from tests.world import make_article, make_person, make_team

WORDS, PARAGRAPH = 2_000, 80
LIMITS = {0: 4, 1_000: 9, 5_000: 35}
HTMX = {"HX_REQUEST": "true", "HX_REQUEST_TYPE": "partial"}


def figures() -> Iterator[Figure]:
    writer, reader = make_person("Wanda"), make_person("Rolf")
    team = make_team("Readers", owner=writer, member=reader)
    rolf = browser(reader)
    pieces = {marks: make_article(f"With {marks}", writer, "team", team, html=long_piece()) for marks in LIMITS}
    yield Figure("floor: a view that does nothing", cpu_milliseconds(lambda: rolf.get("/floor/")))
    for marks, limit in LIMITS.items():
        scatter_highlights(pieces[marks], [writer, reader], marks)
        address = pieces[marks].get_absolute_url()
        yield Figure(f"open, {marks:,} highlights", measure(rolf, address), limit)
    address = pieces[1_000].get_absolute_url()
    yield Figure("open, 1,000 highlights, nothing remembered", measure(rolf, address, before=forget))
    yield Figure("open again, unchanged, 1,000 highlights", measure_unchanged(rolf, address), 2)
    yield Figure("the next hundred cards", measure(rolf, f"{address}highlights/?after=1", HTMX))
    for marks in (0, 1_000):
        yield Figure(f"make a highlight beside {marks:,}", measure_marking(rolf, pieces[marks], "highlight"), 12)
    yield Figure("make a prediction beside 1,000", measure_marking(rolf, pieces[1_000], "prediction"))


def forget() -> None:
    """As after a restart: no block, card or note was drawn before."""
    for drawn_before in (marked, card, drawn):
        drawn_before.cache_clear()


def measure(
    who: Browser,
    address: str,
    headers: dict[str, str] | None = None,
    status: int = 200,
    before: Callable[[], object] = dict,
) -> float:
    def ask() -> None:
        before()
        answer = who.get(address, **(headers or {}))
        if answer.status != status:
            raise SystemExit(f"{address} answered {answer.status}")

    return cpu_milliseconds(ask)


def measure_unchanged(who: Browser, address: str) -> float:
    return measure(who, address, {"IF_NONE_MATCH": who.get(address).headers["ETag"]}, 304)


def measure_marking(who: Browser, article: Article, kind: str) -> float:
    revision = newest(article)
    places = count(100, 37)

    def ask() -> None:
        start = next(places)
        exact = revision.text[start : start + 30]
        said = {"revision": revision.pk, "start": start, "end": start + 30, "exact": exact, "kind": kind}
        answer = who.post(f"{article.get_absolute_url()}highlights/", said, **HTMX)
        if answer.status != 200:
            raise SystemExit(f"marking answered {answer.status}")

    return cpu_milliseconds(ask)


def newest(article: Article) -> Revision:
    return article.revisions.latest("number")


def long_piece() -> str:
    """About as marked up as a newsletter: headings, emphasis, links."""
    words = ["the", "model", "will", "be", "cheaper", "by", "next", "year", "and", "nobody", "trains", "any", "more"]
    blocks = []
    for number in range(WORDS // PARAGRAPH):
        text = " ".join(words[(number + at) % len(words)] for at in range(PARAGRAPH - 6))
        blocks.append(
            f'<p>Paragraph {number} says <em>really</em> {text} and <a href="https://example.org">so on</a>.</p>'
        )
        if number % 6 == 5:
            blocks.append(f"<h2>Part {number // 6}</h2>")
    return "".join(blocks)


def scatter_highlights(article: Article, people: list[User], marks: int) -> None:
    """Marks all over the text, overlapping where there are many; a third tagged, a quarter with a note."""
    revision, kinds = newest(article), Kind.values
    rows = [
        Highlight(article=article, kind=kinds[at % 4], owner=people[at % 2], visibility="team", team_id=article.team_id)
        for at in range(marks)
    ]
    places = [(at * 7919) % (len(revision.text) - 60) for at in range(marks)]
    spans = [(start, start + 20 + start % 40) for start in places]
    for row, (start, end) in zip(rows, spans, strict=True):
        row.select(revision, start, end)
    Highlight.objects.bulk_create(rows)
    Anchor.objects.bulk_create(
        Anchor(highlight=row, revision=revision, start=start, end=end)
        for row, (start, end) in zip(rows, spans, strict=True)
    )
    tag_all(rows[::3], tag_named("cost", article))
    note = {"visibility": "team", "team_id": article.team_id, "body": "Well.", "html": "<p>Well.</p>"}
    Note.objects.bulk_create(Note(highlight=row, owner_id=row.owner_id, **note) for row in rows[::4])
    propose_all([row for row in rows if row.kind == Kind.PREDICTION])


def tag_all(rows: list[Highlight], tag: Tag) -> None:
    tagging = Highlight.tags.through
    tagging._default_manager.bulk_create(tagging(highlight=row, tag=tag) for row in rows)


def propose_all(rows: list[Highlight]) -> None:
    claims = Claim.objects.bulk_create(
        Claim(statement=row.exact, state="proposed", owner_id=row.owner_id, visibility="team", team_id=row.team_id)
        for row in rows
    )
    Statement.objects.bulk_create(
        Statement(claim=claim, highlight=row, quote=row.exact) for claim, row in zip(claims, rows, strict=True)
    )
