"""The sources on a claim, filled in from plain rows."""

from collections.abc import Collection, Iterable
from functools import lru_cache
from urllib.parse import urlsplit

from django.utils.safestring import SafeString

from reader.claims.evidence import Bearing
from reader.claims.page_queries import EvidenceRow
from reader.claims.windows import in_words
from reader.core.markup import NOTHING, fill, moment, quoted, together
from reader.templatetags.forecite import icon

ROW = """<li class="evidence" id="evidence-{id}" data-bearing="{bearing}">
<p class="row-title">{source}</p>{quote}
<p class="facts"><span class="stamp">{word}</span>{where}{published}{archived}\
<span>added by {by}</span>{day}{cited}{removal}</p>
</li>
"""
OUTSIDE = '<a href="{url}" rel="noopener noreferrer nofollow">{title}{icon}</a>'
PASSAGE = '<a href="/articles/{slug}/#h-{mark}">{title}</a>'
WITHHELD = SafeString('<span class="muted">A passage that its owner no longer shares.</span>')
QUOTE = '<blockquote class="quote"{own} dir="auto">{quote}</blockquote>'
FACT = "<span>{words}</span>"
ARCHIVED = '<a href="{url}" rel="noopener noreferrer nofollow">archived copy</a>'
CITED = SafeString("<span>cited in the verdict</span>")
REMOVAL = '<button class="link-button" form="acts" formaction="/evidence/{id}/removal/">Remove</button>'
#: More of a quote than this is for its own page.
SHOWN = 600


def evidence_list(rows: Iterable[EvidenceRow], cited: Collection[int], removable: Collection[int]) -> list[SafeString]:
    """A line for each source; those in `removable` with the button that takes them away."""
    return [evidence_row(row, is_cited=row.id in cited, is_removable=row.id in removable) for row in rows]


@lru_cache(maxsize=512)
def evidence_row(row: EvidenceRow, *, is_cited: bool, is_removable: bool) -> SafeString:
    return fill(
        ROW,
        id=row.id,
        bearing=row.bearing,
        word=Bearing(row.bearing).label,
        source=source_of(row),
        quote=fill(QUOTE, quote=shortened(row.quote), own=quoted(shortened(row.quote))) if row.quote else NOTHING,
        where=fill(FACT, words=host_of(row.url)) if row.url else NOTHING,
        published=fill(FACT, words=f"published {in_words(row.published_on)}") if row.published_on else NOTHING,
        archived=fill(ARCHIVED, url=row.archive_url) if row.archive_url else NOTHING,
        by=row.by or "a former member",
        day=moment(row.added_at),
        cited=CITED if is_cited else NOTHING,
        removal=fill(REMOVAL, id=row.id) if is_removable and not is_cited else NOTHING,
    )


def source_of(row: EvidenceRow) -> SafeString:
    if row.withheld:
        return WITHHELD
    if row.url:
        return fill(OUTSIDE, url=row.url, title=row.title or row.url, icon=icon("external-link"))
    return fill(PASSAGE, slug=row.article_slug or "", mark=row.highlight_id or 0, title=row.title or "A passage here")


def host_of(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def shortened(quote: str) -> str:
    return quote if len(quote) <= SHOWN else quote[:SHOWN].rpartition(" ")[0] + " …"


def balance(rows: Iterable[EvidenceRow]) -> SafeString:
    """How many sources speak for it and against it."""
    counts = dict.fromkeys(Bearing.values, 0)
    for row in rows:
        counts[row.bearing] += 1
    words = {"for": "{} for", "against": "{} against", "context": "{} as context"}
    return together([fill(FACT, words=words[one].format(counts[one])) for one in Bearing.values if counts[one]])
