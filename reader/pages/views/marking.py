"""Marking a passage: the composer, and what it saves."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from reader.claims.antecedents import AntecedentForm
from reader.claims.finding import made_here
from reader.claims.forms import KnownForm, ProposalForm
from reader.claims.models import Claim
from reader.claims.timing import is_doubtful
from reader.core.access import signed_in
from reader.core.limits import TooMany
from reader.core.markup import NOTHING
from reader.core.refusals import Refused
from reader.core.requests import MemberRequest, Request, id_in, wants_fragment, wants_json
from reader.foresight.queries import suggested_key
from reader.highlights.audiences import audience_of, in_words, usual_audience
from reader.highlights.forms import NOT_FOR_THEM, HighlightForm, PassageForm, PlaceForm
from reader.highlights.marking import Gone, NoSuchPassage, Passage, WiderThanItsPiece, places_of
from reader.highlights.models import Highlight, Kind
from reader.highlights.narrowing import read_narrowing
from reader.highlights.queries import markers_in, passages_after, tags_in
from reader.highlights.wording import same_words
from reader.library.models import Article, Revision
from reader.library.queries import find_article, newest_revision
from reader.pages.cards import handful
from reader.pages.composing import Entry, MadeMeanwhile, TooManyTags, enter, find_passage
from reader.pages.lost_marks import address_in_list
from reader.pages.reading_queries import layout_of_opening, open_article, seen_event
from reader.pages.redrawing import (
    NOWHERE,
    OpenPage,
    answer,
    page_with,
    partial,
    shown_text,
    shows_another_text,
    span_in,
)
from reader.pages.together_form import proposal_form

HIDDEN = " It is not among the marks that you are looking at."
IN_THE_NEW_ONE = " The text was changed since you opened it; the mark is in the new one, too"
ELSEWHERE = " It is in a text that came since you opened this one."
LISTED = " Its words are not in the newest text: there it is listed among the marks that have lost their place."


@require_http_methods(["GET", "HEAD", "POST"])
def highlights(request: Request, slug: str) -> HttpResponseBase:
    """The marks of a piece: more of their cards, or a new one."""
    return new_highlight(request, slug) if request.method == "POST" else more_cards(request, slug)


def more_cards(request: Request, slug: str) -> HttpResponseBase:
    opening = open_article(request.user, slug)
    after = id_in(request.GET, "after")
    narrowing = read_narrowing(request.GET)
    narrowed = narrowing.condition(opening.article.pk, request.user)
    if opening.article.revised_at and (text := shown_text(opening.article, request)):
        opening = opening._replace(revision_id=text.pk)
    passages = passages_after(opening.revision_id, request.user, after, narrowed)
    layout = layout_of_opening(opening, request.user) if opening.article.revised_at else None
    is_part, today = wants_fragment(request), timezone.localdate()
    shown = handful(slug, passages, request.user, today, layout, narrowing, after, folded=is_part)
    if is_part:
        return HttpResponse(shown)
    return render(request, "highlights/list.html", {"article": opening.article, "cards": shown})


@require_safe
def filters(request: Request, slug: str) -> HttpResponseBase:
    """The choice of marks that the piece is opened with."""
    article = readable(request, slug)
    revision = newest_revision(article.pk).pk
    seen = seen_event(article, request.user)
    context = {
        "article": article,
        "narrowing": read_narrowing(request.GET),
        "people": markers_in(revision, request.user),
        "kinds": Kind.choices,
        "tags": tags_in(revision, request.user),
        "seen": seen,
    }
    template = "highlights/filters.html" if wants_fragment(request) else "highlights/filters_page.html"
    return render(request, template, context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def composer(request: MemberRequest, slug: str) -> HttpResponse:
    """What to say of some words. Saves nothing; words too long for an address come by POST."""
    article = readable(request, slug)
    given = request.POST if request.method == "POST" else request.GET
    asked = PassageForm(with_words(given, article) if given.keys() & PassageForm.base_fields.keys() else None)
    if not asked.is_bound:
        return ask_for_words(request, article, asked)
    try:
        passage, is_gone = passage_of(article, asked), False
    except Gone as gone:
        passage, is_gone = gone.passage, True
    except NoSuchPassage as problem:
        asked.add_error("exact", str(problem))
        return ask_for_words(request, article, asked)
    places = [] if wants_fragment(request) or asked.cleaned_data["start"] is not None else places_of(passage)
    if len(places) > 1:
        context = {
            "article": article,
            "passage": passage,
            "places": places,
            "kind": given.get("kind", ""),
            "known": claim_in(given, request),
        }
        return render(request, "highlights/places_page.html", context)
    here = made_here(request.user, passage.revision.pk, passage.start, passage.end)
    asked_for = {"known": id_in(given, "known"), "q": given.get("q", ""), "made_here": here}
    known = known_to(request, passage.exact, initial=asked_for)
    stated = known.chosen
    visibility, team = audience_of(stated, article, request.user) if stated else usual_audience(article, request.user)
    kind = given.get("kind", "")
    initial = {
        "revision": passage.revision.pk,
        "start": passage.start,
        "end": passage.end,
        "exact": passage.exact,
        "kind": kind if kind in Kind.values else Kind.HIGHLIGHT,
        "visibility": visibility,
        "team": team,
    }
    form = HighlightForm(article=article, reader=request.user, initial=initial)
    form.is_gone = is_gone
    proposal = proposal_form(passage.exact, article)
    suggested = suggested_key(passage.revision.pk, (passage.start, passage.end))
    return compose(request, article, form, proposal, known=known, suggested=suggested)


def known_to(request: MemberRequest, exact: str, data: QueryDict | None = None, **options: Any) -> KnownForm:
    return KnownForm(data, reader=request.user, quote=exact, **options)


def claim_in(asked: QueryDict, request: MemberRequest) -> Claim | None:
    """The claim that the words are to state again, if the reader may add to it."""
    return known_to(request, "", initial={"known": id_in(asked, "known")}).chosen


def antecedent_of(request: MemberRequest, article: Article, exact: str) -> AntecedentForm:
    """On which claim a new one depends; what is sent of another kind of mark says nothing of that."""
    sent = request.POST if request.method == "POST" and "depends_on" in request.POST else None
    return AntecedentForm(sent or {}, reader=request.user, quote=exact, article=article)


def with_words(asked: QueryDict, article: Article) -> QueryDict:
    """The question with the words it is about: a long passage comes by its place alone, since no address holds it."""
    place = PlaceForm(asked)
    if "exact" in asked or not place.is_valid():
        return asked
    said = place.cleaned_data
    text = article.revisions.filter(pk=said["revision"]).values_list("text", flat=True).first() or ""
    asked = asked.copy()
    asked["exact"] = text[said["start"] : said["end"]]
    return asked


@signed_in
def new_highlight(request: MemberRequest, slug: str) -> HttpResponse:
    article = readable(request, slug)
    form = HighlightForm(request.POST, article=article, reader=request.user)
    passage, status = None, 422
    if form.is_valid():
        try:
            passage = passage_to_mark(article, form)
        except NoSuchPassage as problem:
            status = 409
            say_not_there(form, problem)
    proposal = proposal_for(request, article, passage, form)
    known = known_to(request, form.data.get("exact", ""), request.POST) if proposal else None
    antecedent = antecedent_of(request, article, form.data.get("exact", "") if proposal else "")
    if passage is None or not all(one.is_valid() for one in (proposal, known, antecedent) if one):
        return refuse(request, article, form, proposal, status, known)
    entry = Entry(
        passage=passage,
        kind=form.cleaned_data["kind"],
        audience=form.cleaned_data["audience"],
        tags=form.cleaned_data["tags"],
        note=form.cleaned_data["note"],
        proposal=proposal.proposal() if proposal else None,
        known=known.chosen if known else None,
        updates=known.updates if known else False,
        antecedent=antecedent.chosen,
        holds_if=antecedent.holds_if,
        supposed=antecedent.supposed,
        seen_here=known.seen_here if known else None,
        placeless=form.cleaned_data["placeless"],
    )
    try:
        return saved(request, passage, *enter(entry, article, request.user))
    except NoSuchPassage as problem:  # somebody has changed the text in this moment
        say_not_there(form, problem)
        return refuse(request, article, form, proposal, 409, known)
    except WiderThanItsPiece:  # somebody has narrowed the piece in this moment
        form = HighlightForm(request.POST, article=readable(request, slug), reader=request.user)
        form.add_error("visibility", NOT_FOR_THEM)
        return refuse(request, article, form, proposal, 422, known)
    except Refused as refusal:  # of a claim that was chosen
        form.add_error(None, str(refusal))
        return refuse(request, article, form, proposal, 422, known)
    except MadeMeanwhile as meanwhile:
        offered = known.offering(meanwhile.claim, str(meanwhile)) if known else None
        return refuse(request, article, form, proposal, 422, offered)
    except TooManyTags as too_many_tags:
        form.add_error("tags", str(too_many_tags))
        return refuse(request, article, form, proposal, 422, known)
    except TooMany as too_many:
        form.add_error(None, str(too_many))
        return too_many.on(refuse(request, article, form, proposal, 429, known))


def passage_to_mark(article: Article, form: HighlightForm) -> Passage:
    """The passage that is named, also one that is gone, where it is to be kept without a place.

    Raises:
        NoSuchPassage: there is none.
    """
    try:
        return passage_of(article, form)
    except Gone as gone:
        if form.cleaned_data["placeless"]:
            return gone.passage
        raise


def say_not_there(form: HighlightForm, problem: NoSuchPassage) -> None:
    form.is_gone = isinstance(problem, Gone)
    form.add_error("exact", f"{problem} Nothing was saved; what you wrote is still here.")


def proposal_for(
    request: MemberRequest, article: Article, passage: Passage | None, form: HighlightForm
) -> ProposalForm | None:
    if request.POST.get("kind") != Kind.PREDICTION:
        return None
    exact = passage.exact if passage else form.data.get("exact", "")
    return proposal_form(exact, article, request.POST)


def saved(request: MemberRequest, passage: Passage, highlight: Highlight, is_new: bool) -> HttpResponse:  # noqa: FBT001  (says what `enter` gave)
    if wants_json(request):
        found = {"id": highlight.pk, "url": highlight.get_absolute_url()}
        return JsonResponse(found, status=201 if is_new else 200)
    newest = newest_revision(highlight.article_id)
    page = page_with(passage.revision, highlight.article, request, is_old=passage.revision.pk != newest.pk)
    span = (passage.start, passage.end)
    there = span_in(newest, highlight) if page.is_old else span
    is_drawn = not (wants_fragment(request) and shows_another_text(request, page))
    hidden = HIDDEN if page.hides(highlight.pk, span) else ""
    say_saved(request, highlight, hidden + since_opened(page, newest, passage, there, is_drawn=is_drawn), is_new=is_new)
    if not wants_fragment(request):
        address = address_in_list(highlight) if there == NOWHERE else highlight.get_absolute_url()
        return HttpResponseRedirect(address, status=303)
    if not is_drawn:
        return answer(request, partial("#composer", NOTHING))
    between = page.cards_up_to(highlight.pk, id_in(request.POST, "loaded"))
    return answer(request, between, page.redrawn(span), partial("#composer", NOTHING))


def since_opened(page: OpenPage, newest: Revision, passage: Passage, there: tuple[int, int], *, is_drawn: bool) -> str:
    """What there is to say of a text that came since the reader opened theirs; `there` is the mark's place in it."""
    if there == NOWHERE:
        return LISTED
    if page.is_old:
        stays = same_words(passage.exact, newest.text[slice(*there)])
        return IN_THE_NEW_ONE + ("." if stays else ", with other words there.")
    return "" if is_drawn else ELSEWHERE


def say_saved(request: MemberRequest, highlight: Highlight, more: str, *, is_new: bool) -> None:
    seen_by = in_words(highlight.visibility, highlight.team.name if highlight.team else None)
    said = (
        f"{Kind(highlight.kind).label} saved for {seen_by}."
        if is_new
        else "You had marked this already; what was new is added."
    )
    undo = reverse("highlight-deletion", args=[highlight.pk]) if is_new else ""
    messages.success(request, said + more, extra_tags=undo)


def refuse(
    request: MemberRequest,
    article: Article,
    form: HighlightForm,
    proposal: ProposalForm | None,
    status: int,
    known: KnownForm | None = None,
) -> HttpResponse:
    exact = form.data.get("exact", "")
    if wants_json(request):
        errors = {**form.errors, **(proposal.errors if proposal else {}), **(known.errors if known else {})}
        return JsonResponse({"errors": errors}, status=status)
    if proposal is None:
        proposal = proposal_form(exact, article)
    return compose(request, article, form, proposal, known=known or known_to(request, exact), status=status)


def compose(
    request: MemberRequest,
    article: Article,
    form: HighlightForm,
    proposal: ProposalForm,
    *,
    known: KnownForm,
    status: int = 200,
    suggested: str = "",
) -> HttpResponse:
    context: dict[str, Any] = {
        "suggested": suggested,
        "article": article,
        "form": form,
        "proposal": proposal,
        "known": known,
        "antecedent": antecedent_of(request, article, form["exact"].value() or ""),
        "is_doubtful": is_doubtful(article),
    }
    return fill_composer(request, "composer", context, status)


def fill_composer(request: MemberRequest, template: str, context: dict[str, Any], status: int) -> HttpResponse:
    """A form for the composer of the open page, or on a page of its own."""
    if not wants_fragment(request):
        return render(request, f"highlights/{template}_page.html", context, status=status)
    response = render(request, f"highlights/{template}.html", context, status=status)
    response.headers["HX-Retarget"] = "#composer"
    response.headers["HX-Reswap"] = "innerHTML"
    return response


def ask_for_words(request: MemberRequest, article: Article, form: Form) -> HttpResponse:
    status = 409 if form.errors else 200
    asked = request.POST or request.GET
    context = {"article": article, "form": form, "kind": asked.get("kind", ""), "known": claim_in(asked, request)}
    return fill_composer(request, "words", context, status)


def passage_of(article: Article, form: Form, near: int = 0) -> Passage:
    """The passage that a valid form names; words without offsets that occur more than once, where nearest to `near`.

    Raises:
        NoSuchPassage: there is none.
    """
    if not form.is_valid():
        raise NoSuchPassage("Say which words to mark.")
    said = form.cleaned_data
    return find_passage(article, said["revision"], said["exact"], said["start"], said["end"], near)


def readable(request: Request, slug: str) -> Article:
    return find_article(request.user, slug)
