"""Renaming and merging tags everywhere."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_safe

from reader.core.access import in_realm, realm_of, require_curation, signed_in
from reader.core.markup import fill
from reader.core.paging import Order, page_of, parse_words
from reader.core.refusals import Refused
from reader.core.requests import MemberRequest, wants_fragment
from reader.core.visibility import scope_of
from reader.curation.desk import KINDS, curated
from reader.curation.forms import NameForm
from reader.curation.models import Decision
from reader.curation.rows import audience
from reader.curation.tag_rulings import NameTaken, merge, rename
from reader.curation.views.answering import at_the_desk, in_hand, queue_address
from reader.curation.views.merging import bearers_in_words
from reader.tags.models import KEY_LENGTH, Tag, fold

BY_NAME = Order("key", parse_words)
ROW = '<li><h2 class="row-title"><a href="/desk/tags/{id}/">{name}</a></h2><p class="facts">{audience}</p></li>\n'


@require_safe
@at_the_desk
def tag_list(request: MemberRequest) -> HttpResponse:
    """All the tags that the curator may rename or merge, by name."""
    asked = str(request.GET.get("q", ""))[:100].replace("\x00", "")
    tags: QuerySet[Tag] = Tag.objects.filter(in_realm(*realm_of(request.user))).select_related("team")
    if asked:
        tags = tags.filter(key__contains=fold(asked))
    page = page_of(tags, BY_NAME, request.GET.get("after", ""))
    context = {"page": page, "rows": [tag_row(one) for one in page.rows], "asked": asked}
    return render(request, "curation/_tag_rows.html" if wants_fragment(request) else "curation/tags.html", context)


def tag_row(tag: Tag) -> SafeString:
    team = tag.team.name if tag.team else None
    return fill(ROW, id=tag.pk, name=tag.name, audience=audience(tag.visibility, team))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def tag(request: MemberRequest, pk: int) -> HttpResponseBase:
    """One tag: where it is, and its name."""
    found: Tag = curated(KINDS["tags"], request.user, pk)
    form = NameForm(request.POST) if request.method == "POST" else NameForm(initial={"name": found.name})
    if request.method != "POST":
        return show(request, found, form)
    if not form.is_valid():
        return show(request, found, form, 422)
    try:
        decision = rename(found, form.cleaned_data["name"], request.user)
    except NameTaken as taken:
        return show(request, found, form, 409, namesake=taken.tag)
    except Refused as refused:
        form.add_error("name", str(refused))
        return show(request, found, form, 409)
    return renamed(request, found, decision, f"“{found.name}” is called “{form.cleaned_data['name']}” now, everywhere.")


@require_http_methods(["POST"])
@signed_in
def tag_merging(request: MemberRequest, pk: int) -> HttpResponseBase:
    """Merges a tag into the one of the name that is given, of the same scope."""
    found: Tag = curated(KINDS["tags"], request.user, pk)
    form = NameForm(request.POST, prefix="into")
    if not form.is_valid():
        return show(request, found, NameForm(initial={"name": found.name}), 422, merging=form)
    named = form.cleaned_data["name"]
    into = Tag.objects.filter(scope_of(found), key=fold(named)[:KEY_LENGTH]).first()
    try:
        if into is None:
            raise Refused(f"No tag here is called “{named}”. Rename this one instead.")
        require_curation(request.user, into)
        decision = merge(found, into, request.user)
    except Refused as refused:
        form.add_error("name", str(refused))
        return show(request, found, NameForm(initial={"name": found.name}), 409, merging=form)
    return renamed(request, found, decision, f"“{found.name}” is “{into.name}” now, everywhere.")


def renamed(request: MemberRequest, tag: Tag, decision: Decision, said: str) -> HttpResponse:
    messages.success(request, said, extra_tags=reverse("undoing", args=[decision.pk]))
    return HttpResponseRedirect(queue_address(KINDS["tags"], tag), status=303)


def show(
    request: MemberRequest,
    tag: Tag,
    form: NameForm,
    status: int = 200,
    namesake: Tag | None = None,
    merging: NameForm | None = None,
) -> HttpResponse:
    context = {
        "tag": tag,
        "form": form,
        "namesake": namesake,
        "merging": merging or NameForm(prefix="into"),
        "bearers": bearers_in_words(tag.pk),
        "back": queue_address(KINDS["tags"], tag),
        **in_hand(request, KINDS["tags"], tag.pk),
    }
    context["merging"].fields["name"].label = "The tag that it becomes"
    return render(request, "curation/tag.html", context, status=status)
