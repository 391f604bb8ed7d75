"""Where a team reads the same piece differently."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from reader.core.access import find_or_404, signed_in
from reader.core.markup import together
from reader.core.requests import MemberRequest, id_in, wants_fragment
from reader.reports.comparing import Comparison, Pair, Reader, compare
from reader.reports.figures import Figure, figure_of
from reader.reports.queries import newest_text, team_marks, team_members, team_pieces
from reader.reports.rows import more, pair_rows, sentence_rows

#: How many sentences come at once.
HANDFUL = 300


@require_safe
@signed_in
def agreement(request: MemberRequest, slug: str) -> HttpResponse:
    """Who of a team marked what as a prediction, two of them side by side, and how far all of them agree."""
    article = find_or_404(team_pieces(request.user), slug=slug)
    revision_id, text = newest_text(article)
    comparison = compare(text, team_marks(request.user, article, revision_id), team_members(article))
    choice = Choice.read(request.GET, comparison)
    rows = listed(comparison, choice, request.GET, article.get_absolute_url())
    if wants_fragment(request):
        return HttpResponse(rows)
    context = {
        "article": article,
        "comparison": comparison,
        "figure": figure_of(comparison.agreement),
        "people": people(comparison),
        "choice": choice,
        "pair_figure": pair_figure(comparison, choice),
        "views": views(choice),
        "rows": rows,
    }
    return render(request, "reports/agreement.html", context)


@dataclass(frozen=True, slots=True)
class Choice:
    """Whom the address sets side by side, and which of their sentences it shows."""

    one: Reader | None
    other: Reader | None
    pair: Pair | None = None
    show: str = ""

    @classmethod
    def read(cls, query: QueryDict, comparison: Comparison) -> "Choice":
        """Whoever does not read this piece is not chosen, whether they exist or not."""
        readers = {reader.id: reader for reader in comparison.readers}
        one, other = (readers.get(id_in(query, name) or 0) for name in ("a", "b"))
        pair = Pair(one, other) if one and other and one != other else None
        show = query.get("show", "")
        return cls(one, other, pair, show if show in SHOWN else "")

    @property
    def is_one_person(self) -> bool:
        return self.one is not None and self.one == self.other


#: Which sentences of a pair are shown, by the word in the address.
SHOWN = {"": "either", "both": "both", "a": "only_one", "b": "only_other"}


def shown(comparison: Comparison, choice: Choice) -> Sequence[int]:
    """The sentences that the page is about."""
    if choice.pair is None:
        return comparison.marked
    numbers: list[int] = getattr(choice.pair, SHOWN[choice.show])
    return numbers


def listed(comparison: Comparison, choice: Choice, query: QueryDict, address: str) -> SafeString:
    """A handful of those sentences, from the one that the address names on, and the way to the rest."""
    first = id_in(query, "from") or 0
    numbers = [number for number in shown(comparison, choice) if number >= first]
    handful = numbers[:HANDFUL]
    if choice.pair:
        rows = pair_rows(comparison, choice.pair, handful, address)
    else:
        rows = sentence_rows(comparison, handful, address)
    if len(numbers) <= HANDFUL:
        return rows
    following = query.copy()
    following["from"] = str(numbers[HANDFUL])
    return together([rows, more(following.urlencode())])


def people(comparison: Comparison) -> list[dict[str, Any]]:
    """What the table of readers says of each."""
    total = max(1, len(comparison.sentences))
    return [
        {
            "reader": reader,
            "percent": reader.reached * 100 // total,
            "marked": len(reader.marks),
            "alone": comparison.alone(reader),
        }
        for reader in comparison.readers
    ]


def pair_figure(comparison: Comparison, choice: Choice) -> Figure | None:
    """How far two readers agree, where two are chosen."""
    return figure_of(comparison.among(choice.pair.one, choice.pair.other)) if choice.pair else None


def views(choice: Choice) -> list[dict[str, Any]]:
    """A link for each part of what two readers marked."""
    if choice.pair is None:
        return []
    one, other = choice.pair.one.name, choice.pair.other.name
    words = {"": "Either of them", "both": "Both", "a": f"Only {one}", "b": f"Only {other}"}
    pair = f"a={choice.pair.one.id}&b={choice.pair.other.id}"
    return [
        {
            "query": f"{pair}&show={key}" if key else pair,
            "label": label,
            "count": len(getattr(choice.pair, SHOWN[key])),
            "current": key == choice.show,
        }
        for key, label in words.items()
    ]
