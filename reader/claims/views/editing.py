"""Saying a claim anew."""

from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import model_to_dict
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from reader.claims.forms import ProposalForm
from reader.claims.life_forms import DetailsForm
from reader.claims.proposing import amend, as_proposal
from reader.claims.queries import attach_statements
from reader.claims.views import sections
from reader.claims.views.page import readable_claim
from reader.core.access import require_amendment, require_change, signed_in
from reader.core.refusals import Refused
from reader.core.requests import MemberRequest
from reader.highlights.forms import TagsForm

DECIDED_MEANWHILE = (
    "A curator decided on this claim while you wrote, so it is theirs to change from now on. "
    "Nothing was saved; copy your words from here."
)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def edit_claim(request: MemberRequest, claim_id: int) -> HttpResponseBase:
    claim = readable_claim(request.user, claim_id)
    attach_statements([claim], request.user)
    require_change(request.user, claim)
    if not claim.visible_statements or claim.merged_into_id:
        return HttpResponseRedirect(claim.get_absolute_url(), status=303)
    require_amendment(request.user, claim)
    statement = claim.visible_statements[0]
    statement.claim = claim
    names = ", ".join(tag.name for tag in claim.visible_tags)
    data = request.POST if request.method == "POST" else None
    form = ProposalForm(data, article=statement.highlight.article, read=as_proposal(statement))
    if len(claim.visible_statements) > 1:
        form.drop_saying()
    tags = TagsForm(data, initial={"tags": names})
    details = DetailsForm(data, initial={**model_to_dict(claim, DetailsForm.base_fields), **sections.ticks_of(claim)})
    context = {"claim": claim, "statement": statement, "form": form, "tags_form": tags, "details": details}
    if data is None or not all([form.is_valid(), tags.is_valid(), details.is_valid()]):
        return show_form(request, context, 200 if data is None else 422)
    proposal = form.proposal()
    try:
        proposal = replace(proposal, details=details.details() or proposal.details)
        amend(statement, proposal, tags.cleaned_data["tags"], request.user)
    except PermissionDenied:
        form.add_error(None, DECIDED_MEANWHILE)
        return show_form(request, context, 409)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return show_form(request, context, 422)
    return HttpResponseRedirect(claim.get_absolute_url(), status=303)


def show_form(request: MemberRequest, context: dict[str, Any], status: int) -> HttpResponse:
    return render(request, "claims/edit.html", context, status=status)
