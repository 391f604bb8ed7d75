"""Notes and their replies, as the margin and the foot of a piece show them."""

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString

from reader.core.access import may_annotate, may_change, may_settle
from reader.core.markup import NOTHING, fill, moment, sentence, together
from reader.core.visibility import InScope, Visibility
from reader.highlights.news import News
from reader.highlights.queries import NoteRow
from reader.templatetags.forecite import icon

if TYPE_CHECKING:
    from reader.core.requests import AnyUser

MINE, CHECK = SafeString(" data-mine"), icon("check")
NEW = SafeString('<span class="new">New</span>')
NOTE = """<div class="note" id="note-{id}"{reply}{mine}><p class="card-head"><strong>{owner}</strong>{made}{new}</p>
{hidden}<div class="prose">{html}</div>{actions}{slot}</div>
"""
#: Under a piece a form opens below the note that it is about; in a card, at the card's end.
UNDER_PIECE = "article"
OWN_SLOT = '<div class="card-slot" id="slot-note-{id}"></div>'
HIDDEN = '<p class="hidden-note">Hidden by a curator: {because} Only you still see it.</p>\n'
#: What stands for the reason with which nobody hid a reply: the note above it is not shown.
ALONE = "\x00"
LEFT_ALONE = SafeString(
    '<p class="hidden-note">The note that you answered is no longer shown. Only you still see this.</p>\n'
)
REPLY_TO = ' data-reply-to="note-{parent}"'
RESOLVED = """<details class="resolved" id="thread-{id}">\
<summary>{icon}<span>Resolved by {who}</span><span>{words}</span></summary>
{notes}</details>
"""


def links(*addresses: tuple[str, str], more: str = "") -> str:
    """The pattern of a row of links that open a form in the card."""
    pattern = '<a class="button quiet small" href="{url}" hx-get="{url}" hx-target="#slot-{{slot}}">{word}</a>'
    row = "".join(pattern.format(url=url, word=word) for url, word in addresses)
    return f'<div class="card-actions">{row}{more}</div>\n' if row else ""


REPLY_LINK, EDIT_LINK = ("/notes/{id}/replies/", "Reply"), ("/notes/{id}/", "Edit")
FLAG_LINK = ("/notes/{id}/flag/", "Flag")
#: A thread is closed and opened by one press; without a script that press leads to a page that asks.
SETTLE = """<form class="settling" method="get" action="/notes/{{id}}/{state}/" hx-post="/notes/{{id}}/{state}/" \
hx-swap="none" hx-sync="this:drop"><button class="button quiet small">{word}</button></form>"""
RESOLVE, REOPEN = SETTLE.format(state="resolution", word="Resolve"), SETTLE.format(state="reopening", word="Reopen")


#: Whether the reader may answer, change and flag a note, and the button of its thread that they may press.
Case = tuple[bool, bool, bool, str]


def note_actions(may_answer: bool, may_change: bool, may_flag: bool, settle: str) -> str:  # noqa: FBT001  (a key)
    offered = [(may_answer, REPLY_LINK), (may_change, EDIT_LINK), (may_flag, FLAG_LINK)]
    return links(*[link for offers, link in offered if offers], more=settle)


#: By what the reader may do with the note, and with the thread that it begins.
NOTE_ACTIONS: dict[Case, str] = {
    case: note_actions(*case) for case in product((False, True), (False, True), (False, True), ("", RESOLVE, REOPEN))
}
NO_NEWS = News()
#: A note of more characters is drawn anew every time.
LONG_NOTE = 4_000


class Viewer:
    """Whoever the cards are for. Asked once for each kind of thing: what may be done with it, by whom it is.

    The request's user is a lazy object, each look at it costs, and a page looks a thousand times.
    """

    def __init__(self, user: "AnyUser", news: News = NO_NEWS) -> None:
        self.user = user
        self.id = user.pk
        self.news = news
        self.is_known = user.is_authenticated
        self.teams = user.team_ids if user.is_authenticated else ()
        self.known: dict[tuple[str, int | None, bool], tuple[bool, bool]] = {}
        self.settles: dict[tuple[str, int | None, bool, bool], bool] = {}

    def is_in(self, team_id: int | None) -> bool:
        return team_id in self.teams

    def may_flag(self, row: NoteRow) -> bool:
        return self.is_known and row.owner_id != self.id and row.visibility != Visibility.PRIVATE

    def settling(self, row: NoteRow) -> str:
        """The button that closes the thread of this note or opens it again; empty for whom it is not to settle."""
        if row.parent_id is not None:
            return ""
        alike = (row.visibility, row.team_id, row.owner_id == self.id, row.marker_id == self.id)
        if alike not in self.settles:
            self.settles[alike] = may_settle(self.user, row, row.marker_id)
        return "" if not self.settles[alike] else REOPEN if row.resolved_at else RESOLVE

    def may(self, row: InScope) -> tuple[bool, bool]:
        """Whether they may write on this, and whether they may change it."""
        alike = (row.visibility, row.team_id, row.owner_id == self.id)
        if alike not in self.known:
            self.known[alike] = (may_annotate(self.user, row), may_change(self.user, row))
        return self.known[alike]


def thread(rows: Sequence[NoteRow], slot: int | str, viewer: Viewer) -> SafeString:
    """Notes in the order of writing, each with its replies below it; their forms open in `slot`, or below each.

    Replies go with a note that a curator hid; whoever wrote one still finds their own words where it stood.
    """
    if not rows:
        return NOTHING
    shown = {row.id for row in rows}
    replies: dict[int | None, list[NoteRow]] = defaultdict(list)
    for row in rows:
        if row.parent_id is None or row.parent_id in shown:
            replies[row.parent_id].append(row)
        elif row.owner_id == viewer.id:
            replies[None].append(row._replace(hidden_because=row.hidden_because or ALONE))
    return together(conversation(first, replies[first.id], slot, viewer) for first in replies[None])


def conversation(first: NoteRow, replies: Sequence[NoteRow], slot: int | str, viewer: Viewer) -> SafeString:
    """A note with its replies; a resolved one folds to a line."""
    notes = together(note(row, slot, viewer) for row in (first, *replies))
    if first.resolved_at is None:
        return notes
    words = f"{1 + len(replies)} notes" if replies else "1 note"
    return fill(RESOLVED, id=first.id, icon=CHECK, who=first.resolved_by or "a former member", words=words, notes=notes)


def note(row: NoteRow, slot: int | str, viewer: Viewer) -> SafeString:
    may_write, may_change = viewer.may(row)
    mine = row.owner_id == viewer.id
    case = (may_write and row.parent_id is None, may_change and mine, viewer.may_flag(row), viewer.settling(row))
    draw = drawn if len(row.html) < LONG_NOTE else drawn.__wrapped__
    return draw(row, slot, case, mine=mine, new=row.id in viewer.news.notes)


def hidden(because: str) -> SafeString:
    if not because:
        return NOTHING
    return LEFT_ALONE if because == ALONE else fill(HIDDEN, because=sentence(because))


@lru_cache(maxsize=2048)
def drawn(row: NoteRow, slot: int | str, case: Case, *, mine: bool, new: bool) -> SafeString:
    """A note, remembered by all that it is made of."""
    under_piece = slot == UNDER_PIECE
    return fill(
        NOTE,
        id=row.id,
        reply=NOTHING if row.parent_id is None else fill(REPLY_TO, parent=row.parent_id),
        mine=MINE if mine else NOTHING,
        owner="You" if mine else row.owner,
        made=moment(row.created_at),
        new=NEW if new else NOTHING,
        hidden=hidden(row.hidden_because),
        html=SafeString(row.html),
        actions=fill(NOTE_ACTIONS[case], id=row.id, slot=f"note-{row.id}" if under_piece else slot),
        slot=fill(OWN_SLOT, id=row.id) if under_piece else NOTHING,
    )
