"""A small tree of foreign HTML: enough to find the article in it, built in linear time and never deeper than a cap.

Tags are read as the HTML standard's tokeniser does (section 13.2.5); elements beyond the cap are unwrapped. Nothing
here makes the markup safe: that is done when the body is cleaned.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from html import escape, unescape
from typing import Union

from reader.core.tagsoup import DEPTH, VOID

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
VOID_TAGS = VOID | frozenset(
    ["area", "base", "col", "embed", "input", "link", "meta", "param", "source", "track", "wbr"]
)
RAW_TEXT = frozenset(
    [
        "script",
        "style",
        "title",
        "textarea",
        "noscript",
        "iframe",
        "noembed",
        "noframes",
        "template",
        "svg",
        "select",
        "object",
        "video",
        "audio",
        "canvas",
        "xmp",
    ]
)
CLOSES_P = BLOCKS - frozenset(
    ["td", "th", "tr", "tbody", "thead", "tfoot", "caption", "body", "html", "li", "dd", "dt"]
)
CLOSED_BY = {
    "li": ({"li"}, {"ul", "ol"}),
    "dt": ({"dt", "dd"}, {"dl"}),
    "dd": ({"dt", "dd"}, {"dl"}),
    "td": ({"td", "th"}, {"table", "tr"}),
    "th": ({"td", "th"}, {"table", "tr"}),
    "tr": ({"tr", "td", "th"}, {"table"}),
    "tbody": ({"tbody", "thead", "tr", "td", "th"}, {"table"}),
}
TAG = re.compile(
    r"""<!--(?:-?>|.*?(?:--!?>|\Z))|<!\[CDATA\[|<[!?][^>]*+(?:>|\Z)|</(?![a-zA-Z])[^>]*+(?:>|\Z)"""
    r"""|<(?P<close>/?)(?P<name>[a-zA-Z][^\s/>]*+)"""
    r"""(?P<attrs>(?:[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>]*+))?+)*+)[\s/]*+(?:>|\Z)""",
    re.DOTALL,
)
ATTRIBUTE = re.compile(r"""([^\s/>][^\s/>=]*+)(?:\s*+=\s*+(?:"([^"]*+)(?:"|\Z)|'([^']*+)(?:'|\Z)|([^\s>]*+)))?+""")
LONG_NUMBER = re.compile(r"&#[0-9]{8,}+;?|&#[xX][0-9a-fA-F]{8,}+;?")

Child = Union["Node", str]


@dataclass(slots=True, eq=False)
class Node:
    """An element; `raw` is the unread text of a script or a title, `block` is set when leaves are found."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list[Child] = field(default_factory=list)
    raw: str = ""
    block: bool = False

    def nodes(self) -> list["Node"]:
        """This element and all below it, in the order of the document."""
        found: list[Node] = []
        waiting: list[Node] = [self]
        while waiting:
            node = waiting.pop()
            found.append(node)
            children = node.children
            if len(children) > 1:
                waiting.extend([child for child in reversed(children) if isinstance(child, Node)])
            elif children and isinstance(children[0], Node):  # most hold one thing: their words
                waiting.append(children[0])
        return found

    def text(self) -> str:
        """Return the words of this element: a line break, and the edge of a block, are blanks."""
        parts: list[str] = []
        waiting: list[Child] = [self]
        while waiting:
            child = waiting.pop()
            if isinstance(child, str):
                parts.append(child)
                continue
            if child.tag == "br" or child.tag in BLOCKS:
                parts.append(" ")
            waiting.extend(reversed(child.children))
        return "".join(parts)


def parse(raw: str) -> Node:
    """Return the tree of a page or a fragment, under one root."""
    return _Builder(raw).root


def markup(child: Child) -> str:
    """Return the HTML of an element or a text."""
    if isinstance(child, str):
        return escape(child, quote=False)
    attributes = "".join(
        f' {name}="{escape(value)}"' for name, value in child.attrs.items() if ATTRIBUTE_NAME.fullmatch(name)
    )
    if child.tag in VOID_TAGS:
        return f"<{child.tag}{attributes}>"
    if child.tag in RAW_TEXT:
        return ""
    return f"<{child.tag}{attributes}>{''.join(markup(inner) for inner in child.children)}</{child.tag}>"


ATTRIBUTE_NAME = re.compile(r"[a-z][a-z0-9:_-]*")


class _Builder:
    def __init__(self, raw: str) -> None:
        self.root = Node("root")
        self.open = [self.root]
        self.count: Counter[str] = Counter()
        self.too_deep: Counter[str] = Counter()
        self._read(raw)

    def _read(self, raw: str) -> None:
        position, unclosed = 0, set[str]()
        while tag := TAG.search(raw, position):
            self._text(raw[position : tag.start()])
            position = tag.end()
            name = (tag["name"] or "").lower()
            if not name:
                continue
            if tag["close"]:
                self._end(name)
            elif name in RAW_TEXT and not tag["attrs"].endswith("/") and name not in unclosed:
                end = _end_of(name).search(raw, position)
                if end is None:
                    unclosed.add(name)
                    continue
                self._add(Node(name, _attributes(tag["attrs"]), raw=raw[position : end.start()]))
                position = end.end()
            else:
                self._start(name, _attributes(tag["attrs"]))
        self._text(raw[position:])

    def _add(self, child: Child) -> None:
        self.open[-1].children.append(child)

    def _text(self, text: str) -> None:
        if text:
            self._add(unescaped(text))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = "p" if name == "o:p" else name
        self._close_implied(name)
        node = Node(name, attributes)
        if name in VOID_TAGS:
            self._add(node)
        elif len(self.open) > DEPTH:
            self.too_deep[name] += 1
            self._add(Node("br"))
        else:
            self._add(node)
            self.open.append(node)
            self.count[name] += 1

    def _close_implied(self, name: str) -> None:
        if name in CLOSES_P and self.count["p"]:
            self._close({"p"}, {"td", "th", "table", "button"})
        if name in CLOSED_BY:
            names, bounds = CLOSED_BY[name]
            for _ in names if any(self.count[closed] for closed in names) else ():
                self._close(names, bounds)

    def _end(self, name: str) -> None:
        if self.too_deep[name]:
            self.too_deep[name] -= 1
        elif self.count[name]:
            self._close(
                {name},
                {"td", "th"} - {name}
                if name not in ("table", "tr", "tbody", "thead", "tfoot", "body", "html")
                else set(),
            )

    def _close(self, names: set[str], bounds: set[str]) -> None:
        """Close the nearest open element of these names, and what is open inside it, unless a bound is met first."""
        for index in range(len(self.open) - 1, 0, -1):
            tag = self.open[index].tag
            if tag in names:
                for closed in self.open[index:]:
                    self.count[closed.tag] -= 1
                del self.open[index:]
                self.too_deep.clear()
                return
            if tag in bounds:
                return


def unescaped(text: str) -> str:
    """Resolve character references; numbers too long for any character are U+FFFD."""
    return unescape(LONG_NUMBER.sub("\ufffd", text)) if "&" in text else text


def _end_of(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}(?=[\s/>])[^>]*+(?:>|\Z)", re.IGNORECASE)


def _attributes(source: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in ATTRIBUTE.finditer(source):
        found.setdefault(match[1].lower(), unescaped(match[2] or match[3] or match[4] or ""))
    return found
