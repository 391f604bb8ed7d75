"""The index of what is taken along when a piece gets a new text; each of it lives with its feature."""

from typing import TYPE_CHECKING

from reader.claims.rewording import tell_of_changed_words
from reader.foresight import looking
from reader.highlights.carrying import carry_marks, foresee
from reader.intake.images import jobs as images
from reader.library.models import CARRIERS, SCOUTS, WATCHERS
from reader.notices.telling import tell_of_changed_claims

if TYPE_CHECKING:
    from reader.accounts.models import User
    from reader.library.models import Revision


def start() -> None:
    """Let the library know who carries what, and who looks at every new text."""
    if foresee not in SCOUTS:
        SCOUTS.append(foresee)
    if carry not in CARRIERS:
        CARRIERS.append(carry)
    if watch not in WATCHERS:
        WATCHERS.append(watch)


def watch(revision: "Revision") -> None:
    """What is looked for in every new text."""
    looking.watch(revision)
    images.watch(revision)


def carry(before: "Revision", after: "Revision", by: "User | None") -> None:
    """The marks, and then what is said of them."""
    carry_marks(before, after)
    tell_of_changed_claims(tell_of_changed_words(after, by), after, by)
