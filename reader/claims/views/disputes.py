"""Objections to a verdict, their answers, and the right of reply."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from reader.claims.disputes import Correction, Dispute
from reader.claims.disputing import dispute, overturn, refuse_deciding, uphold, withdraw_dispute
from reader.claims.ledger_queries import evidence_for
from reader.claims.life_forms import AnswerForm, DisputeForm, ReplyForm, attempt
from reader.claims.models import Claim
from reader.claims.replying import remove_reply, reply, restore_reply, voices
from reader.claims.verdicts import Verdict
from reader.claims.views.answering import back, do, show
from reader.claims.views.page import readable_claim
from reader.claims.views.verdicts import FIELDS, choices, sources
from reader.core.access import find_or_404, require_annotation, require_curation, signed_in
from reader.core.limits import TooMany
from reader.core.refusals import reason_against
from reader.core.requests import MemberRequest
from reader.core.visibility import visible_to
from reader.library.models import Person


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def verdict_disputes(request: MemberRequest, pk: int) -> HttpResponse:
    seen = Verdict.objects.filter(visible_to(request.user), visible_to(request.user, "claim__"))
    verdict = find_or_404(seen.select_related("claim"), pk=pk)
    claim = readable_claim(request.user, verdict.claim_id)
    require_annotation(request.user, claim)
    form = DisputeForm(request.POST if request.method == "POST" else None, sources=sources(request, claim))
    try:
        made = attempt(form, lambda: object_to(verdict, form, request)) if form.is_bound else None
    except TooMany as too_many:
        form.add_error(None, str(too_many))
        return too_many.on(show_dispute(request, claim, form))
    if made is None:
        return show_dispute(request, claim, form)
    return back(request, claim, f"dispute-{made.pk}", "The verdict is disputed. Another curator decides.")


def show_dispute(request: MemberRequest, claim: Claim, form: DisputeForm) -> HttpResponse:
    lede = "Another curator than the one who gave the verdict decides. Until then the claim is disputed."
    return show(request, claim, form, "Dispute the verdict", "Dispute it", lede=lede)


def object_to(verdict: Verdict, form: DisputeForm, request: MemberRequest) -> Dispute:
    chosen = form.cleaned_data["evidence"]
    source = evidence_for(request.user).filter(pk=chosen).first() if chosen else None
    return dispute(verdict, form.cleaned_data["reason"], request.user, source)


def dispute_in_sight(request: MemberRequest, pk: int) -> tuple[Dispute, Claim]:
    seen = Dispute.objects.filter(visible_to(request.user), visible_to(request.user, "claim__"))
    found = find_or_404(seen.select_related("claim", "verdict"), pk=pk)
    return found, readable_claim(request.user, found.claim_id)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def answer(request: MemberRequest, pk: int) -> HttpResponse:
    disputed, claim = dispute_in_sight(request, pk)
    require_curation(request.user, claim)
    form = AnswerForm(request.POST if request.method == "POST" else None, **choices(request, claim))
    if form.is_bound and attempt(form, lambda: decide(disputed, form, request)):
        return back(request, claim, f"dispute-{pk}", "The dispute is decided.")
    conflict = reason_against(lambda: refuse_deciding(disputed, claim, request.user))
    more: dict[str, Any] = {"fields_template": FIELDS, "quoted": disputed.reason, "conflict": conflict}
    return show(request, claim, form, "Decide the dispute", "Decide it", decides=True, **more)


def decide(disputed: Dispute, form: AnswerForm, request: MemberRequest) -> bool:
    words = form.cleaned_data["answer"]
    if form.upholds:
        uphold(disputed, request.user, words, discloses_forecast=form.discloses_forecast())
    else:
        overturn(disputed, form.ruling(), request.user, words, discloses_forecast=form.discloses_forecast())
    return True


@require_POST
@signed_in
def withdrawal(request: MemberRequest, pk: int) -> HttpResponse:
    disputed, claim = dispute_in_sight(request, pk)
    said = "You dispute it no longer."
    return do(request, claim, "judging", lambda: withdraw_dispute(disputed, request.user), said)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def claim_replies(request: MemberRequest, claim_id: int) -> HttpResponse:
    """The person concerned writes their reply, or a curator puts it down for them."""
    claim = readable_claim(request.user, claim_id)
    people = list(voices(claim, request.user).order_by("name"))
    if not people:
        require_curation(request.user, claim)
    form = ReplyForm(request.POST if request.method == "POST" else None, people=people)
    said = (
        attempt(form, lambda: reply(claim, chosen(form), form.cleaned_data["text"], request.user))
        if form.is_bound
        else None
    )
    if said is None:
        lede = "It stands beside the verdict, for everyone who sees the claim."
        return show(request, claim, form, "Reply to the verdict", "Put the reply down", lede=lede)
    return back(request, claim, f"reply-{said.pk}", "The reply stands beside the verdict.")


def chosen(form: ReplyForm) -> Person:
    return form.people[form.cleaned_data["person"]]


@require_POST
@signed_in
def reply_removal(request: MemberRequest, pk: int) -> HttpResponse:
    correction: Correction = find_or_404(Correction.objects.standing().visible_to(request.user), pk=pk)
    claim = readable_claim(request.user, correction.claim_id)
    undoing = reverse("reply-restoration", args=[pk])
    return do(
        request, claim, "judging", lambda: remove_reply(correction, request.user), "The reply is removed.", undoing
    )


@require_POST
@signed_in
def reply_restoration(request: MemberRequest, pk: int) -> HttpResponse:
    correction: Correction = find_or_404(Correction.objects.visible_to(request.user), pk=pk)
    claim = readable_claim(request.user, correction.claim_id)
    return do(request, claim, f"reply-{pk}", lambda: restore_reply(correction, request.user), "The reply is back.")
