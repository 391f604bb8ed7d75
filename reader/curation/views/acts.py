"""Deciding on one thing with a press or a sentence; taking it over from another curator; deciding on many."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from reader.claims.models import Claim
from reader.core.access import signed_in
from reader.core.markup import NOTHING
from reader.core.partials import answer, partial
from reader.core.refusals import Refused
from reader.core.requests import MemberRequest, wants_fragment
from reader.curation import queries
from reader.curation.claim_rulings import seen_as
from reader.curation.deciding import last_words
from reader.curation.desk import Act, Kind, curated, curated_among
from reader.curation.forms import SentenceForm
from reader.curation.models import Hold
from reader.curation.rows import row_of
from reader.curation.views.answering import (
    ADDRESSES,
    at_the_desk,
    came_from,
    counted_again,
    done,
    kind_named,
    queue_address,
    show,
)
from reader.curation.wording import excerpt

MOST_AT_ONCE = 100


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def act(request: MemberRequest, name: str, pk: int, noun: str) -> HttpResponse:
    kind = kind_named(name)
    chosen = act_named(kind, noun)
    thing = curated(kind, request.user, pk)
    if request.method != "POST":
        return ask(request, kind, chosen, thing, SentenceForm(act=chosen, initial={"seen": seen(thing)}))
    form = SentenceForm(request.POST, act=chosen)
    if not form.is_valid():
        return ask(request, kind, chosen, thing, form, 422)
    try:
        said = form.cleaned_data
        decision = chosen.run(thing, request.user, said["seen"], said.get("sentence", ""))
    except Refused as refused:
        if kind.name == "highlights":
            return as_it_is(request, kind, thing, str(refused))
        again = {"seen": seen(kind.find(request.user, pk)), "sentence": said.get("sentence", "")}
        return ask(request, kind, chosen, thing, SentenceForm(act=chosen, initial=again), 409, refused=str(refused))
    return done(request, kind, thing, chosen.done, decision)


def as_it_is(request: MemberRequest, kind: Kind, thing: Any, refused: str) -> HttpResponse:
    """What became of a thing meanwhile, with what can be done now: what was pressed may be no choice any more."""
    in_list = wants_fragment(request)
    row = row_of(kind.name, thing.pk, request.user, alone=not in_list)
    if in_list:
        messages.error(request, refused)
        line = f"#{kind.word}-{thing.pk}"
        renewed = partial(line, row, "outerHTML") if row else partial(line, NOTHING, "delete")
        return answer(request, renewed, counted_again(request), status=409)
    words = "" if row else excerpt(str(thing), 280)
    context = {"heading": "Nothing was changed", "refused": refused, "row": row, "words": words}
    return show(request, kind, thing, "curation/as_it_is.html", context, 409)


def act_named(kind: Kind, noun: str) -> Act:
    chosen = kind.act(noun)
    if chosen is None:
        raise Http404
    return chosen


def seen(thing: Any) -> str:
    return seen_as(thing) if isinstance(thing, Claim) else ""


def ask(
    request: MemberRequest, kind: Kind, act: Act, thing: Any, form: SentenceForm, status: int = 200, refused: str = ""
) -> HttpResponse:
    context = {"form": form, "act": act, "refused": refused, "heading": act.word, "words": excerpt(str(thing), 280)}
    return show(request, kind, thing, "curation/act.html", context, status)


@require_POST
@signed_in
def hold(request: MemberRequest, name: str, pk: int) -> HttpResponse:
    """Takes a thing over from the curator who has it; they are told when they go on."""
    kind = kind_named(name)
    thing = curated(kind, request.user, pk)
    Hold.take(kind.word, pk, request.user, over=True)
    messages.success(request, "It is in your hands now.")
    return HttpResponseRedirect(came_from(request) or queue_address(kind, thing), status=303)


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def together(request: MemberRequest, name: str) -> HttpResponse:
    """Many at once: what will change is shown before it is done, and all of it is done or nothing."""
    kind = kind_named(name)
    asked = request.POST if request.method == "POST" else request.GET
    chosen = act_named(kind, asked.get("act", ""))
    things = those_chosen(request, kind, asked.getlist("item"))
    form = SentenceForm(request.POST if request.method == "POST" else None, act=chosen)
    if request.method != "POST" or not things or not form.is_valid():
        return preview(request, kind, chosen, things, form, 422 if form.is_bound else 200)
    try:
        with transaction.atomic():
            for thing in things:
                decide(request, chosen, thing, form.cleaned_data.get("sentence", ""))
    except Refused as refused:
        return preview(request, kind, chosen, things, form, 409, refused=str(refused))
    messages.success(request, f"{len(things)} decided. Each can be undone in the log.")
    return HttpResponseRedirect(reverse(ADDRESSES[kind.name]), status=303)


def those_chosen(request: MemberRequest, kind: Kind, items: Sequence[str]) -> list[Any]:
    """The chosen things that are still there; what is not the curator's is refused as anywhere."""
    ids = dict.fromkeys(int(item) for item in items if item.isdecimal() and len(item) < 19)
    return curated_among(kind, request.user, list(ids)[:MOST_AT_ONCE])


def decide(request: MemberRequest, act: Act, thing: Any, sentence: str) -> None:
    try:
        act.run(thing, request.user, request.POST.get(f"seen-{thing.pk}", ""), sentence)
    except Refused as refused:
        raise Refused(f"“{excerpt(str(thing), 80)}”: {refused} Nothing was changed.") from None


def preview(
    request: MemberRequest, kind: Kind, act: Act, things: list[Any], form: SentenceForm, status: int, refused: str = ""
) -> HttpResponse:
    ids = [thing.pk for thing in things]
    held = queries.held_by_others(request.user, kind.word, ids, timezone.now())
    decided = last_words(kind.word, ids)
    context = {
        "kind": kind,
        "act": act,
        "form": form,
        "refused": refused,
        "back": reverse(ADDRESSES[kind.name]),
        "changes": [
            {
                "pk": thing.pk,
                "words": excerpt(str(thing)),
                "seen": seen(thing),
                "held": held.get(thing.pk, ("",))[0],
                "last": decided.get(thing.pk, ""),
            }
            for thing in things
        ],
    }
    return render(request, "curation/together.html", context, status=status)
