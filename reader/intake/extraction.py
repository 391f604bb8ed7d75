"""From a page to a piece, without asking anybody: what the doors hand on, and what scripts measure."""

from dataclasses import dataclass
from typing import Any

from reader.core.sanitising import clean, text_of
from reader.intake.reading import Empty, Form, Reading, fields_of, read


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """What is known of a piece, as plain data; `html` is sanitised, and `text` what a browser shows of it."""

    source_kind: str
    platform: str | None = None
    title: str | None = None
    subtitle: str | None = None
    authors: list[str]
    publication: str | None = None
    published: str | None = None
    published_precision: str | None = None
    audience: str = "unknown"
    truncated: bool | None = None
    truncation_evidence: str | None = None
    url: str | None = None
    language: str | None = None
    images: list[dict[str, str | None]]
    body_paragraphs: int = 0
    body_words: int = 0
    body_first: str = ""
    body_last: str = ""
    html: str = ""
    text: str = ""


def extract(html: str, url: str | None = None) -> Extracted:
    """The piece of a page that came from `url`, or was saved; a page that shows nothing gives an empty one."""
    try:
        reading = read(html, Form.HTML, url=url)
    except Empty:
        return Extracted(source_kind="url_html" if url else "paste_html", authors=[], images=[], url=url)
    return extracted(reading)


def extracted(reading: Reading) -> Extracted:
    """What was read, as it is stored."""
    body = clean(reading.html)
    text = text_of(body)
    fields: dict[str, Any] = fields_of(reading, text)
    return Extracted(**fields, html=body, text=text)
