"""The shelf, and what a person or a publication has on it."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reader.claims.rows import ledger_rows
from reader.core.access import find_or_404, may_curate
from reader.core.requests import Request, wants_fragment
from reader.library.identifying import account_in_words, identification_of
from reader.library.models import Person, Publication
from reader.pages.firsts import first_claims, first_pieces
from reader.pages.shelf import SORT_NAMES, shelf_page
from reader.pages.shelf_form import STATES, ShelfForm
from reader.pages.shelf_rows import shelf_rows
from reader.reports.record_queries import Subject
from reader.reports.sections import section_of
from reader.tags.models import Tag


@require_safe
def shelf(request: Request) -> HttpResponse:
    form = ShelfForm(request.GET)
    filters = form.filters()
    page = shelf_page(request.user, filters, request.GET.get("after", ""))
    context = {
        "rows": shelf_rows(page.rows, request.user, choose=choosing(request)),
        "next": page.next,
        "choosing": choosing(request),
        "choose_query": query_without(request, "after", "choose"),
        "form": form,
        "filters": filters,
        "states": state_links(request),
        "sorts": SORT_NAMES.items(),
        "query": query_without(request, "after"),
        "narrowed": any(request.GET.get(name) for name in ("state", "q", "tag", "author", "publication")),
    }
    return render(request, "pages/_shelf_rows.html" if wants_fragment(request) else "pages/shelf.html", context)


def choosing(request: Request) -> bool:
    """Whether the reader is choosing several pieces, to say who sees them."""
    return request.user.is_authenticated and request.GET.get("choose") == "1"


def state_links(request: Request) -> list[dict[str, Any]]:
    """A link for each state that keeps the other filters; a stranger has read nothing yet."""
    if not request.user.is_authenticated:
        return []
    chosen = request.GET.get("state", "")
    kept = query_without(request, "after", "state")
    return [
        {
            "label": label,
            "query": "&".join(filter(None, [kept, f"state={value}" if value else ""])),
            "current": value == chosen,
        }
        for value, label in STATES
    ]


def query_without(request: Request, *names: str) -> str:
    parameters = request.GET.copy()
    for name in names:
        parameters.pop(name, None)
    return parameters.urlencode()


@require_safe
def person(request: Request, slug: str) -> HttpResponse:
    return profile(request, find_or_404(Person.objects.visible_to(request.user), slug=slug))


@require_safe
def publication(request: Request, slug: str) -> HttpResponse:
    return profile(request, find_or_404(Publication.objects.visible_to(request.user), slug=slug))


@require_safe
def tag(request: Request, slug: str) -> HttpResponse:
    return profile(request, find_or_404(Tag.objects.visible_to(request.user), slug=slug))


#: What narrows the shelf, and the ledger, to somebody or something.
NARROWING: dict[type[Model], tuple[str, str]] = {
    Person: ("author", "speaker"),
    Publication: ("publication", "publication"),
    Tag: ("tag", "tag"),
}


def profile(request: Request, subject: Subject) -> HttpResponse:
    """A track record, and the first claims and pieces, with the way to all of them."""
    today = timezone.localdate()
    claims, more_claims = first_claims(request.user, subject)
    pieces, more_pieces = first_pieces(request.user, subject)
    on_shelf, in_ledger = NARROWING[type(subject)]
    name = subject.name if isinstance(subject, Tag) else subject.slug
    context = {
        "subject": subject,
        "is_tag": isinstance(subject, Tag),
        "section": section_of(request.user, subject, request.GET, today),
        "articles": shelf_rows(pieces, request.user),
        "all_articles": urlencode({on_shelf: name}) if more_pieces else "",
        "claims": ledger_rows(claims, request.user, today),
        "all_claims": urlencode({in_ledger: name}) if more_claims else "",
    }
    if isinstance(subject, Person) and request.user.is_authenticated and may_curate(request.user, subject):
        context |= {"identifies": True, "account": account_in_words(identification_of(subject), subject, request.user)}
    return render(request, "pages/profile.html", context)
