"""Handing in a piece, looking at what was understood, and putting it on the shelf."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods

from reader.core import partials
from reader.core.access import find_or_404, signed_in
from reader.core.blocks import blocks_of
from reader.core.limits import Deed, TooMany, spend
from reader.core.requests import MemberRequest, wants_fragment
from reader.highlights.outlook import outlook_of
from reader.intake.against import Against
from reader.intake.details import as_details, as_text
from reader.intake.forms import HandInForm, ReviewForm
from reader.intake.likeness import Likeness, likeness_of
from reader.intake.models import Draft
from reader.intake.parcels.awaiting import arrived
from reader.intake.pictures import without_pictures
from reader.intake.reading import Empty, Line, Reading
from reader.library.forms import DetailsForm
from reader.library.models import Article, Text

#: How many lines are listed from either end of a long list.
MOST_LISTED = 200
IS_HERE = "Nothing was added: this piece is here already."
MAY_BE_HERE = "Nothing was added yet. Choose first: is this another text of that piece, or one of its own?"


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def add_article(request: MemberRequest) -> HttpResponseBase:
    return hand_in(request)


def hand_in(request: MemberRequest, replaces: Article | None = None) -> HttpResponseBase:
    """Takes a piece, or the new text of one; what was understood of it is shown next."""
    posted = request.method == "POST"
    form = HandInForm(request.POST, request.FILES) if posted else HandInForm()
    context = {"form": form, "replaces": replaces}
    if not form.is_valid():
        return render(request, "intake/add.html", context, status=422 if posted else 200)
    draft = Draft(
        owner=request.user,
        raw=form.cleaned_data["raw"],
        form=form.cleaned_data["read_as"],
        uploaded=bool(form.cleaned_data["file"]),
        replaces=replaces,
    )
    try:
        refuse_without_words(draft.read())
        with transaction.atomic():
            spend(request.user, Deed.UPLOAD)
            draft.save()
    except Empty as nothing:
        form.add_error("text", str(nothing))
        return render(request, "intake/add.html", context, status=422)
    except TooMany as too_many:
        form.add_error("text", str(too_many))
        return too_many.on(render(request, "intake/add.html", context))
    return HttpResponseRedirect(draft.get_absolute_url(), status=303)


def refuse_without_words(reading: Reading) -> None:
    """A rule, a star or the sign of a heading is nothing to read.

    Raises:
        Empty: no line has a letter or a digit.
    """
    if not any(character.isalnum() for line in reading.lines for character in line.text):
        raise Empty("There are no words in this. Paste the words of the piece, or choose a file.")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: MemberRequest, draft_id: int) -> HttpResponseBase:
    drafts = Draft.objects.filter(owner=request.user).select_related("article", "replaces")
    draft = find_or_404(drafts, pk=draft_id)
    if draft.article:
        return HttpResponseRedirect(draft.article.get_absolute_url(), status=303)
    if draft.replaces:
        return HttpResponseRedirect(draft.get_absolute_url(), status=303)
    reading, text = looked_through(request, draft)
    form = ReviewForm(request.POST if request.method == "POST" else None, reading=reading, reader=request.user)
    page = partial(show, request, draft, form, reading, text)
    if request.method != "POST" or request.POST.get("action") == "preview":
        return page(known=None if wants_text_alone(request) else likeness_of(as_details(reading), text, request.user))
    if not form.is_valid() or lacks_words(form, text):
        return page(status=422, known=likeness_of(as_details(reading), text, request.user))
    known = likeness_of(form.details(), text, request.user)
    if known and (known.is_sure or request.POST.get("action") != "another"):
        form.add_error(None, IS_HERE if known.is_sure else MAY_BE_HERE)
        return page(status=409, known=known)
    article, is_new = draft.shelve(form.details(), text, request.user, *form.audience_here())
    arrived(article, request.user)
    if not is_new:
        messages.info(request, "You can already read this piece here, so it was opened and not added twice.")
    return HttpResponseRedirect(article.get_absolute_url(), status=303)


def looked_through(request: MemberRequest, draft: Draft) -> tuple[Reading, Text]:
    """What is understood of a draft, with the lines put back and taken out that were ticked just now."""
    if request.method == "POST":
        draft.sort_lines(put_back=numbers(request, "keep"), take_out=numbers(request, "drop"))
    reading = draft.read()
    return reading, as_text(reading, draft.raw)


def numbers(request: MemberRequest, name: str) -> set[int]:
    """The numbers of the lines that were ticked."""
    return {int(value) for value in request.POST.getlist(name) if value.isdecimal() and len(value) < 9}


def lacks_words(form: DetailsForm, text: Text) -> bool:
    """Whether nothing would be left to read; the form then says so."""
    if text.says_something:
        return False
    form.add_error(None, "All of it was taken out as furniture. Put at least one line back.")
    return True


def show(
    request: MemberRequest,
    draft: Draft,
    form: DetailsForm,
    reading: Reading,
    text: Text,
    status: int = 200,
    known: Likeness | None = None,
    against: Against | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "draft": draft,
        "form": form,
        "reading": reading,
        "known": known,
        "against": against,
        "outlook": outlook_of(draft.replaces, text, request.user) if draft.replaces else None,
        "words": text.words,
        "html": without_pictures(blocks_of(text.html).html),
        "most_listed": MOST_LISTED,
        **sorted_lines(reading, draft),
    }
    if not wants_text_alone(request):
        return render(request, "intake/review.html", context, status=status)
    part = render(request, "intake/_text.html", context, status=status)
    if draft.replaces:
        for place in ("outlook", "headed"):
            drawn = render_to_string(f"intake/_{place}.html", context)
            part.write(partials.partial(f"#{place}", SafeString(drawn)))
    return part


def wants_text_alone(request: MemberRequest) -> bool:
    return wants_fragment(request) and request.POST.get("action") == "preview"


def sorted_lines(reading: Reading, draft: Draft) -> dict[str, Any]:
    """The lines that can be put back and those that can be taken out; of very many, those at both ends."""
    kept = set(draft.kept)
    put_back = [line for line in reading.lines if line.number in kept]
    others = [line for line in reading.lines if line.number not in kept]
    taken_out = [line for line in others if not line.shown]
    left_in = [line for line in others if line.shown]
    return {
        "put_back": put_back,
        "taken_out": both_ends(taken_out),
        "taken_out_count": len(taken_out),
        "left_in": both_ends(left_in),
        "left_in_count": len(left_in),
    }


def both_ends(lines: list[Line]) -> list[Line]:
    """The first and the last of them: where a piece ends and its furniture begins."""
    return lines if len(lines) <= 2 * MOST_LISTED else [*lines[:MOST_LISTED], *lines[-MOST_LISTED:]]
