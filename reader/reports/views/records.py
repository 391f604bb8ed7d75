"""The claims behind each figure of a record."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reader.claims.queries import LINE
from reader.claims.rows import ledger_rows
from reader.core.access import find_or_404
from reader.core.paging import PAGE
from reader.core.requests import Request, id_in, wants_fragment
from reader.library.models import Person, Publication
from reader.reports.ledgers import chosen, ledgers_of
from reader.reports.record_queries import Subject, claims_in_order, sayings
from reader.reports.tracks import Part, track_of
from reader.tags.models import Tag

#: What the claims of each part have in common, as the heading of their list.
HEADINGS = {
    Part.COHORT: "Claims whose window has ended",
    Part.SCORED: "Scored claims",
    Part.HAPPENED: "Claims that turned out as said, or mostly",
    Part.FAILED: "Claims that turned out otherwise, or mostly",
    Part.PARTLY: "Claims that happened partly: counted, not scored",
    Part.AMBIGUOUS: "Ambiguous claims: it is unclear what happened",
    Part.ANNULLED: "Annulled claims: it was unclear what was asked",
    Part.UNJUDGED: "Claims that are due and not judged yet",
    Part.PENDING: "Claims whose window has not ended",
    Part.LATE: "Claims said or added too late to count",
    Part.RATED: "Scored claims with a difficulty",
    Part.DISPUTED: "Claims whose verdict is disputed",
}


@require_safe
def person(request: Request, slug: str) -> HttpResponse:
    return behind(request, find_or_404(Person.objects.visible_to(request.user), slug=slug))


@require_safe
def publication(request: Request, slug: str) -> HttpResponse:
    return behind(request, find_or_404(Publication.objects.visible_to(request.user), slug=slug))


@require_safe
def tag(request: Request, slug: str) -> HttpResponse:
    return behind(request, find_or_404(Tag.objects.visible_to(request.user), slug=slug))


def behind(request: Request, subject: Subject) -> HttpResponse:
    """The claims that one figure of a record was computed from; a word that names none has no list."""
    part = part_in(request.GET.get("counted", Part.COHORT))
    today = timezone.localdate()
    ledger = chosen(ledgers_of(request.user, subject), request.GET.get("of", ""))
    stakes = track_of(sayings(subject, ledger), today).part(part)
    ids = list(dict.fromkeys(stake.claim_id for stake in stakes))
    denied = {stake.claim_id for stake in stakes if stake.is_reversed}
    both = denied & {stake.claim_id for stake in stakes if not stake.is_reversed}
    handful, after = page_of_ids(ids, id_in(request.GET, "after"))
    parameters = request.GET.copy()
    parameters.pop("after", None)
    context = {
        "subject": subject,
        "heading": HEADINGS[part],
        "ledger": ledger,
        "rows": ledger_rows(claims_in_order(handful, LINE), request.user, today, denied, both),
        "count": len(stakes),
        "is_beside": part in (Part.PENDING, Part.LATE),
        "next": after,
        "query": parameters.urlencode(),
    }
    return render(request, "claims/_rows.html" if wants_fragment(request) else "reports/counted.html", context)


def part_in(word: str) -> Part:
    try:
        return Part(word)
    except ValueError:
        raise Http404 from None


def page_of_ids(ids: list[int], after: int | None) -> tuple[list[int], str]:
    """A page of these, from behind one of them on, and the cursor of the next page (empty on the last one)."""
    first = ids.index(after) + 1 if after in ids else 0
    handful = ids[first : first + PAGE]
    return handful, str(handful[-1]) if first + PAGE < len(ids) else ""
