"""JSON Feed: whatever stands where something else should is passed over."""

import json
from datetime import date
from html import escape
from typing import Any
from urllib.parse import urljoin

from reader.intake.decoding import without_surrogates
from reader.intake.feeds.days import believed, day_of
from reader.intake.feeds.documents import Entry, FeedDocument, NotAFeed, with_keys

VERSION = "jsonfeed.org/version/"
BROKEN = "That feed says that it is JSON, and cannot be read as such."


def looks_like_json(body: bytes) -> bool:
    return body[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def read_json(body: bytes, url: str, today: date, most: int) -> FeedDocument:
    """What a JSON Feed says.

    Raises:
        NotAFeed: it is none.
    """
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        raise NotAFeed(BROKEN) from None
    if not isinstance(said, dict) or VERSION not in words(said.get("version")):
        raise NotAFeed("What is there is data, and no feed.")
    items = [item for item in listed(said.get("items")) if isinstance(item, dict)][:most]
    language = words(said.get("language"))
    return FeedDocument(
        title=words(said.get("title")),
        site=joined(url, words(said.get("home_page_url"))),
        entries=with_keys([entry_of(item, said, url, language, today) for item in items]),
    )


def entry_of(item: dict[str, Any], feed: dict[str, Any], url: str, language: str, today: date) -> Entry:
    content = words(item.get("content_html")) or paragraphs(words(item.get("content_text")))
    said = words(item.get("date_published"))
    return Entry(
        guid=words(item.get("id")),
        url=joined(url, words(item.get("url")) or words(item.get("external_url"))),
        title=words(item.get("title")),
        authors=authors_of(item) or authors_of(feed),
        html=content or paragraphs(words(item.get("summary"))),
        is_summary=not content,
        published=believed(day_of(said), today),
        published_as_said=said[:60],
        language=words(item.get("language")) or language,
    )


def authors_of(thing: dict[str, Any]) -> list[str]:
    people = [*listed(thing.get("authors")), thing.get("author")]
    return [name for person in people if isinstance(person, dict) and (name := words(person.get("name")))]


def words(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return without_surrogates(str(value)).replace("\x00", "").strip()


def listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def paragraphs(text: str) -> str:
    return "\n".join(f"<p>{escape(part)}</p>" for part in text.split("\n\n") if part.strip())


def joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address) if address else ""
    except ValueError:
        return ""
