"""What the rules find out about a piece while they sort its lines."""

from dataclasses import dataclass, field

from reader.intake.bylines import Byline
from reader.intake.paywalls import Cut


@dataclass(slots=True)
class Masthead:
    """What is known of the piece; metadata may have filled it before the lines are read.

    `start` and `end` are the positions between which the masthead stands.
    """

    title: str | None = None
    subtitle: str | None = None
    publication: str | None = None
    byline: Byline = field(default_factory=Byline)
    start: int = 0
    end: int = 0


@dataclass(slots=True)
class Sorted:
    """What the lines said: the masthead, and the notice where the text stops.

    `closed`: the platform's footer followed it; `marked_paid`: the masthead marks it as one for paying readers.
    """

    head: Masthead
    cut: Cut | None = None
    closed: bool = False
    marked_paid: bool = False
