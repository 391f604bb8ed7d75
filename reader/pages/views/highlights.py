"""One mark: its kind, passage, tags and end."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reader.claims.keeping import delete_mark
from reader.core.access import find_or_404, may_change, require_annotation, require_change, signed_in
from reader.core.refusals import Refused
from reader.core.requests import MemberRequest, Request, id_in, wants_fragment
from reader.highlights.forms import KindForm, PassageForm, ReactionForm, TagsForm
from reader.highlights.marking import NoSuchPassage, in_newest
from reader.highlights.models import Highlight, MarkedAgain
from reader.highlights.queries import highlights_for, notes_for, reaction_rows
from reader.highlights.reactions import Response, react
from reader.pages.composing import change_kind, change_passage
from reader.pages.lost_marks import address_in_list, is_lost, lost_anew
from reader.pages.redrawing import NOWHERE, TEXT, answer, newest_page, open_page, shows_another_text
from reader.pages.views.marking import passage_of


@require_safe
def highlight(request: Request, pk: int) -> HttpResponse:
    """The permanent address of a mark: opens the piece there, or the list of lost marks; to htmx it is its card."""
    found = standing(request, pk)
    if not wants_fragment(request):
        return HttpResponseRedirect(address_in_list(found) if is_lost(found) else found.get_absolute_url(), status=303)
    page = open_page(found.article, request)
    return HttpResponse(page.card_html(page.span_of(found)))


@require_safe
@signed_in
def editing(request: MemberRequest, pk: int) -> HttpResponse:
    return edit(request, changeable(request, pk))


@require_POST
@signed_in
def kind(request: MemberRequest, pk: int) -> HttpResponse:
    found = changeable(request, pk)
    form = KindForm(request.POST)
    if not form.is_valid():
        return edit(request, found, kind_form=form)
    try:
        change_kind(found, form.cleaned_data["kind"], request.user)
    except Refused as refusal:
        form.add_error("kind", str(refusal))
        return edit(request, found, status=409, kind_form=form)
    return changed(request, found)


@require_POST
@signed_in
def tags(request: MemberRequest, pk: int) -> HttpResponse:
    found = changeable(request, pk)
    form = TagsForm(request.POST)
    if not form.is_valid():
        return edit(request, found, tags_form=form)
    found.label(form.cleaned_data["tags"], request.user)
    return changed(request, found, redraw=False)


@require_POST
@signed_in
def passage(request: MemberRequest, pk: int) -> HttpResponse:
    found = changeable(request, pk)
    form = PassageForm(request.POST)
    page = newest_page(found.article, request)
    before = page.span_of(found)
    try:
        chosen = in_newest(passage_of(found.article, form, near=before[0]), page.revision)
    except NoSuchPassage as problem:
        if not form.errors:
            form.add_error("exact", f"{problem} The mark is where it was.")
            return edit(request, found, status=409, passage_form=form)
        return edit(request, found, passage_form=form)
    try:
        change_passage(found, chosen, request.user)
    except Refused as refusal:
        form.add_error("exact", str(refusal))
        return edit(request, found, status=409, passage_form=form)
    if not wants_fragment(request):
        return HttpResponseRedirect(found.get_absolute_url(), status=303)
    if shows_another_text(request, page):
        messages.success(request, "Saved. A newer text came since you opened this one: the mark stands in that.")
        return answer(request)
    return answer(request, page.redrawn(before, (chosen.start, chosen.end)))


@require_POST
@signed_in
def deletion(request: MemberRequest, pk: int) -> HttpResponse:
    found = changeable(request, pk)
    page = open_page(found.article, request)
    span = page.span_of(found)
    said = f"The mark is deleted.{going_along(request, found)}"
    try:
        delete_mark(found, request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return changed(request, found)
    messages.success(request, said, extra_tags=f"/highlights/{pk}/restoration/")
    if not wants_fragment(request):
        return HttpResponseRedirect(found.article.get_absolute_url(), status=303)
    return answer(request, page.redrawn(span) if span != NOWHERE else lost_anew(request, found.article))


def going_along(request: MemberRequest, found: Highlight) -> str:
    """What others wrote on a mark goes with it, and comes back with it: of that, what its owner can read."""
    others = notes_for(request.user).filter(highlight=found, deleted_at=None).exclude(owner=request.user).count()
    if not others:
        return ""
    return f" {others} note{'s' if others > 1 else ''} of others {'go' if others > 1 else 'goes'} with it."


@require_POST
@signed_in
def restoration(request: MemberRequest, pk: int) -> HttpResponse:
    found = find_or_404(highlights_for(request.user), pk=pk)
    if found.deleted_at is not None and not may_change(request.user, found):
        raise Http404
    require_change(request.user, found)
    try:
        found.restore(request.user)
        messages.success(request, "The mark is back.")
    except MarkedAgain as again:
        messages.info(request, str(again))
    if not wants_fragment(request):
        return HttpResponseRedirect(found.get_absolute_url(), status=303)
    page = open_page(found.article, request)
    span = page.span_of(found)
    return answer(request, page.redrawn(span) if span != NOWHERE else lost_anew(request, found.article, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def reactions(request: MemberRequest, pk: int) -> HttpResponse:
    """What readers responded to a mark; sent, a response is said or taken back."""
    found = standing(request, pk)
    require_annotation(request.user, found)
    form = ReactionForm(request.POST) if request.method == "POST" else ReactionForm()
    if not form.is_valid():
        return show_reactions(request, found, form, status=422 if form.is_bound else 200)
    react(found, form.cleaned_data["response"], request.user)
    return changed(request, found, redraw=False)


def show_reactions(request: MemberRequest, found: Highlight, form: ReactionForm, status: int) -> HttpResponse:
    said = reaction_rows([found.pk], request.user)
    responses = [
        {
            "value": value,
            "label": label,
            "mine": any(row.reader_id == request.user.pk for row in said if row.response == value),
            "names": [
                "you" if row.reader_id == request.user.pk else row.reader for row in said if row.response == value
            ],
        }
        for value, label in Response.choices
    ]
    context = {"highlight": found, "responses": responses, "form": form, "address": request.path}
    template = "highlights/reactions.html" if wants_fragment(request) else "highlights/reactions_page.html"
    return render(request, template, context, status=status)


def standing(request: Request, pk: int) -> Highlight:
    found: Highlight = find_or_404(highlights_for(request.user).filter(deleted_at=None), pk=pk)
    return found


def changeable(request: MemberRequest, pk: int) -> Highlight:
    found = standing(request, pk)
    require_change(request.user, found)
    return found


def changed(request: MemberRequest, found: Highlight, *, redraw: bool = True) -> HttpResponse:
    if not wants_fragment(request):
        return HttpResponseRedirect(found.get_absolute_url(), status=303)
    page = open_page(found.article, request)
    span = page.span_of(found)
    if span == NOWHERE:
        return answer(request, lost_anew(request, found.article, found.pk))
    return answer(request, page.redrawn(span) if redraw else page.card(span))


def edit(request: MemberRequest, found: Highlight, status: int = 200, **given: Form) -> HttpResponse:
    """The forms of a mark; the one that was refused keeps what was typed."""
    names = ", ".join(found.tags.values_list("name", flat=True))
    context: dict[str, Any] = {
        "highlight": found,
        "kind_form": KindForm(initial={"kind": found.kind}),
        "tags_form": TagsForm(initial={"tags": names}),
        "passage_form": PassageForm(initial={"exact": found.exact, "revision": id_in(request.headers, TEXT)}),
        "focus": request.GET.get("focus", ""),
        **given,
    }
    for name in ("kind_form", "tags_form", "passage_form"):
        context[name].auto_id = f"mark-{found.pk}-%s"  # those of another mark may be open, too
    if given and status == 200:
        status = 422
    template = "highlights/editing.html" if wants_fragment(request) else "highlights/editing_page.html"
    return render(request, template, context, status=status)
