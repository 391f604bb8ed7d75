"""Answers to what is suggested in the gutter: that it is no prediction, and that it may be one after all."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from reader.core.access import require_annotation, signed_in
from reader.core.markup import NOTHING
from reader.core.requests import MemberRequest, wants_fragment
from reader.foresight.answering import take_back, wave_away
from reader.library.models import Article
from reader.pages.forms import SuggestionForm
from reader.pages.redrawing import answer, open_page, partial
from reader.pages.views.marking import readable


@require_POST
@signed_in
def dismissal(request: MemberRequest, slug: str) -> HttpResponse:
    """The sentence is no prediction, in this reader's eyes: it is not suggested to them again."""
    article = readable(request, slug)
    require_annotation(request.user, article)
    form = SuggestionForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=422)
    key = form.cleaned_data["suggestion"]
    suggestion = wave_away(article, key, request.user)
    undo = f"{reverse('suggestion-restoration', args=[slug])}?suggestion={key}"
    messages.success(request, "This is not suggested to you again.", extra_tags=undo)
    return gutter_again(request, article, (suggestion.by_chance, suggestion.rank))


@require_POST
@signed_in
def restoration(request: MemberRequest, slug: str) -> HttpResponse:
    article = readable(request, slug)
    require_annotation(request.user, article)
    form = SuggestionForm(request.GET)  # an Undo has the sentence in its address
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=422)
    take_back(article, form.cleaned_data["suggestion"], request.user)
    return gutter_again(request, article)


def gutter_again(request: MemberRequest, article: Article, focus_from: tuple[bool, int] | None = None) -> HttpResponse:
    if not wants_fragment(request):
        return HttpResponseRedirect(article.get_absolute_url(), status=303)
    drawn = open_page(article, request).gutter(focus_from)
    return answer(request, drawn, partial("#composer", NOTHING))
