"""The shelf, and what a person or a publication has on it."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reader.claims.queries import Filters, claims_page
from reader.claims.rows import ledger_rows
from reader.core.access import find_or_404
from reader.core.requests import Request, wants_fragment
from reader.library.models import Person, Publication, Reading
from reader.pages.shelf import SORT_NAMES, ShelfFilters, shelf_page
from reader.pages.shelf_rows import shelf_rows
from reader.reports.record_queries import Subject
from reader.reports.sections import section_of
from reader.tags.models import Tag

#: Without a state the shelf shows all but the archive.
STATES = [("", "On the shelf"), *Reading.State.choices]


class ShelfForm(forms.Form):
    """What the shelf is narrowed to; lives in the address."""

    state = forms.ChoiceField(choices=STATES, required=False)
    q = forms.CharField(max_length=200, required=False, label="Search titles")
    tag = forms.CharField(max_length=100, required=False)
    author = forms.CharField(max_length=200, required=False)
    publication = forms.CharField(max_length=200, required=False)
    sort = forms.ChoiceField(choices=list(SORT_NAMES.items()), required=False)

    def filters(self) -> ShelfFilters:
        """What was understood; a word that is none of ours narrows nothing."""
        self.is_valid()
        return ShelfFilters(**{name: value for name, value in self.cleaned_data.items() if value})


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
    someone = find_or_404(Person.objects.visible_to(request.user), slug=slug)
    return profile(request, someone, ShelfFilters(author=slug), Filters(speaker=slug))


@require_safe
def publication(request: Request, slug: str) -> HttpResponse:
    series = find_or_404(Publication.objects.visible_to(request.user), slug=slug)
    return profile(request, series, ShelfFilters(publication=slug), Filters(publication=slug))


@require_safe
def tag(request: Request, slug: str) -> HttpResponse:
    label = find_or_404(Tag.objects.visible_to(request.user), slug=slug)
    return profile(request, label, ShelfFilters(tag=label.name), Filters(tag=label.name))


#: So many pieces and claims stand beneath a record; a link leads to all.
FIRST = 12
#: What narrows the shelf, and the ledger, to somebody or something.
NARROWING: dict[type[Model], tuple[str, str]] = {
    Person: ("author", "speaker"),
    Publication: ("publication", "publication"),
    Tag: ("tag", "tag"),
}


def profile(request: Request, subject: Subject, shelved: ShelfFilters, said: Filters) -> HttpResponse:
    """A track record, and the first pieces and claims, with the way to all of them."""
    today = timezone.localdate()
    pieces = shelf_page(request.user, shelved, "")
    claims = claims_page(request.user, said, "", today)
    on_shelf, in_ledger = NARROWING[type(subject)]
    context = {
        "subject": subject,
        "is_tag": isinstance(subject, Tag),
        "section": section_of(request.user, subject, request.GET, today),
        "articles": shelf_rows(pieces.rows[:FIRST], request.user),
        "all_articles": urlencode({on_shelf: getattr(shelved, on_shelf)}) if len(pieces.rows) > FIRST else "",
        "claims": ledger_rows(claims.rows[:FIRST], request.user, today),
        "all_claims": urlencode({in_ledger: getattr(said, in_ledger)}) if len(claims.rows) > FIRST else "",
    }
    return render(request, "pages/profile.html", context)
