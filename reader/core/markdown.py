"""Markdown to HTML: readers' notes, and articles that come as Markdown."""

import re
from collections.abc import Collection
from functools import lru_cache
from html import escape

import nh3
from markdown import Markdown

from .markdown_rules import MENTION, Footnotes, HouseRules

# fmt: off
_NOTE_TAGS = {
    "a", "blockquote", "br", "code", "em", "hr", "li", "ol", "p", "pre", "span",
    "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}
# fmt: on
_REL = "nofollow noopener noreferrer ugc"
_SURROGATES = re.compile("[\ud800-\udfff]")
_HEADING = re.compile("<(/?)h[1-6]>")


# What takes the library time that grows with the square: many signs in one paragraph (it copies the paragraph for
# each), many lines (for each it moves all others), deep nesting (it recurses), footnotes (it counts them anew).
_PARAGRAPH_END = re.compile(r"\n[ \t]*(?:\n|(?=[-+*|>#]|\d{1,9}\.))")
_SIGNS = re.compile(r"[\[\]<*_`&\\!~]")
_SIGNS_IN_PARAGRAPH = 2_000
_LINES = 30_000
_FOOTNOTES = 5_000
# Markers of quotations and lists one inside the other; rules (- - -) are none.
_NESTED = re.compile(r"^(?! {0,3}(?:[-*] {0,2}){3,}+$)(?:[ \t]{0,8}(?:[-*+>]|\d{1,9}\.)[ \t]?){16}", re.MULTILINE)
_BRACKETS_IN_NOTE = 400
_LINES_IN_NOTE = 4_000


_CALLED = re.compile(r"(?<![\w@./-])@([A-Za-z0-9]+(?:-[A-Za-z0-9]+)*)")
_MENTIONED = re.compile(f'<span class="{MENTION}">@([a-z0-9-]+)</span>')
#: Whoever calls more people into one note calls nobody in particular.
MOST_CALLED = 50


def handles_called(source: str) -> set[str]:
    """The handles that a note may mean to mention, before anybody looks whose they are."""
    found = dict.fromkeys(match[1].lower() for match in _CALLED.finditer(source))
    return set(list(found)[:MOST_CALLED])


def handles_mentioned(html: str) -> set[str]:
    """The handles that a rendered note does mention: none inside a link or in code."""
    return set(_MENTIONED.findall(html))


def render_note(source: str, handles: Collection[str] = ()) -> str:
    """A note's HTML, safe to show: no pictures, no headings that would join the page's outline.

    Of what looks like a mention, only those of `handles` are one.

    A note that would take long to read as Markdown is shown as the plain text it is. Reading one takes up to a tenth of
    a second all the same, so the last ones are kept: who saves a note reads it before the transaction, and once more in
    it, where nothing may have changed but might.
    """
    return _rendered(source, frozenset(handles))


@lru_cache(maxsize=64)
def _rendered(source: str, handles: frozenset[str]) -> str:
    brackets = max(source.count("["), source.count("<"))
    too_much = brackets > _BRACKETS_IN_NOTE or source.count("\n") > _LINES_IN_NOTE
    html = _plain(source) if too_much else _read(source, article=False, handles=handles)
    return nh3.clean(
        _HEADING.sub(lambda tag: "</strong></p>" if tag[1] else "<p><strong>", html),
        tags=_NOTE_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        allowed_classes={"span": {MENTION}},
        link_rel=_REL,
    )


def render_article_markdown(source: str) -> str:
    """An article's HTML, not safe yet: ``sanitising.clean`` comes next."""
    return _read(source, article=True)


def _read(source: str, *, article: bool, handles: Collection[str] = ()) -> str:
    source = _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", source)
    if _takes_long(source):
        return _plain(source)
    try:
        return _reader(article=article, handles=handles).convert(source)
    except RecursionError:
        return _plain(source)


def _reader(*, article: bool, handles: Collection[str]) -> Markdown:
    rules = HouseRules(article=article, handles=handles)
    return Markdown(extensions=["sane_lists", "tables", Footnotes() if article else "nl2br", rules])


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
