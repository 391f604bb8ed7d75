"""From what was understood of an input to what the library keeps of it."""

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from reader.core.sanitising import clean, text_of
from reader.intake.dates import Dated, Precision
from reader.intake.lines import key_of
from reader.intake.naming import name_for
from reader.intake.reading import Reading
from reader.library.models import Article, Text
from reader.library.shelving import Details, details_of

if TYPE_CHECKING:
    from django.db.models import CharField

is_web_address = URLValidator(schemes=["http", "https"])


def as_text(reading: Reading, raw: str) -> Text:
    html = clean(reading.html)
    return Text(html=html, text=text_of(html), raw=raw, source_kind=reading.source_kind)


def as_details(reading: Reading, file: str = "") -> Details:
    """What was understood, as far as it fits: a title of a thousand characters was none, a date of 1970 is doubted.

    `file` is the name of the one that it came in, if any.
    """
    told = Dated(reading.published, Precision(reading.published_precision or "day")) if reading.published else None
    doubted = told.iso if told and not told.is_believed else ""
    return Details(
        title=cut(reading.title or name_for(reading, file), "title"),
        subtitle=cut(reading.subtitle, "subtitle"),
        authors=reading.authors,
        publication=reading.publication or "",
        canonical_url=web_address(reading.url),
        published=None if doubted else reading.published,
        published_precision="" if doubted else reading.published_precision or "",
        doubted_date=doubted,
        audience=reading.audience,
        truncated=reading.truncated,
        truncation_evidence=cut(reading.truncation_evidence, "truncation_evidence"),
        language=cut(reading.language, "language") or "en",
        platform=cut(reading.platform, "platform"),
    )


def as_replacement(article: Article, reading: Reading) -> Details:
    """What is known of a piece once it has this text: all that was, but whether it is whole and for whom."""
    known, understood = details_of(article), as_details(reading)
    says_audience = understood.audience != Article.Audience.UNKNOWN
    return replace(
        known,
        audience=understood.audience if says_audience else known.audience,
        truncated=understood.truncated,
        truncation_evidence=understood.truncation_evidence,
    )


def headline_of(reading: Reading, article: Article) -> str:
    """What a new text is headed; nothing where the piece is called so already, or no line is a headline."""
    headline = cut(reading.title, "title")
    return "" if key_of(headline) in ("", key_of(article.title)) else headline


def cut(value: str | None, field: str) -> str:
    """As much of `value` as the article's field holds."""
    return (value or "")[: cast("CharField[str, str]", Article._meta.get_field(field)).max_length]


def web_address(url: str | None) -> str | None:
    """`url` where it is an address that a reader can follow; a page may claim any words as its own."""
    try:
        is_web_address(url)
    except ValidationError:
        return None
    return url if url and len(url) <= 1000 else None
