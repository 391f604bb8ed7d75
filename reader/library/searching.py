"""What is found of pieces, of people and of publications."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, QuerySet, Subquery

from reader.core.models import Event
from reader.core.prepared import NOBODY, prepared
from reader.core.visibility import visible_to
from reader.library.models import Article, Authorship, Person, Publication, Revision, minutes_for
from reader.library.precision import in_words
from reader.search.documents import Document, Hit, of_author, of_publication, of_subjects, of_tag, unknown
from reader.search.models import Kind, SearchRecord
from reader.tags.searching import relabelled, tags_of

if TYPE_CHECKING:
    from reader.core.requests import AnyUser

#: What changes nothing that can be found of a piece.
HARMLESS = frozenset({"let stand", "questioned"})
#: What changes who sees a piece, whose it is or where it appeared: and with it what is found of all that is in it.
#: ("changed audience" is `parting.MOVED`, of a feature below.)
PLACING = frozenset({"described", "changed audience", "copied"})
BYLINES = PLACING | {"shelved"}


def is_behind() -> bool:
    """Whether the search lacks articles, as after an update from a version that had none."""
    return Article.objects.count() > SearchRecord.objects.filter(kind=Kind.ARTICLE).count()


def placed(events: Sequence[Event]) -> set[int]:
    """The pieces of which these events changed what is found of things within them."""
    return {event.subject_id for event in events if event.subject_kind == "article" and event.verb in PLACING}


def signed(events: Sequence[Event]) -> set[int]:
    """The pieces that may name somebody new."""
    return {event.subject_id for event in events if event.subject_kind == "article" and event.verb in BYLINES}


def newest_texts(ids: Collection[int]) -> dict[int, str]:
    """The text of each of these pieces as it stands."""
    last = Revision.objects.filter(article=OuterRef("article")).order_by("-number").values("number")[:1]
    rows = Revision.objects.filter(article__in=ids, number=Subquery(last)).order_by()
    return dict(rows.values_list("article_id", "text"))


def authors_of(ids: Collection[int]) -> dict[int, list[tuple[int, str]]]:
    """The authors of these pieces, in their order."""
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for article, person, name in byline_fields(NOBODY, list(ids)) if ids else []:
        found[article].append((person, name))
    return found


@prepared
def byline_fields(user: "AnyUser", ids: list[int]) -> "QuerySet[Any, Any]":
    rows = Authorship.objects.filter(article__in=ids).order_by("article", "position")
    return rows.values_list("article_id", "person_id", "person__name")


@prepared
def publication_of_fields(user: "AnyUser", ids: list[int]) -> "QuerySet[Any, Any]":
    return Article.objects.filter(pk__in=ids).exclude(publication=None).values_list("pk", "publication_id")


def facets_of_pieces(ids: Collection[int]) -> dict[int, list[str]]:
    """Who wrote these pieces and where they appeared: what is in them is narrowed by that too."""
    found = {pk: [of_author(person) for person, _ in people] for pk, people in authors_of(ids).items()}
    for pk, publication in publication_of_fields(NOBODY, list(ids)) if ids else []:
        found.setdefault(pk, []).append(of_publication(publication))
    return found


class ArticleSource:
    kind = Kind.ARTICLE.value

    def documents(self, ids: Collection[int]) -> Iterable[Document]:
        texts, authors, facets = newest_texts(ids), authors_of(ids), facets_of_pieces(ids)
        for pk, tag in tags_of("article", ids):
            facets.setdefault(pk, []).append(of_tag(tag))
        rows = Article.objects.filter(pk__in=ids).values_list(
            "pk",
            "owner_id",
            "team_id",
            "visibility",
            "title",
            "subtitle",
            "publication__name",
            "added_at",
            "published",
        )
        for pk, owner, team, seen, title, subtitle, publication, added, published in rows:
            byline = [subtitle, publication or "", *(name for _, name in authors.get(pk, []))]
            yield Document(
                pk,
                owner,
                team,
                seen,
                title=title,
                body="\n".join([*byline, texts.get(pk, "")]),
                moment=added,
                day=published or added.date(),
                facets=facets.get(pk, []),
            )

    def touched(self, events: Sequence[Event]) -> set[int]:
        return of_subjects(events, "article", HARMLESS) | relabelled(events, "article")

    def ids_after(self, last: int, most: int) -> list[int]:
        return ids_after(Article, last, most)

    def hits(self, ids: Collection[int], user: "AnyUser") -> dict[int, Hit]:
        wanted = list(ids)
        texts: dict[int, str] = dict(text_fields(user, wanted))
        authors = authors_of(wanted)
        found = {}
        for pk, slug, title, subtitle, publication, published, precision, words, seen in piece_fields(user, wanted):
            found[pk] = Hit(
                f"/articles/{slug}/",
                title,
                text="\n".join(filter(None, [subtitle, texts.get(pk, "")])),
                facts=list(
                    filter(
                        None,
                        [
                            publication,
                            ", ".join(name for _, name in authors.get(pk, [])),
                            in_words(published, precision) if published else "",
                            f"{minutes_for(words)} min",
                        ],
                    )
                ),
                visibility=seen,
            )
        return found


@prepared
def piece_fields(user: "AnyUser", ids: list[int]) -> "QuerySet[Any, Any]":
    return Article.objects.filter(visible_to(user), pk__in=ids).values_list(
        "pk",
        "slug",
        "title",
        "subtitle",
        "publication__name",
        "published",
        "published_precision",
        "words",
        "visibility",
    )


@prepared
def text_fields(user: "AnyUser", ids: list[int]) -> "QuerySet[Any, Any]":
    """The newest texts; `piece_fields` says of which pieces they may be shown."""
    last = Revision.objects.filter(article=OuterRef("article")).order_by("-number").values("number")[:1]
    return Revision.objects.filter(article__in=ids, number=Subquery(last)).order_by().values_list("article_id", "text")


class PersonSource:
    kind = Kind.PERSON.value

    def documents(self, ids: Collection[int]) -> Iterable[Document]:
        rows = Person.objects.filter(pk__in=ids).values_list(
            "pk", "owner_id", "team_id", "visibility", "name", "aliases"
        )
        return [Document.of_name(*scope, *map(str, aliases)) for *scope, aliases in rows]

    def touched(self, events: Sequence[Event]) -> set[int]:
        pieces = signed(events)
        authors = Authorship.objects.filter(article__in=pieces).values_list("person_id", flat=True) if pieces else []
        return of_subjects(events, "person") | unknown(self.kind, set(authors))

    def ids_after(self, last: int, most: int) -> list[int]:
        return ids_after(Person, last, most)

    def hits(self, ids: Collection[int], user: "AnyUser") -> dict[int, Hit]:
        return {
            pk: Hit(f"/people/{slug}/", name, facts=[Person.Kind(kind).label], visibility=seen)
            for pk, slug, name, kind, seen in person_fields(user, list(ids))
        }


@prepared
def person_fields(user: "AnyUser", ids: list[int]) -> "QuerySet[Any, Any]":
    rows = Person.objects.filter(visible_to(user), pk__in=ids)
    return rows.values_list("pk", "slug", "name", "kind", "visibility")


class PublicationSource:
    kind = Kind.PUBLICATION.value

    def documents(self, ids: Collection[int]) -> Iterable[Document]:
        rows = Publication.objects.filter(pk__in=ids).values_list("pk", "owner_id", "team_id", "visibility", "name")
        return [Document.of_name(*row) for row in rows]

    def touched(self, events: Sequence[Event]) -> set[int]:
        pieces = signed(events)
        published = publication_of_fields(NOBODY, list(pieces)) if pieces else []
        return unknown(self.kind, {publication for _, publication in published})

    def ids_after(self, last: int, most: int) -> list[int]:
        return ids_after(Publication, last, most)

    def hits(self, ids: Collection[int], user: "AnyUser") -> dict[int, Hit]:
        return {
            pk: Hit(f"/publications/{slug}/", name, facts=["Publication"], visibility=seen)
            for pk, slug, name, seen in publication_fields(user, list(ids))
        }


@prepared
def publication_fields(user: "AnyUser", ids: list[int]) -> "QuerySet[Any, Any]":
    return Publication.objects.filter(visible_to(user), pk__in=ids).values_list("pk", "slug", "name", "visibility")


def ids_after(model: Any, last: int, most: int) -> list[int]:
    return list(model.objects.order_by("pk").filter(pk__gt=last).values_list("pk", flat=True)[:most])
