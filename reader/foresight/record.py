"""How the suggestions fare with readers, in numbers; and what a curator may see of what was missed."""

from collections import defaultdict
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Count, F, QuerySet
from django.db.models.functions import TruncWeek

from reader.core.visibility import visible_to
from reader.foresight.models import SHIPPED, Answer, Source, Spotter, SpotterState

if TYPE_CHECKING:
    from reader.core.requests import AnyUser

WEEKS = 12
MOST_MISSED = 20
MOST_MODELS = 20


class Tally(NamedTuple):
    """What readers answered in a week, or to one model."""

    of: datetime | str
    likely: int
    likely_taken: int
    chance: int
    chance_taken: int
    missed: int

    @property
    def precision(self) -> int | None:
        """Of the likely ones that were answered, how many in a hundred were predictions."""
        return round(100 * self.likely_taken / self.likely) if self.likely else None

    @property
    def chance_precision(self) -> int | None:
        return round(100 * self.chance_taken / self.chance) if self.chance else None


def by_week() -> list[Tally]:
    """The newest first."""
    rows = Answer.objects.standing().annotate(of=TruncWeek("answered_at"))
    return sorted(tallies(rows), key=lambda one: one.of, reverse=True)[:WEEKS]


def by_model() -> dict[str, Tally]:
    """How those fared that each model pointed at."""
    rows = Answer.objects.standing().annotate(of=F("model"))
    return {str(one.of): one for one in tallies(rows)}


def tallies(rows: "QuerySet[Any, Any]") -> list[Tally]:
    counts: dict[datetime | str, dict[tuple[str, bool], int]] = defaultdict(dict)
    for of, source, predicts, count in (
        rows.values_list("of", "source", "predicts").annotate(count=Count("pk")).order_by()
    ):
        counts[of][source, bool(predicts)] = count
    return [tally(of, found) for of, found in counts.items()]


def tally(of: datetime | str, found: dict[tuple[str, bool], int]) -> Tally:
    def count(source: str, *predicts: bool) -> int:
        return sum(found.get((source, one), 0) for one in predicts)

    return Tally(
        of,
        likely=count(Source.LIKELY, True, False),
        likely_taken=count(Source.LIKELY, True),
        chance=count(Source.CHANCE, True, False),
        chance_taken=count(Source.CHANCE, True),
        missed=count(Source.HAND, True),
    )


def missed(user: "AnyUser") -> "QuerySet[Answer]":
    """Predictions that readers found by themselves, as far as `user` sees the marks; the newest first."""
    rows = Answer.objects.standing().filter(source=Source.HAND, predicts=True)
    rows = rows.filter(visible_to(user, "highlight__"), visible_to(user, "article__"))
    return rows.select_related("highlight__article", "article").order_by("-answered_at", "-pk")[:MOST_MISSED]


class Choice(NamedTuple):
    """A model that there is, and whether one can switch to it."""

    name: str
    spotter: Spotter | None
    is_live: bool
    can_be_used: bool
    tally: Tally | None


def models_there_are() -> list[Choice]:
    """The fitted ones, the newest first, then the shipped one."""
    fitted = list(Spotter.objects.defer("text").select_related("chosen_by")[:MOST_MODELS])
    fared, is_any_live = by_model(), Spotter.objects.filter(state=SpotterState.LIVE).exists()
    choices = [
        Choice(one.name, one, one.state == SpotterState.LIVE, one.state == SpotterState.RESTING, fared.get(one.name))
        for one in fitted
    ]
    return [*choices, Choice(SHIPPED, None, not is_any_live, is_any_live, fared.get(SHIPPED))]
