"""Hits as they are shown, and what they can be narrowed to."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.safestring import SafeString

from reader.core.markup import NOTHING, fill, together
from reader.core.visibility import Visibility
from reader.search.documents import Hit
from reader.search.language import Query
from reader.search.queries import Facet, Row
from reader.search.snippets import snippet, whole
from reader.templatetags.forecite import icon, pencil

SPACE = SafeString(" ")


ROW = """<li class="search-row" data-kind="{kind}">
<h2 class="row-title{quote}">{pencil}<a href="{address}">{title}</a></h2>
{snippet}<p class="facts">{facts}{seen_by}</p>
</li>
"""
SNIPPET = '<p class="search-snippet">{words}</p>\n'
FACT = "<span>{words}</span>"
SEEN_BY = '<span class="seen-by">{icon}{words}</span>'


def shown(hits: Sequence[tuple[Row, Hit]], query: Query) -> list[SafeString]:
    """A line for each hit: what it is called or says, where the words stand in it, and who it is for."""
    return [
        fill(
            ROW,
            kind=row.kind,
            quote=" is-quote" if hit.is_quote else "",
            pencil=together([pencil(hit.pencil), SPACE]) if hit.pencil else NOTHING,
            address=hit.address,
            title=snippet(hit.title, query) if hit.is_quote else whole(hit.title, query),
            snippet=fill(SNIPPET, words=snippet(hit.text, query)) if hit.text and not hit.is_quote else NOTHING,
            facts=together([fill(FACT, words=fact) for fact in hit.facts]),
            seen_by=seen_by(hit.visibility),
        )
        for row, hit in hits
    ]


def seen_by(visibility: str) -> SafeString:
    """Who sees it, where that is not everyone: what a search shows should not be taken for public."""
    match visibility:
        case Visibility.PRIVATE:
            return fill(SEEN_BY, icon=icon("lock"), words="Only you")
        case Visibility.TEAM:
            return fill(SEEN_BY, icon=icon("users"), words="Your team")
        case _:
            return NOTHING


@dataclass(frozen=True, slots=True)
class ShownFacet:
    label: str
    hits: int
    query: str
    #: Whether the question has it already; then the link takes it away.
    is_chosen: bool


FACET_NAMES = {"kind": "What", "tag": "Tags", "author": "Authors and speakers", "publication": "Publications"}


def shown_facets(facets: dict[str, list[Facet]], query: Query) -> list[tuple[str, list[ShownFacet]]]:
    """The groups that have something to choose, each with links that add to the question or take away."""
    asked = {(name, value.casefold()) for name, value in query.filters}
    groups = []
    for name, among in facets.items():
        links = [link(one, name, query, asked) for one in among]
        if len(links) > 1 or any(one.is_chosen for one in links):
            groups.append((FACET_NAMES[name], links))
    return groups


def link(facet: Facet, name: str, query: Query, asked: set[tuple[str, str]]) -> ShownFacet:
    value = facet.filter.partition(":")[2].strip('"').casefold()
    is_chosen = (name, value) in asked
    text = without(query.text, name, value) if is_chosen else f"{query.text} {facet.filter}".strip()
    return ShownFacet(facet.label, facet.hits, urlencode({"q": text}), is_chosen)


def without(text: str, name: str, value: str) -> str:
    """The question without a filter, as it was written."""
    for written in (f'{name}:"{value}"', f"{name}:{value}", f"{name}:{value}s"):
        at = text.casefold().find(written)
        if at >= 0:
            return f"{text[:at].rstrip()} {text[at + len(written) :].lstrip()}".strip()
    return text
