"""The leaves of a page: the innermost blocks, each a paragraph, heading, item, cell or picture of its own."""

import re
from dataclasses import dataclass

from reader.intake.lines import tidy
from reader.intake.soup import BLOCKS, RAW_TEXT, Child, Node

UNSEEN = RAW_TEXT | {
    "head",
    "meta",
    "link",
    "base",
    "area",
    "param",
    "input",
    "button",
    "source",
    "track",
    "wbr",
    "col",
}
PIXEL = frozenset({"0", "1", "2"})
BOLD = re.compile(r"font-weight:\s*(?:bold|[6-9]00)", re.IGNORECASE)
STRUCK = re.compile(r"text-decoration(?:-line)?:[^;:]*line-through", re.IGNORECASE)
#: What crosses out all that it holds.
STRIKES = frozenset({"s", "strike", "del"})
ITALIC = re.compile(r"font-style:\s*italic", re.IGNORECASE)
#: The elements that do what a style does; of several the first.
SHAPES = {"s": STRUCK, "strong": BOLD, "em": ITALIC}


@dataclass(frozen=True, slots=True)
class Leaf:
    """A block without blocks inside; `picture` is set where a picture is all it holds, and `text` is then its alt."""

    node: Node
    text: str
    picture: Node | None = None


def find_leaves(root: Node) -> dict[Node, Leaf]:
    """Rearrange the tree so that all words stand in leaves, and return those that show anything.

    Loose text beside blocks becomes a paragraph of its own, and so does each part of a block that an empty line
    (two line breaks) divides. Elements nobody sees are taken out. What is crossed out around blocks is so in each.
    """
    leaves: dict[Node, Leaf] = {}
    struck: set[Node] = set()
    for node in reversed(list(root.nodes())):  # children before their parents
        _tidy_children(node)
        holds_blocks = any(_is_block(child) for child in node.children) and node.tag != "pre"
        node.block = holds_blocks or node.tag in BLOCKS or node is root
        if holds_blocks or (node.block and _has_empty_line(node)):
            node.children = _in_paragraphs(node.children)
    for node in root.nodes():
        if node in struck or (node.block and _is_struck(node)):
            struck.update(child for child in node.children if isinstance(child, Node))
        if node.block and (node.tag == "pre" or not any(_is_block(child) for child in node.children)):
            leaf = _leaf(node)
            if leaf:
                leaves[node] = leaf
                if node in struck or _is_struck(node):
                    node.children = [Node("s", children=node.children)]
    return leaves


def _is_struck(node: Node) -> bool:
    return node.tag in STRIKES or STRUCK.search(node.attrs.get("style", "")) is not None


def _is_block(child: Child) -> bool:
    return isinstance(child, Node) and child.block


def _tidy_children(node: Node) -> None:
    node.children = [child for child in node.children if isinstance(child, str) or not _is_unseen(child)]
    for child in node.children:
        if isinstance(child, Node) and child.tag in ("span", "font"):
            style = child.attrs.get("style", "")
            child.tag = next((tag for tag, shape in SHAPES.items() if shape.search(style)), child.tag)


def _is_unseen(node: Node) -> bool:
    """Whether nobody sees the element, or it is the bullet that Word writes out as text."""
    return node.tag in UNSEEN or ("style" in node.attrs and "mso-list:ignore" in node.attrs["style"].lower())


def _has_empty_line(node: Node) -> bool:
    return node.tag != "pre" and any(_ends_paragraph(node.children, position) for position in range(len(node.children)))


def _ends_paragraph(children: list[Child], position: int) -> bool:
    """Whether a line break here follows another, with nothing between them."""
    if not _is_break(children[position]):
        return False
    earlier = position - 1
    if earlier >= 0 and isinstance(children[earlier], str) and not str(children[earlier]).strip():
        earlier -= 1
    return earlier >= 0 and _is_break(children[earlier])


def _is_break(child: Child) -> bool:
    return isinstance(child, Node) and child.tag == "br"


def _in_paragraphs(children: list[Child]) -> list[Child]:
    """Gather what stands between blocks, or between empty lines, into paragraphs; empty ones are dropped."""
    gathered: list[Child] = []
    run = Node("p", block=True)
    for position, child in enumerate(children):
        if _is_block(child) or _ends_paragraph(children, position):
            gathered.append(run)
            run = Node("p", block=True)
            if _is_block(child):
                gathered.append(child)
        else:
            run.children.append(child)
    gathered.append(run)
    return [child for child in gathered if not isinstance(child, str) and (child.children or child.tag == "hr")]


def _leaf(node: Node) -> Leaf | None:
    text = tidy(node.text())
    if text:
        return Leaf(node, text)
    picture = next((inner for inner in node.nodes() if inner.tag == "img" and not _is_pixel(inner)), None)
    if picture is None:
        return None
    return Leaf(node, tidy(picture.attrs.get("alt", "")), picture)


def _is_pixel(picture: Node) -> bool:
    """Whether a picture only counts who opens the mail."""
    return picture.attrs.get("width") in PIXEL or picture.attrs.get("height") in PIXEL
