"""Sources for and against a claim."""

from typing import TYPE_CHECKING

from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from reader.claims.evidence import Evidence, add_evidence, remove_evidence, restore_evidence
from reader.claims.ledger_queries import evidence_for
from reader.claims.life_forms import EvidenceForm, attempt
from reader.claims.models import Claim
from reader.claims.views.answering import back, do, show
from reader.claims.views.page import readable_claim
from reader.core.access import find_or_404, require_annotation, signed_in
from reader.core.requests import MemberRequest
from reader.core.visibility import Visibility, scope_of, visible_to
from reader.highlights.models import Highlight, Kind

if TYPE_CHECKING:
    from reader.accounts.models import User

#: So many of the newest passages are offered.
OFFERED = 30


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def claim_evidence(request: MemberRequest, claim_id: int) -> HttpResponse:
    claim = readable_claim(request.user, claim_id)
    require_annotation(request.user, claim)
    form = EvidenceForm(request.POST if request.method == "POST" else None, passages=passages_for(claim, request.user))
    made = attempt(form, lambda: add_evidence(claim, form.source(), request.user)) if form.is_bound else None
    if made is None:
        return show(request, claim, form, "Bring evidence", "Add the evidence")
    return back(request, claim, f"evidence-{made.pk}", "The evidence is there.")


def passages_for(claim: Claim, user: "User") -> list[Highlight]:
    """The newest passages marked as evidence that everybody sees who sees the claim."""
    rows = Highlight.objects.standing().visible_to(user).filter(visible_to(user, "article__"), kind=Kind.EVIDENCE)
    if claim.visibility != Visibility.PRIVATE:
        rows = rows.filter(scope_of(claim) | Q(visibility=Visibility.PUBLIC, article__visibility=Visibility.PUBLIC))
    return list(rows.select_related("article").order_by("-id")[:OFFERED])


@require_POST
@signed_in
def removal(request: MemberRequest, pk: int) -> HttpResponse:
    evidence: Evidence = find_or_404(evidence_for(request.user), pk=pk)
    claim = readable_claim(request.user, evidence.claim_id)
    undoing = reverse("evidence-restoration", args=[pk])
    return do(
        request, claim, "evidence", lambda: remove_evidence(evidence, request.user), "The evidence is removed.", undoing
    )


@require_POST
@signed_in
def restoration(request: MemberRequest, pk: int) -> HttpResponse:
    evidence: Evidence = find_or_404(Evidence.objects.visible_to(request.user), pk=pk)
    claim = readable_claim(request.user, evidence.claim_id)
    return do(
        request, claim, f"evidence-{pk}", lambda: restore_evidence(evidence, request.user), "The evidence is back."
    )
