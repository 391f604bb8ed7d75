"""When the nightly jobs run."""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import ClassVar

#: The queue of what the clock put there, apart from what people's actions did.
QUEUE = "clock"

#: Any constant namespace does, as long as every worker derives the same ids from it.
NAMESPACE = uuid.UUID("6b1f5c3e-4f43-4b0e-9a55-0d6d1b9f7c02")


@dataclass(frozen=True)
class Nightly:
    """A job, by the path of its function, and the time of day it runs at."""

    declared: ClassVar[list["Nightly"]] = []

    path: str
    hour: int
    minute: int = 0

    def next_run(self, now: datetime) -> datetime:
        """The first such time after `now`, in the time zone of `now`; answered in UTC.

        In a night whose clocks skip that time, the run comes as if they had not been changed.
        """
        run = now.replace(hour=self.hour, minute=self.minute, second=0, microsecond=0, fold=0)
        while run.astimezone(UTC) <= now:
            run += timedelta(days=1)
        return run.astimezone(UTC)

    def key(self, run: datetime) -> uuid.UUID:
        return key_of(self.path, run)


@dataclass(frozen=True)
class Often:
    """A job, by the path of its function, that runs every few minutes."""

    declared: ClassVar[list["Often"]] = []

    path: str
    minutes: int

    def next_run(self, now: datetime) -> datetime:
        """The first such time after `now`, counted from the beginning of time as computers count it; in UTC."""
        seconds = self.minutes * 60
        return datetime.fromtimestamp((int(now.timestamp()) // seconds + 1) * seconds, UTC)

    def key(self, run: datetime) -> uuid.UUID:
        return key_of(self.path, run)


def key_of(path: str, run: datetime) -> uuid.UUID:
    """The id of one run: the same for every worker, so that the primary key admits it to the queue only once."""
    return uuid.uuid5(NAMESPACE, f"{path} {run.isoformat()}")


def declared() -> "list[Nightly | Often]":
    """All that the clock is to run."""
    return [*Nightly.declared, *Often.declared]
