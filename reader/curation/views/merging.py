"""Making one of two: claims, suggested duplicates, and tags that look alike."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from reader.claims.models import Claim
from reader.claims.queries import standing_statements
from reader.core.access import signed_in
from reader.core.refusals import Refused
from reader.core.requests import MemberRequest
from reader.core.visibility import Visibility
from reader.curation import claim_rulings, tag_rulings
from reader.curation.desk import KINDS, curated
from reader.curation.forms import MergeForm, PairForm
from reader.curation.models import Duplicate, Lookalike
from reader.curation.pairs import FEW, look_alikes
from reader.curation.views.answering import done, show
from reader.curation.wording import inside_quotes
from reader.highlights.models import Note

GONE = "There is no such claim any more that you can see. Choose another; what you wrote is still here."
KEPT = "Nothing was merged; what you wrote is still here."
MERGED = "The two are one now: its quotes have moved."


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def claim_merging(request: MemberRequest, pk: int) -> HttpResponse:
    claim = curated(KINDS["claims"], request.user, pk)
    if request.method != "POST":
        return choose(request, claim, MergeForm(initial={"seen": claim_rulings.seen_as(claim)}))
    form = MergeForm(request.POST)
    if not form.is_valid():
        return choose(request, claim, form, 422)
    said = form.cleaned_data
    into = Claim.objects.standing().visible_to(request.user).filter(pk=said["into"]).first()
    if into is None:
        form.add_error("into", GONE)
        return choose(request, claim, form, 422)
    try:
        decision = claim_rulings.merge(
            claim, into, request.user, said["seen"], said["reason"], opposite=said["opposite"]
        )
    except Refused as refused:
        return choose_again(request, claim.pk, said, str(refused))
    return done(request, KINDS["claims"], claim, MERGED, decision)


def choose_again(request: MemberRequest, pk: int, said: dict[str, Any], refused: str) -> HttpResponse:
    """The claim as it is by now, with all that the curator wrote: to merge it nevertheless is one press."""
    claim: Claim = curated(KINDS["claims"], request.user, pk)
    form = MergeForm(initial=said | {"seen": claim_rulings.seen_as(claim)})
    return choose(request, claim, form, 409, f"{refused} {KEPT}")


def choose(request: MemberRequest, claim: Claim, form: MergeForm, status: int = 200, refused: str = "") -> HttpResponse:
    asked = str(request.GET.get("q", ""))[:200].replace("\x00", "")
    accepted = mergeable_into(request, claim)
    found = list(accepted.filter(statement__icontains=asked).order_by("-id")[:FEW]) if asked else []
    context = {
        "form": form,
        "refused": refused,
        "heading": "Merge",
        "words": claim.statement,
        "asked": asked,
        "candidates": found or ([] if asked else look_alikes(claim, accepted)),
        "quotes": standing_statements(request.user).filter(claim=claim).count(),
        "notes": Note.objects.standing().visible_to(request.user).filter(claim=claim).count(),
    }
    return show(request, KINDS["claims"], claim, "curation/merge_claim.html", context, status)


def mergeable_into(request: MemberRequest, claim: Claim) -> "QuerySet[Claim]":
    """The accepted claims that everyone who sees `claim` sees too."""
    rows: QuerySet[Claim] = Claim.objects.standing().visible_to(request.user).filter(state=Claim.State.ACCEPTED)
    rows = rows.exclude(pk=claim.pk)
    match claim.visibility:
        case Visibility.PUBLIC:
            return rows.filter(visibility=Visibility.PUBLIC)
        case Visibility.TEAM:
            return rows.filter(Q(visibility=Visibility.PUBLIC) | Q(team_id=claim.team_id))
        case _:
            return rows


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def duplicate_merging(request: MemberRequest, pk: int) -> HttpResponse:
    pair: Duplicate = curated(KINDS["duplicates"], request.user, pk)
    return merge_pair(request, "duplicates", pair)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def lookalike_merging(request: MemberRequest, pk: int) -> HttpResponse:
    pair: Lookalike = curated(KINDS["lookalikes"], request.user, pk)
    return merge_pair(request, "lookalikes", pair)


def merge_pair(request: MemberRequest, name: str, pair: Duplicate | Lookalike) -> HttpResponse:
    form = PairForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return choose_of_two(request, name, pair, form)
    kept = form.cleaned_data["keep"] if form.is_valid() else None
    if kept not in (pair.first_id, pair.second_id):
        if kept is not None:
            form.add_error("keep", "Choose one of the two.")
        return choose_of_two(request, name, pair, form, 422)
    keep = pair.first if kept == pair.first_id else pair.second
    other = pair.second if keep is pair.first else pair.first
    try:
        if isinstance(pair, Duplicate):
            decision = claim_rulings.keep_one(pair, keep, request.user, opposite=form.cleaned_data["opposite"])  # type: ignore[arg-type]  # of a pair of claims
        else:
            decision = tag_rulings.merge(other, keep, request.user)  # type: ignore[arg-type]  # of a pair of tags
    except Refused as refused:
        return choose_of_two(request, name, pair, form, 409, str(refused))
    said = (
        MERGED
        if isinstance(pair, Duplicate)
        else f"“{inside_quotes(str(other))}” is “{inside_quotes(str(keep))}” now, everywhere."
    )
    return done(request, KINDS[name], pair, said, decision)


def choose_of_two(
    request: MemberRequest,
    name: str,
    pair: Duplicate | Lookalike,
    form: PairForm,
    status: int = 200,
    refused: str = "",
) -> HttpResponse:
    sides: list[dict[str, Any]] = []
    for one in (pair.first, pair.second):
        if isinstance(one, Claim):
            quotes = standing_statements(request.user).filter(claim=one).count()
            detail = f"{one.get_state_display()} · {one.window_in_words} · {count(quotes, 'quote')}"
        else:
            detail = bearers_in_words(one.pk)
        sides.append({"pk": one.pk, "words": str(one), "detail": detail})
    context = {"form": form, "refused": refused, "heading": "Merge", "words": "", "sides": sides}
    context["has_opposites"] = isinstance(pair, Duplicate)
    return show(request, KINDS[name], pair, "curation/merge_pair.html", context, status)


def bearers_in_words(tag_id: int) -> str:
    counted = tag_rulings.count_bearers(tag_id)
    words = {"articles": "article", "highlights": "mark", "claims": "claim"}
    return "On " + ", ".join(count(number, words[kind]) for kind, number in counted.items())


def count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
