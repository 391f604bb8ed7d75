"""Putting a piece on the shelf, once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q

from reader.core.access import may_change
from reader.core.events import let_ids_appear_in_order, record
from reader.core.slugs import make_slug
from reader.core.visibility import Visibility
from reader.library.addresses import canonical, spellings
from reader.library.models import Article, Authorship, Person, Publication, Revision, Text, find_or_make

if TYPE_CHECKING:
    from reader.accounts.models import User


class AddressTaken(Exception):
    """`other`, a piece of the same scope, comes from the address of `article` already."""

    def __init__(self, article: Article, other: Article) -> None:
        super().__init__(f"“{other}” comes from the same address.")
        self.article, self.other = article, other


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What is known of a piece beside its text."""

    title: str
    subtitle: str = ""
    authors: Sequence[str] = ()
    publication: str = ""
    canonical_url: str | None = None
    published: date | None = None
    published_precision: str = ""
    doubted_date: str = ""
    audience: str = Article.Audience.UNKNOWN
    truncated: bool | None = None
    truncation_evidence: str = ""
    language: str = "en"
    platform: str = ""


#: The details that are plain fields of the article.
PLAIN = (
    "title",
    "subtitle",
    "canonical_url",
    "published",
    "published_precision",
    "doubted_date",
    "audience",
    "truncated",
    "truncation_evidence",
    "language",
    "platform",
)
#: Those that a new text can bring along.
WITH_TEXT = ("title", "subtitle", "audience", "truncated", "truncation_evidence")
DESCRIBED = "described"


def shelve(
    details: Details,
    text: Text,
    by: "User",
    visibility: str = Visibility.PRIVATE,
    team_id: int | None = None,
) -> tuple[Article, bool]:
    """The article of this piece, and whether it is new: what the reader can already see is opened, not doubled."""
    with transaction.atomic():
        let_ids_appear_in_order()
        kept = already_visible(details.canonical_url, text, by)
        if kept:
            return kept, False
        article = Article(
            slug=make_slug(Article, details.title, visibility), owner=by, team_id=team_id, visibility=visibility
        )
        write(article, details)
        record(by, "shelved", article, article_id=article.pk)
        article.revise(text, by)
    return article, True


def already_visible(url: str | None, text: Text, reader: "User") -> Article | None:
    """The article that `reader` sees at this address or with exactly this text."""
    same = Q(pk__in=Revision.objects.filter(sha256=text.sha256).values("article"))
    if url:
        same |= Q(canonical_url__in=spellings(url))
    article: Article | None = Article.objects.visible_to(reader).filter(same).order_by("pk").first()
    return article


def offers_another_text(article: Article, text: Text, reader: "User") -> bool:
    """Whether `reader` may give a piece that is here already this text instead of the one that it has."""
    return may_change(reader, article) and article.revisions.only("sha256").latest("number").sha256 != text.sha256


def replace_text(article: Article, details: Details, text: Text, by: "User", upon: int | None = None) -> Revision:
    """Give a piece another text, and what this says of it.

    Raises:
        Refused: it is the text that is there already, or there is nothing in it to read; nothing is saved.
        TextCame: the newest text is another than `upon`, against which it was looked through; nothing is saved.
    """
    article.foresee(text)
    with transaction.atomic():
        revision = article.revise(text, by, upon)
        before = details_of(article)
        if details != before:
            # Kept, so that whoever makes the older text the newest again has these too.
            said = {"before": with_text(before), "after": with_text(details)}
            describe(article, details, by, with_text=revision.pk, **said)
    return revision


def with_text(details: Details) -> dict[str, Any]:
    return {name: getattr(details, name) for name in WITH_TEXT}


def describe(article: Article, details: Details, by: "User", **more: Any) -> None:
    """Correct what is known of a piece; its text and its address here stay."""
    with transaction.atomic():
        let_ids_appear_in_order()
        article.look_again()
        write(article, details)
        record(by, DESCRIBED, article, article_id=article.pk, **more)


def write(article: Article, details: Details) -> None:
    """Save the details, the publication and the authors named in the article's own scope."""
    for name in PLAIN:
        setattr(article, name, getattr(details, name))
    article.canonical_url = canonical(details.canonical_url) if details.canonical_url else None
    article.doubted_date = "" if details.published else details.doubted_date  # a better one has come
    article.publication = find_or_make(Publication, details.publication, article) if details.publication else None
    # Never its audience: somebody may have moved it since it was read.
    article.save(update_fields=[*PLAIN, "publication"] if article.pk else None)
    people = dict.fromkeys(find_or_make(Person, name, article) for name in details.authors if name.strip())
    article.authorships.all().delete()
    Authorship.objects.bulk_create(
        Authorship(article=article, person=person, position=position) for position, person in enumerate(people)
    )


def details_of(article: Article) -> Details:
    """What is known of a piece."""
    authors = article.authorships.order_by("position").values_list("person__name", flat=True)
    publication = article.publication.name if article.publication else ""
    return Details(authors=list(authors), publication=publication, **{name: getattr(article, name) for name in PLAIN})
