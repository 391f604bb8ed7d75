"""The agreement page of a 20,000-word piece with 300 predictions by eight people."""

from collections.abc import Iterator

from reader.accounts.models import Membership, User
from reader.highlights.models import Anchor, Highlight, Kind
from reader.library.models import Article
from reader.reports.comparing import sentences_of
from tests.performance.bench_reading import measure, newest
from tests.performance.measuring import Figure, browser, cpu_milliseconds
from tests.world import make_article, make_person, make_team

SENTENCES, MARKS, PEOPLE = 1_700, 300, 8


def figures() -> Iterator[Figure]:
    people = [make_person(f"Reader{number}") for number in range(PEOPLE)]
    team = make_team("Comparers", owner=people[0])
    team.memberships.bulk_create(Membership(team=team, user=person) for person in people[1:])
    article = make_article("Compared", people[0], "team", team, html=long_argument())
    predict(article, people)
    first = browser(people[0])
    address = f"{article.get_absolute_url()}agreement/"
    pair = f"{address}?a={people[0].pk}&b={people[1].pk}"
    yield Figure("all eight readers of 20,000 words", measure(first, address), 60)
    yield Figure("two of them side by side", measure(first, pair), 60)
    text = newest(article).text
    yield Figure("of it, cutting the text anew", cpu_milliseconds(lambda: sentences_of.__wrapped__(text), repeats=10))


def long_argument() -> str:
    said = "We think model number {0} will be cheaper by 20{1:02} than Dr. Castell said, by 3.{1} % or so."
    return "".join(
        f"<p>{' '.join(said.format(at, at % 80) for at in range(first, first + 5))}</p>"
        for first in range(0, SENTENCES, 5)
    )


def predict(article: Article, people: list[User]) -> None:
    """Marks all over the text, two readers on each sentence."""
    revision = newest(article)
    spans = sentences_of(revision.text)
    seen = {"visibility": "team", "team_id": article.team_id}
    rows = [Highlight(article=article, kind=Kind.PREDICTION, owner=people[at % PEOPLE], **seen) for at in range(MARKS)]
    places = [spans[(at // 2 * 89) % len(spans)] for at in range(MARKS)]
    for row, (start, end) in zip(rows, places, strict=True):
        row.select(revision, start, end)
    Highlight.objects.bulk_create(rows)
    Anchor.objects.bulk_create(
        Anchor(highlight=row, revision=revision, start=start, end=end)
        for row, (start, end) in zip(rows, places, strict=True)
    )
