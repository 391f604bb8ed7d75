"""Where a site keeps its feed: what its page says, then where such things usually are."""

import re
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml", "text/xml")
USUAL = ("/feed", "/feed.xml", "/rss.xml", "/atom.xml", "/index.xml", "/rss", "/feed.json")
COMMENTS = re.compile(r"\bcomments?\b|/comments/", re.IGNORECASE)
LOOKED_AT = 400_000  # characters
MOST = 6


class Links(HTMLParser):
    """The feeds that a page links to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.base = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "base" and not self.base:
            self.base = said.get("href", "")
        if tag != "link" or "alternate" not in said.get("rel", "").lower().split():
            return
        if said.get("type", "").lower().split(";")[0].strip() in TYPES and said.get("href"):
            self.found.append((said["href"].strip(), said.get("title", "")))


def feeds_of(page: str, url: str) -> list[str]:
    """The addresses at which a feed may be, the likeliest first; those of comments come last of what is linked."""
    links = Links()
    links.feed(page[:LOOKED_AT])
    base = joined(url, links.base)
    told = sorted(links.found, key=lambda link: bool(COMMENTS.search(f"{link[0]} {link[1]}")))
    usual = [joined(url, path) for path in USUAL]
    if urlsplit(url).path.strip("/"):
        usual.insert(0, f"{url.partition('?')[0].rstrip('/')}/feed")
    linked = [joined(base, href) for href, _ in told]
    found = list(dict.fromkeys(address for address in [*linked, *usual] if address.startswith(("http:", "https:"))))
    return found[: max(MOST, len(linked))][: 2 * MOST]


def joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:
        return ""
