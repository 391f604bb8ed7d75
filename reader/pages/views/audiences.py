"""Who sees a piece, several pieces, or a mark: asked with what each answer means, then done."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from reader.claims.destinations import Destination, destinations
from reader.claims.moving import move_articles, move_highlight
from reader.core.access import may_change, may_read, require_change, signed_in
from reader.core.refusals import Refused
from reader.core.requests import MemberRequest, wants_fragment
from reader.highlights.audiences import Audience
from reader.highlights.marking import WiderThanItsPiece
from reader.highlights.models import Highlight
from reader.library.models import Article
from reader.library.shelving import AddressTaken
from reader.pages.redrawing import answer, open_page
from reader.pages.views.highlights import changeable
from reader.pages.views.marking import readable

#: So many pieces are moved at once.
MOST = 100
NO_LONGER_OFFERED = "This choice is not there for it, or not any more. Choose again who sees it."
TAKEN = "“{article}” cannot go there: “{other}” comes from the same address. Nothing was moved."


class AudienceForm(forms.Form):
    """One of the destinations, and whether the mover's own marks and notes go along where it is a wider one."""

    audience = forms.CharField(required=False)
    along = forms.BooleanField(required=False)

    def __init__(self, data: Any, offered: Sequence[Destination], *, along: bool) -> None:
        super().__init__(data, initial={"along": along})
        self.offered = offered

    @property
    def chosen(self) -> str:
        """The key of what is chosen so far."""
        now = next((one.key for one in self.offered if one.is_now), "")
        return str(self.data.get("audience", "")) if self.is_bound else now

    def clean_audience(self) -> Audience:
        fitting = [one.audience for one in self.offered if one.key == self.cleaned_data["audience"]]
        if not fitting:
            raise forms.ValidationError(NO_LONGER_OFFERED)
        return fitting[0]


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def article(request: MemberRequest, slug: str) -> HttpResponse:
    found = readable(request, slug)
    require_change(request.user, found)
    return move_pieces(request, [found], found.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def articles(request: MemberRequest) -> HttpResponse:
    """Several at once, as they were chosen on the shelf; those that are not the reader's to move stay."""
    asked = request.POST if request.method == "POST" else request.GET
    ids = [int(value) for value in asked.getlist("piece") if value.isdecimal() and len(value) < 19]
    seen = Article.objects.visible_to(request.user).filter(pk__in=ids[:MOST]).order_by("-added_at", "-pk")
    chosen = list(seen.select_related("owner"))
    movable = [one for one in chosen if may_change(request.user, one)]
    staying = [one for one in chosen if one not in movable]
    return move_pieces(request, movable, reverse("articles"), staying, too_many=len(ids) > MOST)


def move_pieces(
    request: MemberRequest,
    pieces: list[Article],
    address: str,
    staying: Sequence[Article] = (),
    *,
    too_many: bool = False,
) -> HttpResponse:
    form = AudienceForm(request.POST or None, destinations(pieces, request.user), along=False)
    if form.is_bound and form.is_valid():
        audience = form.cleaned_data["audience"]
        try:
            move_articles(pieces, audience.visibility, audience.team_id, request.user, along=form.cleaned_data["along"])
        except AddressTaken as taken:
            form.add_error("audience", TAKEN.format(article=taken.article, other=taken.other))
        except Refused as refusal:
            form.add_error("audience", str(refusal))
        else:
            return moved(request, pieces, audience, address)
    context = {
        "form": form,
        "pieces": pieces,
        "staying": staying,
        "most": MOST if too_many else 0,
        "address": address,
        "title": pieces[0].title if len(pieces) == 1 else f"{len(pieces)} pieces",
    }
    return render(request, "pages/audience.html", context, status=422 if form.errors else 200)


def moved(request: MemberRequest, pieces: list[Article], audience: Audience, address: str) -> HttpResponse:
    """Back to the piece at its address of now, where the mover still sees it."""
    what = "The piece is" if len(pieces) == 1 else f"{len(pieces)} pieces are"
    messages.success(request, f"{what} seen by {audience.words} now.")
    if len(pieces) == 1 and address != reverse("articles"):
        address = pieces[0].get_absolute_url() if may_read(request.user, pieces[0]) else reverse("articles")
    return HttpResponseRedirect(address, status=303)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def highlight(request: MemberRequest, pk: int) -> HttpResponse:
    found = changeable(request, pk)
    form = AudienceForm(request.POST or None, destinations([found], request.user), along=True)
    if not (form.is_bound and form.is_valid()):
        return show_mark(request, found, form)
    audience = form.cleaned_data["audience"]
    page = open_page(found.article, request)
    span = page.span_of(found)
    try:
        move_highlight(found, audience.visibility, audience.team_id, request.user, along=form.cleaned_data["along"])
    except WiderThanItsPiece:
        form.add_error("audience", NO_LONGER_OFFERED)
        return show_mark(request, found, form)
    except Refused as refusal:
        form.add_error("audience", str(refusal))
        return show_mark(request, found, form)
    messages.success(request, f"The mark is seen by {audience.words} now.")
    stays = may_read(request.user, found)
    if not wants_fragment(request):
        back = found if stays else found.article
        return HttpResponseRedirect(back.get_absolute_url(), status=303)
    return answer(request, page.redrawn(span))


def show_mark(request: MemberRequest, found: Highlight, form: AudienceForm) -> HttpResponse:
    template = "highlights/moving.html" if wants_fragment(request) else "highlights/moving_page.html"
    status = 422 if form.errors else 200
    return render(request, template, {"highlight": found, "form": form}, status=status)
