"""Lists of feeds as other readers write them, in and out.

By our own reader of tags and not a library: lists are often no XML, and the one that was looked at (listparser) also
fetches whatever looks like an address.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser

MOST = 2000
OPENING = re.compile(
    r"\ufeff?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?"
    r"(?:<!doctype\s+opml\b|(?:<!doctype[^\[>]{0,300}(?:\[.{0,6000}?\]\s*)?>\s*)?<opml\b)",
    re.IGNORECASE | re.DOTALL,
)
ENTITIES = (
    "This list of feeds cannot be read: it defines entities of its own (XML), and these are not opened here, for they "
    "can make a small file endless. Have the app that it comes from write it anew."
)


@dataclass(frozen=True, slots=True)
class Listed:
    url: str
    title: str = ""
    site: str = ""
    folder: str = ""


class Outlines(HTMLParser):
    """The feeds of a list, each with the names of the folders around it."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Listed] = []
        self.folders: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "outline":
            self.folders.append(self.note(attrs))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "outline":
            self.note(attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag == "outline" and self.folders:
            self.folders.pop()

    def note(self, attrs: list[tuple[str, str | None]]) -> str:
        """Keep the feed; the name of a folder where it is none."""
        said = {name: (value or "").strip().replace("\x00", "") for name, value in attrs}
        title = said.get("title") or said.get("text", "")
        if not said.get("xmlurl"):
            return title
        folder = " / ".join(filter(None, self.folders)) or said.get("category", "").strip("/")
        self.found.append(Listed(with_scheme(said["xmlurl"]), title, said.get("htmlurl", ""), folder))
        return ""


def with_scheme(url: str) -> str:
    """The address; `feed:` is no way to ask."""
    if url.lower().startswith("feed://"):
        return f"https://{url[7:]}"
    return url[5:] if url.lower().startswith("feed:http") else url


def is_list(text: str) -> bool:
    """Whether a text that begins so is a list of feeds."""
    return OPENING.match(text) is not None


def refusal_of(text: str) -> str:
    """Why a list is not read, as a sentence; nothing where it may be."""
    return ENTITIES if "<!entity" in text.lower().partition("<opml")[0] else ""


def read_list(text: str) -> list[Listed]:
    """The feeds of a list, each once."""
    outlines = Outlines()
    outlines.feed(text)
    outlines.close()
    return list({listed.url: listed for listed in reversed(outlines.found)}.values())[::-1][:MOST]


def write_list(feeds: Iterable[Listed]) -> str:
    folders: dict[str, list[Listed]] = {}
    for feed in feeds:
        folders.setdefault(feed.folder, []).append(feed)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<opml version="2.0">']
    lines += ["<head><title>Feeds of Forecite</title></head>", "<body>"]
    for folder, listed in sorted(folders.items()):
        if folder:
            lines.append(f'<outline text="{escape(folder)}">')
        lines += [outline(feed) for feed in listed]
        if folder:
            lines.append("</outline>")
    return "\n".join([*lines, "</body>", "</opml>", ""])


def outline(feed: Listed) -> str:
    title = escape(feed.title or feed.url)
    site = f' htmlUrl="{escape(feed.site)}"' if feed.site else ""
    return f'<outline type="rss" text="{title}" title="{title}" xmlUrl="{escape(feed.url)}"{site}/>'
