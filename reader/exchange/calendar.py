"""The claims that fall due, as a calendar (RFC 5545) that other programs subscribe to."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Count, Max

from reader.claims.models import Claim
from reader.claims.queries import Filters, SaidRow, listed_claims, said_rows
from reader.claims.windows import between_in_words
from reader.core.models import Event

if TYPE_CHECKING:
    from reader.core.requests import AnyUser

#: What is due stays in the calendar a little longer than anybody is reminded of it.
KEPT = timedelta(days=90)
#: The nearest; no calendar shows more, and an answer has an end.
MOST = 2_000
#: The changes after which an entry says something else than before.
CHANGES = ("amended", "reworded", "decided", "judged", "annulled", "took back a verdict")
#: What a text in a calendar can't hold, tabs and line breaks apart.
UNSPEAKABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
#: The longest line, in octets, its end not counted.
LINE = 75

HEAD = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Forecite//Claims that fall due//EN",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    "NAME:Claims due",
    "X-WR-CALNAME:Claims due",
    "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
    "X-PUBLISHED-TTL:PT12H",
]


class Changed(NamedTuple):
    """How often an entry has changed, and when it did last."""

    times: int
    at: datetime


def calendar_of(user: "AnyUser", filters: Filters, today: date) -> bytes:
    """The claims that `user` may read, narrowed as the ledger is, each on the last day of its window."""
    claims = due_claims(user, filters, today)
    changes = changes_of(claims, user)
    said: dict[int, SaidRow] = {}
    for row in said_rows(claims, user):
        said.setdefault(row.claim_id, row)
    entries = (
        line
        for claim in claims
        for line in entry(claim, changes.get(claim.pk, Changed(0, claim.created_at)), said.get(claim.pk))
    )
    return written([*HEAD, *entries, "END:VCALENDAR"])


def due_claims(user: "AnyUser", filters: Filters, today: date) -> list[Claim]:
    """What is not judged yet and was due not long ago, or will be, the nearest first."""
    rows = filters.apply(listed_claims(user), user, today)
    rows = rows.filter(verdict=None, window_end__gte=today - KEPT).order_by("window_end", "id")
    return list(rows.only("statement", "criteria", "created_at", "window_kind", "window_start", "window_end")[:MOST])


def changes_of(claims: list[Claim], user: "AnyUser") -> dict[int, Changed]:
    """What the log says of these claims, as far as `user` may know.

    A change is told in every piece that states the claim, at one moment: it is one change, and the number must not
    tell in how many pieces, of which some are hidden, that was.
    """
    log = Event.objects.visible_to(user).filter(
        subject_kind="claim", verb__in=CHANGES, subject_id__in=[claim.pk for claim in claims]
    )
    rows = log.values_list("subject_id").annotate(times=Count("at", distinct=True), last=Max("at"))
    return {pk: Changed(times, last) for pk, times, last in rows.order_by()}


def entry(claim: Claim, changed: Changed, first: SaidRow | None) -> Iterator[str]:
    link, moment = f"{settings.SITE_URL}{claim.get_absolute_url()}", changed.at.astimezone(UTC)
    yield "BEGIN:VEVENT"
    yield f"UID:claim-{claim.pk}@{urlsplit(settings.SITE_URL).hostname}"
    yield f"SEQUENCE:{changed.times}"
    yield f"DTSTAMP:{moment:%Y%m%dT%H%M%SZ}"
    yield f"LAST-MODIFIED:{moment:%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{str(claim.window_end).replace('-', '')}"
    yield f"SUMMARY:{escaped(f'Due: {claim.statement}')}"
    said = [said_by(first) if first else "", claim.window_in_words, claim.criteria, link]
    yield f"DESCRIPTION:{escaped(chr(10).join(part for part in said if part))}"
    yield f"URL:{link}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def said_by(first: SaidRow) -> str:
    """Who said it first, and where."""
    day = between_in_words(first.said_on, first.said_no_later_than)
    return f"Said by {first.speaker or 'an unnamed speaker'} in “{first.title}”{day and f', {day}'}"


def escaped(text: str) -> str:
    """A text as a property's value."""
    plain = UNSPEAKABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return re.sub(r"([\\;,])", r"\\\1", plain).replace("\n", "\\n")


def written(lines: Iterable[str]) -> bytes:
    return b"".join(part + b"\r\n" for line in lines for part in folded(line.encode(errors="replace")))


def folded(line: bytes) -> Iterator[bytes]:
    """A line in pieces that are short enough; each but the first begins with a space, and none splits a letter."""
    lead = b""
    while len(lead) + len(line) > LINE:
        cut = LINE - len(lead)
        while line[cut] & 0xC0 == 0x80:  # amid a letter
            cut -= 1
        yield lead + line[:cut]
        lead, line = b" ", line[cut:]
    yield lead + line
