"""One wording of a sweep: all of its sentences, the claim that is made of them, and that they predict nothing."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reader.core.access import find_or_404, signed_in
from reader.core.limits import TooMany
from reader.core.markup import NOTHING
from reader.core.paging import parse_moment
from reader.core.partials import answer, partial
from reader.core.refusals import Refused
from reader.core.requests import MemberRequest, id_in, wants_fragment
from reader.core.visibility import visible_to
from reader.foresight.sweeps.answering import take_all_back, wave_all_away
from reader.foresight.sweeps.models import Finding, Wording
from reader.foresight.sweeps.queries import MOST_TOGETHER, groups_of, named_in, open_findings, standing_of
from reader.highlights.models import Highlight
from reader.pages.composing import TooManyTags
from reader.pages.stating_together import NotStated, TakenMeanwhile, state_together, take_back
from reader.pages.sweep_rows import row_of, rows_of
from reader.pages.together_form import LOST, TogetherForm

#: So many of one wording are shown at once.
MOST_SHOWN = 100


@require_safe
@signed_in
def wording(request: MemberRequest, pk: int) -> HttpResponse:
    """All that is to be answered of it, for whoever wants to see more than its line."""
    found = mine(request, pk)
    rows = rows_of(groups_of([found], request.user, MOST_SHOWN), request.user)
    if not rows:
        return HttpResponseRedirect(found.sweep.get_absolute_url(), status=303)
    return render(request, "sweeps/wording.html", {"sweep": found.sweep, "row": rows[0], "is_whole": True})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def claim(request: MemberRequest, pk: int) -> HttpResponse:
    """The form of the claim, filled in after one of the sentences, and what it saves."""
    found = mine(request, pk)
    asked = request.POST if request.method == "POST" else request.GET
    wanted = id_in(asked, "lead")
    findings = waiting_of(found, request)
    if request.method == "POST":
        findings += answered_since(found, findings, request)
    if not findings:
        messages.info(request, "Nothing of this waits any more: it is marked, or waved away.")
        return queue_again(request, found)
    lead = next((one for one in findings if one.pk == wanted), findings[0])
    others = [one for one in findings if one != lead]
    sent, ticks_all = request.POST if request.method == "POST" else None, request.GET.get("tick") == "all"
    form = TogetherForm(request.user, lead, others, sent, ticks_all=ticks_all)
    if sent is None:
        return show(request, found, form)
    if wanted not in (None, lead.pk):
        form.refuse(lead, LOST)
        return show(request, found, form, 422)
    return save(request, found, form)


def answered_since(found: Wording, waiting: Sequence[Finding], request: MemberRequest) -> list[Finding]:
    """What the form was opened with and is answered by now, by others too: nothing that was written on it is lost."""
    named = dict.fromkeys([*keys_in(request, "lead"), *keys_in(request, "with")])
    return named_in(found, named.keys() - {one.pk for one in waiting}, request.user)


def save(request: MemberRequest, found: Wording, form: TogetherForm) -> HttpResponse:
    if not form.is_valid():
        return show(request, found, form, 422)
    try:
        made = state_together(form.said(), request.user)
    except TakenMeanwhile as meanwhile:
        form.offer(meanwhile.taken)
        return show(request, found, form, 422)
    except NotStated as refusal:
        form.refuse(refusal.finding, str(refusal))
        return show(request, found, form, 422)
    except TooManyTags as too_many_tags:
        form.seen.add_error("tags", str(too_many_tags))
        return show(request, found, form, 422)
    except TooMany as too_many:
        form.refuse(form.lead, str(too_many))
        return too_many.on(show(request, found, form, 429))
    if made:
        messages.success(request, said_of(form), extra_tags=deletion_of(found, made))
    else:
        messages.info(request, "You had marked this already; what was new is added.")
    return queue_again(request, found)


def said_of(form: TogetherForm) -> str:
    count = 1 + len(form.ticked)
    said = "1 statement" if count == 1 else f"{count} statements"
    if form.known.chosen and not form.known.updates:
        return f"{said} added to the claim."
    return f"Claim made, with {said}."


def show(request: MemberRequest, found: Wording, form: TogetherForm, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"wording": found, "sweep": found.sweep, "together": form, "is_page": True}
    template = "sweeps/_claim.html" if wants_fragment(request) else "sweeps/claim.html"
    return render(request, template, context, status=status)


@require_POST
@signed_in
def deletion(request: MemberRequest, pk: int) -> HttpResponse:
    """The claim that was made a moment ago goes, with the marks that were made for it."""
    found = mine(request, pk)
    marks = Highlight.objects.filter(owner=request.user, pk__in=keys_in(request, "mark"))
    try:
        take_back(list(marks), request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return queue_again(request, found, is_back=True)


@require_POST
@signed_in
def dismissal(request: MemberRequest, pk: int) -> HttpResponse:
    """These sentences are no predictions, in this reader's eyes: all of the wording, or those that are named."""
    found = mine(request, pk)
    named = keys_in(request, "finding")
    waiting = open_findings(request.user).filter(wording=found)
    waved, at = wave_all_away(waiting.filter(pk__in=named) if named else waiting, request.user)
    if waved:
        count = f"These {waved:,} are" if waved > 1 else "This is"
        undo = f"{reverse('wording-restoration', args=[found.pk])}?{urlencode({'at': at.isoformat()})}"
        messages.success(request, f"{count} not suggested to you again.", extra_tags=undo)
    return queue_again(request, found)


@require_POST
@signed_in
def restoration(request: MemberRequest, pk: int) -> HttpResponse:
    found = mine(request, pk)
    with suppress(ValueError, OverflowError):  # an address that nobody was given takes nothing back
        take_all_back(found, parse_moment(request.GET.get("at", "")), request.user)
    return queue_again(request, found, is_back=True)


def mine(request: MemberRequest, pk: int) -> Wording:
    """A wording of the reader's own, of which they may still read something."""
    rows = Wording.objects.filter(sweep__owner=request.user, sweep__removed_at=None)
    found = find_or_404(rows.select_related("sweep__owner"), pk=pk)
    if not found.findings.filter(visible_to(request.user, "article__")).exists():
        raise Http404
    return found


def waiting_of(found: Wording, request: MemberRequest) -> list[Finding]:
    return [one for group in groups_of([found], request.user, MOST_TOGETHER) for one in group.findings]


def keys_in(request: MemberRequest, name: str) -> list[int]:
    """What is named in the form, or in the address: an Undo has it there."""
    said = [*request.POST.getlist(name), *request.GET.getlist(name)]
    return [int(one) for one in said if one.isdecimal() and len(one) < 19]


def deletion_of(found: Wording, made: Sequence[Highlight]) -> str:
    return f"{reverse('wording-claim-deletion', args=[found.pk])}?{urlencode([('mark', one.pk) for one in made])}"


def queue_again(request: MemberRequest, found: Wording, *, is_back: bool = False) -> HttpResponse:
    """The line as it is now, and how much there is left."""
    if not wants_fragment(request):
        return HttpResponseRedirect(found.sweep.get_absolute_url(), status=303)
    row, place = row_of(found, request.user), f"#wording-{found.pk}"
    line = render_to_string("sweeps/_row.html", {"row": row}, request) if row else NOTHING
    standing = standing_of(found.sweep, request.user)
    left = render_to_string("sweeps/_left.html", {"standing": standing, "sweep": found.sweep}, request)
    counted = partial("#left", left)
    if not row:
        return answer(request, partial(place, NOTHING, "delete"), counted)
    if is_back:
        return answer(request, partial(place, NOTHING, "delete"), partial("#queue", line, "afterbegin"), counted)
    return answer(request, partial(place, line, "outerHTML"), counted)
