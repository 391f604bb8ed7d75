"""The lines of the ledger, filled in from plain rows: thirty of them in a few milliseconds."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.urls import reverse
from django.utils.safestring import SafeString

from reader.claims.changed_words import changed_words
from reader.claims.models import Claim
from reader.claims.moons import stamp
from reader.claims.queries import SaidRow, TagRow, outcomes_of, said_rows, tag_rows
from reader.claims.said_otherwise import said_otherwise
from reader.claims.windows import between_in_words, briefly, from_an_unknown_day, window_briefly, window_of
from reader.core.markup import NOTHING, fill, together

if TYPE_CHECKING:
    from reader.core.requests import AnyUser

ROW = """<li id="claim-{id}" class="ledger-row">
<h2 class="row-title" dir="auto"><a href="{url}">{statement}</a></h2>
<p class="facts">{stamp}<span class="window" title="{days}">{window}</span>{said}</p>
{tags}</li>
"""
SAID = '{speaker}<a href="{article_url}">{title}</a>{day}{others}'
SPEAKER = '<a href="{url}">{name}</a>'
NO_SPEAKER = SafeString("<span>Speaker not named</span>")
FACT = "<span>{words}</span>"
DENIED = SafeString("<span>denied: it counts the other way round</span>")
CHANGED, GONE = "words changed", "words gone from the text"
BOTH = SafeString("<span>said and denied: it counts twice, once the other way round</span>")
TAGS = '<ul class="chips" aria-label="Tags">{tags}</ul>'
TAG = '<li><a class="chip" href="{url}">{name}</a></li>'


def ledger_rows(
    claims: Sequence[Claim], user: "AnyUser", today: date, denied: Collection[int] = (), both: Collection[int] = ()
) -> list[SafeString]:
    """A line for each claim, with who said it where, as far as `user` may know.

    Of those that are `denied` it says that they count the other way round; of those that are `both`, that they do so
    and count as said too.
    """
    said: dict[int, list[SaidRow]] = defaultdict(list)
    for row in said_rows(claims, user):
        said[row.claim_id].append(row)
    tags: dict[int, list[TagRow]] = defaultdict(list)
    for tag in tag_rows(claims, user):
        tags[tag.claim_id].append(tag)
    judged = outcomes_of(claims, user)
    became = by_now([row for rows in said.values() for row in rows], user)
    ledger = reverse("claims")
    return [
        fill(
            ROW,
            id=claim.pk,
            url=f"{ledger}{claim.pk}/",
            statement=claim.statement,
            stamp=stamp(claim.phase(today), *judged.get(claim.pk, ())),
            window=until(claim, said[claim.pk]) or undated(claim, said[claim.pk]) or window_briefly(*window_of(claim)),
            days=undated(claim, said[claim.pk]) or claim.window_in_words,
            said=together(
                [said_line(said[claim.pk]), what_changed(said[claim.pk], became), counted(claim.pk, denied, both)]
            ),
            tags=chips(tags[claim.pk], ledger),
        )
        for claim in claims
    ]


def counted(claim_id: int, denied: Collection[int], both: Collection[int]) -> SafeString:
    if claim_id in both:
        return BOTH
    return DENIED if claim_id in denied else NOTHING


def by_now(rows: Sequence[SaidRow], user: "AnyUser") -> dict[int, str]:
    """What became of the words of statements, by their marks, where that is not what was said."""
    changed = changed_words((row.highlight_id, row.revised_at) for row in rows)
    same = {row.highlight_id: row.claim_id for row in rows if row.revised_at and row.highlight_id not in changed}
    return {mark: CHANGED if words else GONE for mark, words in changed.items()} | said_otherwise(same, user)


def what_changed(rows: Sequence[SaidRow], became: Mapping[int, str]) -> SafeString:
    """Of several that became of them the first, but that words are gone only where nothing else became of any."""
    found = [became[row.highlight_id] for row in rows if row.highlight_id in became] if became else []
    return fill(FACT, words=next((one for one in found if one != GONE), GONE)) if found else NOTHING


def until(claim: Claim, rows: list[SaidRow]) -> str:
    """A window that began when it was said needs its last day alone: the other stands beside it."""
    began = bool(rows) and claim.window_start == rows[0].said_on == rows[0].said_no_later_than
    return f"Until {briefly(claim.window_end)}" if began and claim.window_end else ""


def undated(claim: Claim, rows: list[SaidRow]) -> str:
    """The words that name its time, while nobody knows from which day on they count."""
    words = (from_an_unknown_day(claim.window_kind, row.time_text, row.window_rule, row.said_on) for row in rows)
    return next(filter(None, words), "")


def said_line(rows: list[SaidRow]) -> SafeString:
    """Who said it first, where and when, and how many more did."""
    if not rows:
        return NOTHING
    first = rows[0]
    said = between_in_words(first.said_on, first.said_no_later_than, briefly)
    return fill(
        SAID,
        speaker=fill(SPEAKER, url=f"/people/{first.speaker_slug}/", name=first.speaker)
        if first.speaker
        else NO_SPEAKER,
        article_url=f"/articles/{first.article_slug}/#h-{first.highlight_id}",
        title=first.title,
        day=fill(FACT, words=f"said {said}") if said else NOTHING,
        others=fill(FACT, words=f"{len(rows)} statements") if len(rows) > 1 else NOTHING,
    )


def chips(tags: list[TagRow], ledger: str) -> SafeString:
    if not tags:
        return NOTHING
    return fill(TAGS, tags=together([fill(TAG, url=f"{ledger}?tag={quote(tag.name)}", name=tag.name) for tag in tags]))
