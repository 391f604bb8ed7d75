"""The normal form of an article body: blocks in which either blocks stand or words, never both.

Exactly one newline parts two neighbouring blocks (paragraphs, list items, rows, cells …) and nothing else
does, so that ``textContent`` neither glues "end." to "Next" nor changes with the taste of whoever wrote the
HTML. A *leaf* is a block that holds words; a *branch* holds blocks.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .elements import UNCLOSED, WORD, Element, Node, counts, image, tree, wrapped
from .phrasing import Piece, PreformattedRun, Run, Wrappers, has_words, phrasing_html, shows
from .tagsoup import FORMATTING, HEADINGS

# With the inline elements of a leaf on top this stays under tagsoup.DEPTH, so that what was cleaned once
# passes unchanged.
DEPTH = 44

_CELLS = frozenset({"td", "th"})
_SECTIONS = frozenset({"thead", "tbody"})


@dataclass(slots=True)
class Leaf:
    tag: str
    pieces: list[Piece]
    attributes: str = ""


@dataclass(slots=True)
class Branch:
    tag: str
    blocks: list["Block"]
    attributes: str = ""


@dataclass(slots=True)
class Bare:
    """What stands between blocks and has no words: a rule, or a picture in its figure."""

    html: str


Block = Leaf | Branch | Bare


def normal_form(html: str) -> str:
    """Canonical HTML of what an HTML serialiser wrote (well nested, quoted attributes)."""
    blocks = _Normaliser().blocks(tree(html).children)
    _rank_headings(blocks)
    return "\n".join(map(_html, blocks))


class _Flow:
    """A run of blocks being made; loose words gather in ``run`` until the next block begins."""

    def __init__(self, normaliser: "_Normaliser", depth: int, *, figure: bool = False) -> None:
        self.normaliser, self.depth, self.figure = normaliser, depth, figure
        self.blocks: list[Block] = []
        self.tag = "p"
        self.run = Run()

    def add(self, children: Iterable[Node], wrappers: Wrappers = ()) -> None:
        for child in children:
            if isinstance(child, str):
                self.run.text(child, wrappers)
            elif child.name in FORMATTING:
                self.add(child.children, wrapped(wrappers, child))
            elif child.name in UNCLOSED:
                self._void(child, wrappers)
            else:
                self._block(child, wrappers)

    def cut(self) -> None:
        """End the loose words: they become a paragraph (or what ``tag`` says)."""
        pieces = self.run.finished()
        self.run = Run()
        if not shows(pieces):
            self.normaliser.waiting += [piece for piece in pieces if piece.kind == "anchor"]
        elif self.figure and not has_words(pieces):
            self._pictures(pieces)
        else:
            self.blocks.append(Leaf(self.tag, self.normaliser.anchored(pieces)))

    def _pictures(self, pieces: list[Piece]) -> None:
        for piece in pieces:
            if piece.kind == "anchor":
                self.normaliser.waiting.append(piece)
            elif piece.kind == "image":
                self.blocks.append(Bare(phrasing_html(self.normaliser.anchored([piece]))))

    def _void(self, node: Element, wrappers: Wrappers) -> None:
        if node.name == "hr":
            self.cut()
            self.blocks.append(Bare("<hr>"))
        elif node.name == "br":
            if not self.run.line_break(wrappers) and self.tag == "p":
                self.cut()
        else:
            self.run.add(*self.normaliser.void(node, wrappers))

    def _block(self, node: Element, wrappers: Wrappers) -> None:
        self.cut()
        if node.name in HEADINGS:
            self._heading(node, wrappers)
        elif node.name == "pre":
            self.blocks += self.normaliser.preformatted(node, wrappers)
        elif self.depth < DEPTH and (made := self._structure(node, wrappers)) is not None:
            self.blocks += made
        else:
            self.add(node.children, wrappers)
        self.cut()

    def _heading(self, node: Element, wrappers: Wrappers) -> None:
        outer, self.tag = self.tag, node.name
        self.add(node.children, wrappers)
        self.cut()
        self.tag = outer

    def _structure(self, node: Element, wrappers: Wrappers) -> list[Block] | None:
        levels = 3 if node.name == "table" else 1
        inside = _Structure(self.normaliser, wrappers, self.depth + levels)
        match node.name:
            case "ul" | "ol":
                return inside.items(node)
            case "dl":
                return inside.definitions(node)
            case "table":
                return inside.table(node)
            case "blockquote" | "figure":
                return inside.quote_or_figure(node)
            case "figcaption" if self.figure:
                return inside.box(node)
        return None


class _Structure:
    """The blocks that have a form of their own: lists, tables, quotations, figures."""

    def __init__(self, normaliser: "_Normaliser", wrappers: Wrappers, depth: int) -> None:
        self.normaliser, self.wrappers, self.depth = normaliser, wrappers, depth

    def flow(self, node: Element, *, figure: bool = False) -> list[Block]:
        flow = _Flow(self.normaliser, self.depth + 1, figure=figure)
        flow.add(node.children, self.wrappers)
        flow.cut()
        return flow.blocks

    def box(self, node: Element, attributes: str = "") -> list[Block]:
        """A box of one paragraph is that paragraph's leaf; of more, a branch; of nothing, nothing."""
        blocks = self.flow(node)
        if len(blocks) == 1 and isinstance(only := blocks[0], Leaf) and only.tag == "p":
            return [Leaf(node.name, only.pieces, attributes)]
        return [Branch(node.name, blocks, attributes)] if blocks else []

    def items(self, node: Element) -> list[Block]:
        items = [block for item in _items(node, "li") for block in self.box(item, counts(item, "value"))]
        reversed_ = ' reversed=""' if "reversed" in node.attributes and node.name == "ol" else ""
        return [Branch(node.name, items, counts(node, "start") + reversed_)] if items else []

    def definitions(self, node: Element) -> list[Block]:
        items = [block for item in _items(node, "dt", "dd") for block in self.box(item)]
        return [Branch("dl", items)] if items else []

    def quote_or_figure(self, node: Element) -> list[Block]:
        blocks = self.flow(node, figure=node.name == "figure")
        return [Branch(node.name, blocks)] if blocks else []

    def table(self, node: Element) -> list[Block] | None:
        """None where no cell holds anything: then the caption is no caption."""
        sections = [section for child in node.children for section in self._section(child)]
        captions = [c for c in node.children if isinstance(c, Element) and c.name == "caption"]
        if not sections:
            return None
        caption = self.box(Element("caption", {}, [child for c in captions for child in c.children]))
        return [Branch("table", caption + sections)]

    def _section(self, node: Node) -> list[Block]:
        if isinstance(node, str) or node.name not in _SECTIONS:
            return []
        rows = [row for child in node.children for row in self._row(child)]
        return [Branch(node.name, rows)] if rows else []

    def _row(self, node: Node) -> list[Block]:
        if isinstance(node, str) or node.name != "tr":
            return []
        cells = [cell for child in node.children for cell in self._cell(child)]
        empty = all(isinstance(cell, Leaf) and not cell.pieces for cell in cells)
        return [] if empty else [Branch("tr", cells)]

    def _cell(self, node: Node) -> list[Block]:
        if isinstance(node, str) or node.name not in _CELLS:
            return []
        scope = node.attributes.get("scope", "")
        known = f' scope="{scope}"' if scope in ("col", "row", "colgroup", "rowgroup") else ""
        attributes = counts(node, "colspan", "rowspan") + known
        return self.box(node, attributes) or [Leaf(node.name, [], attributes)]


class _Normaliser:
    """What the whole article shares: ids already taken, and anchors waiting for the next words."""

    def __init__(self) -> None:
        self.ids: set[str] = set()
        self.waiting: list[Piece] = []

    def blocks(self, children: Iterable[Node]) -> list[Block]:
        flow = _Flow(self, 0)
        flow.add(children)
        flow.cut()
        return flow.blocks

    def anchored(self, pieces: list[Piece]) -> list[Piece]:
        waiting, self.waiting = self.waiting, []
        return waiting + pieces

    def preformatted(self, node: Element, wrappers: Wrappers) -> list[Block]:
        run = PreformattedRun()
        self._preformat(node, wrappers, run)
        pieces = run.finished()
        if shows(pieces):
            return [Leaf("pre", self.anchored(pieces))]
        self.waiting += [piece for piece in pieces if piece.kind == "anchor"]
        return []

    def _preformat(self, node: Element, wrappers: Wrappers, run: PreformattedRun) -> None:
        for child in node.children:
            if isinstance(child, str):
                run.text(child, wrappers)
            elif child.name == "br":
                run.line_break(wrappers)
            elif child.name in UNCLOSED:
                run.add(*self.void(child, wrappers))
            elif child.name in FORMATTING:
                self._preformat(child, wrapped(wrappers, child), run)
            else:
                run.new_line()
                self._preformat(child, wrappers, run)
                run.new_line()

    def void(self, node: Element, wrappers: Wrappers) -> list[Piece]:
        if node.name == "img":
            markup = image(node)
            return [Piece("image", markup, wrappers)] if markup else []
        anchor = node.attributes.get("id", "")
        if node.name != "span" or anchor in self.ids or not WORD.fullmatch(anchor):
            return []
        self.ids.add(anchor)
        return [Piece("anchor", anchor)]


def _items(node: Element, *names: str) -> list[Element]:
    """The items of a list: words and blocks outside of any item join the one before, or make one."""
    items: list[Element] = []
    loose: Element | None = None
    for child in _through_divisions(node):
        if isinstance(child, Element) and child.name in names:
            items.append(child)
            loose = None
        elif isinstance(child, Element) and child.name in ("ul", "ol") and items:
            items[-1].children.append(child)
        elif not isinstance(child, str) or not child.isspace():
            if loose is None:
                loose = Element(names[-1])
                items.append(loose)
            loose.children.append(child)
    return items


def _through_divisions(node: Element) -> Iterator[Node]:
    for child in node.children:
        if isinstance(child, Element) and child.name == "div":
            yield from _through_divisions(child)
        else:
            yield child


def _rank_headings(blocks: list[Block]) -> None:
    """Headings from h2 on without a gap, whatever levels the source used: h1 is the article's title."""
    headings = [leaf for leaf in _leaves(blocks) if leaf.tag in HEADINGS]
    ranks = {tag: min(rank, 6) for rank, tag in enumerate(sorted({leaf.tag for leaf in headings}), start=2)}
    for leaf in headings:
        leaf.tag = f"h{ranks[leaf.tag]}"


def _leaves(blocks: list[Block]) -> Iterator[Leaf]:
    for block in blocks:
        if isinstance(block, Leaf):
            yield block
        elif isinstance(block, Branch):
            yield from _leaves(block.blocks)


def _html(block: Block) -> str:
    if isinstance(block, Bare):
        return block.html
    inside = phrasing_html(block.pieces) if isinstance(block, Leaf) else "\n".join(map(_html, block.blocks))
    return f"<{block.tag}{block.attributes}>{inside}</{block.tag}>"
