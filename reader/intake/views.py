"""Handing in a piece, looking at what was understood, and putting it on the shelf."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from reader.core.access import find_or_404, signed_in
from reader.core.requests import MemberRequest, wants_fragment
from reader.intake.forms import HandInForm, ReviewForm
from reader.intake.models import Draft, as_text
from reader.intake.reading import Empty, Reading, Role


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def add_article(request: MemberRequest) -> HttpResponseBase:
    form = HandInForm(request.POST or None, request.FILES or None)
    if not form.is_valid():
        return render(request, "intake/add.html", {"form": form}, status=422 if form.is_bound else 200)
    draft = Draft(
        owner=request.user,
        raw=form.cleaned_data["raw"],
        form=form.cleaned_data["read_as"],
        uploaded=bool(form.cleaned_data["file"]),
    )
    try:
        draft.read()
    except Empty as nothing:
        form.add_error("text", str(nothing))
        return render(request, "intake/add.html", {"form": form}, status=422)
    draft.save()
    return HttpResponseRedirect(draft.get_absolute_url(), status=303)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: MemberRequest, draft_id: int) -> HttpResponseBase:
    draft = find_or_404(Draft.objects.filter(owner=request.user).select_related("article"), pk=draft_id)
    if draft.article:
        return HttpResponseRedirect(draft.article.get_absolute_url(), status=303)
    if request.method != "POST":
        reading = draft.read()
        return show(request, draft, ReviewForm(reading=reading, reader=request.user), reading)
    draft.sort_lines(put_back=numbers(request, "keep"), take_out=numbers(request, "drop"))
    reading = draft.read()
    form = ReviewForm(request.POST, reading=reading, reader=request.user)
    if request.POST.get("action") == "preview":
        return show(request, draft, form, reading)
    if not form.is_valid() or lacks_words(form, draft, reading):
        return show(request, draft, form, reading, status=422)
    article, is_new = draft.shelve(form.details(), request.user, *form.audience_here())
    if not is_new:
        messages.info(request, "You can already read this piece here, so it was opened and not added twice.")
    return HttpResponseRedirect(article.get_absolute_url(), status=303)


def numbers(request: MemberRequest, name: str) -> set[int]:
    """The numbers of the lines that were ticked."""
    return {int(value) for value in request.POST.getlist(name) if value.isdecimal() and len(value) < 9}


def lacks_words(form: ReviewForm, draft: Draft, reading: Reading) -> bool:
    """Whether nothing would be left to read; the form then says so."""
    if as_text(reading, draft.raw).text.strip():
        return False
    form.add_error(None, "All of it was taken out as furniture. Put at least one line back.")
    return True


def show(request: MemberRequest, draft: Draft, form: ReviewForm, reading: Reading, status: int = 200) -> HttpResponse:
    text = as_text(reading, draft.raw)
    context: dict[str, Any] = {
        "draft": draft,
        "form": form,
        "reading": reading,
        "words": text.words,
        "html": text.html,
        "taken_out": [line for line in reading.lines if line.role is not Role.BODY and line.number not in draft.kept],
        "put_back": [line for line in reading.lines if line.number in draft.kept],
        "left_in": [line for line in reading.lines if line.role is Role.BODY and line.number not in draft.kept],
    }
    part = wants_fragment(request) and request.POST.get("action") == "preview"
    return render(request, "intake/_text.html" if part else "intake/review.html", context, status=status)
