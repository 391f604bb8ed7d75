"""What kind of text was handed in."""

import re
from enum import StrEnum
from pathlib import PurePath


class Form(StrEnum):
    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"


SUFFIXES = {
    ".txt": Form.TEXT,
    ".text": Form.TEXT,
    ".md": Form.MARKDOWN,
    ".markdown": Form.MARKDOWN,
    ".mdown": Form.MARKDOWN,
    ".html": Form.HTML,
    ".htm": Form.HTML,
    ".xhtml": Form.HTML,
}
LOOKED_AT = 20_000  # characters
HTML_OPENING = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype html|html|head|body|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
HTML_CLOSING = re.compile(r"</(?:p|div|h[1-6]|article|body|table|ul|ol|blockquote|section|span)\s*>", re.IGNORECASE)
MARKDOWN_SIGNS = (
    re.compile(r"\A\ufeff?(?:---|\+\+\+)[ \t]*\n.{0,4000}?\n(?:---|\+\+\+|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL),
    re.compile(r"^#{1,6} \S", re.MULTILINE),
    re.compile(r"^(?:```|~~~)", re.MULTILINE),
    re.compile(r"!?\[[^\]\n]{1,200}\]\((?:https?://|/|\./)[^)\s]{1,500}\)"),
    re.compile(r"(?<![\w*])\*\*[^*\s][^*\n]{0,200}\*\*(?![\w*])"),
    re.compile(r"(?<![\w~])~~[^~\s][^~\n]{0,2000}~~(?![\w~])"),
    re.compile(r"^\|.{1,200}\|[ \t]*\n\|[ :|-]{3,200}\|[ \t]*$", re.MULTILINE),
)


def guess_form(raw: str, filename: str | None = None) -> Form:
    """Return the form a file's name gives, else what the text looks like; plain text where it could be anything."""
    suffix = PurePath(filename).suffix.lower() if filename else ""
    if suffix in SUFFIXES and SUFFIXES[suffix] is not Form.TEXT:
        return SUFFIXES[suffix]
    sample = raw[:LOOKED_AT]
    if HTML_OPENING.match(sample) or len(HTML_CLOSING.findall(sample)) >= 2:
        return Form.HTML
    if suffix in SUFFIXES:
        return SUFFIXES[suffix]
    return Form.MARKDOWN if any(sign.search(sample.replace("\r\n", "\n")) for sign in MARKDOWN_SIGNS) else Form.TEXT
