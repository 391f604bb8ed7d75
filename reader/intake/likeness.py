"""The piece that is here already and may be the one that is handed in: by its address, or by its title and words."""

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Exists, OuterRef
from django.db.models.functions import Left

from reader.core.access import may_change
from reader.highlights.queries import highlights_for
from reader.library.models import Article, Revision, Text
from reader.library.shelving import Details, already_visible, offers_another_text
from reader.search.documents import of_kind
from reader.search.engine import Ask, engine
from reader.search.folding import phrase_of, words_of
from reader.search.language import MOST_WORDS, Term
from reader.search.models import Kind, SearchRecord

if TYPE_CHECKING:
    from reader.accounts.models import User

#: Of so many pieces with such words in their titles the newest are looked at; of those called just so, fewer are read.
MOST_TITLED, MOST_READ = 100, 20
#: As much of a text as tells whose it is.
CHARACTERS = 20_000
#: Words one after the other; so many of these the shorter text needs, and such a share of them the longer one has.
RUN, FEWEST_RUNS, SHARE = 4, 5, 0.6


class Likeness(NamedTuple):
    """A piece that is here already, and may be the one that is handed in."""

    article: Article
    #: Whether it comes from the same address: then it is that piece, and nothing is asked.
    is_sure: bool
    may_change: bool
    makes_whole: bool = False
    is_shorter: bool = False
    marks: int = 0


def likeness_of(details: Details, text: Text, reader: "User") -> Likeness | None:
    """Only of what `reader` may see; None where nothing is to be asked."""
    kept = already_visible(details.canonical_url, text, reader)
    if kept:
        return Likeness(kept, is_sure=True, may_change=True) if offers_another_text(kept, text, reader) else None
    runs = runs_of(text.text[:CHARACTERS])
    named = articles_called(details.title, reader)
    texts = beginnings_of(named)
    for article in named:
        if are_alike(runs, runs_of(texts[article.pk])):
            return Likeness(
                article,
                is_sure=False,
                may_change=may_change(reader, article),
                makes_whole=bool(article.truncated) and text.words > article.words,
                is_shorter=text.words < article.words,
                marks=highlights_for(reader).filter(article=article, deleted_at=None).count(),
            )
    return None


def articles_called(title: str, reader: "User") -> list[Article]:
    """Those of this title, the newest first."""
    words = tuple(phrase_of(title))[:MOST_WORDS]
    if not words:
        return []
    ask = Ask([Term(words)], facets=[[of_kind(Kind.ARTICLE)]], in_title=True)
    records = SearchRecord.objects.visible_to(reader).filter(kind=Kind.ARTICLE)
    found = engine().matching(records, engine().expression(ask)).values_list("object_id", flat=True)[:MOST_TITLED]
    articles = Article.objects.visible_to(reader).filter(pk__in=list(found)).order_by("-pk")
    exactly = words_of(title)
    return [article for article in articles if words_of(article.title) == exactly][:MOST_READ]


def beginnings_of(articles: list[Article]) -> dict[int, str]:
    """The first characters of the newest text of each."""
    later = Revision.objects.filter(article=OuterRef("article"), number__gt=OuterRef("number"))
    newest = Revision.objects.filter(~Exists(later), article__in=articles)
    return dict(newest.values_list("article", Left("text", CHARACTERS)))


def runs_of(text: str) -> set[tuple[str, ...]]:
    words = words_of(text)
    return set(zip(*(words[at:] for at in range(RUN)), strict=False))


def are_alike(one: set[tuple[str, ...]], other: set[tuple[str, ...]]) -> bool:
    """Whether most of the shorter stands in the longer: a preview in its whole text, a text in its mended one."""
    fewest = min(len(one), len(other))
    return fewest >= FEWEST_RUNS and len(one & other) >= SHARE * fewest
