"""Giving a piece another text."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from reader.core.access import find_or_404, require_change, signed_in
from reader.core.blocks import blocks_of
from reader.core.refusals import Refused
from reader.core.requests import MemberRequest, id_in, wants_fragment
from reader.highlights.outlook import losing, outlook_of
from reader.intake.against import Against, against, against_newest, asked_upon, newest_of
from reader.intake.forms import ReplacementForm
from reader.intake.models import Draft
from reader.intake.parcels.awaiting import arrived
from reader.intake.pictures import without_pictures
from reader.intake.views import hand_in, lacks_words, looked_through, show
from reader.library.models import Article, Revision
from reader.library.refusals import TextCame
from reader.library.restoring import details_with, restore, text_again
from reader.pages.carried_marks import marks_in
from reader.pages.lost_marks import lost_by
from reader.pages.revision_queries import versions_of

REPLACED = "The piece has its new text."
RENAMED = " It is called “{title}” now."
RESTORED = "The piece has this text again."
CHANGED_SINCE = "The piece has another text than that by now, so it is left as it is."
ALL_PLACED = "{said} Each mark went where its words went."
CHANGED = "{said} Each mark has its place; {changed}."
STILL_LOST = '{said} {count} mark{s} {are} still without a place: <a href="{url}">see {them}</a>'
LOST = '{said} {count} mark{s} lost {whose} place: <a href="{url}">see {them}</a>'


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
    was_called = article.title
    try:
        made = draft.replace(article, form.details(), text, request.user, asked_upon(request))
        arrived(article, request.user)
    except TextCame:
        return page(status=409, against=against_newest(request, article))
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return page(status=409, against=upon)
    renamed = RENAMED.format(title=article.title) if article.title != was_called else ""
    return done(request, article, made, REPLACED + renamed)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def restoration(request: MemberRequest, slug: str, number: int) -> HttpResponse:
    """Shows an older text before it takes the place of the newest again."""
    article = changeable(request, slug)
    old = find_or_404(article.revisions.all(), number=number)
    if newest_of(article).number == number:
        return HttpResponseRedirect(article.get_absolute_url(), status=303)
    if request.method != "POST":
        return show_old(request, article, old, against(request, article))
    try:
        made = restore(article, old, request.user, asked_upon(request) or 0)
    except TextCame:
        return show_old(request, article, old, against_newest(request, article), status=409)
    except Refused as refusal:
        return show_old(request, article, old, against(request, article), str(refusal), 409)
    return done(request, article, made, RESTORED)


@signed_in
@require_POST
def undoing(request: MemberRequest, slug: str, number: int) -> HttpResponse:
    """Gives a piece the text back that it had before this one; where marks would lose their place, after a look."""
    article = changeable(request, slug)
    find_or_404(article.revisions.all(), number=number)
    old = article.revisions.filter(number=number - 1).first()
    if old and newest_of(article).number == number and losing(article, text_again(old), request.user):
        return lead_to(request, reverse("revision-restoration", args=[slug, old.number]))
    try:
        if old is None:
            raise TextCame
        made = restore(article, old, request.user, number)
    except Refused:
        messages.error(request, CHANGED_SINCE)
        return lead_to(request, reverse("revisions", args=[slug]))
    return done(request, article, made, RESTORED)


def show_old(
    request: MemberRequest, article: Article, old: Revision, upon: Against, refused: str = "", status: int = 200
) -> HttpResponse:
    details = details_with(article, old.number)
    context = {
        "article": article,
        "version": next(one for one in versions_of(article) if one.number == old.number),
        "newest": newest_of(article).number,
        "against": upon,
        "refused": refused,
        "outlook": outlook_of(article, text_again(old), request.user),
        "title_again": details.title if details.title != article.title else "",
        "is_preview_again": details.truncated and not article.truncated,
        "html": without_pictures(blocks_of(old.html).html),
    }
    return render(request, "revisions/restoration.html", context, status=status)


def done(request: MemberRequest, article: Article, made: Revision | None, said: str) -> HttpResponse:
    if made:
        undo = reverse("revision-undoing", args=[article.slug, made.number])
        messages.success(request, with_marks(said, made, request), extra_tags=undo)
    return lead_to(request, reverse("revisions", args=[article.slug]))


def with_marks(said: str, made: Revision, request: MemberRequest) -> str:
    """What is said of a new text, with what became of the marks that the reader sees: the gravest of it."""
    marks = marks_in(made, request.user)
    if marks is None:
        return said
    url = reverse("lost-marks", args=[made.article.slug])
    if count := lost_by(made, request.user):
        s, whose, them = ("", "its", "it") if count == 1 else ("s", "their", "them")
        return format_html(LOST, said=said, count=count, s=s, whose=whose, them=them, url=url)
    if count := marks.orphaned:
        s, are, them = ("", "is", "it") if count == 1 else ("s", "are", "them")
        return format_html(STILL_LOST, said=said, count=count, s=s, are=are, them=them, url=url)
    if changed := marks.changed_in_words:
        return CHANGED.format(said=said, changed=", ".join(changed))
    return ALL_PLACED.format(said=said)


def lead_to(request: MemberRequest, address: str) -> HttpResponse:
    """A page, also where the notice that offers the undoing asked for a part of one."""
    if wants_fragment(request):
        return HttpResponseClientRedirect(address)
    return HttpResponseRedirect(address, status=303)


def changeable(request: MemberRequest, slug: str) -> Article:
    article: Article = find_or_404(Article.objects.visible_to(request.user), slug=slug)
    require_change(request.user, article)
    return article
