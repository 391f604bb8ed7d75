"""What a feed says, whatever format it is written in."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from reader.library.addresses import canonical


class NotAFeed(Exception):
    """It is none, or none that can be read; the message is a sentence for the reader."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A piece as its feed tells it.

    `html` is not sanitised; `is_summary` says that the feed gives it as a summary and no content. `published` is what
    is believed of the date, `published_as_said` what stands there.
    """

    guid: str = ""
    url: str = ""
    title: str = ""
    authors: Sequence[str] = ()
    html: str = ""
    is_summary: bool = False
    published: date | None = None
    published_as_said: str = ""
    language: str = ""
    key: str = ""

    @property
    def digest(self) -> str:
        """Another one means that the piece was edited."""
        return hash_of(self.title, self.html, self.url)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedDocument:
    """A feed as it stands there now; `ttl` is how many minutes it wants to be left alone."""

    title: str = ""
    site: str = ""
    entries: Sequence[Entry] = ()
    ttl: int | None = None


def with_keys(entries: Sequence[Entry]) -> list[Entry]:
    """The entries by what tells them apart: guid, then guid and address, then address; each once."""
    times = Counter(entry.guid for entry in entries)
    keyed: dict[str, Entry] = {}
    for entry in entries:
        key = key_of(entry, times[entry.guid])
        keyed.setdefault(key, replace(entry, key=key))
    return list(keyed.values())


def key_of(entry: Entry, times: int) -> str:
    if entry.guid and times == 1:
        return hash_of("guid", entry.guid)
    if entry.guid and entry.url:
        return hash_of("guid and address", entry.guid, canonical(entry.url))
    if entry.url:
        return hash_of("address", canonical(entry.url))
    return hash_of("words", entry.title, entry.published_as_said, "" if entry.title else entry.html)


def hash_of(*parts: str) -> str:
    return digest_of("\x1f".join(parts).encode("utf-8", "replace"))


def digest_of(body: bytes | bytearray) -> str:
    return hashlib.blake2b(body, digest_size=16).hexdigest()
