"""What makes a claim testable, beside its wording and its window."""

from dataclasses import dataclass
from datetime import date

from django.db import models


class ClaimKind(models.TextChoices):
    """What a claim asserts, which says whether it can be known before its window ends."""

    EVENT = "event", "Something happens by a date"
    STATE = "state", "Something is so at a date"
    THRESHOLD = "threshold", "A number is reached by a date"
    COMPARISON = "comparison", "One thing exceeds another"
    TREND = "trend", "Something rises, falls or spreads"
    ABSENCE = "absence", "Something does not happen before a date"
    CONDITIONAL = "conditional", "If one thing, then another"


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """As readers set them, together."""

    kind: str = ""
    fine_print: str = ""
    review_on: date | None = None
    has_subject: bool = False
    has_predicate: bool = False
    has_time: bool = False
    has_threshold: bool = False


#: What of a claim's window is the window itself, and not how it was read.
WINDOW_ITSELF = ("window_kind", "window_start", "window_end")
#: The details by which a verdict was reached.
JUDGED_BY = frozenset({"kind", "fine_print", "review_on"})
