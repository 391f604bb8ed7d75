"""What is known of a piece, and its tags."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from reader.core.access import find_or_404, may_change, require_change, signed_in
from reader.core.requests import MemberRequest
from reader.highlights.forms import TagsForm
from reader.library.forms import CorrectionForm
from reader.library.models import Article
from reader.library.shelving import AddressTaken, details_of
from reader.pages.correcting import PredictsThePast, correct, tag_names, tag_scope


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def details(request: MemberRequest, slug: str) -> HttpResponseBase:
    article = readable(request, slug)
    if request.method != "POST":
        return show(request, article)
    require_change(request.user, article)
    form = CorrectionForm(request.POST, known=details_of(article))
    tags_form = shown_before(TagsForm(request.POST))
    if not (form.is_valid() and tags_form.is_valid()):
        return show(request, article, form, tags_form)
    is_left = "initial-tags" in request.POST and not tags_form.has_changed()
    tags = tags_form.cleaned_data["tags"] if "tags" in request.POST and not is_left else None
    try:
        correct(article, form.details(), request.user, tags)
    except AddressTaken:
        form.add_error("canonical_url", "Another piece here comes from this address.")
        return show(request, article, form, tags_form)
    except PredictsThePast as problem:
        claim = problem.statement.claim
        form.add_error("published", f"The claim “{claim}” would have been over by then: {claim.window_in_words}.")
        return show(request, article, form, tags_form)
    messages.success(request, "The details are saved.")
    return HttpResponseRedirect(article.get_absolute_url(), status=303)


@require_POST
@signed_in
def tags(request: MemberRequest, slug: str) -> HttpResponseBase:
    article = readable(request, slug)
    form = TagsForm(request.POST)
    if not form.is_valid():
        return show(request, article, tags_form=form)
    article.label(form.cleaned_data["tags"], request.user, tag_scope(article, request.user))
    messages.success(request, "The tags are saved.")
    return HttpResponseRedirect(article.get_absolute_url(), status=303)


def readable(request: MemberRequest, slug: str) -> Article:
    found: Article = find_or_404(Article.objects.visible_to(request.user).select_related("publication"), slug=slug)
    return found


def shown_before(form: TagsForm) -> TagsForm:
    """The form, bringing along what it showed."""
    form.fields["tags"].show_hidden_initial = True
    return form


def show(
    request: MemberRequest, article: Article, form: CorrectionForm | None = None, tags_form: TagsForm | None = None
) -> HttpResponse:
    scope = tag_scope(article, request.user)
    context = {
        "article": article,
        "may_change": may_change(request.user, article),
        "form": form or CorrectionForm(known=details_of(article)),
        "tags_form": tags_form or shown_before(TagsForm(initial={"tags": ", ".join(tag_names(article, scope))})),
    }
    return render(request, "pages/details.html", context, status=422 if form or tags_form else 200)
