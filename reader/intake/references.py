"""Where the links and pictures of a page lead once its words have left it."""

import re
from collections.abc import Iterable
from urllib.parse import urldefrag, urljoin

from reader.intake.lines import Entry
from reader.intake.pictures import source_of
from reader.intake.soup import Node

SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")


class Addresses:
    """The page's own address, against which relative ones are read; a link into the page stays one."""

    def __init__(self, root: Node, url: str | None) -> None:
        base = next((n.attrs["href"] for n in root.nodes() if n.tag == "base" and n.attrs.get("href")), "")
        self._page = urldefrag(url).url if url else ""
        self._base = joined(self._page, base) if base else self._page
        self._targets: set[str] = set()

    def settle(self, leaves: Iterable[Node]) -> None:
        """Rewrite the links and pictures of these blocks, and remember which places of the page they lead to."""
        for leaf in leaves:
            for node in leaf.nodes():
                if node.tag == "a" and "href" in node.attrs:
                    node.attrs["href"] = self.link(node.attrs["href"])
                elif node.tag == "img":
                    node.attrs["src"] = joined(self._base, source_of(node) or "")

    def leads_to(self, identity: str) -> bool:
        return bool(identity) and identity in self._targets

    def anchor(self, node: Node) -> str:
        """A place for a link into the page to lead to, where an element is not kept itself."""
        identity = node.attrs.get("id", "")
        return f'<a id="{identity}"></a>' if self.leads_to(identity) and '"' not in identity else ""

    def complete(self, entries: Iterable[Entry]) -> None:
        """Make the addresses of pictures whole."""
        for entry in entries:
            if entry.src:
                entry.src = joined(self._base, entry.src)

    def link(self, href: str) -> str:
        address, _, fragment = href.strip().partition("#")
        whole = joined(self._base, address) if address else self._page
        if fragment and (not address or (self._page and whole.rstrip("/") == self._page.rstrip("/"))):
            self._targets.add(fragment)
            return f"#{fragment}"
        return joined(self._base, href.strip())


def joined(base: str, address: str) -> str:
    """The address as seen from the page; as it is, where that cannot be said."""
    if not base or not address or SCHEME.match(address):
        return address
    try:
        return urljoin(base, address)
    except ValueError:
        return address
