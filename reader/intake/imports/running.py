"""How imports run in the worker: step by step, each noted, a while at a time, so that nothing waits behind them."""

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial

from django.db import InterfaceError, OperationalError, transaction

from reader.core.jobs import job
from reader.core.refusals import Refused
from reader.intake.imports.models import Import, Item, Outcome, key_of

log = logging.getLogger(__name__)

#: Seconds that an import works before it lets others go first.
SLICE = 10.0
TWICE = "The same is in it twice."
UNFORESEEN = "This part could not be read, for a reason that was not foreseen. It is in the log of the server."


class NotBrought(Exception):
    """Nothing more of this import can be read; the message is a sentence for the reader."""


class NotYet(Exception):
    """The walk wants to go on in another slice."""


@dataclass(frozen=True, slots=True)
class Step:
    """A part that is brought in whole or noted as failed.

    `key` is the same whenever the same input is walked again; `place` is where in the file the walk may go on when
    this step is done; what is `in_hand` would have to be fetched again, and is taken though the slice is over.
    """

    key: str
    name: str
    bring: Callable[[], Iterable[Item]]
    place: int | None = None
    in_hand: bool = False


Walk = Callable[[Import], Iterable[Step]]

#: How each door is walked through.
WALKS: dict[str, Walk] = {}


def walked_by(door: str) -> Callable[[Walk], Walk]:
    """Declare how the imports of a door are walked through."""

    def declare(walk: Walk) -> Walk:
        WALKS[door] = walk
        return walk

    return declare


@job
def run_import(import_id: int) -> None:
    """Go on with an import, for a while."""
    work = Import.objects.filter(pk=import_id).select_related("owner").first()
    if work and work.take_up() and not carry_on(work):
        run_import.enqueue(import_id=import_id)


def queue(work: Import) -> None:
    """Let a worker have it; call it once all that the import needs is kept."""
    run_import.enqueue(import_id=work.pk)


def try_again(work: Import) -> None:
    """Repeat what failed and what was not reached.

    Raises:
        Refused: there is nothing to repeat, or it goes on.
    """
    with transaction.atomic():
        work.begin_again()
        queue(work)


def carry_on(work: Import, seconds: float = SLICE) -> bool:
    """Take the steps that were not taken yet, for so many seconds; whether there is nothing left to do."""
    until, done, met = time.monotonic() + seconds, work.steps_done(), Counter[str]()
    try:
        for found in WALKS[work.door](work):
            met[found.key] += 1
            step = found if met[found.key] == 1 else repeated(found, met[found.key])
            if key_of(step.key) in done:
                continue
            if not work.note(step.key, taken(step), step.place):
                return True
            if time.monotonic() > until and not step.in_hand:
                return False
    except NotYet:
        return False
    except NotBrought as refusal:
        work.fail(str(refusal))
    work.finish()
    return True


def repeated(step: Step, count: int) -> Step:
    """A step that the same walk had before brings nothing more; the log says so, for it was counted."""
    known = Item(name=step.name, outcome=Outcome.KNOWN, sentence=TWICE)
    return replace(step, key=f"{step.key} {count}", bring=partial(list, [known]))


def taken(step: Step) -> list[Item]:
    """What came of a step; what nobody foresaw is noted too, and the next step is taken."""
    try:
        return list(step.bring())
    except (OperationalError, InterfaceError):
        raise  # no fault of the input: the job is tried again
    except Refused as refusal:
        return [Item(name=step.name, outcome=Outcome.FAILED, sentence=str(refusal))]
    except Exception:
        log.exception("a step of an import was not taken: %s", step.name)
        return [Item(name=step.name, outcome=Outcome.FAILED, sentence=UNFORESEEN)]
