"""The texts of a piece: their history, one of them, and two beside each other."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from reader.core.access import find_or_404, may_change
from reader.core.blocks import layout_of
from reader.core.requests import Request, id_in
from reader.highlights.models import Anchor
from reader.highlights.queries import highlights_for, marks_in
from reader.highlights.rendering import render_article
from reader.intake.images.queries import with_images
from reader.library.models import Article, Revision
from reader.pages.comparison import Comparison, Side
from reader.pages.forms import TwoTextsForm
from reader.pages.revision_queries import Version, history_of, text_of, versions_of


@require_safe
def history(request: Request, slug: str) -> HttpResponse:
    return show_history(request, readable(request, slug))


def show_history(
    request: Request, article: Article, form: TwoTextsForm | None = None, status: int = 200
) -> HttpResponse:
    versions = history_of(article, request.user)
    context = {
        "article": article,
        "versions": versions,
        "may_change": may_change(request.user, article),
        "form": form or TwoTextsForm(versions=versions),
    }
    return render(request, "revisions/history.html", context, status=status)


@require_safe
def revision(request: Request, slug: str, number: int) -> HttpResponse:
    """One of the older texts, with the marks that it had."""
    article = readable(request, slug)
    text = text_of(article, number)
    version = numbered(versions_of(article))[number]
    if version.is_newest:
        return HttpResponseRedirect(article.get_absolute_url(), status=303)
    side = side_of(text, article, request)
    body = SafeString(render_article(side.layout, side.marks))
    context = {"article": article, "version": version, "body": body, "may_change": may_change(request.user, article)}
    return render(request, "revisions/text.html", context)


@require_safe
def comparison(request: Request, slug: str, number: int) -> HttpResponse:
    """What became of an older text in this one; of the one before, unless another is asked for."""
    article = readable(request, slug)
    old, new = text_of(article, before(request, number)), text_of(article, number)
    versions = numbered(versions_of(article))
    found = Comparison(side_of(old, article, request), side_of(new, article, request), id_in(request.GET, "mark"))
    context = {
        "article": article,
        "old": versions[old.number],
        "new": versions[new.number],
        "comparison": found,
        "is_the_same": old.sha256 == new.sha256,
        "view": "inline" if request.GET.get("view") == "inline" else "side",
        "side_query": urlencode({"from": old.number}),
        "inline_query": urlencode({"from": old.number, "view": "inline"}),
    }
    return render(request, "revisions/comparison.html", context)


@require_safe
def chosen_comparison(request: Request, slug: str) -> HttpResponse:
    """Leads to the comparison of any two texts, the older one first; asked for none, back to where they are chosen."""
    article = readable(request, slug)
    if not request.GET:
        return HttpResponseRedirect(reverse("revisions", args=[slug]), status=303)
    form = TwoTextsForm(request.GET, versions=versions_of(article))
    if not form.is_valid():
        return show_history(request, article, form, 422)
    old, new = sorted([form.cleaned_data["old"], form.cleaned_data["new"]])
    return HttpResponseRedirect(f"{reverse('comparison', args=[slug, new])}?from={old}", status=303)


def before(request: Request, number: int) -> int:
    """The number of the text that this one is compared to.

    Raises:
        Http404: there is nothing before the first.
    """
    asked = id_in(request.GET, "from") or number - 1
    if not 0 < asked < number:
        raise Http404
    return asked


def side_of(text: Revision, article: Article, request: Request) -> Side:
    drawn = with_images(text.sha256, text.html, article.pk, article.slug)
    return Side(layout_of(*drawn), marks_in(text.pk, request.user))


def numbered(versions: list[Version]) -> dict[int, Version]:
    return {one.number: one for one in versions}


@require_safe
def rewording(request: Request, pk: int) -> HttpResponse:
    """What became of the words of a mark: the text in which they were marked beside the newest, opened there."""
    mark = find_or_404(highlights_for(request.user).filter(deleted_at=None), pk=pk)
    numbers = list(Revision.objects.filter(article=mark.article_id).order_by("number").values_list("number", flat=True))
    made = Anchor.objects.filter(highlight=mark).order_by("revision__number").values_list("revision__number", flat=True)
    first = made[0] if made else numbers[-1]
    if first == numbers[-1]:
        return HttpResponseRedirect(mark.get_absolute_url(), status=303)
    address = reverse("comparison", args=[mark.article.slug, numbers[-1]])
    return HttpResponseRedirect(f"{address}?from={first}&mark={pk}#mark", status=303)


def readable(request: Request, slug: str) -> Any:
    return find_or_404(Article.objects.visible_to(request.user), slug=slug)
