"""How claims hang together."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils.text import Truncator
from django.views.decorators.http import require_http_methods, require_POST

from reader.claims.finding import claims_named, number_in
from reader.claims.ledger_queries import relations_between
from reader.claims.life_forms import RelationForm, attempt
from reader.claims.models import Claim
from reader.claims.queries import listed_claims
from reader.claims.relating import may_relate, relate, unrelate
from reader.claims.relations import Relation
from reader.claims.views.answering import back, do, show
from reader.claims.views.page import readable_claim
from reader.core.access import find_or_404, signed_in
from reader.core.refusals import Refused
from reader.core.requests import MemberRequest

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from reader.accounts.models import User

#: So many of the newest claims are offered while one types.
OFFERED = 60
#: Of several that were meant, so many are told.
MOST_TOLD = 5


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def claim_relations(request: MemberRequest, claim_id: int) -> HttpResponse:
    claim = readable_claim(request.user, claim_id)
    if not may_relate(request.user, claim):
        raise PermissionDenied
    offered = list(listed_claims(request.user).exclude(pk=claim.pk).order_by("-id")[:OFFERED])
    kinds = [kind for kind in Relation.Kind if may_relate(request.user, claim, kind)]
    form = RelationForm(request.POST if request.method == "POST" else None, offered=offered, kinds=kinds)
    made = attempt(form, lambda: make(claim, form, request.user)) if form.is_bound else None
    if made is None:
        return show(
            request,
            claim,
            form,
            "Relate it to another claim",
            "Relate them",
            fields_template="claims/forms/_relation.html",
        )
    return back(request, claim, "relations", "The claims are related.")


def make(claim: Claim, form: RelationForm, by: "User") -> Relation:
    typed = form.cleaned_data["other"]
    named = claims_named(by, typed)
    other = the_one(named if number_in(typed) else named.exclude(pk=claim.pk))
    return relate(claim, other, form.cleaned_data["kind"], by, form.cleaned_data["holds_if"])


def the_one(named: "QuerySet[Claim]") -> Claim:
    """What was meant, if it was one claim.

    Raises:
        Refused: it is none, or several; then it says which.
    """
    found = list(named[: MOST_TOLD + 1])
    if not found:
        raise Refused("There is no such claim that you can see.", "other")
    if len(found) > 1:
        told = "; ".join(f"{one.pk}, “{Truncator(one.statement).words(12)}”" for one in found[:MOST_TOLD])
        raise Refused(f"Several claims have these words. Give the number of one: {told}.", "other")
    return found[0]


@require_POST
@signed_in
def removal(request: MemberRequest, pk: int) -> HttpResponse:
    relation = find_or_404(relations_between(request.user).select_related("claim", "other"), pk=pk)
    claim = readable_claim(request.user, relation.claim_id)
    return do(request, claim, "relations", lambda: unrelate(relation, request.user), "The relation is taken back.")
