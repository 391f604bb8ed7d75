"""The margin: a card for each mark, with its claim, tags and notes.

Cards come by the hundred, so they are filled in from rows, not rendered from model instances in a template.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol, TypeVar

from django.urls import reverse
from django.utils.safestring import SafeString

from reader.core.access import may_annotate, may_change
from reader.core.markup import NOTHING, fill, moment, sentence, together
from reader.core.visibility import Visibility
from reader.highlights.audiences import in_words
from reader.highlights.models import Kind
from reader.highlights.queries import CardRow, NoteRow, TagRow, card_rows, note_rows, tag_rows
from reader.pages.reading_queries import ClaimRow, claim_rows
from reader.templatetags.forecite import pencil

if TYPE_CHECKING:
    from reader.core.requests import AnyUser

#: How many cards come at once.
HANDFUL = 100
#: A card repeats only as much of its passage as tells it from its neighbours.
EXCERPT = 120

CARD = """<li class="card" id="highlight-{id}" tabindex="-1" data-kind="{kind}"{mine} \
data-anchor="--h{id}" data-card="--c{id}"{after}>
<p class="card-head"><a class="kind" href="#h-{id}" title="Show the passage; this link leads here">{pencil}</a>
<strong>{owner}</strong>{made}<span class="seen-by" title="Who sees this mark">{audience}</span></p>
<p class="quote">{excerpt}</p>
{claim}{tags}{notes}{actions}<div class="card-slot" id="slot-{id}"></div></li>
"""
MINE, AFTER = SafeString(" data-mine"), ' data-after="--c{previous}"'
PENCILS = {kind.value: pencil(kind.value) + SafeString(kind.label) for kind in Kind}
CLAIM = """<p class="card-claim"><a href="/claims/{id}/">{statement}</a> \
<span class="facts">{speaker}<span>{window}</span><span class="stamp" data-phase="{phase}">{phase_word}</span></span>\
</p>
"""
SPEAKER = "<span>{name}</span>"
TAG = '<li><a class="chip" href="/articles/?tag={slug}">{name}</a></li>'
TAGS = '<ul class="chips" aria-label="Tags">{tags}</ul>\n'
NOTE = """<div class="note" id="note-{id}"{reply}><p class="card-head"><strong>{owner}</strong>{made}</p>
{hidden}<div class="prose">{html}</div>{actions}</div>
"""
HIDDEN = '<p class="hidden-note">Hidden by a curator: {because} Only you still see it.</p>\n'
REPLY_TO = ' data-reply-to="note-{parent}"'


def links(*addresses: tuple[str, str]) -> str:
    """The pattern of a row of links that open a form in the card."""
    pattern = '<a class="button quiet small" href="{url}" hx-get="{url}" hx-target="#slot-{{slot}}">{word}</a>'
    row = "".join(pattern.format(url=url, word=word) for url, word in addresses)
    return f'<div class="card-actions">{row}</div>\n' if row else ""


NOTE_LINK, CHANGE_LINK = ("/highlights/{id}/notes/", "Note"), ("/highlights/{id}/editing/", "Change")
REPLY_LINK, EDIT_LINK = ("/notes/{id}/replies/", "Reply"), ("/notes/{id}/", "Edit")
FLAG = links(("/notes/{id}/flag/", "Flag"))
#: By whether the reader may write on the thing, and whether they may change it.
CARD_ACTIONS = {
    (True, True): links(NOTE_LINK, CHANGE_LINK),
    (True, False): links(NOTE_LINK),
    (False, True): links(CHANGE_LINK),
    (False, False): "",
}
NOTE_ACTIONS = {
    (True, True): links(REPLY_LINK, EDIT_LINK),
    (True, False): links(REPLY_LINK),
    (False, True): links(EDIT_LINK),
    (False, False): "",
}
MORE = """<li class="more" id="cards-more" data-after="--c{last}" \
hx-get="{url}" hx-trigger="revealed" hx-target="this" hx-swap="outerHTML">
<input type="hidden" name="loaded" value="{last}"><a href="{url}">More marks</a></li>
"""


@dataclass(frozen=True, slots=True)
class Around:
    """What belongs to some marks, by mark."""

    claims: dict[int, list[ClaimRow]]
    tags: dict[int, list[TagRow]]
    notes: dict[int, list[NoteRow]]


class Viewer:
    """Whoever the cards are for. Asked once for each kind of thing: what may be done with it, by whom it is.

    The request's user is a lazy object, each look at it costs, and a page looks a thousand times.
    """

    def __init__(self, user: "AnyUser") -> None:
        self.user = user
        self.id = user.pk
        self.teams = user.team_ids if user.is_authenticated else ()
        self.known: dict[tuple[str, int | None, bool], tuple[bool, bool]] = {}

    def is_in(self, team_id: int | None) -> bool:
        return team_id in self.teams

    def may(self, row: CardRow | NoteRow) -> tuple[bool, bool]:
        """Whether they may write on this, and whether they may change it."""
        alike = (row.visibility, row.team_id, row.owner_id == self.id)
        if alike not in self.known:
            self.known[alike] = (may_annotate(self.user, row), may_change(self.user, row))
        return self.known[alike]

    def may_flag(self, row: NoteRow) -> bool:
        return self.user.is_authenticated and row.owner_id != self.id and row.visibility != Visibility.PRIVATE


class OfHighlight(Protocol):
    @property
    def highlight_id(self) -> int: ...


Row = TypeVar("Row", bound=OfHighlight)


def card_list(ids: list[int], user: "AnyUser", today: date, before: int | None = None) -> list[SafeString]:
    """The cards of these marks in this order; `before` is the mark whose card stands above the first."""
    rows = card_rows(ids, user) if ids else []
    if not rows:
        return []
    around = Around(
        by_highlight(claim_rows(ids, user)), by_highlight(tag_rows(ids, user)), by_highlight(note_rows(ids, user))
    )
    above, viewer = [before, *(row.id for row in rows)], Viewer(user)
    return [card(row, previous, around, viewer, today) for row, previous in zip(rows, above, strict=False)]


def handful(
    slug: str, ids: list[int], user: "AnyUser", today: date, after: int | None = None, through: int | None = None
) -> SafeString:
    """The cards of the first of these marks, at least up to `through`, and where there are more the promise of them."""
    count = max(HANDFUL, ids.index(through) + 1 if through in ids else 0)
    shown = card_list(ids[:count], user, today, after)
    return together([*shown, more(slug, ids[count - 1])] if len(ids) > count else shown)


def more(slug: str, last: int) -> SafeString:
    return fill(MORE, url=f"{reverse('highlights', args=[slug])}?after={last}", last=last)


def by_highlight(rows: Iterable[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.highlight_id].append(row)
    return found


def card(row: CardRow, previous: int | None, around: Around, viewer: Viewer, today: date) -> SafeString:
    mine = row.owner_id == viewer.id
    return fill(
        CARD,
        id=row.id,
        kind=row.kind,
        mine=MINE if mine else NOTHING,
        after=fill(AFTER, previous=previous) if previous else NOTHING,
        pencil=PENCILS[row.kind],
        owner="You" if mine else row.owner,
        made=moment(row.created_at),
        audience=in_words(row.visibility, row.team if viewer.is_in(row.team_id) else None, mine=mine),
        excerpt=excerpt(row.exact),
        claim=together(claim(one, today) for one in around.claims.get(row.id, ())),
        tags=tags(around.tags.get(row.id, ())),
        notes=thread(around.notes.get(row.id, ()), row.id, viewer),
        actions=fill(CARD_ACTIONS[viewer.may(row)], id=row.id, slot=row.id),
    )


def excerpt(exact: str) -> str:
    words = " ".join(exact[: 2 * EXCERPT].split())
    return words if len(words) <= EXCERPT else words[:EXCERPT].rpartition(" ")[0] + " …"


def claim(row: ClaimRow, today: date) -> SafeString:
    phase = row.claim.phase(today)
    return fill(
        CLAIM,
        id=row.claim.pk,
        statement=row.claim.statement,
        speaker=fill(SPEAKER, name=row.speaker) if row.speaker else NOTHING,
        window=row.claim.window_in_words,
        phase=phase.value,
        phase_word=phase.label,
    )


def tags(rows: Sequence[TagRow]) -> SafeString:
    if not rows:
        return NOTHING
    return fill(TAGS, tags=together(fill(TAG, slug=row.slug, name=row.name) for row in rows))


def thread(rows: Sequence[NoteRow], slot: int | str, viewer: Viewer) -> SafeString:
    """Notes in the order of writing, each with its replies below it; their forms open in `slot`."""
    if not rows:
        return NOTHING
    replies: dict[int | None, list[NoteRow]] = defaultdict(list)
    for row in rows:
        replies[row.parent_id].append(row)
    return together(note(row, slot, viewer) for first in replies[None] for row in [first, *replies[first.id]])


def note(row: NoteRow, slot: int | str, viewer: Viewer) -> SafeString:
    may_write, may_change = viewer.may(row)
    mine = row.owner_id == viewer.id
    acts = fill(NOTE_ACTIONS[may_write and row.parent_id is None, may_change and mine], id=row.id, slot=slot)
    if viewer.may_flag(row):
        acts += fill(FLAG, id=row.id, slot=slot)
    return fill(
        NOTE,
        id=row.id,
        reply=fill(REPLY_TO, parent=row.parent_id) if row.parent_id else NOTHING,
        owner="You" if mine else row.owner,
        made=moment(row.created_at),
        hidden=fill(HIDDEN, because=sentence(row.hidden_because)) if row.hidden_because else NOTHING,
        html=SafeString(row.html),
        actions=acts,
    )
