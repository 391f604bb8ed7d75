"""Markdown's rules as this house reads them, each in time linear in its paragraph.

The library's own rules for brackets, code spans and raw HTML look for the other end of what they
found with a scan to the end of the text, so that a thousand ``[`` take it minutes. These look a bounded way.
"""

import re
from collections.abc import Collection
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.util import AtomicString, code_escape

Found = tuple[Element | str | None, int | None, int | None]
NOTHING: Found = (None, None, None)
#: The class of a mention in a note's HTML; nothing that a reader writes can bear it.
MENTION = "mention"

_DESTINATION = r"<?((?:[^\s<>()\\]|\\.|\([^\s<>()]{0,500}\)){0,2000}+)>?"
_TITLE = r"""(?:\s{1,20}(?:"[^"]{0,500}"|'[^']{0,500}'))?"""
_LABEL = r"\[((?:[^\[\]\\]|\\.|\[[^\[\]]{0,200}\]){0,1000}+)\]"
_LINK = rf"{_LABEL}(?:\(\s{{0,20}}{_DESTINATION}{_TITLE}\s{{0,20}}\)|[ ]?\[([^\[\]]{{0,200}})\])?"
_CODE = r"(?<![\\`])(?:`([^`]{1,2000})`(?!`)|``((?:[^`]|`(?!`)){1,2000})``(?!`))"
_STRUCK = r"(?<![\\~])~~(?=[^\s~])((?:[^~]|~(?!~)){1,2000})(?<=\S)~~(?!~)"
_TAG = r"</?[a-zA-Z][a-zA-Z0-9-]{0,20}(?:\s[^<>]{0,2000})?/?>|<!--(?:[^-<]|-(?!->)){0,2000}-->"
_BARE = r"""(?<![\w/"'=@.])https?://[^\s<>"'\x02\x03`\[\]]{1,2000}(?<![.,;:!?*_)])"""
_MENTION = r"(?<![\w@./-])@([A-Za-z0-9]+(?:-[A-Za-z0-9]+)*)(?![\w@]|-\w|\.\w)"
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[^`]*")
_HEADING = re.compile(r"#{1,6}(?!#)")
_RULE = re.compile(r" {0,3}(?:(?:\*[ ]{0,2}){3,}+|(?:_[ ]{0,2}){3,}+|(?:-[ ]{0,2}){3,}+)$")
_ITEM = re.compile(r" {0,3}(?:[-*+]|1\.) ")
_UNDERLINE = re.compile(r"(?:=+|-+) *$")


class Links(InlineProcessor):
    """``[words](address)``, ``[words][name]`` and ``[name]``."""

    def handleMatch(self, match: re.Match[str], data: str) -> Found:  # type: ignore[override]  # noqa: N802 (theirs)
        address = self.address(match)
        if address is None:
            return NOTHING
        link = Element("a", href=address)
        link.text = match[1]
        return link, match.start(), match.end()

    def address(self, match: re.Match[str]) -> str | None:
        if match[2] is not None:
            return self.unescape(match[2])
        name = " ".join((match[3] or match[1]).split()).lower()
        return self.md.references.get(name, (None, None))[0]


class Images(Links):
    def handleMatch(self, match: re.Match[str], data: str) -> Found:  # type: ignore[override]  # noqa: N802 (theirs)
        address = self.address(match)
        if address is None:
            return NOTHING
        return Element("img", src=address, alt=self.unescape(match[1])), match.start(), match.end()


class ImagesAsLinks(Links):
    """Nobody's note makes another's browser load something."""

    def handleMatch(self, match: re.Match[str], data: str) -> Found:  # type: ignore[override]  # noqa: N802 (theirs)
        link, start, end = super().handleMatch(match, data)
        if isinstance(link, Element):
            link.text = AtomicString(self.unescape(match[1]) or link.get("href"))
        return link, start, end


class BareAddresses(InlineProcessor):
    def handleMatch(self, match: re.Match[str], data: str) -> Found:  # type: ignore[override]  # noqa: N802 (theirs)
        link = Element("a", href=match[0])
        link.text = AtomicString(match[0])
        return link, match.start(), match.end()


class CodeSpans(InlineProcessor):
    def handleMatch(self, match: re.Match[str], data: str) -> Found:  # type: ignore[override]  # noqa: N802 (theirs)
        code = Element("code")
        code.text = AtomicString(code_escape((match[1] or match[2]).strip()))
        return code, match.start(), match.end()


class Struck(InlineProcessor):
    """``~~words~~``, crossed out."""

    def handleMatch(self, match: re.Match[str], data: str) -> Found:  # type: ignore[override]  # noqa: N802 (theirs)
        struck = Element("s")
        struck.text = match[1]
        return struck, match.start(), match.end()


class Tags(InlineProcessor):
    """Raw tags pass as they are: what becomes of them is up to ``clean``."""

    def handleMatch(self, match: re.Match[str], data: str) -> Found:  # type: ignore[override]  # noqa: N802 (theirs)
        return self.md.htmlStash.store(self.unescape(match[0])), match.start(), match.end()


class Mentions(InlineProcessor):
    """``@ben``, for those who may be called into the note; anything else stays the text it is."""

    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, md: Markdown, handles: Collection[str]) -> None:
        super().__init__(_MENTION, md)
        self.handles = handles

    def handleMatch(self, match: re.Match[str], data: str) -> Found:  # type: ignore[override]  # noqa: N802 (theirs)
        handle = match[1].lower()
        if handle not in self.handles:
            return NOTHING
        mention = Element("span", {"class": MENTION})
        mention.text = AtomicString(f"@{handle}")
        return mention, match.start(), match.end()


class Fences(Preprocessor):
    """Fenced code; a fence that nobody closes ends with the text."""

    def run(self, lines: list[str]) -> list[str]:
        out: list[str] = []
        code: list[str] = []
        fence = ""
        for line in lines:
            if fence and re.fullmatch(rf" {{0,3}}{fence}{fence[0]}*\s*", line):
                out += self.stored(code)
                fence, code = "", []
            elif fence:
                code.append(line)
            elif opening := _FENCE.fullmatch(line):
                fence = opening[1]
            else:
                out.append(line)
        return out + self.stored(code) if fence else out

    def stored(self, code: list[str]) -> list[str]:
        words = code_escape("\n".join(code).rstrip())
        return ["", self.md.htmlStash.store(f"<pre><code>{words}\n</code></pre>"), "", ""]


class Spacing(Preprocessor):
    """Empty lines around what needs none to be a block.

    Around headings and rules, since the library copies the rest of a block for each it finds; before a list,
    since it sees none right under a paragraph, and everybody writes them there.
    """

    def run(self, lines: list[str]) -> list[str]:
        out: list[str] = []
        in_paragraph = False
        for line in lines:
            alone = _HEADING.match(line) or (_RULE.match(line) and not line.lstrip().startswith("-"))
            item = _ITEM.match(line)
            if alone or (item and in_paragraph):
                out.append("")
            out.append(line)
            ended = alone or _UNDERLINE.match(line) or _RULE.match(line)
            if ended:
                out.append("")
            in_paragraph = bool(line.strip()) and not ended and not line.startswith((" ", "\t", ">", "|")) and not item
        return out


class Footnotes(FootnoteExtension):
    """The library's, without the arrows back (they would join the text), and counting where it searches."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (theirs)
        super().extendMarkdown(md)
        md.treeprocessors.deregister("footnote-duplicate")
        self.setConfig("BACKLINK_TEXT", "")

    def unique_ref(self, reference: str, found: bool = False) -> str:  # noqa: FBT001, FBT002 (theirs)
        if not found:
            return reference
        times = self.found_refs[reference] = self.found_refs.get(reference, 0) + 1
        return reference if times == 1 else f"{reference}-{times}"


class HouseRules(Extension):
    """An article shows pictures and lets raw HTML through; a note has links to the one and words for the other.

    A note calls those people in whose handles are given.
    """

    def __init__(self, *, article: bool, handles: Collection[str] = (), **options: Any) -> None:
        super().__init__(**options)
        self.article = article
        self.handles = handles

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (theirs)
        md.preprocessors.deregister("html_block")
        for name in (
            "reference",
            "link",
            "image_link",
            "image_reference",
            "short_reference",
            "short_image_ref",
            "html",
        ):
            md.inlinePatterns.deregister(name)
        md.preprocessors.register(Fences(md), "fences", 25)
        md.preprocessors.register(Spacing(md), "spacing", 15)
        md.inlinePatterns.register(CodeSpans(_CODE, md), "backtick", 190)
        md.inlinePatterns.register((Images if self.article else ImagesAsLinks)("!" + _LINK, md), "images", 165)
        md.inlinePatterns.register(Links(_LINK, md), "links", 160)
        md.inlinePatterns.register(BareAddresses(_BARE, md), "bare", 115)
        if self.handles:
            md.inlinePatterns.register(Mentions(md, self.handles), "mentions", 85)
        if self.article:
            md.inlinePatterns.register(Tags(_TAG, md), "tags", 90)
            md.inlinePatterns.register(Struck(_STRUCK, md), "struck", 70)
