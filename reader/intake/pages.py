"""HTML, a whole page or the clipboard's fragment: its blocks as lines, and the article's part of it as the body."""

import re
from collections.abc import Iterator
from html import escape

from reader.intake.bylines import AVATAR
from reader.intake.leaves import Leaf, find_leaves
from reader.intake.lines import Entry, Role, Sheet
from reader.intake.metadata import read_metadata
from reader.intake.regions import Regions, is_masthead, names_of
from reader.intake.soup import HEADINGS, Child, Node, markup, parse

FRAGMENT = re.compile(r"<!--\s*StartFragment\s*-->(.*?)(?:<!--\s*EndFragment\s*-->|\Z)", re.DOTALL)
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
NO_LINE = 0  # a picture without a description is none
OUTSIDE = "outside the article"
SUBTITLE = re.compile(r"\b(?:subtitle|sub title|dek|standfirst)\b")


class Page:
    """A document of nested blocks; each block that holds words, and each picture, is a line."""

    def __init__(self, raw: str) -> None:
        fragment = FRAGMENT.search(raw)
        root = parse(fragment[1] if fragment else raw)
        self.metadata = read_metadata(root)
        self._root = root
        self._entries = dict(_numbered(root))
        self.sheet = Sheet(list(self._entries.values()))
        self._settle_subtitle()

    def html(self) -> str:
        return self._markup(self._root, in_table=False)

    def _settle_subtitle(self) -> None:
        """Take the subtitle from its class, or keep a description as one only if the page shows it."""
        near = [(node, entry) for node, entry in self._entries.items() if entry.text and not entry.region][:40]
        marked = [entry.text for node, entry in near if SUBTITLE.search(names_of(node)) and len(entry.text) < 500]
        if self.metadata.subtitle not in [entry.text for _, entry in near]:
            self.metadata.subtitle = marked[0] if marked else None

    def _markup(self, node: Node, *, in_table: bool) -> str:
        entry = self._entries.get(node)
        if entry is not None:
            return _leaf_markup(node, entry, in_table=in_table)
        in_table = (in_table or node.tag == "table") and not (node.tag == "table" and is_layout(node))
        children = (child for child in node.children if isinstance(child, Node))
        inner = "\n".join(filter(None, (self._markup(child, in_table=in_table) for child in children)))
        kept = node.tag in KEPT_CONTAINERS and (in_table or node.tag not in TABLE_PARTS)
        if node.tag == "hr":
            return "<hr>"
        return f"<{node.tag}>\n{inner}\n</{node.tag}>" if kept and (inner or node.tag in CELLS) else inner


def _numbered(root: Node) -> Iterator[tuple[Node, Entry]]:
    """Yield the leaves of the page that show anything, in order, each with its entry."""
    leaves = find_leaves(root)
    regions = Regions(root)
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
        entry.region = region or ("" if node in regions.inside or is_masthead(node) else OUTSIDE)
        yield node, entry


def _entry(leaf: Leaf, number: int, *, in_data: bool) -> Entry:
    node = leaf.node
    picture = leaf.picture is not None and AVATAR.fullmatch(leaf.text) is None
    return Entry(
        number,
        leaf.text,
        level=HEADINGS.index(node.tag) + 1 if node.tag in HEADINGS else 0,
        picture=picture,
        src=leaf.picture.attrs.get("src") if leaf.picture is not None else None,
        fixed=in_data or node.tag == "pre",
        caption=node.tag == "figcaption",
    )


def _leaf_markup(node: Node, entry: Entry, *, in_table: bool) -> str:
    tag = node.tag if node.tag in KEPT_LEAVES and (in_table or node.tag not in TABLE_PARTS) else "p"
    if entry.picture:
        return (
            f"<p>{escape(entry.text)}</p>"
            if entry.role is Role.BODY
            else _picture(node)
            if entry.role is Role.PICTURE
            else ""
        )
    if not entry.in_body:
        return f"<{tag}></{tag}>" if tag in CELLS else ""
    return f"<{tag}>{''.join(markup(child) for child in node.children)}</{tag}>"


def _picture(node: Node) -> str:
    return "".join(markup(inner) for inner in node.nodes() if inner.tag == "img")


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
