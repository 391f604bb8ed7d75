"""The scale on which claims are judged, by graders and by curators alike."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q

from reader.core.refusals import Refused


class Outcome(models.IntegerChoices):
    """How far it came true, in hundredths."""

    DID_NOT_HAPPEN = 0, "Did not happen"
    MOSTLY_NOT = 25, "Mostly not"
    PARTLY = 50, "Partly"
    MOSTLY = 75, "Mostly"
    HAPPENED = 100, "Happened"


#: For scores, and for what depends on a condition, these count as true and as false; partly counts as neither.
CAME_TRUE = (Outcome.HAPPENED, Outcome.MOSTLY)
FAILED = (Outcome.DID_NOT_HAPPEN, Outcome.MOSTLY_NOT)


class Timing(models.TextChoices):
    EARLY = "early", "Before the window"
    IN_WINDOW = "in_window", "In the window"
    LATE = "late", "After the window"


class Difficulty(models.IntegerChoices):
    """How daring it was to say so."""

    SAFE = 1, "Safe"
    FAIRLY_SAFE = 2, "Fairly safe"
    OPEN = 3, "Open"
    FAIRLY_BOLD = 4, "Fairly bold"
    BOLD = 5, "Bold"


class Graded(models.Model):
    """What is said of a claim beside its outcome. A charitable reading never says less than a strict one."""

    strict = models.PositiveSmallIntegerField("read strictly", choices=Outcome, null=True, blank=True)
    charitable = models.PositiveSmallIntegerField("read charitably", choices=Outcome, null=True, blank=True)
    timing = models.CharField(max_length=9, choices=Timing, blank=True)
    already_true = models.BooleanField("already true when it was said", default=False)
    difficulty = models.PositiveSmallIntegerField(null=True, blank=True, help_text="From 1, safe, to 5, bold.")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(strict=None, charitable=None)
                | Q(
                    strict__isnull=False,
                    charitable__isnull=False,
                    strict__in=Outcome.values,
                    charitable__in=Outcome.values,
                    charitable__gte=models.F("strict"),
                ),
                name="%(class)s_charity_adds",
            ),
            models.CheckConstraint(
                condition=Q(difficulty=None) | Q(difficulty__range=(1, 5)), name="%(class)s_difficulty_is_on_the_scale"
            ),
            models.CheckConstraint(condition=Q(timing__in=["", *Timing.values]), name="%(class)s_timing_is_known"),
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """What a grader, or a curator, says of a claim. No reading at all means that they cannot decide."""

    strict: int | None = None
    charitable: int | None = None
    timing: str = ""
    already_true: bool = False
    difficulty: int | None = None

    def check(self) -> None:
        """Refuse what is not on the scale.

        Raises:
            Refused: the sentence says what.
        """
        if (self.strict is None) != (self.charitable is None):
            raise Refused("Say how far it came true in both readings, or in neither.", "strict")
        if not {self.strict, self.charitable} <= {None, *Outcome.values}:
            raise Refused("Choose how far it came true from the five steps.", "strict")
        if self.strict is not None and self.charitable is not None and self.charitable < self.strict:
            raise Refused("Read charitably it can’t have come less true than read strictly.", "charitable")
        if self.timing not in ("", *Timing.values):
            raise Refused("It came early, in the window or late.", "timing")
        if self.difficulty is not None and self.difficulty not in Difficulty.values:
            raise Refused("The difficulty is a number from 1 to 5.", "difficulty")

    def as_fields(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in ("strict", "charitable", "timing", "already_true", "difficulty")}
