"""Which pictures of a piece are here, and which of a reader's pieces lack some."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache
from hashlib import sha256 as hash_of
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from reader.core.prepared import NOBODY, Row, prepared
from reader.core.visibility import visible_to
from reader.intake.images.models import ArticleImage, Image, State
from reader.intake.images.showing import PLACE, Shown, illustrated

if TYPE_CHECKING:
    from reader.accounts.models import User
    from reader.core.requests import AnyUser

#: After so long nobody works, and the page waits no longer.
PATIENCE = timedelta(minutes=10)
#: Those that can be shown, or that it is known of that they show nothing.
ENDED = (State.HERE, State.COUNTER)


@prepared
def image_fields(user: "AnyUser", article_id: int) -> QuerySet[Any, Any]:
    ended = ArticleImage.objects.filter(article_id=article_id, state__in=ENDED).order_by("pk")
    return ended.values_list("address", "image__sha256", "image__width", "image__height")


def with_images(sha256: str, html: str, article_id: int, slug: str) -> tuple[str, str]:
    """A text of a piece with its pictures, and a hash of both; a text without any asks for nothing."""
    if "<img " not in html:
        return sha256, html
    rows = tuple(image_fields(NOBODY, article_id)) if settings.IMAGES else ()
    drawn = hash_of(repr((sha256, slug, rows)).encode()).hexdigest()
    return drawn, _illustrated(_Source(sha256, html), slug, rows)


@dataclass(frozen=True, slots=True)
class _Source:
    sha256: str
    html: str = field(compare=False)


@lru_cache(maxsize=64)
def _illustrated(source: _Source, slug: str, rows: Sequence[Row]) -> str:
    return illustrated(source.html, {row[0]: _shown(slug, *row[1:]) for row in rows})


def _shown(slug: str, sha256: str | None, width: int | None, height: int | None) -> Shown:
    return Shown(reverse("article-image", args=[slug, sha256]), width or 0, height or 0) if sha256 else Shown("")


def are_on_their_way(html: str, article_id: int) -> bool:
    """Whether a page shows a place for a picture that may come while it is read."""
    if PLACE not in html or not settings.IMAGES:
        return False
    waiting = ArticleImage.objects.filter(article=article_id, state=State.WAITING, sentence="")
    return waiting.filter(ask_at__gt=timezone.now() - PATIENCE).exists()


def images_seen_by(user: "AnyUser", slug: str) -> QuerySet[Image]:
    """The pictures in a piece, for somebody who may read it."""
    uses = ArticleImage.objects.filter(visible_to(user, "article__"), article__slug=slug, image=OuterRef("pk"))
    return Image.objects.filter(Exists(uses))


def missing_images(reader: "User") -> QuerySet[ArticleImage]:
    """What is on its way to a reader's pieces, and what did not come."""
    mine = ArticleImage.objects.filter(article__owner=reader, state__in=[State.WAITING, State.FAILED])
    return mine.select_related("article")


def missing_counts(reader: "User") -> dict[str, int]:
    """How many wait, and how many did not come."""
    waiting, failed = Count("pk", filter=Q(state=State.WAITING)), Count("pk", filter=Q(state=State.FAILED))
    return missing_images(reader).order_by().aggregate(waiting=waiting, failed=failed)
