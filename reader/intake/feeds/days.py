"""The days that feeds give: as they are told at the place of writing, and only as far as they can be believed."""

import re
from calendar import timegm
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from time import struct_time

#: Nobody wrote a feed before; 1970 is what a clock says that was never set.
FIRST = date(1990, 1, 1)
#: As far ahead as the clocks of the world are apart.
AHEAD = timedelta(days=2)
ISO = re.compile(r"\s*(\d{4})-(\d\d)-(\d\d)")


def believed(day: date | None, today: date) -> date | None:
    """The day, unless it is one that cannot be meant."""
    return day if day and FIRST <= day <= today + AHEAD else None


def day_of(said: str, parsed: struct_time | None = None) -> date | None:
    """The day as it was at the place of writing; `parsed` is the same moment in UTC, where somebody read it."""
    moment = moment_of(parsed)
    day = local_day(said)
    if day is None or (moment and abs(day - moment) > timedelta(days=1)):
        return moment
    return day


def moment_of(parsed: struct_time | None) -> date | None:
    if parsed is None:
        return None
    try:
        return datetime.fromtimestamp(timegm(parsed), UTC).date()
    except (ValueError, OverflowError, OSError, TypeError):
        return None


def local_day(said: str) -> date | None:
    try:
        if found := ISO.match(said):
            return date(int(found[1]), int(found[2]), int(found[3]))
        return parsedate_to_datetime(said).date()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
