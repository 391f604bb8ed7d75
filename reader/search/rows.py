"""Hits as they are shown, and what they can be narrowed to."""

from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import quote_plus

from django.utils.safestring import SafeString

from reader.core.markup import NOTHING, fill, together
from reader.core.visibility import Visibility
from reader.search.documents import Hit
from reader.search.faceting import Facet
from reader.search.language import Query
from reader.search.queries import Row
from reader.search.snippets import snippet, whole
from reader.templatetags.forecite import icon, pencil

SPACE = SafeString(" ")


ROW = """<li class="search-row" data-kind="{kind}">
<h2 class="row-title{quote}" dir="auto">{pencil}<a href="{address}">{title}</a></h2>
{snippet}<p class="facts">{facts}{seen_by}</p>
</li>
"""
SNIPPET = '<p class="search-snippet" dir="auto">{words}</p>\n'
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


FACET_NAMES = {"kind": "What", "tag": "Tags", "author": "Authors and speakers", "publication": "Publications"}
LINK = '<li><a href="?{query}"{chosen}>{label}</a> <span class="count">{hits}{more}</span></li>'
CHOSEN = SafeString(' aria-current="true" title="Take this away"')


def shown_facets(facets: dict[str, list[Facet]], query: Query, more: str = "") -> list[tuple[str, SafeString]]:
    """The groups that have something to choose, each with links that add to the question or take away."""
    asked = {(name, value.casefold()) for name, value in query.filters}
    groups = []
    for name, among in facets.items():
        chosen = [(name, value_of(one)) in asked for one in among]
        if len(among) > 1 or any(chosen):
            links = [link(one, name, query, more, is_chosen=is_it) for one, is_it in zip(among, chosen, strict=True)]
            groups.append((FACET_NAMES[name], together(links)))
    return groups


def value_of(facet: Facet) -> str:
    return facet.filter.partition(":")[2].strip('"').casefold()


#: Forty links begin with the same question, and the names are the same from one search to the next.
in_address = lru_cache(maxsize=4096)(quote_plus)


def link(facet: Facet, name: str, query: Query, more: str, *, is_chosen: bool) -> SafeString:
    text = without(query.text, name, value_of(facet)) if is_chosen else query.text
    added = "" if is_chosen else in_address(f" {facet.filter}" if text else facet.filter)
    return fill(
        LINK,
        query=f"q={in_address(text)}{added}",
        chosen=CHOSEN if is_chosen else NOTHING,
        label=facet.label,
        hits=facet.hits,
        more=more,
    )


def without(text: str, name: str, value: str) -> str:
    """The question without a filter, as it was written."""
    for written in (f'{name}:"{value}"', f"{name}:{value}", f"{name}:{value}s"):
        at = text.casefold().find(written)
        if at >= 0:
            return f"{text[:at].rstrip()} {text[at + len(written) :].lstrip()}".strip()
    return text
