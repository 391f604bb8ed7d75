"""Pieces for tests that care for more than a title."""

from typing import Any

from reader.accounts.models import Team, User
from reader.core.sanitising import clean, text_of
from reader.core.visibility import Visibility
from reader.library.models import Article, Text
from reader.library.shelving import Details, shelve


def as_text(words: str) -> Text:
    return Text(html=f"<p>{words}</p>", text=words, raw=words, source_kind="paste_text")


def shelve_piece(
    by: User, title: str, visibility: str = Visibility.PRIVATE, team: Team | None = None, **details: Any
) -> Article:
    """A piece of one sentence, its own."""
    words = details.pop("words", f"This is all that {title} says.")
    article, _ = shelve(Details(title=title, **details), as_text(words), by, visibility, team.pk if team else None)
    return article


def as_html(raw: str) -> Text:
    html = clean(raw)
    return Text(html=html, text=text_of(html), raw=raw, source_kind="paste_html")
