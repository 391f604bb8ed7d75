"""The first pass over foreign HTML: tag soup in, few and well nested tags out, in linear time.

An HTML parser does work for every open element at every tag, so that 50,000 unclosed ``<div>`` take
it many seconds. This pass reads tags as the HTML standard's tokeniser does (section 13.2.5), forgets all it
has no word for, closes what the standard closes by itself (13.1.2.4, optional tags), and never leaves
more than ``DEPTH`` elements open. It makes nothing safe: that is the parser's and the allowlist's part.
"""

import re
from collections import Counter

DEPTH = 64

# fmt: off
FORMATTING = frozenset({"a", "abbr", "code", "em", "kbd", "s", "strong", "sub", "sup", "time"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
VOID = frozenset({"br", "hr", "img"})
STRUCTURE = HEADINGS | {
    "blockquote", "caption", "dd", "div", "dl", "dt", "figcaption", "figure", "li", "ol", "p", "pre",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
}
# fmt: on
ATTRIBUTES = {
    "a": {"href"},
    "abbr": {"title"},
    "img": {"src", "alt", "title", "width", "height"},
    "li": {"value"},
    "ol": {"start", "reversed"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
}

# fmt: off
_DIVISIONS = (
    "address", "article", "aside", "body", "center", "details", "dialog", "fieldset", "footer", "form", "header",
    "hgroup", "legend", "main", "nav", "search", "section", "summary",
)
_ALIASES = dict.fromkeys(_DIVISIONS, "div") | {
    "b": "strong", "i": "em", "cite": "em", "dfn": "em", "var": "em", "del": "s", "strike": "s", "samp": "code",
    "tt": "code", "dir": "ul", "menu": "ul", "tfoot": "tbody", "listing": "pre", "image": "img",
}
_UNREAD = frozenset({
    "annotation", "audio", "canvas", "iframe", "noembed", "noframes", "noscript", "object", "plaintext", "script",
    "select", "style", "svg", "template", "textarea", "title", "video", "xmp",
})
# fmt: on
_KNOWN = FORMATTING | STRUCTURE | VOID
_CELLS = frozenset({"td", "th", "caption"})
_TABLE_PARTS = _CELLS | {"tr", "tbody", "thead"}
_ENDS_LIST_ITEM = STRUCTURE - {"div", "p", "li", "dt", "dd"}

# What a start tag closes, and the open elements it does not look past.
_CLOSED_BY = {
    "li": (frozenset({"li"}), _ENDS_LIST_ITEM | {"dt", "dd"}),
    "dt": (frozenset({"dt", "dd"}), _ENDS_LIST_ITEM | {"li"}),
    "dd": (frozenset({"dt", "dd"}), _ENDS_LIST_ITEM | {"li"}),
    "td": (_CELLS, frozenset({"table"})),
    "th": (_CELLS, frozenset({"table"})),
    "tr": (frozenset({"tr", "caption"}), frozenset({"table"})),
    "tbody": (frozenset({"tbody", "thead", "caption"}), frozenset({"table"})),
    "thead": (frozenset({"tbody", "thead", "caption"}), frozenset({"table"})),
    "caption": (frozenset({"caption", "tbody", "thead"}), frozenset({"table"})),
}

# Possessive throughout, and every branch may end with the input: nothing is ever read twice.
_S = r"[ \t\n]"
_ATTRIBUTE = (
    rf"""(?:[ \t\n/]*+[^ \t\n/>][^ \t\n/>=]*+(?:{_S}*+={_S}*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^ \t\n>]*+))?+)"""
)
_TAG = re.compile(
    rf"""<!--(?:-?>|.*?(?:--!?>|\Z))|<[!?][^>]*+(?:>|\Z)|</(?![a-zA-Z])[^>]*+(?:>|\Z)"""
    rf"""|<(/?)([a-zA-Z][^ \t\n/>]*+)({_ATTRIBUTE}*+)[ \t\n/]*+(?:>|\Z)""",
    re.DOTALL,
)
_ONE_ATTRIBUTE = re.compile(
    rf"""([^ \t\n/>][^ \t\n/>=]*+)(?:{_S}*+={_S}*+(?:"([^"]*+)(?:"|\Z)|'([^']*+)(?:'|\Z)|([^ \t\n>]*+)))?+"""
)
_END_OF_UNREAD = {name: re.compile(rf"</{name}(?=[ \t\n/>])", re.IGNORECASE) for name in _UNREAD}


def levelled(raw: str) -> str:
    """The same text under known tags only, at most ``DEPTH`` deep; every id becomes an empty ``<span id>``."""
    soup = _Soup()
    position, unclosed = 0, set[str]()
    while tag := _TAG.search(raw, position):
        soup.text(raw[position : tag.start()])
        position = tag.end()
        name = (tag[2] or "").lower()
        if name in _UNREAD and not tag[1]:
            end = None if name in unclosed else _END_OF_UNREAD[name].search(raw, position)
            if end:
                position = end.start()
            else:
                unclosed.add(name)
        elif name:
            soup.tag(_ALIASES.get(name, name), tag[3], closing=bool(tag[1]))
    soup.text(raw[position:])
    return soup.finished()


class _Soup:
    def __init__(self) -> None:
        self.out: list[str] = []
        self.open: list[str] = []
        self.count: Counter[str] = Counter()
        self.too_deep: Counter[str] = Counter()

    def text(self, text: str) -> None:
        if text:
            self.out.append(text.replace("<", "&lt;"))

    def finished(self) -> str:
        self._close_down_to(0)
        return "".join(self.out)

    def tag(self, name: str, attributes: str, *, closing: bool) -> None:
        if name == "q":
            self.out.append("”" if closing else "“")
        elif closing and name in _KNOWN - VOID:
            self._end(name)
        elif not closing or name == "br":
            self._start(name, attributes)

    def _start(self, name: str, source: str) -> None:
        found = _attributes(source) if source else {}
        if name in _KNOWN:
            self._imply_ends(name)
        if anchor := found.get("id") or (found.get("name") if name == "a" else None):
            self.out.append(f"<span{_attribute('id', anchor)}></span>")
        if name not in _KNOWN:
            return
        if name not in VOID and len(self.open) >= DEPTH:
            self.too_deep[name] += 1
            self._part(name)
            return
        kept = ATTRIBUTES.get(name, set()) & found.keys()
        self.out.append(f"<{name}{''.join(_attribute(key, found[key]) for key in sorted(kept))}>")
        if name not in VOID:
            self.open.append(name)
            self.count[name] += 1

    def _imply_ends(self, name: str) -> None:
        if name == "a":
            self._end("a")
        if name in HEADINGS and self.open and self.open[-1] in HEADINGS:
            self._close_down_to(len(self.open) - 1)
        if name in _CLOSED_BY:
            self._close_nearest(*_CLOSED_BY[name])
        if (name in STRUCTURE or name == "hr") and self.count["p"]:
            self._close_nearest(frozenset({"p"}), _CELLS | {"table"})

    def _close_nearest(self, names: frozenset[str], bounds: frozenset[str]) -> None:
        for index in range(len(self.open) - 1, -1, -1):
            if self.open[index] in names:
                return self._close_down_to(index)
            if self.open[index] in bounds:
                return None
        return None

    def _end(self, name: str) -> None:
        if self.too_deep[name]:
            self.too_deep[name] -= 1
            self._part(name)
        elif not self.count[name]:
            return
        elif name in FORMATTING:
            self._end_formatting(name)
        elif name in _TABLE_PARTS:
            self._close_nearest(frozenset({name}), frozenset({"table"}))
        elif name in HEADINGS:
            self._close_nearest(HEADINGS, _CELLS | {"table"})
        else:
            self._close_nearest(frozenset({name}), _CELLS | ({"table"} - {name}))

    def _end_formatting(self, name: str) -> None:
        blocks_inside = False
        for index in range(len(self.open) - 1, -1, -1):
            found = self.open[index]
            if found == name and not blocks_inside:
                return self._close_down_to(index)
            if found == name:
                # Misnested around blocks: the parser's adoption agency knows what was meant.
                self.out.append(f"</{name}>")
                return self._forget(index)
            if found in _CELLS:
                return None
            blocks_inside = blocks_inside or found in STRUCTURE
        return None

    def _close_down_to(self, index: int) -> None:
        while len(self.open) > index:
            self.out.append(f"</{self.open[-1]}>")
            self._forget(len(self.open) - 1)

    def _forget(self, index: int) -> None:
        self.count[self.open.pop(index)] -= 1
        self.too_deep.clear()

    def _part(self, name: str) -> None:
        """Keep words apart where the tag between them was too deep to keep."""
        if name in STRUCTURE:
            self.out.append(" ")


def _attributes(source: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _ONE_ATTRIBUTE.finditer(source):
        found.setdefault(match[1].lower(), match[2] or match[3] or match[4] or "")
    return found


def _attribute(name: str, value: str) -> str:
    return ' {}="{}"'.format(name, value.replace('"', "&quot;"))
