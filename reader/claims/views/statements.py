"""Who said a claim: adding that somebody else did, and correcting what is said of one who did."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from reader.claims.forms import KnownForm, StatementForm
from reader.claims.life_forms import attempt
from reader.claims.models import Statement
from reader.claims.proposing import own_proposal
from reader.claims.queries import standing_statements
from reader.claims.standing import refuse_out_of_the_ledger
from reader.claims.stating import may_reword, reword
from reader.claims.views import sections
from reader.claims.views.answering import back, show
from reader.claims.views.page import readable_claim
from reader.core.access import find_or_404, require_annotation, signed_in
from reader.core.refusals import Refused
from reader.core.requests import MemberRequest
from reader.library.queries import pieces_like


@require_safe
@signed_in
def suggestions(request: MemberRequest) -> HttpResponse:
    """The claims that somebody looks for who marks a passage, to choose from."""
    form = KnownForm(request.GET, reader=request.user, quote=request.GET.get("exact", ""))
    return render(request, "claims/known_found.html", {"known": form})


@require_safe
@signed_in
def claim_statements(request: MemberRequest, claim_id: int) -> HttpResponse:
    """Where else it was said: the choice of the piece, in which the words are marked then."""
    claim = readable_claim(request.user, claim_id)
    require_annotation(request.user, claim)
    try:
        refuse_out_of_the_ledger(claim)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(claim.get_absolute_url(), status=303)
    typed = request.GET.get("q", "")
    context = {
        "claim": claim,
        "typed": typed,
        "pieces": pieces_like(typed, request.user),
        "stamp": sections.stamp_of(sections.Looking(claim, request.user, timezone.now())),
    }
    return render(request, "claims/statements.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def statement(request: MemberRequest, pk: int) -> HttpResponse:
    """What is said of one who said it, to correct it."""
    found = find_or_404(
        standing_statements(request.user).select_related("claim", "highlight__article", "speaker", "reported_by"), pk=pk
    )
    claim = readable_claim(request.user, found.claim_id)
    if not may_reword(request.user, claim, found):
        raise PermissionDenied
    data = request.POST if request.method == "POST" else None
    form = StatementForm(data, article=found.highlight.article, read=own_proposal(found))
    if data is not None and attempt(form, lambda: corrected(found, form, request)):
        return back(request, claim, f"statement-{found.pk}", "What is said of it is corrected.")
    return show(
        request,
        claim,
        form,
        "Who said it, and how",
        "Save",
        quoted=found.quote,
        fields_template="claims/forms/_statement.html",
    )


def corrected(found: Statement, form: StatementForm, request: MemberRequest) -> bool:
    reword(found, form.proposal(), request.user)
    return True
