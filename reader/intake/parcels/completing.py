"""Giving a piece that is made of quotes the text which they were taken from, when that comes in by itself."""

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db.models import Q

from reader.core.visibility import Visibility
from reader.intake.parcels.pieces import is_of_quotes
from reader.library.models import Article, Text
from reader.library.shelving import Details, already_visible, details_of, replace_text
from reader.tags.models import fold

if TYPE_CHECKING:
    from reader.accounts.models import User

TEXT_CAME = "Only the passages that were marked were here; it has its whole text now."


def quoted_from(details: Details, text: Text, owner: "User", visibility: str, team_id: int | None) -> Article | None:
    """The owner's piece of quotes alone, without an address, that is this piece by its title and who wrote it.

    Never one that more people see than are to see this text; and none where the piece is here already.
    """
    if details.truncated or already_visible(details.canonical_url, text, owner):
        return None
    no_wider = Q(visibility=Visibility.PRIVATE) | Q(visibility=visibility, team=team_id)
    named = Article.objects.visible_to(owner).filter(no_wider, owner=owner, canonical_url=None, truncated=True)
    alike = named.filter(title__iexact=details.title).select_related("publication").order_by("pk")
    return next((one for one in alike if is_quoted_from(one, details, text)), None)


def is_quoted_from(article: Article, details: Details, text: Text) -> bool:
    known, found = names_in(details_of(article)), names_in(details)
    is_same = not known or not found or known & found
    return bool(is_same) and text.words >= article.words and is_of_quotes(article)


def names_in(details: Details) -> set[str]:
    """Who wrote it and where: apps that know only one name of a piece write either as its author."""
    return {fold(name) for name in (*details.authors, details.publication) if name.strip()}


def give_text(article: Article, details: Details, text: Text, owner: "User") -> None:
    """Put the whole text in the place of the quotes; their marks go where their words stand."""
    known = filled(article, details)
    replace_text(article, replace(known, canonical_url=known.canonical_url or details.canonical_url), text, owner)


def filled(article: Article, found: Details) -> Details:
    """What was known of a piece, with what its whole text adds."""
    known = details_of(article)
    says_audience = found.audience != Article.Audience.UNKNOWN
    return replace(
        known,
        authors=known.authors or found.authors,
        publication=known.publication or found.publication,
        published=known.published or found.published,
        published_precision=known.published_precision if known.published else found.published_precision,
        doubted_date=known.doubted_date or found.doubted_date,
        subtitle=known.subtitle or found.subtitle,
        language=found.language,
        platform=found.platform,
        audience=found.audience if says_audience else known.audience,
        truncated=found.truncated,
        truncation_evidence=found.truncation_evidence,
    )
