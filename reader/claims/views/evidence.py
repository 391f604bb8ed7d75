"""Sources for and against a claim."""

from typing import TYPE_CHECKING

from django.db.models import Q
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from reader.claims.evidence import AlreadyThere, Evidence, add_evidence, remove_evidence, restore_evidence
from reader.claims.finding import LONGEST, WORD, number_in
from reader.claims.ledger_queries import evidence_for
from reader.claims.life_forms import EvidenceForm, attempt
from reader.claims.models import Claim
from reader.claims.views.answering import back, do, show
from reader.claims.views.page import readable_claim
from reader.core.access import find_or_404, require_annotation, signed_in
from reader.core.markup import fill
from reader.core.refusals import Refused
from reader.core.requests import MemberRequest
from reader.core.visibility import Visibility, scope_of, visible_to
from reader.highlights.models import Highlight, Kind

if TYPE_CHECKING:
    from reader.accounts.models import User

#: So many of the newest passages are offered.
OFFERED = 30
#: So many of the words that were typed are looked for.
MOST_WORDS = 6
SEE_IT = '{words} <a href="{address}">See it</a>'


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def claim_evidence(request: MemberRequest, claim_id: int) -> HttpResponse:
    claim = readable_claim(request.user, claim_id)
    require_annotation(request.user, claim)
    passages = passages_for(claim, request.user, request.POST)
    if request.method != "POST" or only_looks(request.POST):
        return show_form(request, claim, EvidenceForm(initial=request.POST.dict(), passages=passages))
    form = EvidenceForm(request.POST, passages=passages)
    made = attempt(form, lambda: bring(claim, form, request.user))
    if made is None:
        return show_form(request, claim, form)
    return back(request, claim, f"evidence-{made.pk}", "The evidence is there.")


def only_looks(sent: QueryDict) -> bool:
    """Whether somebody looks for a passage, and brings nothing yet: by the button, or by Enter in its field."""
    return "look" in sent or (bool(sent.get("words")) and not (sent.get("url") or sent.get("highlight")))


def show_form(request: MemberRequest, claim: Claim, form: EvidenceForm) -> HttpResponse:
    return show(
        request, claim, form, "Bring evidence", "Add the evidence", fields_template="claims/forms/_evidence.html"
    )


def bring(claim: Claim, form: EvidenceForm, by: "User") -> Evidence:
    try:
        return add_evidence(claim, form.source(), by)
    except AlreadyThere as there:
        address = f"{claim.get_absolute_url()}#evidence-{there.kept.pk}"
        raise Refused(fill(SEE_IT, words=str(there), address=address), there.field) from there


def passages_for(claim: Claim, user: "User", sent: QueryDict) -> list[Highlight]:
    """The newest passages marked as evidence that everybody sees who sees the claim, and the one that is chosen.

    Where words were typed, only those that have them, or whose piece has them in its title.
    """
    rows = Highlight.objects.standing().visible_to(user).filter(visible_to(user, "article__"), kind=Kind.EVIDENCE)
    if claim.visibility != Visibility.PRIVATE:
        rows = rows.filter(scope_of(claim) | Q(visibility=Visibility.PUBLIC, article__visibility=Visibility.PUBLIC))
    words = WORD.findall(sent.get("words", "")[:LONGEST].replace("\x00", ""))[:MOST_WORDS]
    holding = [Q(exact__icontains=word) | Q(article__title__icontains=word) for word in words]
    chosen = number_in(sent.get("highlight", ""))
    newest = rows.select_related("article").order_by("-id")
    found = list(newest.filter(*holding)[:OFFERED])
    if chosen and all(one.pk != chosen for one in found):
        found[:0] = newest.filter(pk=chosen)
    return found


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
