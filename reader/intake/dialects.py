"""What some programs write in their own way, written as everybody else does, before anything looks at the page."""

import re

from reader.intake.soup import HEADINGS, Node

CAPTIONED = {"wp-caption": "figure", "wp-caption-text": "figcaption"}
#: What stands behind a heading and leads to it: ¶ of Sphinx, # of many blogs, a zero-width space of Docusaurus.
TO_ITSELF = re.compile(r"[\s\u200b¶#§🔗⚓︎]*")


def translate(root: Node) -> None:
    for node in root.nodes():
        if node.tag == "amp-img":
            node.tag, node.children = "img", []
        elif node.tag in HEADINGS:
            _drop_links_to_itself(node)
        elif "wp-caption" in node.attrs.get("class", ""):
            names = node.attrs["class"].split()
            node.tag = next((CAPTIONED[name] for name in names if name in CAPTIONED), node.tag)


def _drop_links_to_itself(heading: Node) -> None:
    for node in heading.nodes():
        kept = [child for child in node.children if isinstance(child, str) or not _leads_to_itself(child)]
        if len(kept) < len(node.children):
            node.children = kept


def _leads_to_itself(node: Node) -> bool:
    """Whether it is a link into the page that shows nothing but its sign; one that holds a picture or a place stays."""
    if node.tag != "a" or "#" not in node.attrs.get("href", "") or "id" in node.attrs:
        return False
    return TO_ITSELF.fullmatch(node.text()) is not None and not any(inner.tag == "img" for inner in node.nodes())
