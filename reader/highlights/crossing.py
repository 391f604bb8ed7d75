"""Whether a passage is crossed out in its text: its words stand there, and a line goes through them."""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from html import unescape
from typing import Any, NamedTuple, TypeVar

from django.db.models import QuerySet, Value
from django.db.models.functions import StrIndex

from reader.core.prepared import NOBODY, prepared
from reader.core.requests import AnyUser
from reader.library.models import Revision

Key = TypeVar("Key")

#: How stored HTML begins what is crossed out, whichever of three ways it was brought in.
OPENING = "<s>"

_TAG = re.compile("<(/?)s>|<[^>]*>")
_LETTERS = re.compile(r"\w")


class Crossed(StrEnum):
    """How much of a passage is."""

    WHOLLY = "wholly"
    PARTLY = "partly"

    def is_more_than(self, was: "Crossed | None") -> bool:
        return was is None or (was is Crossed.PARTLY and self is Crossed.WHOLLY)


class Span(NamedTuple):
    start: int
    end: int


class Stand(NamedTuple):
    """Where a mark stands, in which text."""

    revision_id: int
    start: int
    end: int


def struck_in(html: str) -> tuple[Span, ...]:
    """What is crossed out in stored HTML, by the code points of its text."""
    return _struck(html) if OPENING in html else ()


@lru_cache(maxsize=16)
def _struck(html: str) -> tuple[Span, ...]:
    spans: list[Span] = []
    depth, offset, position = 0, 0, 0
    for tag in [*_TAG.finditer(html), None]:
        words = html[position : tag.start()] if tag else html[position:]
        length = len(unescape(words))
        if depth and length:
            spans.append(Span(offset, offset + length))
        offset += length
        if tag:
            position = tag.end()
            depth += {"<s>": 1, "</s>": -1}.get(tag[0], 0)
    return tuple(spans)


def crossed(spans: Sequence[Span], text: str, start: int, end: int) -> Crossed | None:
    """How much of ``text[start:end]`` is; spaces and signs do not count."""
    struck = sum(len(_LETTERS.findall(text[a:b])) for a, b in spans_between(spans, start, end))
    if not struck:
        return None
    return Crossed.WHOLLY if struck == len(_LETTERS.findall(text[start:end])) else Crossed.PARTLY


def spans_between(spans: Sequence[Span], start: int, end: int) -> list[tuple[int, int]]:
    first = max(bisect_left(spans, (start, start)) - 1, 0)
    last = bisect_left(spans, (end, end))
    return [(max(one.start, start), min(one.end, end)) for one in spans[first:last] if one.end > start]


@prepared
def struck_fields(user: "AnyUser", ids: list[int]) -> QuerySet[Any, Any]:
    """Those of these texts in which anything is crossed out."""
    texts = Revision.objects.filter(pk__in=ids).annotate(at=StrIndex("html", Value(OPENING)))
    return texts.filter(at__gt=0).values_list("pk", "html", "text")


def crossed_at(stands: Mapping[Key, Stand]) -> dict[Key, Crossed]:
    """Which of these marks are crossed out where they stand; one query."""
    texts = struck_fields(NOBODY, sorted({one.revision_id for one in stands.values()}))
    struck = {pk: (struck_in(html), text) for pk, html, text in texts}
    found = {}
    for key, stand in stands.items():
        if how := crossed(*struck.get(stand.revision_id, ((), "")), stand.start, stand.end):
            found[key] = how
    return found
