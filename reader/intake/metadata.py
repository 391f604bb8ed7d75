"""What a page's head says of it: Open Graph, other meta tags, JSON-LD, canonical link."""

import json
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from reader.intake.dates import Dated, likeliest, read_date
from reader.intake.documents import Metadata
from reader.intake.lines import key_of, tidy
from reader.intake.names import merge_names, split_names
from reader.intake.soup import Node, unescaped

PAPERS = "citation_author"
META = {
    "title": ("og:title", "twitter:title", "dc.title", "parsely-title", "citation_title"),
    "subtitle": ("og:description", "description", "twitter:description"),
    "author": ("author", "article:author", "dc.creator", "parsely-author", "og:author", PAPERS, "twitter:data1"),
    "publication": ("og:site_name", "application-name", "dc.publisher"),
    "published": (
        *("article:published_time", "datepublished", "parsely-pub-date", "publish-date", "pubdate"),
        *("dc.date.issued", "dc.date", "date"),
        *("citation_date", "citation_publication_date", "citation_online_date"),
    ),
    "url": ("og:url",),
}
ARTICLE_TYPES = re.compile(r"(?:\w*Article|\w*Posting|Report|WebPage|PodcastEpisode|CreativeWork)")
TITLE_JOINTS = re.compile(r"\s+[|–—·•»«-]\s+|\s+::\s+|\s+by\s+(?=[A-Z])")
HOME = re.compile(r"(?:https?://[^/?#]+)?/(?:index\.html?)?|https?://[^/?#]+", re.IGNORECASE)
NO_NAME = re.compile(r"://|<|\d\s*min\b")
MOST_AUTHORS = 25
PLATFORM_NAMES = (
    "Medium",
    "Substack",
    "beehiiv",
    "Ghost",
    "WordPress.com",
    "Buttondown",
)  # where it lies, not what it is
MAX_LINKED_DATA = 300_000  # characters
MAX_ITEMS = 500


def read_metadata(root: Node) -> Metadata:
    """Return what the head says; the page's own lines are not looked at."""
    nodes = list(root.nodes())
    metas = _metas(nodes)
    items = [item for node in nodes if node.tag == "script" for item in _linked_data(node)]
    data = _linked_article(items)
    publication = _name(data.get("publisher")) or _first(metas, "publication") or _name(data.get("isPartOf"))
    publication = None if publication in PLATFORM_NAMES else publication
    title = _title(nodes, metas, data, publication)
    url = _canonical(nodes) or _first(metas, "url") or _text(data.get("url"))
    return Metadata(
        title=title,
        subtitle=_text(data.get("alternativeHeadline")) or _first(metas, "subtitle") or _text(data.get("description")),
        authors=_authors(nodes, metas, data, items),
        publication=publication or _behind_title(nodes, title),
        published=_published(nodes, metas, data),
        url=url if url and url.startswith(("https://", "http://")) else None,
        language=_language(nodes, data),
        free=_free(data.get("isAccessibleForFree")),
        traces=tuple(_traces(nodes, metas)),
    )


def _metas(nodes: list[Node]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for node in nodes:
        name = node.attrs.get("property") or node.attrs.get("name") or node.attrs.get("itemprop")
        if node.tag == "meta" and name and node.attrs.get("content"):
            said = tidy(node.attrs["content"])
            found.setdefault(name.lower(), []).append(_forename_first(said) if name.lower() == PAPERS else said)
    return found


def _forename_first(name: str) -> str:
    """The name as one says it: repositories of papers write "Holm, Ida"."""
    family, comma, given = name.partition(", ")
    return f"{given} {family}" if comma and "," not in given else name


def _first(metas: dict[str, list[str]], field: str) -> str | None:
    return next(_all(metas, field), None)


def _all(metas: dict[str, list[str]], field: str) -> Iterator[str]:
    return (value for key in META[field] for value in metas.get(key, ()) if value)


def _linked_article(items: list[dict[str, object]]) -> dict[str, object]:
    """Return the first JSON-LD object that describes an article, {} if there is none."""
    for wanted in ("Article", "Posting", ""):
        for item in items:
            kinds = item.get("@type")
            names = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(name, str) and ARTICLE_TYPES.fullmatch(name) and name.endswith(wanted) for name in names):
                return item
    return {}


def _linked_data(node: Node) -> Iterator[dict[str, object]]:
    if "ld+json" not in node.attrs.get("type", "") or len(node.raw) > MAX_LINKED_DATA:
        return
    try:
        waiting: list[object] = [json.loads(node.raw)]
    except (ValueError, RecursionError):
        return
    for _ in range(MAX_ITEMS):
        if not waiting:
            return
        item = waiting.pop(0)
        if isinstance(item, list):
            waiting.extend(item)
        elif isinstance(item, dict):
            yield item
            waiting.extend(item.get(key) for key in ("@graph", "mainEntity", "mainEntityOfPage"))


def _published(nodes: list[Node], metas: dict[str, list[str]], data: dict[str, object]) -> Dated | None:
    said = (_text(data.get("datePublished")), *_all(metas, "published"), _time(nodes))
    return likeliest(*(read_date(words) for words in said if words))


def _text(value: object) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    return tidy(unescaped(value)) or None if isinstance(value, str) else None


def _name(value: object) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


def _authors(
    nodes: list[Node], metas: dict[str, list[str]], data: dict[str, object], items: list[dict[str, object]]
) -> tuple[str, ...]:
    value = data.get("author")
    linked = [_name(item) or _named_elsewhere(item, items) for item in (value if isinstance(value, list) else [value])]
    names = [name for name in linked if name] or [
        name for key in META["author"] for name in metas.get(key, ()) if not NO_NAME.search(name)
    ][:MOST_AUTHORS]
    names = names or [_person_of(node) for node in nodes if "ltx_personname" in node.attrs.get("class", "")]
    return merge_names(*(split_names(name, lenient=True) or (name,) for name in names if len(name) < 100))


def _person_of(node: Node) -> str:
    """An author of a paper, without the marks and lines behind the name that say where they work."""
    first = next((child for child in node.children if not isinstance(child, str) or child.strip()), "")
    return tidy(first if isinstance(first, str) else first.text())


def _named_elsewhere(value: object, items: list[dict[str, object]]) -> str | None:
    """The name of a person who is only pointed to, as WordPress writes it."""
    key = value.get("@id") if isinstance(value, dict) else None
    return next((_name(item) for item in items if key and item.get("@id") == key and _name(item)), None)


def _title(
    nodes: list[Node], metas: dict[str, list[str]], data: dict[str, object], publication: str | None
) -> str | None:
    """Return the longest first heading that the page's <title> or Open Graph repeats, else what metadata call it."""
    element = next((tidy(unescaped(node.raw)) for node in nodes if node.tag == "title" and node.raw.strip()), None)
    said = _text(data.get("headline")) or _first(metas, "title")
    named = [key_of(name) for name in (element, *metas.get("og:title", ()), said) if name]
    headings = _headings(nodes, "h1")
    shown = [heading for heading in headings if key_of(heading) and any(key_of(heading) in name for name in named)]
    others = [heading for heading in shown if key_of(heading) != key_of(publication or "")]
    if others:
        return max(others, key=len)
    if said is None and len(headings) == 1:
        return headings[0]
    named_below = [] if said else _parts_of(element or "", _headings(nodes, "h2", "h3"), publication)
    if named_below:
        return max(named_below, key=len)
    whole = said or element
    return _without_publication(whole, publication, from_element=said is None) if whole else None


def _headings(nodes: list[Node], *tags: str) -> list[str]:
    """The headings but for those that lead to the site's first page, which are its name."""
    home = [node for node in nodes if node.tag == "a" and HOME.fullmatch(node.attrs.get("href", ""))]
    within = {inner for link in home for inner in link.nodes()}
    around = {node for node in nodes if node.tag in tags and home and not within.isdisjoint(node.nodes())}
    found = (tidy(node.text()) for node in nodes if node.tag in tags and node not in around)
    return list(dict.fromkeys(filter(None, found)))


def _parts_of(element: str, headings: list[str], publication: str | None) -> list[str]:
    """Those of the headings that a <title> element names beside other things ("Name » Archive » Headline")."""
    parts = {key_of(part) for part in TITLE_JOINTS.split(element)} - {key_of(publication or "")}
    return [heading for heading in headings if key_of(heading) in parts]


def _behind_title(nodes: list[Node], title: str | None) -> str | None:
    """Return what the <title> element puts behind the headline, and nothing more ("Headline – Name")."""
    whole = next((tidy(unescaped(node.raw)) for node in nodes if node.tag == "title"), "")
    parts = TITLE_JOINTS.split(whole)
    return parts[1] if len(parts) == 2 and title is not None and key_of(parts[0]) == key_of(title) else None


def _without_publication(title: str, publication: str | None, *, from_element: bool) -> str:
    """Take the publication's name off the end ("Title | Name"); a <title> element nearly always carries it."""
    parts = TITLE_JOINTS.split(title)
    if len(parts) > 1 and (
        key_of(parts[-1]) == key_of(publication or "") or (from_element and len(parts[-1]) < len(parts[0]))
    ):
        joint = [match.start() for match in TITLE_JOINTS.finditer(title)][-1]
        return title[:joint].strip()
    return title


def _time(nodes: list[Node]) -> str | None:
    """Return what a <time> marked as the date of publication says."""
    for node in nodes:
        marks = f"{node.attrs.get('itemprop', '')} {node.attrs.get('class', '')}".lower()
        if node.tag == "time" and ("publish" in marks or "pubdate" in node.attrs) and "updated" not in marks.split():
            return node.attrs.get("datetime") or tidy(node.text())
    return None


def _canonical(nodes: list[Node]) -> str | None:
    return next(
        (n.attrs.get("href") for n in nodes if n.tag == "link" and n.attrs.get("rel", "").lower() == "canonical"), None
    )


def _language(nodes: list[Node], data: dict[str, object]) -> str | None:
    code = next((node.attrs["lang"] for node in nodes if node.tag == "html" and node.attrs.get("lang")), None)
    found = re.match(r"[a-zA-Z]{2}(?![a-zA-Z])", code or _text(data.get("inLanguage")) or "")
    return found[0].lower() if found else None


def _free(value: object) -> bool | None:
    said = str(value).lower() if isinstance(value, (str, bool)) else ""
    return {"true": True, "false": False}.get(said)


def _traces(nodes: list[Node], metas: dict[str, list[str]]) -> Iterator[str]:
    """Yield what gives the platform away: the generator, and the hosts of scripts, styles and links in the head."""
    yield from (f"powered by {value}" for value in metas.get("generator", ()))
    for node in nodes:
        address = node.attrs.get("src") or node.attrs.get("href") if node.tag in ("script", "link") else None
        if address and len(address) < 300:
            try:
                parts = urlsplit(address)
            except ValueError:
                continue
            yield f"{parts.hostname or ''}{'/wp-content/' if '/wp-content/' in parts.path else ''}"
