"""When a feed is asked next: as often as something comes, as seldom as its site wishes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

USUAL, SELDOM, MOST = timedelta(hours=1), timedelta(hours=6), timedelta(days=1)
#: A feed that brought nothing for so long is asked less often.
QUIET = timedelta(days=30)
LONGEST_WAIT = timedelta(days=7)
#: How often a feed may fail before it is left alone: with these pauses about five days.
FAILURES = 10
MAX_AGE = re.compile(r"\bmax-age\s*=\s*\"?(\d{1,9})")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the site says of when to come again."""

    ttl: int | None = None
    headers: Mapping[str, str] | None = None

    def pause(self) -> timedelta:
        """How long the answer is said to hold, at most a day."""
        told = [timedelta(minutes=self.ttl or 0)]
        if found := MAX_AGE.search((self.headers or {}).get("cache-control", "").lower()):
            told.append(timedelta(seconds=int(found[1])))
        return min(max(told), MOST)


def after_success(now: datetime, wishes: Wishes, newest: datetime | None) -> datetime:
    """The next time, once it answered; `newest` is when it last brought something."""
    usual = SELDOM if newest and now - newest > QUIET else USUAL
    return now + max(usual, wishes.pause())


def after_failure(now: datetime, failures: int, retry_after: timedelta | None = None) -> datetime:
    """The next time, after so many failures in a row."""
    pause: timedelta = min(USUAL * (1 << min(failures - 1, 10)), MOST)
    return now + max(pause, min(retry_after or timedelta(0), LONGEST_WAIT))


def retry_after(said: str, now: datetime) -> timedelta | None:
    """How long the site asks to be left alone: seconds, or a date."""
    said = said.strip()
    if said.isdecimal():
        return timedelta(seconds=int(said)) if len(said) < 9 else LONGEST_WAIT
    try:
        moment = parsedate_to_datetime(said)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    return max(timedelta(0), moment - now)
