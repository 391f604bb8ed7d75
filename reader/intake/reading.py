"""What a reader pasted or uploaded, read as an article: its fields, its body, and what was taken out as furniture."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from reader.core.sanitising import clean, text_of
from reader.intake.bylines import Byline
from reader.intake.dates import Dated, likeliest
from reader.intake.decoding import without_surrogates
from reader.intake.documents import Document, Metadata
from reader.intake.findings import Masthead, Sorted
from reader.intake.language import guess_language
from reader.intake.lines import BY_THE_READER, Line, Role, Sheet, key_of
from reader.intake.markdown_text import MarkdownText
from reader.intake.pages import Page
from reader.intake.paywalls import Audience
from reader.intake.pictures import Image, images_of
from reader.intake.plaintext import PlainText
from reader.intake.platforms import recognise
from reader.intake.sorting import is_preview, sort
from reader.intake.sources import Form, guess_form

ON_THE_WEB = re.compile(
    r"(?:view|read)\b.{0,40}\b(?:web|browser|online)\b[^/]{0,20}?(https?://[^\s)>\]]+)", re.IGNORECASE
)

MOST_TRACES = 80  # lines at each end of a page

__all__ = ["Empty", "Form", "Line", "Reading", "Role", "as_fields", "guess_form", "read"]


class Empty(ValueError):
    """Nothing was handed in; the message is a sentence for the reader."""


@dataclass(frozen=True, slots=True)
class Reading:
    """An article as it was understood, before anything is saved.

    `published` is the first day of what `published_precision` says; `truncated` is None where nothing tells; `html` is
    the body before sanitising; `lines` are all lines of the input that show anything, each with the part it plays.
    """

    source_kind: str
    platform: str | None
    title: str | None
    subtitle: str | None
    authors: list[str]
    publication: str | None
    published: date | None
    published_precision: str | None
    audience: str
    truncated: bool | None
    truncation_evidence: str | None
    url: str | None
    language: str | None
    images: tuple[Image, ...]
    lines: tuple[Line, ...]
    html: str


def read(
    raw: str,
    form: Form,
    *,
    keep: Collection[int] = (),
    drop: Collection[int] = (),
    uploaded: bool = False,
    url: str | None = None,
    told: Metadata | None = None,
) -> Reading:
    """Read the input; `keep` and `drop` are the numbers of lines that the reader put back or took out.

    `url` is where it was fetched from, `told` what is known from elsewhere, such as the head of a mail.

    Raises Empty where there is nothing to see.
    """
    document = _open(without_surrogates(raw), form, url)
    if not document.sheet.entries:
        raise Empty("There is nothing to read here yet. Paste the words of the piece, or choose a file.")
    for entry in document.sheet.entries:
        if entry.number in drop and entry.number not in keep:
            entry.claim(Role.FURNITURE, BY_THE_READER)
    if told:
        document.metadata = completed(document.metadata, told)
    found = sort(document.sheet, _known(document.metadata))
    _restore(document.sheet, found.head, keep)
    return _reading(document, found, f"{'url' if url else 'upload' if uploaded else 'paste'}_{form}", url)


def _open(raw: str, form: Form, url: str | None) -> Document:
    if form is Form.HTML:
        return Page(raw, url)
    return MarkdownText(raw) if form is Form.MARKDOWN else PlainText(raw)


def completed(metadata: Metadata, told: Metadata) -> Metadata:
    """What the document says of itself, with what is told of it; a page's own title is often that of its template."""
    own = (
        metadata.title
        if key_of(metadata.title or "") and key_of(metadata.title or "") in key_of(told.title or "")
        else None
    )
    return replace(
        metadata,
        title=own or told.title or metadata.title,
        authors=metadata.authors or told.authors,
        publication=metadata.publication or told.publication,
        published=likeliest(metadata.published, told.published),
        url=metadata.url or told.url,
        free=told.free if metadata.free is None else metadata.free,
    )


def _known(metadata: Metadata) -> Masthead:
    return Masthead(
        title=metadata.title,
        subtitle=metadata.subtitle,
        publication=metadata.publication,
        byline=Byline(metadata.authors, metadata.published, has_date=metadata.published is not None),
    )


def _restore(sheet: Sheet, head: Masthead, keep: Collection[int]) -> None:
    for entry in sheet.entries:
        if entry.number in keep and not entry.in_body:
            if entry.role is Role.SUBTITLE:
                head.subtitle = None
            entry.claim(Role.BODY)


def _reading(document: Document, found: Sorted, source_kind: str, url: str | None) -> Reading:
    metadata, head, entries = document.metadata, found.head, document.sheet.entries
    platform = metadata.platform or recognise(_traces(document))
    audience, truncated = _judge(document, found, platform)
    dated, authors = likeliest(metadata.published, head.byline.dated), metadata.authors or head.byline.authors
    if isinstance(document, Page):
        dated, authors = _day(document, dated), authors or document.authors_elsewhere()
    return Reading(
        source_kind=source_kind,
        platform=platform,
        title=head.title,
        subtitle=head.subtitle,
        authors=list(authors),
        publication=head.publication,
        published=dated.day if dated else None,
        published_precision=dated.precision if dated else None,
        audience=audience,
        truncated=truncated,
        truncation_evidence=(metadata.evidence or (found.cut.evidence if found.cut else None)) if truncated else None,
        url=metadata.url or url or _web_address(document.sheet),
        language=metadata.language or guess_language(" ".join(e.text for e in entries if e.in_body)),
        images=images_of(document.sheet),
        lines=document.sheet.lines(),
        html=document.html(),
    )


def _day(page: Page, told: Dated | None) -> Dated | None:
    """The day that was told, unless it cannot be meant and the page knows a better one."""
    return told if told and told.is_believed else likeliest(told, page.day_elsewhere())


def _traces(document: Document) -> list[str]:
    """What may give the platform away; of a page with very many lines, those at both ends."""
    said = [entry.text for entry in document.sheet.entries if not entry.in_body]
    ends = said if len(said) <= 2 * MOST_TRACES else said[:MOST_TRACES] + said[-MOST_TRACES:]
    return [*document.metadata.traces, document.metadata.url or "", *ends]


def _web_address(sheet: Sheet) -> str | None:
    """Return the address that a mail's own furniture gives for the piece on the web."""
    notices = (e.text for e in sheet.entries if e.role is Role.FURNITURE and len(e.text) < 600)
    found = next((match for text in notices if (match := ON_THE_WEB.match(text))), None)
    return found[1].rstrip(".") if found else None


def _judge(document: Document, found: Sorted, platform: str | None) -> tuple[Audience, bool | None]:
    """Return who may read the piece and whether it is cut off.

    Substack marks a paid post beside its date and ends a cut one with a notice, so its footer after a dated,
    unmarked piece shows that the piece is whole and free. Elsewhere silence shows nothing.
    """
    free, told = document.metadata.free, document.metadata.truncated
    if told is not None:
        return (Audience.EVERYONE if free else Audience.ONLY_PAID), told
    if platform == "substack" and free:
        return Audience.EVERYONE, False
    paid = free is False or (found.cut is not None and found.cut.paid) or found.marked_paid
    whole = platform == "substack" and found.closed and found.head.byline.has_date and not is_preview(document.sheet)
    truncated = True if found.cut else (False if whole else None)
    if paid:
        return Audience.ONLY_PAID, truncated
    return (Audience.EVERYONE if free or (whole and not found.cut) else Audience.UNKNOWN), truncated


def as_fields(reading: Reading) -> dict[str, object]:
    """Return the fields as plain data, under the keys that samples and `manage.py add --json` use."""
    return fields_of(reading, text_of(clean(reading.html)))


def fields_of(reading: Reading, text: str) -> dict[str, object]:
    """The same where the text is known."""
    paragraphs = [line for line in text.split("\n") if line.strip()]
    return {
        "source_kind": reading.source_kind,
        "platform": reading.platform,
        "title": reading.title,
        "subtitle": reading.subtitle,
        "authors": reading.authors,
        "publication": reading.publication,
        "published": reading.published.isoformat() if reading.published else None,
        "published_precision": reading.published_precision,
        "audience": str(reading.audience),
        "truncated": reading.truncated,
        "truncation_evidence": reading.truncation_evidence,
        "url": reading.url,
        "language": reading.language,
        "images": [{"alt": image.alt, "credit": image.credit, "src": image.src} for image in reading.images],
        "body_paragraphs": len(paragraphs),
        "body_words": sum(len(paragraph.split()) for paragraph in paragraphs),
        "body_first": paragraphs[0] if paragraphs else "",
        "body_last": paragraphs[-1] if paragraphs else "",
    }
