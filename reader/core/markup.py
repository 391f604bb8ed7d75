"""HTML in a hurry: a hundred cards in a few milliseconds, every value escaped unless it is HTML already."""

import re
from calendar import month_name
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from html import escape

from django.utils import timezone
from django.utils.safestring import SafeString

NOTHING = SafeString("")
MOMENT = '<time datetime="{iso}" title="{day}, {time}">{day}</time>'
MINUTE = '<time datetime="{iso}">{words}</time>'


def fill(pattern: str, **values: object) -> SafeString:
    """`pattern` with its `{names}` filled in. Does what Django's `format_html` does at a tenth of its time."""
    form, names = taken_apart(pattern)
    for name, value in values.items():
        if type(value) is not SafeString and type(value) is not int:
            values[name] = escape(str(value))
    return SafeString(form % tuple([values[name] for name in names]))


@lru_cache(maxsize=512)
def taken_apart(pattern: str) -> tuple[str, list[str]]:
    """The same with a `%s` at each place, and the names in the order of their places.

    Raises:
        ValueError: for a brace that is no place; a format is given by whoever fills it.
    """
    parts = re.split(r"\{(\w+)\}", pattern)
    if any("{" in part or "}" in part for part in parts[::2]):
        raise ValueError(f"a brace too many in {pattern!r}")
    return "%s".join(part.replace("%", "%%") for part in parts[::2]), parts[1::2]


def together(parts: Iterable[SafeString]) -> SafeString:
    return SafeString("".join(parts))


#: What opens and closes quoted speech, in the languages that are read here.
QUOTATION = ("“", "”", "„", "«", "»", '"')
QUOTED = SafeString(" data-quoted")


def quoted(words: str) -> SafeString:
    """The attribute of a quote that brings marks of its own, and gets none around them."""
    bare = words.strip()
    return QUOTED if bare.startswith(QUOTATION) or bare.endswith(QUOTATION) else NOTHING


def sentence(words: str) -> str:
    """What somebody wrote, closed by a full stop where they left it out."""
    return words if words.endswith((".", "!", "?", "…", "”")) else f"{words}."


def minute(at: datetime) -> SafeString:
    """The day and the time, where things follow one another within a day."""
    local = timezone.localtime(at)
    words = f"{local.day} {month_name[local.month]} {local.year}, {local:%H:%M}"
    return fill(MINUTE, iso=local.isoformat(timespec="seconds"), words=words)


@lru_cache(maxsize=4096)
def moment(at: datetime) -> SafeString:
    """The day, with the exact time for whoever asks."""
    local = timezone.localtime(at)
    day = f"{local.day} {month_name[local.month]} {local.year}"
    return fill(MOMENT, iso=local.isoformat(timespec="seconds"), day=day, time=f"{local:%H:%M}")
