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
        """The id of one run: the same for every worker, so that the primary key admits it to the queue only once."""
        return uuid.uuid5(NAMESPACE, f"{self.path} {run.isoformat()}")
