"""Where somebody keeps what is theirs: in a piece, or in a private copy of it with the same texts."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils import timezone

from reader.claims.rehoming import retag, rewrite_byline
from reader.core.events import record
from reader.core.slugs import make_slug
from reader.core.visibility import Scope, Visibility
from reader.highlights.models import Anchor, Highlight
from reader.library.models import Article, Authorship, Reading, Revision

if TYPE_CHECKING:
    from reader.accounts.models import User


@dataclass(frozen=True, slots=True)
class Place:
    """A piece, who sees what somebody keeps in it, and for a copy the text that each text of the original became."""

    article_id: int
    scope: Scope
    revisions: dict[int, int] = field(default_factory=dict)

    def put_marks(self, ids: list[int]) -> None:
        """Put these marks here, at the same words."""
        Highlight.objects.filter(pk__in=ids).update(
            article=self.article_id,
            team=self.scope.team_id,
            visibility=self.scope.visibility,
            changed_at=timezone.now(),
        )
        for old, new in self.revisions.items():
            Anchor.objects.filter(highlight__in=ids, revision=old).update(revision=new)

    def copy_mark(self, mark: Highlight, kind: str) -> Highlight:
        """A mark of one's own at the words of somebody else's."""
        own = Highlight.objects.create(
            article_id=self.article_id,
            owner_id=self.scope.owner_id,
            team_id=self.scope.team_id,
            visibility=self.scope.visibility,
            kind=kind,
            exact=mark.exact,
            prefix=mark.prefix,
            suffix=mark.suffix,
            created_at=mark.created_at,
            deleted_at=mark.deleted_at,
        )
        anchors = list(mark.anchors.all())
        for anchor in anchors:
            anchor.pk, anchor.highlight = None, own
            anchor._state.adding = True
            anchor.revision_id = self.revisions.get(anchor.revision_id, anchor.revision_id)
        Anchor.objects.bulk_create(anchors)
        return own


def copy_for(article: Article, reader_id: int, by: "User | None") -> Place:
    """The place in which a reader who no longer sees `article` keeps it; an earlier copy of the same texts serves."""
    scope = Scope(reader_id)
    texts = dict(article.revisions.values_list("pk", "sha256"))
    kept = earlier_copy(article, texts, reader_id)
    if kept is None:
        copy = copy_piece(article, scope, by)
        numbers = dict(article.revisions.values_list("number", "pk"))
        kept = Place(copy.pk, scope, {numbers[n]: pk for n, pk in copy.revisions.values_list("number", "pk")})
    take_reading(article, reader_id, kept.article_id)
    return kept


def earlier_copy(article: Article, texts: dict[int, str], reader_id: int) -> Place | None:
    same = Article.objects.filter(owner=reader_id, visibility=Visibility.PRIVATE, title=article.title)
    for candidate in same.exclude(pk=article.pk).order_by("pk"):
        held = dict(candidate.revisions.values_list("sha256", "pk"))
        if set(texts.values()) <= held.keys():
            return Place(candidate.pk, Scope(reader_id), {pk: held[sha256] for pk, sha256 in texts.items()})
    return None


def copy_piece(article: Article, scope: Scope, by: "User | None") -> Article:
    """Everything that those know of a piece who see it: its details, byline, tags and texts."""
    copy: Article = Article.objects.select_related("publication").get(pk=article.pk)
    copy.pk, copy._state.adding = None, True
    copy.owner_id, copy.team_id, copy.visibility = scope.owner_id, scope.team_id, scope.visibility
    copy.slug, copy.added_at = make_slug(Article, article.title, scope.visibility), timezone.now()
    mine = Article.objects.filter(owner=scope.owner_id, visibility=Visibility.PRIVATE)
    if copy.canonical_url and mine.filter(canonical_url=copy.canonical_url).exists():
        copy.canonical_url = None
    copy.save()
    signed = article.authorships.values_list("person", "position")
    Authorship.objects.bulk_create(Authorship(article=copy, person_id=who, position=at) for who, at in signed)
    rewrite_byline(copy, scope)
    copy.save(update_fields=["publication"])
    copy.tags.set(article.tags.exclude(visibility=Visibility.PRIVATE))
    retag(Article, [copy.pk], scope)
    Revision.objects.bulk_create(again(revision, copy) for revision in article.revisions.all())
    record(by, "copied", copy, article_id=copy.pk)
    return copy


def again(revision: Revision, article: Article) -> Revision:
    revision.pk, revision.article = None, article
    revision._state.adding = True
    return revision


def take_reading(article: Article, reader_id: int, copy_id: int) -> None:
    """A copy is as far read as the piece was."""
    if not Reading.objects.filter(article=copy_id, reader=reader_id).exists():
        Reading.objects.filter(article=article, reader=reader_id).update(article=copy_id)
