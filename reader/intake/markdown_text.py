"""Markdown: its lines without their marks, so that the rules see words, and the body rendered from what is left."""

import re
from dataclasses import dataclass
from html import escape

from reader.core.markdown import render_article_markdown
from reader.intake.documents import Metadata
from reader.intake.frontmatter import ROLES, FrontMatter, read_front_matter
from reader.intake.furniture import is_divider
from reader.intake.lines import Entry, Role, Sheet, tidy
from reader.intake.nesting import indented
from reader.intake.plaintext import goes_on, wrap_width

FENCE = re.compile(r" {0,3}(?P<mark>`{3,}|~{3,})")
HEADING = re.compile(r" {0,3}(?P<marks>#{1,6})\s+(?P<text>.*?)\s*#*\s*")
UNDERLINE = re.compile(r" {0,3}(?:(?P<one>=+)|-{2,})\s*")
BLOCK_MARKS = re.compile(r"(?:\s{0,12}(?:>|[-*+]|\d{1,3}[.)])\s{1,4}){0,5}")
STARTS_BLOCK = re.compile(r"\s*(?:>|[-*+]\s|\d{1,3}[.)]\s|#{1,6}\s|\||!\[|`{3}|~{3})")
PICTURE = re.compile(
    r"\s*(?:\[\s*)?!\[(?P<alt>[^\]]{0,500})\]\((?P<src>[^)\s]{0,2000})[^)]{0,300}\)(?:\s*\]\([^)]{0,2000}\))?\s*"
)
NESTED = re.compile(r" {4}| {2,3}(?:[-*+]|\d{1,3}[.)])\s")  # code, or an item of a list inside another
REFERENCE = re.compile(r" {0,3}\[[^\]]{1,200}\]:\s*\S.*")
INLINE = (
    (re.compile(r"!\[([^\]]{0,500})\]\([^)]{0,2000}\)"), r"\1"),
    (re.compile(r"\[([^\]]{0,500})\](?:\([^)]{0,2000}\)|\[[^\]]{0,200}\])"), r"\1"),
    (re.compile(r"<(https?://[^>\s]{1,500})>"), r"\1"),
    (re.compile(r"</?[a-zA-Z][^>]{0,500}>"), ""),
    (re.compile(r"(?<![\w\\])(\*\*\*|\*\*|\*|___|__|_|~~|`)(?=\S)([^*_~`]{1,500})(?<=\S)\1(?!\w)"), r"\2"),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
)
EXCERPT = re.compile(r">\s?#{1,6} Excerpt\s*")
EXCERPT_WITHIN = 120  # lines, front matter included
SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!])")  # what python-markdown takes back from behind a backslash


@dataclass(slots=True)
class _Chunk:
    """Some lines of the source, and the entry that stands for them (None: blank lines)."""

    source: str
    entry: Entry | None = None
    quoted: bool = False  # front matter: not Markdown, shown as it is when put back


class MarkdownText:
    """A Markdown document; what is no body is left out of the source before it is rendered."""

    def __init__(self, raw: str) -> None:
        lines = raw.replace("\ufeff", "").expandtabs(4).splitlines()
        matter = read_front_matter(lines)
        self.metadata = matter.metadata() if matter else Metadata()
        head = _front_chunks(lines, matter) if matter else []
        self._chunks = head + _chunks(lines, matter.length if matter else 0)
        _mark_excerpt(self._chunks)
        self.sheet = Sheet([chunk.entry for chunk in self._chunks if chunk.entry])

    def html(self) -> str:
        source = "\n".join(_source(chunk) for chunk in self._chunks)
        return render_article_markdown("\n".join(indented(source.split("\n"))))


def _mark_excerpt(chunks: list[_Chunk]) -> None:
    """Mark the quotation of the page's description that a clipper puts above the text under the heading "Excerpt"."""
    first = next((n for n, c in enumerate(chunks[:EXCERPT_WITHIN]) if EXCERPT.fullmatch(c.source)), None)
    for chunk in chunks[first:] if first is not None else ():
        if not chunk.source.startswith(">"):
            return
        if chunk.entry:
            chunk.entry.region = "a clipper's excerpt"


def _source(chunk: _Chunk) -> str:
    entry = chunk.entry
    if entry is None:
        return chunk.source
    if chunk.quoted or entry.picture:
        if entry.role is Role.BODY:
            return "\n" + SPECIAL.sub(r"\\\1", escape(entry.text, quote=False)) + "\n"
        return chunk.source if entry.role is Role.PICTURE else ""
    return chunk.source if entry.in_body else ""


def _front_chunks(lines: list[str], matter: FrontMatter) -> list[_Chunk]:
    chunks = []
    for number, line in enumerate(lines[: matter.length]):
        text = tidy(line)
        entry = Entry(number + 1, text, fixed=True) if text else None
        if entry:
            role = ROLES.get(matter.field_of(number) or "")
            entry.claim(Role(role) if role else Role.FURNITURE, "" if role else "front matter")
        chunks.append(_Chunk(line, entry, quoted=True))
    return chunks


def _chunks(lines: list[str], start: int) -> list[_Chunk]:
    chunks: list[_Chunk] = []
    width = wrap_width(lines[start:])
    position, fence = start, ""
    while position < len(lines):
        line = lines[position]
        mark = FENCE.match(line)
        if fence or mark:
            fence = _fence_after(fence, mark, line)
            chunks.append(_code(position, line))
            position += 1
        else:
            length = _length(lines, position, width)
            chunks.append(_chunk(lines[position : position + length], position + 1, _next(lines, position + length)))
            position += length
    return chunks


def _fence_after(fence: str, mark: re.Match[str] | None, line: str) -> str:
    """Return the fence that is open after this line."""
    if not fence:
        return mark["mark"] if mark else ""
    closes = mark is not None and mark["mark"].startswith(fence) and not line.strip().strip("`~")
    return "" if closes else fence


def _code(position: int, line: str) -> _Chunk:
    text = tidy(line)
    return _Chunk(line, Entry(position + 1, text, fixed=True) if text else None)


def _next(lines: list[str], position: int) -> str:
    return tidy(lines[position]) if position < len(lines) else ""


def _length(lines: list[str], position: int, width: int) -> int:
    """Return how many lines belong together: a heading and its underline, or a paragraph wrapped at a width."""
    length = 1
    while position + length < len(lines) and tidy(lines[position]):
        line, following = lines[position + length - 1], lines[position + length]
        if length == 1 and _is_underlined(line, following):
            return 2
        if STARTS_BLOCK.match(following) or not goes_on(line, following.strip(), width):
            break
        length += 1
    return length


def _is_underlined(line: str, following: str) -> bool:
    return UNDERLINE.fullmatch(following) is not None and not STARTS_BLOCK.match(line) and not is_divider(line)


def _chunk(lines: list[str], number: int, following: str) -> _Chunk:
    source = "\n".join(lines)
    picture = PICTURE.fullmatch(source)
    if picture:
        alt = tidy(picture["alt"])
        return _Chunk(source, Entry(number, alt, picture=True, src=picture["src"], gap_after=not following))
    level, text = _heading(lines)
    text = tidy(plain(text))
    if not text:
        return _Chunk(source)
    fixed = (
        source.lstrip().startswith("|") or REFERENCE.fullmatch(source) is not None or NESTED.match(source) is not None
    )
    return _Chunk(source, Entry(number, text, level=level, fixed=fixed, gap_after=not following))


def _heading(lines: list[str]) -> tuple[int, str]:
    heading = HEADING.fullmatch(lines[0])
    if heading:
        return len(heading["marks"]), heading["text"]
    underline = UNDERLINE.fullmatch(lines[1]) if len(lines) == 2 else None
    if underline and _is_underlined(*lines):
        return (1 if underline["one"] else 2), lines[0]
    return 0, " ".join(lines)


def plain(source: str) -> str:
    """Return the words of a line of Markdown without its marks, as far as the rules need it."""
    text = source if is_divider(source) else source[(match.end() if (match := BLOCK_MARKS.match(source)) else 0) :]
    for pattern, replacement in INLINE:
        text = pattern.sub(replacement, text)
    return text
