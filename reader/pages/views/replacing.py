"""Giving a piece another text."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from reader.core.access import find_or_404, require_change, signed_in
from reader.core.refusals import Refused
from reader.core.requests import MemberRequest, id_in
from reader.intake.against import against, against_newest, asked_upon
from reader.intake.forms import ReplacementForm
from reader.intake.models import Draft
from reader.intake.parcels.awaiting import arrived
from reader.intake.views import hand_in, lacks_words, looked_through, show
from reader.library.models import Article, TextCame

REPLACED = "The piece has its new text. Each mark went where its words went; those that lost their place are listed."


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: MemberRequest, slug: str) -> HttpResponseBase:
    """Takes a new text, or a draft that turned out to be one."""
    article = changeable(request, slug)
    taken = id_in(request.POST, "draft")
    if not taken:
        return hand_in(request, article)
    draft = find_or_404(Draft.objects.filter(owner=request.user, article=None), pk=taken)
    draft.replaces = article
    draft.save(update_fields=["replaces"])
    return HttpResponseRedirect(draft.get_absolute_url(), status=303)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def replacement(request: MemberRequest, slug: str, draft_id: int) -> HttpResponse:
    """Shows what was understood of a new text before it takes the place of the old one."""
    article = changeable(request, slug)
    draft = find_or_404(Draft.objects.filter(owner=request.user, replaces=article), pk=draft_id)
    if draft.article_id:
        return HttpResponseRedirect(article.get_absolute_url(), status=303)
    upon = against(request, article, draft.created_at)
    reading, text = looked_through(request, draft)
    posted = request.method == "POST"
    form = ReplacementForm(request.POST if posted else None, article=article, reading=reading)
    page = partial(show, request, draft, form, reading, text)
    if not posted or request.POST.get("action") == "preview":
        return page(against=upon)
    if not form.is_valid() or lacks_words(form, text):
        return page(status=422, against=upon)
    try:
        draft.replace(article, form.details(), text, request.user, asked_upon(request))
        arrived(article, request.user)
    except TextCame:
        return page(status=409, against=against_newest(request, article))
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return page(status=409, against=upon)
    messages.success(request, REPLACED)
    return HttpResponseRedirect(reverse("revisions", args=[slug]), status=303)


def changeable(request: MemberRequest, slug: str) -> Article:
    article: Article = find_or_404(Article.objects.visible_to(request.user), slug=slug)
    require_change(request.user, article)
    return article
