"""What an HTML serialiser wrote, as a light tree; and what of its attributes an article keeps."""

import re
from dataclasses import dataclass, field
from html import escape, unescape

from .phrasing import Wrapper, Wrappers

WORD = re.compile(r"[^\s\"'<>&]{1,200}")
UNCLOSED = frozenset({"br", "hr", "img", "span"})

_TOKEN = re.compile(r'<(/?)([a-z0-9]+)((?: [^\s=>]+="[^"]*")*)>|([^<]+)')
_ATTRIBUTE = re.compile(r' ([^\s=>]+)="([^"]*)"')
_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s]+", re.IGNORECASE)


@dataclass(slots=True)
class Element:
    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)


Node = Element | str


def tree(html: str) -> Element:
    """A nameless element that holds it all; spans are empty by then, so that they need no end."""
    root = Element("")
    path = [root]
    for closing, name, attributes, text in _TOKEN.findall(html):
        if text:
            path[-1].children.append(unescape(text))
        elif not closing:
            element = Element(name, {k: unescape(v) for k, v in _ATTRIBUTE.findall(attributes)})
            path[-1].children.append(element)
            if name not in UNCLOSED:
                path.append(element)
        elif name not in UNCLOSED:
            path.pop()
    return root


def wrapped(wrappers: Wrappers, node: Element) -> Wrappers:
    """The inline elements around a node's words: one inside its own kind, or without what it is for, is none."""
    if any(wrapper.name == node.name for wrapper in wrappers):
        return wrappers
    match node.name:
        case "a":
            attributes = _link(node.attributes.get("href", ""))
        case "abbr":
            attributes = _named(node, "title")
        case "time":
            attributes = _named(node, "datetime")
        case _:
            return (*wrappers, Wrapper(node.name))
    return (*wrappers, Wrapper(node.name, attributes)) if attributes else wrappers


def _link(href: str) -> str:
    if href.startswith("#"):
        return f' href="{escape(href)}"' if WORD.fullmatch(href[1:]) else ""
    address = _address(href)
    return f' href="{escape(address)}" rel="noopener noreferrer"' if address else ""


def _address(url: str) -> str:
    """An absolute address, or nothing: a relative one points nowhere once the words left their page."""
    url = re.sub(r"[\t\n]", "", url).strip()
    url = re.sub(r"\s", "%20", f"https:{url}" if url.startswith("//") else url)
    return url if _ADDRESS.fullmatch(url) else ""


def image(node: Element) -> str:
    """The picture's tag, or nothing where it has no address of its own or only counts who reads."""
    source = _address(node.attributes.get("src", ""))
    pixel = any(node.attributes.get(side, "").strip() in ("0", "1") for side in ("width", "height"))
    if not source.lower().startswith("http") or pixel:
        return ""
    alternative = " ".join(node.attributes.get("alt", "").split())
    named = _named(node, "title") + counts(node, "width", "height")
    return f'<img src="{escape(source)}" alt="{escape(alternative)}"{named}>'


def _named(node: Element, name: str) -> str:
    value = " ".join(node.attributes.get(name, "").split())
    return f' {name}="{escape(value)}"' if value else ""


def counts(node: Element, *names: str) -> str:
    """Those of the attributes that are small whole numbers."""
    found = ((name, node.attributes.get(name, "").strip()) for name in names)
    return "".join(f' {name}="{value}"' for name, value in found if re.fullmatch("[0-9]{1,4}", value))
