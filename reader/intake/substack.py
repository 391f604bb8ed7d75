"""Posts of Substack: what a page carries of its post as data, which is the post as its author wrote it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from reader.intake.dates import likeliest, read_date
from reader.intake.documents import Metadata
from reader.intake.lines import tidy
from reader.intake.regions import names_of
from reader.intake.soup import Node, parse

WHOLE = 0.9  # of the words that the platform counted: it counts captions and buttons too
PRELOADS, OPENING = "window._preloads", "JSON.parse("
# What its editor puts into a post that is none of its words.
WIDGETS = (
    "subscription-widget-wrap",
    "subscription-widget-wrap-editor",
    "subscription-widget",
    "paywall-jump",
    "paywall",
    "poll-embed",
    "community-chat",
    "directMessage",
    "install-substack-app-embed",
    "subscribe-widget",
    "embedded-publication-wrap",
    "image-link-expand",
    "pencraft-image-controls",
)
BUTTONS = ("button-wrapper", "captioned-button-wrap", "button-wrap")
ASKING = ("subscribe", "checkout", "share", "comment", "restack", "gift", "referral", "pledge", "survey", "/chat", "%%")
PAID = ("only_paid", "founding")


@dataclass(frozen=True, slots=True)
class Post:
    """A post's body as a tree of its own, and what the data say of it."""

    body: Node
    metadata: Metadata


def carried_post(nodes: list[Node], metadata: Metadata) -> Post | None:
    """The post that the page carries as data, unless it is another than the page shows, or less of it."""
    for data in _preloads(nodes):
        found, publication = _post_of(data)
        html = found.get("body_html")
        if not isinstance(html, str) or not html.strip() or _is_another(found, metadata):
            continue
        body = parse(html)
        shown = shown_body(nodes)
        if shown is not None and _words(shown) > 1.1 * _words(body):
            body = shown
        return Post(body, _told(found, publication, body, metadata))
    return None


def shown_body(nodes: list[Node]) -> Node | None:
    """The element of a page or a mail in which the post's words stand."""
    classes = ((node, node.attrs["class"][:200].split()) for node in nodes if "markup" in node.attrs.get("class", ""))
    bodies = [node for node, names in classes if "body" in names and "markup" in names]
    return max(bodies, key=_words, default=None)


def is_widget(node: Node) -> bool:
    """Whether the element asks its reader for something instead of telling."""
    names = set(node.attrs.get("class", "")[:500].split())
    if names.intersection(BUTTONS):
        asked = " ".join(inner.attrs.get("href", "") for inner in node.nodes()) + node.attrs.get("data-attrs", "")
        return any(word in asked.lower() for word in ASKING)
    return bool(names.intersection(WIDGETS))


def _preloads(nodes: list[Node]) -> Iterator[dict[str, Any]]:
    """What the page's script decodes for itself: a JSON text inside of a JSON string."""
    for node in nodes:
        start = node.raw.find(PRELOADS) if node.tag == "script" else -1
        start = node.raw.find(OPENING, start) if start >= 0 else -1
        if start < 0:
            continue
        try:
            inner, _ = json.JSONDecoder(strict=False).raw_decode(node.raw, start + len(OPENING))
            data = json.loads(inner, strict=False) if isinstance(inner, str) else inner
        except (ValueError, RecursionError):
            continue
        if isinstance(data, dict):
            yield data


def _post_of(data: dict[str, Any]) -> tuple[dict[str, Any], str | None]:
    """The post and its publication's name, on a publication's own page or in the reader of the platform."""
    feed = _dict(_dict(data.get("feedData")).get("initialPost"))
    post = _dict(data.get("post")) or _dict(feed.get("post"))
    publication = _dict(data.get("pub")) or _dict(feed.get("publication"))
    return post, _text(publication.get("name"))


def _is_another(post: dict[str, Any], metadata: Metadata) -> bool:
    """Whether the reader went on to another post after the page had come: the data are those of the first."""
    slug, url = _text(post.get("slug")), metadata.url
    return bool(slug and url and "/p/" in url and f"/p/{slug}" not in url)


def _told(post: dict[str, Any], publication: str | None, body: Node, page: Metadata) -> Metadata:
    said = _text(post.get("post_date"))
    names = (_text(_dict(one).get("name")) for one in post.get("publishedBylines") or ())
    words, counted = _words(body), post.get("wordcount")
    paid = post.get("audience") in PAID
    whole = not paid or not isinstance(counted, int) or words >= WHOLE * counted or _has_jump(body)
    return Metadata(
        title=_text(post.get("title")) or page.title,
        subtitle=_text(post.get("subtitle")),
        authors=tuple(name for name in names if name) or page.authors,
        publication=publication or page.publication,
        published=likeliest(read_date(said) if said else None, page.published),
        url=_text(post.get("canonical_url")) or page.url,
        language=page.language or _text(post.get("language")),
        free=not paid,
        truncated=not whole,
        evidence=None if whole else f"{words:,} of {counted:,} words are here",
        platform="substack",
        traces=page.traces,
    )


def _has_jump(body: Node) -> bool:
    """Whether the place of the barrier is marked inside: only who may pass it is sent that."""
    return any("paywall jump" in names_of(node) for node in body.nodes())


def _words(node: Node) -> int:
    return len(node.text().split())


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str | None:
    return (tidy(value) or None) if isinstance(value, str) else None
