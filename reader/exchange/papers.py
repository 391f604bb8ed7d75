"""One's pieces as Markdown for reading: the text where the piece is one's own, and one's marks and notes on it."""

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from reader.exchange.streaming import BATCH, Member, in_turn
from reader.highlights.models import Anchor, Highlight
from reader.highlights.queries import highlights_for, notes_for
from reader.library.models import Article

if TYPE_CHECKING:
    from reader.accounts.models import User


def papers(user: "User") -> Iterator[Member]:
    """A file for each piece that is one's own, or that one has marked or written on."""
    marked = highlights_for(user).filter(owner=user, deleted_at=None, article=OuterRef("pk"))
    noted = notes_for(user).filter(owner=user, deleted_at=None)
    noted = noted.filter(Q(article=OuterRef("pk")) | Q(highlight__article=OuterRef("pk")))
    articles = Article.objects.visible_to(user).filter(Q(owner=user) | Exists(marked) | Exists(noted))
    for article in in_turn(articles.select_related("publication").prefetch_related("authorships__person")):
        yield f"articles/{article.slug}.md", paper(article, user)


def paper(article: Article, user: "User") -> Iterator[str]:
    yield f"# {article.title}\n\n"
    authors = ", ".join(signed.person.name for signed in article.authorships.all())
    publication = article.publication.name if article.publication else ""
    facts = [authors, publication, article.published_in_words, article.canonical_url or ""]
    yield "".join(f"- {fact}\n" for fact in facts if fact)
    notes = notes_for(user).filter(owner=user, deleted_at=None, article=article)
    yield from ("\n" + note.body + "\n" for note in in_turn(notes))
    yield from marks(article, user)
    if article.owner_id == user.pk:
        yield "\n## The text\n\n"
        yield article.revisions.only("text").latest("number").text.replace("\n", "\n\n") + "\n"


def marks(article: Article, user: "User") -> Iterator[str]:
    """One's marks in the order of the text, each with one's notes on it; those without a place come first."""
    mine = highlights_for(user).filter(owner=user, deleted_at=None, article=article)
    found = [Anchor.State.ANCHORED, Anchor.State.MOVED]
    placed = Q(anchors__revision=article.revisions.only("pk").latest("number"), anchors__state__in=found)
    order = dict.fromkeys(mine.filter(placed).order_by("anchors__start", "pk").values_list("pk", flat=True))
    lost = [pk for pk in mine.order_by("pk").values_list("pk", flat=True) if pk not in order]
    keys = lost + list(order)
    if keys:
        yield "\n## My marks\n"
    for at in range(0, len(keys), BATCH):
        yield from some_marks(keys[at : at + BATCH], user)


def some_marks(keys: list[int], user: "User") -> Iterator[str]:
    rows = Highlight.objects.in_bulk(keys)
    notes: dict[int | None, list[str]] = defaultdict(list)
    written = notes_for(user).filter(owner=user, deleted_at=None, highlight__in=keys)
    for highlight_id, body in written.values_list("highlight_id", "body"):
        notes[highlight_id].append(body)
    for key in keys:
        quote = rows[key].exact.replace("\n", "\n> ")
        yield f"\n> {quote}\n\n*{rows[key].get_kind_display()}, {rows[key].created_at:%d %B %Y}*\n"
        yield from (f"\n{body}\n" for body in notes[key])
