"""HTML, a whole page or the clipboard's fragment: its blocks as lines, and the article's part of it as the body."""

import re
from collections.abc import Iterator
from html import escape

from reader.intake import projecting
from reader.intake.bylines import AVATAR
from reader.intake.choosing import choose
from reader.intake.dates import Dated, read_date
from reader.intake.dialects import translate
from reader.intake.leaves import Leaf, find_leaves
from reader.intake.lines import Entry, Role, Sheet
from reader.intake.metadata import read_metadata
from reader.intake.names import merge_names, split_names
from reader.intake.pictures import source_elsewhere, source_of
from reader.intake.posts import Marked, marked_post
from reader.intake.references import Addresses
from reader.intake.regions import OUTSIDE, Regions, names_of
from reader.intake.soup import HEADINGS, Child, Node, markup, parse

FRAGMENT = re.compile(r"<!--\s*StartFragment\s*-->(.*?)(?:<!--\s*EndFragment\s*-->|\Z)", re.DOTALL)
WHOLE_PAGE = re.compile(r"<(?:html|head|body|title|meta)\b", re.IGNORECASE)
LOOKED_AT = 4_000  # characters, for a sign of a whole page
KEPT_CONTAINERS = frozenset(
    [
        "ul",
        "ol",
        "li",
        "blockquote",
        "figure",
        "table",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "dl",
        "dt",
        "dd",
    ]
)
KEPT_LEAVES = frozenset(["p", "li", "blockquote", "pre", "td", "th", "dt", "dd", "figcaption", "caption"]) | set(
    HEADINGS
)
TABLE_PARTS = frozenset(["table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption"])
CELLS = frozenset({"td", "th"})
MOST_OF_NAME = 80  # characters
NO_LINE = 0  # a picture without a description is none
KEPT_ATTRIBUTES = ("start", "reversed", "value", "colspan", "rowspan", "scope")
LINE_NUMBERS = re.compile(r"[\d\s]+")
SUBTITLE = re.compile(r"\b(?:subtitle|sub title|dek|standfirst)\b")


class Page:
    """A document of nested blocks; each block that holds words, and each picture, is a line."""

    def __init__(self, raw: str, url: str | None = None) -> None:
        fragment = FRAGMENT.search(raw)
        source = fragment[1] if fragment else raw
        root = parse(source)
        translate(root)
        is_page = fragment is None and WHOLE_PAGE.search(source[:LOOKED_AT]) is not None
        self.metadata = read_metadata(root)
        marked, self.metadata = marked_post(root, self.metadata)
        self._root = marked.body if marked and marked.body not in set(root.nodes()) else root
        self._addresses = Addresses(root, url or self.metadata.url)
        _fill_pictures(self._root)
        leaves = find_leaves(self._root)
        self._regions = _regions(self._root, marked)
        self._entries = dict(_numbered(self._root, leaves, self._regions))
        self._source, self._url = (source if is_page else ""), url
        if is_page or marked:
            choose(source, url, self._root, self._entries, self._regions, marked)
        self._addresses.complete(self._entries.values())
        self.sheet = Sheet(list(self._entries.values()))
        self._settle_subtitle()
        if marked and marked.whole:
            self._keep_whole()

    def day_elsewhere(self) -> Dated | None:
        """The day that the markup or the address tells; asked where nothing said it in words."""
        found = projecting.day_of(self._source, self._url or self.metadata.url) if self._source else None
        return read_date(found) if found else None

    def authors_elsewhere(self) -> tuple[str, ...]:
        names = projecting.authors_of(self._source) if self._source else []
        return merge_names(*(split_names(name, lenient=True) for name in names if len(name) < MOST_OF_NAME))

    def html(self) -> str:
        self._addresses.settle(node for node, entry in self._entries.items() if entry.shown)
        return _between_rules(self._markup(self._root))

    def _settle_subtitle(self) -> None:
        """Take the subtitle from its class, or keep a description as one only if the page shows it."""
        if self.metadata.platform:
            return  # its own data say what the subtitle is
        near = [(node, entry) for node, entry in self._entries.items() if entry.text and not entry.region][:40]
        marked = [entry.text for node, entry in near if SUBTITLE.search(names_of(node)) and len(entry.text) < 500]
        if self.metadata.subtitle not in [entry.text for _, entry in near]:
            self.metadata.subtitle = marked[0] if marked else None

    def _keep_whole(self) -> None:
        for node, entry in self._entries.items():
            if node in self._regions.inside and not (entry.region or entry.picture or entry.caption):
                entry.claim(Role.BODY)

    def _markup(self, node: Node, link: str = "", *, in_table: bool = False) -> str:
        entry = self._entries.get(node)
        if entry is not None:
            return self._leaf_markup(node, entry, link, in_table=in_table)
        if node.tag == "a" and node.attrs.get("href"):
            link = self._addresses.link(node.attrs["href"])
        in_table = (in_table or node.tag == "table") and not (node.tag == "table" and is_layout(node))
        children = (child for child in node.children if isinstance(child, Node))
        inner = "\n".join(filter(None, (self._markup(child, link, in_table=in_table) for child in children)))
        kept = node.tag in KEPT_CONTAINERS and (in_table or node.tag not in TABLE_PARTS)
        if node.tag == "hr":
            return "<hr>"
        if not kept or not (inner or node.tag in CELLS):
            return f"{self._addresses.anchor(node)}{inner}" if inner else ""
        return f"<{node.tag}{self._kept_attributes(node)}>\n{inner}\n</{node.tag}>"

    def _leaf_markup(self, node: Node, entry: Entry, link: str, *, in_table: bool) -> str:
        tag = node.tag if node.tag in KEPT_LEAVES and (in_table or node.tag not in TABLE_PARTS) else "p"
        if entry.picture:
            return (
                f"<p>{escape(entry.text)}</p>"
                if entry.role is Role.BODY
                else _linked(_picture(node), link)
                if entry.role is Role.PICTURE
                else ""
            )
        if not entry.in_body:
            return f"<{tag}></{tag}>" if tag in CELLS else ""
        inner = _linked("".join(markup(child) for child in node.children), link)
        return f"<{tag}{self._kept_attributes(node)}>{inner}</{tag}>"

    def _kept_attributes(self, node: Node) -> str:
        kept = "".join(f' {name}="{escape(node.attrs[name])}"' for name in KEPT_ATTRIBUTES if name in node.attrs)
        identity = node.attrs.get("id", "")
        return f'{kept} id="{escape(identity)}"' if self._addresses.leads_to(identity) else kept


def _between_rules(markup: str) -> str:
    """The lines without the rules above the first and below the last, which parted them from what was taken out."""
    lines = markup.split("\n")
    kept = [number for number, line in enumerate(lines) if line not in ("", "<hr>")]
    return "\n".join(lines[kept[0] : kept[-1] + 1]) if kept else ""


def _regions(root: Node, marked: Marked | None) -> Regions:
    return Regions(root, marked.body, marked.is_widget, whole=marked.whole) if marked else Regions(root)


def _numbered(root: Node, leaves: dict[Node, Leaf], regions: Regions) -> Iterator[tuple[Node, Entry]]:
    """Yield the leaves of the page that show anything, in order, each with its entry."""
    number = 0
    waiting: list[tuple[Node, str, bool]] = [(root, "", False)]
    while waiting:
        node, region, in_data = waiting.pop()
        region = region or regions.opened_by(node)
        leaf = leaves.get(node)
        if leaf is None:
            in_data = (in_data or node.tag == "table") and not (node.tag == "table" and is_layout(node))
            inner = [child for child in node.children if isinstance(child, Node)]
            waiting.extend((child, region, in_data) for child in reversed(inner))
            continue
        number += bool(leaf.text)
        entry = _entry(leaf, number if leaf.text else NO_LINE, in_data=in_data)
        entry.region = region or ("" if node in regions.inside or regions.is_masthead(node) else OUTSIDE)
        if node.tag == "pre" and LINE_NUMBERS.fullmatch(leaf.text[:500]):
            entry.region = entry.region or "the numbers of lines"
        yield node, entry


def _entry(leaf: Leaf, number: int, *, in_data: bool) -> Entry:
    node = leaf.node
    picture = leaf.picture is not None and AVATAR.fullmatch(leaf.text) is None
    return Entry(
        number,
        leaf.text,
        level=HEADINGS.index(node.tag) + 1 if node.tag in HEADINGS else 0,
        picture=picture,
        src=source_of(leaf.picture) if leaf.picture is not None else None,
        fixed=in_data or node.tag == "pre",
        caption=node.tag == "figcaption",
        linked=node.tag == "figcaption" and any(inner.tag == "a" for inner in node.nodes()),
    )


def _fill_pictures(root: Node) -> None:
    """Give the pictures that have no address of their own the one of the sources that stand beside them."""
    for node in root.nodes():
        if node.tag == "picture":
            sizes = [
                inner.attrs["srcset"] for inner in node.nodes() if inner.tag == "source" and "srcset" in inner.attrs
            ]
            for inner in node.nodes():
                if inner.tag == "img" and sizes and not source_elsewhere(inner):
                    inner.attrs["srcset"] = sizes[-1]


def _linked(inner: str, link: str) -> str:
    """The words of a block that stands inside of a link."""
    return f'<a href="{escape(link)}">{inner}</a>' if link and inner else inner


def _picture(child: Child) -> str:
    """The pictures of a block, with the links that stand around them."""
    if isinstance(child, str):
        return ""
    if child.tag == "img":
        return markup(child)
    inner = "".join(map(_picture, child.children))
    return f'<a href="{escape(child.attrs["href"])}">{inner}</a>' if inner and child.attrs.get("href") else inner


def is_layout(table: Node) -> bool:
    """Whether a table only arranges a mail's blocks: it says so, holds tables, or has no row of several cells."""
    if table.attrs.get("role") == "presentation":
        return True
    inner = [node for node in table.nodes() if node is not table]
    if any(node.tag == "table" for node in inner):
        return True
    if any(node.tag in ("th", "caption") for node in inner):
        return False
    rows = [[child for child in row.children if _is_cell(child)] for row in inner if row.tag == "tr"]
    return len(rows) < 2 or max(map(len, rows), default=0) < 2


def _is_cell(child: Child) -> bool:
    return isinstance(child, Node) and child.tag in CELLS
