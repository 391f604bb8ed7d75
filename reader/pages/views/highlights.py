"""One mark: its kind, passage, tags and end."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from reader.core.access import find_or_404, may_change, require_change, signed_in
from reader.core.requests import MemberRequest, Request, wants_fragment
from reader.highlights.forms import KindForm, PassageForm, TagsForm
from reader.highlights.marking import NoSuchPassage
from reader.highlights.models import Highlight
from reader.highlights.queries import highlights_for
from reader.pages.composing import change_kind, change_passage
from reader.pages.redrawing import answer, open_page
from reader.pages.views.marking import passage_of


@require_safe
def highlight(request: Request, pk: int) -> HttpResponse:
    """The permanent address of a mark: opens the piece there; to htmx it is the mark's card."""
    found = standing(request, pk)
    if not wants_fragment(request):
        return HttpResponseRedirect(found.get_absolute_url(), status=303)
    page = open_page(found.article, request.user)
    return HttpResponse(page.card_html(pk, page.span_of(found)[0]))


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
    change_kind(found, form.cleaned_data["kind"], request.user)
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
    page = open_page(found.article, request.user)
    before = page.span_of(found)
    try:
        chosen = passage_of(found.article, form, near=before[0])
    except NoSuchPassage as problem:
        if not form.errors:
            form.add_error("exact", f"{problem} The mark is where it was.")
            return edit(request, found, status=409, passage_form=form)
        return edit(request, found, passage_form=form)
    taken = page.no_card(pk)
    change_passage(found, chosen, request.user)
    if not wants_fragment(request):
        return HttpResponseRedirect(found.get_absolute_url(), status=303)
    blocks = [page.blocks(before), page.blocks((chosen.start, chosen.end))]
    return answer(request, *blocks, taken, page.new_card(pk, chosen.start))


@require_POST
@signed_in
def deletion(request: MemberRequest, pk: int) -> HttpResponse:
    found = changeable(request, pk)
    page = open_page(found.article, request.user)
    span = page.span_of(found)
    found.delete_by(request.user)
    messages.success(request, "The mark is deleted.", extra_tags=f"/highlights/{pk}/restoration/")
    if not wants_fragment(request):
        return HttpResponseRedirect(found.article.get_absolute_url(), status=303)
    return answer(request, page.blocks(span), page.no_card(pk))


@require_POST
@signed_in
def restoration(request: MemberRequest, pk: int) -> HttpResponse:
    found = find_or_404(highlights_for(request.user), pk=pk)
    if found.deleted_at is not None and not may_change(request.user, found):
        raise Http404
    require_change(request.user, found)
    was_gone = found.deleted_at is not None
    if was_gone:
        found.restore(request.user)
    messages.success(request, "The mark is back.")
    if not wants_fragment(request):
        return HttpResponseRedirect(found.get_absolute_url(), status=303)
    page = open_page(found.article, request.user)
    span = page.span_of(found)
    card = page.new_card(pk, span[0]) if was_gone else page.card(pk, span[0])
    return answer(request, page.blocks(span), card)


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
    page = open_page(found.article, request.user)
    span = page.span_of(found)
    parts = [page.blocks(span)] if redraw else []
    return answer(request, *parts, page.card(found.pk, span[0]))


def edit(request: MemberRequest, found: Highlight, status: int = 200, **given: Form) -> HttpResponse:
    """The forms of a mark; the one that was refused keeps what was typed."""
    names = ", ".join(found.tags.values_list("name", flat=True))
    context: dict[str, Any] = {
        "highlight": found,
        "kind_form": KindForm(initial={"kind": found.kind}),
        "tags_form": TagsForm(initial={"tags": names}),
        "passage_form": PassageForm(initial={"exact": found.exact}),
        "focus": request.GET.get("focus", ""),
        **given,
    }
    if given and status == 200:
        status = 422
    template = "highlights/editing.html" if wants_fragment(request) else "highlights/editing_page.html"
    return render(request, template, context, status=status)
