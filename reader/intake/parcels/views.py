"""Handing in files of many things, saying yes to what they bring, and what is left to do behind it."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from reader.core.access import find_or_404, signed_in
from reader.core.limits import TooMany
from reader.core.paging import Order, page_of, parse_count
from reader.core.refusals import Refused
from reader.core.requests import MemberRequest, wants_fragment
from reader.intake.archives import Unopened
from reader.intake.parcels.awaiting import fetch_soon
from reader.intake.parcels.forms import ParcelForm
from reader.intake.parcels.handing_in import confirm, give_up, hand_in
from reader.intake.parcels.models import ON_THE_LIST, Awaited, Confirmation, Plan

BY_ARRIVAL = Order("id", parse_count, descending=True)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: MemberRequest) -> HttpResponseBase:
    """Takes files; what they would bring is shown next."""
    posted = request.method == "POST"
    form = ParcelForm(request.POST, request.FILES, reader=request.user) if posted else ParcelForm(reader=request.user)
    if not form.is_valid():
        return render(request, "parcels/new.html", {"form": form}, status=422 if posted else 200)
    try:
        plan = hand_in(form.cleaned_data["chosen"], request.user, form.audience())
    except Unopened as why:
        form.add_error("chosen", str(why))
        return render(request, "parcels/new.html", {"form": form}, status=422)
    except TooMany as too_many:
        form.add_error("chosen", str(too_many))
        return too_many.on(render(request, "parcels/new.html", {"form": form}))
    return HttpResponseRedirect(plan.get_absolute_url(), status=303)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: MemberRequest, pk: int) -> HttpResponseBase:
    """Says what will come; a POST lets it."""
    found = my_plan(request, pk)
    if request.method == "POST":
        try:
            confirm(found)
        except Refused as refusal:
            messages.info(request, str(refusal))
        found.work.refresh_from_db()
        return HttpResponseRedirect(found.work.get_absolute_url(), status=303)
    if found.confirmed_at:
        return HttpResponseRedirect(found.work.get_absolute_url(), status=303)
    return render(request, "parcels/plan.html", {"plan": found})


@signed_in
@require_POST
def plan_deletion(request: MemberRequest, pk: int) -> HttpResponseBase:
    give_up(my_plan(request, pk))
    messages.success(request, "Nothing was brought in, and the file is forgotten.")
    return HttpResponseRedirect(reverse("bring-in"), status=303)


def my_plan(request: MemberRequest, pk: int) -> Plan:
    return find_or_404(Plan.objects.filter(work__owner=request.user).select_related("work", "work__owner"), work=pk)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def awaited(request: MemberRequest) -> HttpResponseBase:
    """The addresses whose text is still to come, or could not be fetched; a POST asks for these once more."""
    mine = Awaited.objects.filter(owner=request.user)
    if request.method == "POST":
        again = mine.exclude(refusal="").filter(**({"pk": pk} if (pk := one_of(request)) else {}))
        if again.update(ended_at=None, refusal="", way="", asked_at=timezone.now()):
            fetch_soon(request.user.pk)
        return HttpResponseRedirect(reverse("awaited"), status=303)
    page = page_of(open_ones(mine), BY_ARRIVAL, request.GET.get("after", ""))
    context: dict[str, Any] = {"page": page, "waiting": mine.filter(ended_at=None).count()}
    context["refused"] = mine.exclude(refusal="").exists()
    return render(request, "parcels/_awaited.html" if wants_fragment(request) else "parcels/awaited.html", context)


@signed_in
@require_POST
def awaited_removal(request: MemberRequest, pk: int) -> HttpResponseBase:
    """Takes an address off the list."""
    one = find_or_404(Awaited.objects.filter(owner=request.user), pk=pk)
    if one.take_off():
        undo = reverse("awaited-restoration", args=[pk])
        messages.success(request, f"“{str(one)[:80]}” is fetched no more.", extra_tags=undo)
    return HttpResponseRedirect(reverse("awaited"), status=303)


@signed_in
@require_POST
def awaited_restoration(request: MemberRequest, pk: int) -> HttpResponseBase:
    one = find_or_404(Awaited.objects.filter(owner=request.user).select_related("article"), pk=pk)
    if one.put_back():
        fetch_soon(request.user.pk)
        messages.success(request, f"“{str(one)[:80]}” is to be fetched again.")
    if wants_fragment(request):
        return HttpResponseClientRedirect(reverse("awaited"))
    return HttpResponseRedirect(reverse("awaited"), status=303)


def one_of(request: MemberRequest) -> int | None:
    value = request.POST.get("one", "")
    return int(value) if value.isdecimal() and len(value) < 15 else None


def open_ones(mine: "QuerySet[Awaited]") -> "QuerySet[Awaited]":
    return mine.filter(ON_THE_LIST).select_related("article")


@signed_in
@require_safe
def confirmations(request: MemberRequest) -> HttpResponse:
    """The mails that ask to confirm a subscription."""
    mine = Confirmation.objects.filter(owner=request.user)
    page = page_of(mine, BY_ARRIVAL, request.GET.get("after", ""))
    template = "parcels/_confirmations.html" if wants_fragment(request) else "parcels/confirmations.html"
    return render(request, template, {"page": page})


@signed_in
@require_POST
def confirmation_done(request: MemberRequest, pk: int) -> HttpResponseBase:
    found = find_or_404(Confirmation.objects.filter(owner=request.user), pk=pk)
    Confirmation.objects.filter(pk=found.pk).update(done_at=None if found.done_at else timezone.now())
    return HttpResponseRedirect(reverse("confirmations"), status=303)
