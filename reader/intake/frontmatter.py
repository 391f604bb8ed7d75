"""Front matter at the top of a Markdown file: the part of YAML and TOML that people write there.

Only flat keys, quoted or bare values and lists are read; anything else is left unread, never an error.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reader.intake.dates import read_date
from reader.intake.documents import Metadata
from reader.intake.names import split_names

FENCES = {"---": ("---", "..."), "+++": ("+++",)}
LONGEST = 100  # lines
PAIR = re.compile(r"(?P<key>[A-Za-z][\w-]*)\s*[:=]\s*(?P<value>.*)")
ITEM = re.compile(r"\s*-\s+(?:name\s*:\s*)?(?P<value>.+)")
WIKI_LINK = re.compile(r"\[\[([^\]|]{1,200})(?:\|[^\]]{0,200})?\]\]")
KEYS = {
    "title": ("title", "headline"),
    "subtitle": ("subtitle", "dek", "standfirst", "tagline"),
    "authors": ("authors", "author", "by", "creator"),
    "publication": ("publication", "site", "site_name", "publisher", "newsletter"),
    "published": ("published", "date", "pubdate", "publishdate", "publish_date", "published_at", "date_published"),
    "url": ("canonical_url", "canonical", "url", "link", "permalink", "source", "original"),
    "language": ("lang", "language", "locale"),
}
ROLES = {
    "title": "title",
    "subtitle": "subtitle",
    "authors": "author",
    "publication": "publication",
    "published": "date",
}


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The number of lines it takes, fences included, its values by key, and the key each line belongs to."""

    length: int
    values: dict[str, list[str]]
    keys: dict[int, str]

    def metadata(self) -> Metadata:
        published = self._first("published")
        return Metadata(
            title=self._first("title"),
            subtitle=self._first("subtitle"),
            authors=self._authors(),
            publication=self._first("publication"),
            published=read_date(published) if published else None,
            url=next((url for url in self._all("url") if url.startswith(("https://", "http://"))), None),
            language=(self._first("language") or "")[:2].lower() or None,
        )

    def field_of(self, line: int) -> str | None:
        """Return which field of an article a line (counted from 0) gives, if any."""
        return next((field for field, keys in KEYS.items() if self.keys.get(line) in keys), None)

    def _all(self, field: str) -> list[str]:
        return [value for key in KEYS[field] for value in self.values.get(key, ()) if value]

    def _first(self, field: str) -> str | None:
        return next(iter(self._all(field)), None)

    def _authors(self) -> tuple[str, ...]:
        names = next((self.values[key] for key in KEYS["authors"] if self.values.get(key)), [])
        split = (split_names(name, lenient=True) or (name,) for name in names if name)
        return tuple(dict.fromkeys(name for group in split for name in group))


def read_front_matter(lines: list[str]) -> FrontMatter | None:
    """Return the front matter with which the lines begin, or None; a lone rule at the top is none."""
    fence = lines[0].strip() if lines else ""
    if fence not in FENCES:
        return None
    end = next((n for n, line in enumerate(lines[1:LONGEST], 1) if line.strip() in FENCES[fence]), None)
    if end is None:
        return None
    values: dict[str, list[str]] = {}
    keys: dict[int, str] = {}
    key = ""
    for number, line in enumerate(lines[1:end], 1):
        item, pair = ITEM.fullmatch(line), PAIR.fullmatch(line.strip())
        if item and key:
            values.setdefault(key, []).append(_bare(item["value"]))
        elif pair and not line[:1].isspace():
            key = pair["key"].lower()
            values.setdefault(key, []).extend(_values(pair["value"].strip()))
        keys[number] = key
    return FrontMatter(end + 1, values, keys) if values else None


def _values(text: str) -> Iterator[str]:
    if text.startswith("[") and text.endswith("]") and not text.startswith("[["):
        yield from (_bare(part) for part in text[1:-1].split(","))
    elif text:
        yield _bare(text)


def _bare(text: str) -> str:
    text = text.strip().rstrip(",").strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        text = text[1:-1]
    return WIKI_LINK.sub(r"\1", text).strip()
