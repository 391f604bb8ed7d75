"""RSS, Atom and RDF by feedparser, JSON Feed by our own reader: from bytes to entries, and never an exception else."""

import io
import re
from collections.abc import Mapping
from datetime import date
from html import escape
from typing import Any

import feedparser

from reader.intake.decoding import without_surrogates
from reader.intake.feeds.days import believed, day_of
from reader.intake.feeds.documents import Entry, FeedDocument, NotAFeed, with_keys
from reader.intake.feeds.jsonfeed import joined, looks_like_json, read_json
from reader.intake.names import split_names

#: The newest so many entries are looked at; who has an archive of ten thousand in the feed meant it for others.
MOST_ENTRIES = 200
MOST_BYTES = 8 * 1024 * 1024  # of these entries
ENDS = re.compile(rb"</(?:\w{1,20}:)?(?:item|entry)\s*>", re.IGNORECASE)
IS_PAGE = re.compile(rb"\s*(?:<!doctype html|<html\b)", re.IGNORECASE)
IS_WHOLE = re.compile(rb"</(?:\w{1,20}:)?(?:rss|feed|rdf)\s*>", re.IGNORECASE)
TAGS = re.compile(r"<[^>]*>")
PAGE = "That address answers with a page, and no feed."
BROKEN_OFF = "That feed breaks off before its first piece."
NOTHING = "What is there cannot be read as a feed."
TOO_LARGE = "That feed is larger than any that is read here."


def parse(body: bytes, url: str, today: date, headers: Mapping[str, str] | None = None) -> FeedDocument:
    """What a feed says.

    Raises:
        NotAFeed: it is none.
    """
    if looks_like_json(body):
        return read_json(body, url, today, MOST_ENTRIES)
    if IS_PAGE.match(body[:1000].removeprefix(b"\xef\xbb\xbf")):
        raise NotAFeed(PAGE)
    said = as_said(newest_part(body), headers or {})
    if not said.get("version") and not said.get("entries"):
        raise NotAFeed(NOTHING)
    head, items = said.get("feed", {}), said.get("entries", [])
    if not items and said.get("bozo") and not IS_WHOLE.search(body):
        raise NotAFeed(BROKEN_OFF)
    return FeedDocument(
        title=plain(head.get("title")),
        site=joined(url, plain(head.get("link"))),
        entries=with_keys([entry_of(item, head, url, today) for item in items[:MOST_ENTRIES]]),
        ttl=minutes_of(head),
    )


def newest_part(body: bytes) -> bytes:
    """The feed without what stands behind its first entries.

    Raises:
        NotAFeed: it is still too large.
    """
    ends = [found.end() for found in ENDS.finditer(body)]
    if len(ends) > MOST_ENTRIES:
        body = body[: ends[MOST_ENTRIES - 1]] + body[ends[-1] :]
    if len(body) > MOST_BYTES:
        raise NotAFeed(TOO_LARGE)
    return body


def as_said(body: bytes, headers: Mapping[str, str]) -> Mapping[str, Any]:
    """What feedparser understands. A stream is handed over, for it would fetch what looks like an address."""
    kind = headers.get("content-type", "")
    try:
        found: Mapping[str, Any] = feedparser.parse(
            io.BytesIO(body),
            response_headers={"content-type": kind} if kind else {},
            sanitize_html=False,  # everything stored goes through our own cleaning
            resolve_relative_uris=False,
        )
    # A parser of anything that anybody publishes: what it stumbles over is not ours to foresee.
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, LookupError, RecursionError, AssertionError):
        raise NotAFeed(NOTHING) from None
    return found


def entry_of(item: Mapping[str, Any], head: Mapping[str, Any], url: str, today: date) -> Entry:
    contents = [part for part in item.get("content") or [] if (part.get("value") or "").strip()]
    summary = item.get("summary_detail") or {}
    body = max(contents, key=lambda part: len(part["value"])) if contents else summary
    when = "published" if "published" in item or "updated" not in item else "updated"
    said, parsed = plain(item.get(when)), item.get(f"{when}_parsed")
    return Entry(
        guid=plain(item.get("id")),
        url=joined(url, plain(item.get("link"))),
        title=TAGS.sub("", plain(item.get("title"))).strip(),
        authors=authors_of(item) or authors_of(head),
        html=as_html(body),
        is_summary=not contents,
        published=believed(day_of(said, parsed), today),
        published_as_said=said[:60],
        language=plain(body.get("language") or head.get("language")),
    )


def authors_of(thing: Mapping[str, Any]) -> list[str]:
    told = [plain(person.get("name")) for person in thing.get("authors") or []] or [plain(thing.get("author"))]
    names = [name for one in told for name in split_names(one, lenient=True) if "@" not in name]
    return list(dict.fromkeys(names))


def as_html(part: Mapping[str, Any]) -> str:
    value = without_surrogates(part.get("value") or "").replace("\x00", "")
    return f"<p>{escape(value)}</p>" if part.get("type") == "text/plain" and value.strip() else value


def minutes_of(head: Mapping[str, Any]) -> int | None:
    ttl = plain(head.get("ttl"))
    return int(ttl) if ttl.isdecimal() and len(ttl) < 7 else None


def plain(value: object) -> str:
    return without_surrogates(value).replace("\x00", "").strip() if isinstance(value, str) else ""
