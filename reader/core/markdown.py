"""Markdown to HTML: readers' notes, and articles that come as Markdown."""

import re
from html import escape

import nh3
from markdown import Markdown

from .markdown_rules import Footnotes, HouseRules

# fmt: off
_NOTE_TAGS = {
    "a", "blockquote", "br", "code", "em", "hr", "li", "ol", "p", "pre", "strong",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
}
# fmt: on
_REL = "nofollow noopener noreferrer ugc"
_SURROGATES = re.compile("[\ud800-\udfff]")
_HEADING = re.compile("<(/?)h[1-6]>")


# What takes the library time that grows with the square: many signs in one paragraph (it copies the paragraph for
# each), many lines (for each it moves all others), deep nesting (it recurses), footnotes (it counts them anew).
_PARAGRAPH_END = re.compile(r"\n[ \t]*(?:\n|(?=[-+*|>#]|\d{1,9}\.))")
_SIGNS = re.compile(r"[\[\]<*_`&\\!]")
_SIGNS_IN_PARAGRAPH = 2_000
_LINES = 30_000
_FOOTNOTES = 5_000
# Markers of quotations and lists one inside the other; rules (- - -) are none.
_NESTED = re.compile(r"^(?! {0,3}(?:[-*] {0,2}){3,}+$)(?:[ \t]{0,8}(?:[-*+>]|\d{1,9}\.)[ \t]?){16}", re.MULTILINE)
_BRACKETS_IN_NOTE = 400
_LINES_IN_NOTE = 4_000


def render_note(source: str) -> str:
    """A note's HTML, safe to show: no pictures, no headings that would join the page's outline.

    A note that would take long to read as Markdown is shown as the plain text it is.
    """
    brackets = max(source.count("["), source.count("<"))
    too_much = brackets > _BRACKETS_IN_NOTE or source.count("\n") > _LINES_IN_NOTE
    html = _plain(source) if too_much else _read(source, article=False)
    return nh3.clean(
        _HEADING.sub(lambda tag: "</strong></p>" if tag[1] else "<p><strong>", html),
        tags=_NOTE_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=_REL,
    )


def render_article_markdown(source: str) -> str:
    """An article's HTML, not safe yet: ``sanitising.clean`` comes next."""
    return _read(source, article=True)


def _read(source: str, *, article: bool) -> str:
    source = _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", source)
    if _takes_long(source):
        return _plain(source)
    try:
        return _reader(article=article).convert(source)
    except RecursionError:
        return _plain(source)


def _reader(*, article: bool) -> Markdown:
    return Markdown(
        extensions=["sane_lists", "tables", Footnotes() if article else "nl2br", HouseRules(article=article)]
    )


def _takes_long(source: str) -> bool:
    return (
        source.count("\n") > _LINES
        or source.count("[^") > _FOOTNOTES
        or _NESTED.search(source) is not None
        or any(len(_SIGNS.findall(paragraph)) > _SIGNS_IN_PARAGRAPH for paragraph in _PARAGRAPH_END.split(source))
    )


def _plain(source: str) -> str:
    paragraphs = re.split(r"\n[ \t]*\n\s*", escape(source.strip(), quote=False))
    return "\n".join("<p>{}</p>".format(paragraph.replace("\n", "<br>\n")) for paragraph in paragraphs)
