"""The margin: a card for each passage, with what its marks have to say: claims, tags, notes, responses.

Cards come by the hundred, so they are filled in from rows, not rendered from model instances in a template.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from django.urls import reverse
from django.utils.safestring import SafeString

from reader.claims.models import Polarity, Stance, phase_of
from reader.claims.moons import stamp
from reader.claims.windows import from_an_unknown_day, window_in_words
from reader.core.blocks import Layout
from reader.core.markup import NOTHING, fill, moment, quoted, together
from reader.highlights.audiences import in_words
from reader.highlights.models import Kind
from reader.highlights.narrowing import Narrowing
from reader.highlights.news import News
from reader.highlights.queries import (
    CardRow,
    NoteRow,
    Passage,
    ReactionRow,
    TagRow,
    card_rows,
    note_rows,
    reaction_rows,
    tag_rows,
)
from reader.highlights.reactions import Response
from reader.highlights.rendering import NEVER
from reader.pages.changed_passages import Change, changed, changes_of
from reader.pages.reading_queries import ClaimRow, claim_rows
from reader.pages.threads import MINE, NEW, NO_NEWS, Viewer, links, thread
from reader.templatetags.forecite import pencil

if TYPE_CHECKING:
    from reader.core.requests import AnyUser

#: How many cards come at once.
HANDFUL = 100
#: Of more than a handful so many are laid out at once; the script unfolds the others as one reads on.
AT_ONCE = 4
FOLDED = "<li data-folded"
#: Fewer cards never crowd, however short the piece.
CROWD = 16
#: A card with more to say (in characters) is drawn anew every time.
LONG_TALK = 8_000
#: A bare card is as tall as a line or two of the piece: of so many characters each, cards drift from their passages.
CHARACTERS_A_CARD = 130
#: A card repeats only as much of its passage as tells it from its neighbours.
EXCERPT = 120

MARK = """<p class="card-head">\
<a class="kind" href="#h-{id}" title="Show the passage; this link leads here">{pencil}</a>
<strong>{owner}</strong>{made}<span class="seen-by" title="Who sees this mark">{audience}</span>{new}</p>
%s{changed}{claim}{tags}{notes}{reactions}{actions}<div class="card-slot" id="slot-{id}"></div>
"""
QUOTE = '<p class="quote"{claimed}{own} dir="auto">{excerpt}</p>\n'
CARD = f"""<li class="card" id="highlight-{{id}}" tabindex="-1" data-kind="{{kind}}"{{mine}} \
data-passage="{{start}}-{{end}}" data-anchor="--h{{id}}" data-card="--c{{id}}"{{after}}>
{MARK % QUOTE}{{others}}</li>
"""
#: The same words marked by others: their faces, and behind them what each says of the passage.
OTHERS = """<details class="others"{open}><summary>{faces}<span>{count}</span></summary>
{marks}</details>
"""
OTHER = f"""<div class="same" id="highlight-{{id}}" tabindex="-1" data-kind="{{kind}}"{{mine}}>\n{MARK % ""}</div>\n"""
FACE = '<span class="face" title="{name}" aria-hidden="true">{initials}</span>'
MOST_FACES = 5
CLAIMED = SafeString(" data-claimed")
OPEN, AFTER = SafeString(" open"), ' data-after="--c{previous}"'
PENCILS = {kind.value: pencil(kind.value) + SafeString(kind.label) for kind in Kind}
CLAIM = """<p class="card-claim"><a href="/claims/{id}/" dir="auto">{statement}</a> \
<span class="facts">{speaker}{how}<span>{window}</span>{stamp}</span>\
</p>
"""
SPEAKER = "<span>{name}</span>"
#: How it is said, where it is not simply said: whoever disputes a claim seems else to have made it.
HOW = {
    **{stance.value: fill(SPEAKER, name=stance.label) for stance in Stance if stance != Stance.ASSERTS},
    Stance.ASSERTS.value: NOTHING,
    Stance.REPORTS.value: fill(SPEAKER, name="retold"),
}
DENIES = fill(SPEAKER, name=Polarity.DENIES.label)
TAG = '<li><a class="chip" href="/articles/?tag={slug}">{name}</a></li>'
TAGS = '<ul class="chips" aria-label="Tags">{tags}</ul>\n'
REACTIONS = """<form class="reactions chips" method="get" action="/highlights/{id}/reactions/" \
hx-post="/highlights/{id}/reactions/" hx-swap="none" hx-sync="this:drop" aria-label="Responses">{each}</form>
"""
REACTION = """<button class="chip" name="response" value="{response}" aria-pressed="{mine}" title="{names}">\
{word}<span class="count">{count}</span><span class="visually-hidden">, said by {names}</span></button>"""
REACTIONS_TO_READ = '<ul class="reactions chips" aria-label="Responses">{each}</ul>\n'
REACTION_TO_READ = '<li class="chip" title="{names}">{word}<span class="count">{count}</span></li>'
#: The responses in the order in which they are offered.
RESPONSES = {response.value: response.label for response in Response}

NOTE_LINK, CHANGE_LINK = ("/highlights/{id}/notes/", "Note"), ("/highlights/{id}/editing/", "Change")
RESPOND_LINK = ("/highlights/{id}/reactions/", "Respond")
#: By whether the reader may write on the thing, and whether they may change it.
CARD_ACTIONS = {
    (True, True): links(NOTE_LINK, RESPOND_LINK, CHANGE_LINK),
    (True, False): links(NOTE_LINK, RESPOND_LINK),
    (False, True): links(CHANGE_LINK),
    (False, False): "",
}
MORE = """<li class="more" id="cards-more" data-after="--c{last}" \
hx-get="{url}" hx-trigger="more" hx-target="this" hx-swap="outerHTML">
<input type="hidden" name="loaded" value="{last}"><a href="{url}">More marks</a>\
<span class="left-out">and {left} more {marks}, which are not printed</span></li>
"""


@dataclass(frozen=True, slots=True)
class Around:
    """What belongs to some marks, by mark."""

    claims: dict[int, list[ClaimRow]]
    tags: dict[int, list[TagRow]]
    notes: dict[int, list[NoteRow]]
    reactions: dict[int, list[ReactionRow]]


class Mark(NamedTuple):
    """A mark as one viewer sees it: what they may do with it, and all that belongs to it."""

    row: CardRow
    is_mine: bool
    is_ours: bool
    is_new: bool
    change: Change | None
    may: tuple[bool, bool]
    claims: tuple[ClaimRow, ...]
    tags: tuple[TagRow, ...]
    notes: SafeString
    reactions: SafeString

    @property
    def by(self) -> str:
        return "You" if self.is_mine else self.row.owner


class OfHighlight(Protocol):
    @property
    def highlight_id(self) -> int: ...


Row = TypeVar("Row", bound=OfHighlight)


def card_list(
    passages: Sequence[Passage],
    user: "AnyUser",
    today: date,
    layout: Layout | None,
    before: int | None = None,
    news: News = NO_NEWS,
) -> list[SafeString]:
    """The cards of these passages of a text, in this order; `before` is the mark whose card stands above the first.

    How it is laid out may be left out where the piece never had another.
    """
    ids = [pk for passage in passages for pk in passage.ids]
    rows = {row.id: row for row in card_rows(ids, user)} if ids else {}
    if not rows:
        return []
    around = around_of(rows, user)
    changes = changes_of(passages, {pk: row.exact for pk, row in rows.items()}, layout) if layout else {}
    viewer, cards = Viewer(user, news), []
    for passage in passages:
        if alike := [to_viewer(rows[pk], around, viewer, changes.get(pk)) for pk in passage.ids if pk in rows]:
            draw = card if sum(len(mark.notes) for mark in alike) < LONG_TALK else card.__wrapped__
            cards.append(draw(passage.start, passage.end, tuple(alike), before, today))
            before = alike[0].row.id
    return cards


def around_of(rows: Mapping[int, CardRow], user: "AnyUser") -> Around:
    """What belongs to these marks, as far as `user` sees it."""
    ids = list(rows)
    predictions = [pk for pk, row in rows.items() if row.kind == Kind.PREDICTION]
    return Around(
        by_highlight(claim_rows(predictions, user) if predictions else []),
        by_highlight(tag_rows(ids, user)),
        by_highlight(note_rows(ids, user)),
        by_highlight(reaction_rows(ids, user)),
    )


def said_of(ids: list[int], user: "AnyUser", today: date) -> dict[int, dict[str, object]]:
    """What each of these marks has to say, as the patterns of a card name it, wherever it stands."""
    rows = {row.id: row for row in card_rows(ids, user)} if ids else {}
    if not rows:
        return {}
    around, viewer = around_of(rows, user), Viewer(user)
    return {pk: said(to_viewer(row, around, viewer, None), today) for pk, row in rows.items()}


def handful(
    slug: str,
    passages: Sequence[Passage],
    user: "AnyUser",
    today: date,
    layout: Layout | None,
    narrowing: Narrowing,
    after: int | None = None,
    through: int | None = None,
    news: News = NO_NEWS,
    *,
    folded: bool = True,
    total: int | None = None,
) -> SafeString:
    """The cards of the first of these passages, at least up to `through`; of more there is the promise.

    `folded` is for the page whose script unfolds; `total` says how many marks there are where not all passages come.
    """
    reaching = (number for number, passage in enumerate(passages, 1) if through in passage.ids)
    count = max(HANDFUL, next(reaching, 0))
    shown = card_list(passages[:count], user, today, layout, after, news)
    if len(passages) > count:
        left = (total or marks_of(passages)) - marks_of(passages[:count])
        shown.append(more(slug, passages[count - 1].first, narrowing, left))
    if folded and through is None and (after or len(passages) > count):
        shown[AT_ONCE:] = [SafeString(item.replace("<li", FOLDED, 1)) for item in shown[AT_ONCE:]]
    return together(shown)


def is_dense(passages: int, characters: int) -> bool:
    """Whether cards drift so far from their passages that each must say what it is about."""
    return passages > HANDFUL or (passages > CROWD and passages * CHARACTERS_A_CARD > characters)


def last_place(passages: Sequence[Passage]) -> int:
    """Where the last passage begins whose card comes with the page."""
    return passages[HANDFUL - 1].start if len(passages) > HANDFUL else NEVER


def marks_of(passages: Sequence[Passage]) -> int:
    return sum(len(passage.ids) for passage in passages)


def more(slug: str, last: int, narrowing: Narrowing, left: int) -> SafeString:
    query = "&".join(filter(None, [f"after={last}", narrowing.query]))
    url = f"{reverse('highlights', args=[slug])}?{query}"
    return fill(MORE, url=url, last=last, left=left, marks="mark" if left == 1 else "marks")


def by_highlight(rows: Iterable[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.highlight_id].append(row)
    return found


def to_viewer(row: CardRow, around: Around, viewer: Viewer, change: Change | None) -> Mark:
    may = viewer.may(row)
    return Mark(
        row,
        row.owner_id == viewer.id,
        viewer.is_in(row.team_id),
        row.id in viewer.news.marks,
        change,
        may,
        tuple(around.claims.get(row.id, ())),
        tuple(around.tags.get(row.id, ())),
        thread(around.notes.get(row.id, ()), row.id, viewer),
        reactions(row.id, around.reactions.get(row.id, ()), viewer, may_write=may[0]),
    )


@lru_cache(maxsize=2048)
def card(start: int, end: int, marks: tuple[Mark, ...], previous: int | None, today: date) -> SafeString:
    """The card of a passage, remembered by all that it is made of: a colleague sees most marks as I do."""
    first, *others = marks
    words = excerpt(first.row.exact)
    return fill(
        CARD,
        start=start,
        end=end,
        after=fill(AFTER, previous=previous) if previous else NOTHING,
        excerpt=words,
        claimed=CLAIMED if first.claims else NOTHING,
        own=quoted(words),
        others=same_passage(others, today) if others else NOTHING,
        **said(first, today),
    )


def said(mark: Mark, today: date) -> dict[str, object]:
    """What one reader's mark has to say, as the patterns name it."""
    row = mark.row
    return {
        "id": row.id,
        "kind": row.kind,
        "mine": MINE if mark.is_mine else NOTHING,
        "pencil": PENCILS[row.kind],
        "owner": mark.by,
        "made": moment(row.created_at),
        "audience": in_words(row.visibility, row.team if mark.is_ours else None, mine=mark.is_mine),
        "new": NEW if mark.is_new else NOTHING,
        "changed": changed(row.id, row.exact, mark.change) if mark.change else NOTHING,
        "claim": together(claim(one, today) for one in mark.claims),
        "tags": tags(mark.tags),
        "notes": mark.notes,
        "reactions": mark.reactions,
        "actions": fill(CARD_ACTIONS[mark.may], id=row.id, slot=row.id),
    }


def same_passage(marks: Sequence[Mark], today: date) -> SafeString:
    """The marks of others on the same words, folded in unless one of them says something."""
    names = list(dict.fromkeys(mark.by for mark in marks))
    who = names[0] if len(names) == 1 else f"{len(names)} others"
    return fill(
        OTHERS,
        open=OPEN if any(mark.notes or mark.claims for mark in marks) else NOTHING,
        faces=together(fill(FACE, name=name, initials=initials(name)) for name in names[:MOST_FACES]),
        count=f"{who} marked this too",
        marks=together(fill(OTHER, **said(mark, today)) for mark in marks),
    )


@lru_cache(maxsize=1024)
def initials(name: str) -> str:
    """At most two letters, as one signs the margin of a book."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


def reactions(pk: int, rows: Sequence[ReactionRow], viewer: Viewer, *, may_write: bool) -> SafeString:
    """What was responded, with how many said so and who; one press says it too, or takes it back."""
    if not rows:
        return NOTHING
    said: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        said[row.response].append("you" if row.reader_id == viewer.id else row.reader)
    each = [
        fill(
            REACTION if may_write else REACTION_TO_READ,
            response=response,
            word=word,
            mine="true" if "you" in said[response] else "false",
            count=len(said[response]),
            names=", ".join(said[response]),
        )
        for response, word in RESPONSES.items()
        if response in said
    ]
    return fill(REACTIONS if may_write else REACTIONS_TO_READ, id=pk, each=together(each))


def excerpt(exact: str) -> str:
    words = " ".join(exact[: 2 * EXCERPT].split())
    return words if len(words) <= EXCERPT else words[:EXCERPT].rpartition(" ")[0] + " …"


def claim(row: ClaimRow, today: date) -> SafeString:
    phase = phase_of(row.window_start, row.window_end, row.verdict_id, row.dispute_id, today)
    return fill(
        CLAIM,
        id=row.id,
        statement=row.statement,
        speaker=fill(SPEAKER, name=row.speaker) if row.speaker else NOTHING,
        how=HOW[row.stance] + (DENIES if row.polarity == Polarity.DENIES else NOTHING),
        window=from_an_unknown_day(row.window_kind, row.time_text, row.window_rule, row.said_on)
        or window_in_words(row.window_kind, row.window_start, row.window_end),
        stamp=stamp(phase, row.status, row.outcome),
    )


def tags(rows: Sequence[TagRow]) -> SafeString:
    if not rows:
        return NOTHING
    return fill(TAGS, tags=together(fill(TAG, slug=row.slug, name=row.name) for row in rows))
