"""The lines of the desk, filled in from plain rows: thirty of them in a few milliseconds."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS
from django.utils import timezone
from django.utils.safestring import SafeString

from reader.claims.models import Claim
from reader.core.access import realm_of
from reader.core.markup import NOTHING, fill, moment, together
from reader.core.prepared import Row
from reader.curation import queries
from reader.curation.claim_rulings import seen_as
from reader.curation.desk import KINDS, Act
from reader.curation.later_texts import QUOTE, quote, said_since
from reader.curation.models import Flag
from reader.curation.wording import excerpt
from reader.highlights.audiences import in_words
from reader.highlights.wording import how_alike
from reader.library.models import Article
from reader.templatetags.forecite import pencil

if TYPE_CHECKING:
    from reader.accounts.models import User

LINE = """<li id="{kind}-{id}" class="desk-row" tabindex="-1"{held}>
<div class="desk-line">{choose}<div class="desk-body">{body}
<p class="facts">{facts}</p>{holder}
<div class="desk-acts">{acts}</div><div class="card-slot" id="slot-{kind}-{id}"></div></div></div></li>
"""
CHOOSE = '<input type="checkbox" name="item" value="{id}" form="together" data-key="x" aria-label="Choose “{words}”">'
TITLE = '<h2 class="row-title" dir="auto"><a href="{url}">{words}</a></h2>'
PLAIN_TITLE = '<h2 class="row-title" dir="auto">{words}</h2>'
FACT = "<span>{words}</span>"
LINK = '<a href="{url}">{words}</a>'
HELD, HOLDER = SafeString(" data-held"), '<p class="held">{name} has had this since {time}.</p>'
BUTTON = """<button class="button small" form="desk" formaction="{url}" hx-post="{url}" hx-target="#{slot}" \
hx-disable="this" name="seen" value="{seen}" data-key="{key}">{word}</button>"""
OPENER = '<a class="button small{quiet}" href="{url}" hx-get="{url}" hx-target="#{slot}" data-key="{key}">{word}</a>'
QUIET = SafeString(" quiet")
PLAIN_LINK = '<a class="button small" href="{url}" data-key="{key}">{word}</a>'


class Body(NamedTuple):
    """What a line says of a thing: its own part, its facts, a short name of it, and what the curator saw, stamped.

    Beside the acts of its kind there can be a first one, and one more.
    """

    html: SafeString
    facts: SafeString
    words: str
    seen: str = ""
    first: SafeString = NOTHING
    more: SafeString = NOTHING
    without: frozenset[str] = frozenset()


class Queue(NamedTuple):
    """A list on the desk: its rows and what they look like."""

    name: str
    kind: str
    fields: Callable[..., list[Row]]
    draw: "Callable[[Sequence[Row], User], list[Body]]"


class Shown(NamedTuple):
    """A page of a queue, and the id behind which the next begins (0 on the last)."""

    rows: list[SafeString]
    next: int


def queue_page(queue: Queue, user: "User", after: int) -> Shown:
    rows = queue.fields(user, *realm_of(user), after)
    page = rows[: queries.PAGE]
    return Shown(lines(queue, page, user), page[-1][0] if len(rows) > queries.PAGE else 0)


def lines(queue: Queue, rows: Sequence[Row], user: "User", *, alone: bool = False) -> list[SafeString]:
    now = timezone.now()
    word = KINDS[queue.kind].word
    held = queries.held_by_others(user, word, [row[0] for row in rows], now)
    bodies = queue.draw(rows, user) if rows else []
    return [
        line(queue.kind, row[0], body, held.get(row[0]), chosen=queue.name in CHOSEN and not alone)
        for row, body in zip(rows, bodies, strict=True)
    ]


def line(kind: str, pk: int, body: Body, holder: tuple[str, datetime] | None, *, chosen: bool) -> SafeString:
    word = KINDS[kind].word
    acts = [press(kind, pk, act, body.seen) for act in KINDS[kind].acts if act.noun not in body.without]
    return fill(
        LINE,
        kind=word,
        id=pk,
        held=HELD if holder else NOTHING,
        choose=fill(CHOOSE, id=pk, words=body.words) if chosen else NOTHING,
        body=body.html,
        facts=body.facts,
        holder=held_since(*holder) if holder else NOTHING,
        acts=together([body.first, *acts, body.more]),
    )


def held_since(name: str, since: datetime) -> SafeString:
    return fill(HOLDER, name=name, time=f"{timezone.localtime(since):%H:%M}")


def press(kind: str, pk: int, act: Act, seen: str) -> SafeString:
    """What is pressed for an act: it is done at once, or a form opens that asks for a sentence."""
    return opener(kind, pk, act.noun, act.word, act.key) if act.asks else button(kind, pk, act, seen)


def button(kind: str, pk: int, act: Act, seen: str) -> SafeString:
    url, slot = f"/desk/{kind}/{pk}/{act.noun}/", f"slot-{KINDS[kind].word}-{pk}"
    return fill(BUTTON, url=url, slot=slot, seen=seen, key=act.key, word=act.word)


def opener(kind: str, pk: int, noun: str, word: str, key: str, *, quiet: bool = True) -> SafeString:
    slot = f"slot-{KINDS[kind].word}-{pk}"
    return fill(
        OPENER, url=f"/desk/{kind}/{pk}/{noun}/", slot=slot, word=word, key=key, quiet=QUIET if quiet else NOTHING
    )


def fact(words: object) -> SafeString:
    return fill(FACT, words=words) if words else NOTHING


def audience(visibility: str, team: str | None) -> SafeString:
    return fill(FACT, words=f"seen by {in_words(visibility, team)}")


def claim_bodies(rows: Sequence[Row], user: "User") -> list[Body]:
    quotes = queries.by_first(queries.quote_fields(user, [row[0] for row in rows]))
    since = said_since(((mark, words, at) for said in quotes.values() for _, words, *_, mark, at in said), user)
    return [claim_body(row, quotes.get(row[0], []), since) for row in rows]


def claim_of(row: Row) -> Claim:
    return Claim.from_db(DEFAULT_DB_ALIAS, queries.OWN, row[: len(queries.OWN)])


def claim_body(row: Row, quotes: Sequence[Row], since: Mapping[int, SafeString]) -> Body:
    claim, (owner, visibility, team, made) = claim_of(row), row[len(queries.OWN) :]
    said = (by_now(quotes, since), said_by(quotes)) if quotes else (NOTHING, NOTHING)
    facts = [
        fill(FACT, words=claim.window_in_words),
        said[1],
        fact(f"proposed by {owner}"),
        moment(made),
        audience(visibility, team),
    ]
    title = fill(TITLE, url=f"/claims/{claim.pk}/", words=claim.statement)
    more = opener("claims", claim.pk, "merging", "Merge", "m")
    without = DONE_ALREADY.get(claim.state, frozenset())
    words = excerpt(claim.statement, 60)
    return Body(title + said[0], together(facts), words, seen_as(claim), more=more, without=without)


#: What need not be offered for a claim that is on the desk again.
DONE_ALREADY = {"accepted": frozenset({"acceptance"}), "needs_work": frozenset({"question"})}


def said_by(quotes: Sequence[Row]) -> SafeString:
    _, _, speaker, title, slug, highlight, _ = quotes[0]
    more = fact(f"{len(quotes)} quotes") if len(quotes) > 1 else NOTHING
    return fact(speaker or "speaker not named") + fill(LINK, url=f"/articles/{slug}/#h-{highlight}", words=title) + more


#: Of the quotes behind the first one so many are shown with what became of them.
MORE_CHANGED = 3


def by_now(quotes: Sequence[Row], since: Mapping[int, SafeString]) -> SafeString:
    """The first quote, and those of the others that changed, each with what its text says by now."""
    others = [row for row in quotes[1:] if row[5] in since][:MORE_CHANGED]
    return together(quote(row[1]) + since.get(row[5], NOTHING) for row in [quotes[0], *others])


def statement_bodies(rows: Sequence[Row], user: "User") -> list[Body]:
    since = said_since(((row[7], row[1], row[-1]) for row in rows), user)
    return [statement_body(row, since) for row in rows]


def statement_body(row: Row, since: Mapping[int, SafeString]) -> Body:
    _, said, speaker, claim, words, visibility, team, mark, by, title, slug, _ = row
    place = fill(LINK, url=f"/articles/{slug}/#h-{mark}", words=title)
    facts = [fact(speaker or "speaker not named"), place, fact(f"added by {by}"), audience(visibility, team)]
    html = fill(TITLE, url=f"/claims/{claim}/#said", words=words) + quote(said) + since.get(mark, NOTHING)
    return Body(html, together(facts), excerpt(said, 60))


def pair_bodies(rows: Sequence[Row], user: "User") -> list[Body]:
    ids = [pk for row in rows for pk in row[2:4]]
    claims = {row[0]: row for row in queries.claim_fields(user, ids)}
    quotes = {pk: count for pk, count in queries.quote_counts(user, ids)}  # noqa: C416  (rows are longer tuples to mypy)
    return [pair_body(row, claims, quotes) for row in rows]


def pair_body(row: Row, claims: dict[int, Row], quotes: dict[int, int]) -> Body:
    pk, score, *both = row
    sides = together(side(claims[one], quotes.get(one, 0)) for one in both if one in claims)
    words = excerpt(claim_of(claims[both[0]]).statement, 60) if both[0] in claims else ""
    first = opener("duplicates", pk, "merging", "Merge", "m", quiet=False)
    return Body(fill(SIDES, sides=sides), fact(f"{score:.0%} alike"), words, first=first)


SIDES = '<div class="desk-pair">{sides}</div>'
STATES = dict(Claim.State.choices)
SIDE_FACTS = "<span>{state}</span><span>{window}</span><span>{said}</span>"
SIDE = '<div>{title}<p class="facts">{facts}</p></div>'


def side(row: Row, quotes: int) -> SafeString:
    claim = claim_of(row)
    said = f"{quotes} quote{'' if quotes == 1 else 's'}"
    facts = fill(SIDE_FACTS, state=STATES[claim.state], window=claim.window_in_words, said=said)
    return fill(SIDE, title=fill(TITLE, url=f"/claims/{claim.pk}/", words=claim.statement), facts=facts)


def note_bodies(rows: Sequence[Row], user: "User") -> list[Body]:
    flags = queries.by_first(queries.flag_fields(user, [row[0] for row in rows]))
    return [note_body(row, flags.get(row[0], [])) for row in rows]


def note_body(row: Row, flags: Sequence[Row]) -> Body:
    pk, body, owner, visibility, team, made, highlight, claim, title, slug, on_title, on_slug, statement = row
    if claim:
        place = fill(LINK, url=f"/claims/{claim}/#note-{pk}", words=statement)
    else:
        anchor = f"h-{highlight}" if highlight else f"note-{pk}"
        place = fill(LINK, url=f"/articles/{slug or on_slug}/#{anchor}", words=title or on_title)
    said = together(fill(FLAGGED, kind=Flag.Kind(kind).label, words=words, by=by) for _, kind, words, by in flags)
    html = fill(NOTE, words=excerpt(body, 600)) + (fill(FLAGS, flags=said) if said else NOTHING)
    facts = together([fact(f"by {owner}"), place, moment(made), audience(visibility, team)])
    return Body(html, facts, excerpt(body, 60))


NOTE = '<p class="desk-note" dir="auto">{words}</p>'
FLAGS = '<ul class="desk-flags">{flags}</ul>'
FLAGGED = '<li><strong>{kind}</strong> <span dir="auto">{words}</span> <span class="muted">{by}</span></li>'


def article_bodies(rows: Sequence[Row], user: "User") -> list[Body]:
    return [article_body(row) for row in rows]


def article_body(row: Row) -> Body:
    _, title, slug, published, precision, doubted, known_audience, visibility, team, added, publication, signed = row
    article = Article(published=published, published_precision=precision, doubted_date=doubted)
    no_date = f"a date that can hardly be meant, {article.doubted_in_words}" if doubted else "no date"
    gaps = [
        "" if signed else "no author",
        "" if published else no_date,
        f"only “{article.published_in_words}” for a date" if precision in ("month", "year") else "",
        "not known who may read the original" if known_audience == Article.Audience.UNKNOWN else "",
    ]
    html = fill(TITLE, url=f"/articles/{slug}/", words=title) + fill(GAPS, words=", ".join(filter(None, gaps)))
    facts = together([fact(publication), fill(ADDED, made=moment(added)), audience(visibility, team)])
    first = fill(PLAIN_LINK, url=f"/articles/{slug}/details/", word="Fill in", key="Enter")
    return Body(html, facts, excerpt(title, 60), first=first)


GAPS, ADDED = '<p class="desk-gaps">{words}</p>', "<span>added {made}</span>"


def lost_bodies(rows: Sequence[Row], user: "User") -> list[Body]:
    return [lost_body(row) for row in rows]


def lost_body(row: Row) -> Body:
    pk, kind, exact, score, candidate, owner, visibility, team, title, slug, revision = row
    is_like = bool(score and candidate)
    likely = fill(LINK, url=f"/articles/{slug}/?candidate={pk}#h-{pk}", words="Look at it there")
    found = quote(candidate, CANDIDATE, alike=how_alike(exact, candidate, score)) if is_like else NO_CANDIDATE
    html = quote(exact, LOST, kind=kind) + found
    facts = [fill(KIND, pencil=pencil(kind), words=kind), fact(f"by {owner}")]
    facts += [fill(LINK, url=f"/articles/{slug}/", words=title), audience(visibility, team)]
    more = fill(PLAIN_LINK, url=f"/articles/{slug}/?placing={pk}", word="Choose the words", key="Enter")
    without = frozenset() if is_like else frozenset({"placing"})
    told = together([*facts, likely] if is_like else facts)
    return Body(html, told, excerpt(exact, 60), seen=str(revision), more=more, without=without)


LOST = '<p class="quote"{own} data-kind="{kind}" dir="auto">{words}</p>'
CANDIDATE = '<p class="help">Likeliest place now, {alike}:</p>' + QUOTE
NO_CANDIDATE = SafeString('<p class="help">Nothing like it in the newest text.</p>')
KIND = '<span class="kind">{pencil}{words}</span>'


def near_bodies(rows: Sequence[Row], user: "User") -> list[Body]:
    return [near_body(row) for row in rows]


def near_body(row: Row) -> Body:
    pk, first_id, first, second_id, second, visibility, team = row
    html = fill(NEAR, first=first, second=second)
    names = [
        fill(LINK, url=f"/desk/tags/{one}/", words=f"Look at {name}")
        for one, name in ((first_id, first), (second_id, second))
    ]
    merging = opener("lookalikes", pk, "merging", "Merge", "m", quiet=False)
    facts = together([*names, audience(visibility, team)])
    return Body(html, facts, f"{first} and {second}", first=merging)


NEAR = '<h2 class="row-title"><span class="chip">{first}</span> and <span class="chip">{second}</span></h2>'

QUEUES: dict[str, Queue] = {
    "claims": Queue("claims", "claims", queries.proposed_fields, claim_bodies),
    "statements": Queue("statements", "statements", queries.added_fields, statement_bodies),
    "duplicates": Queue("duplicates", "duplicates", queries.alike_fields, pair_bodies),
    "notes": Queue("notes", "notes", queries.flagged_fields, note_bodies),
    "articles": Queue("articles", "articles", queries.doubtful_fields, article_bodies),
    "highlights": Queue("highlights", "highlights", queries.lost_fields, lost_bodies),
    "tags": Queue("tags", "lookalikes", queries.near_fields, near_bodies),
}
#: The queues whose lines can be chosen, to decide many together.
CHOSEN = {name for name, queue in QUEUES.items() if queue.kind in KINDS and KINDS[queue.kind].acts}


def row_of(kind: str, pk: int, user: "User", *, alone: bool = False) -> Any:
    """One line anew, for a thing that comes back to its queue; None for one that does not wait there.

    One that stands `alone` cannot be chosen with others.
    """
    queue = next((queue for queue in QUEUES.values() if queue.kind == kind), None)
    if queue is None:
        return None
    rows = [row for row in queue.fields(user, *realm_of(user), pk - 1) if row[0] == pk]
    return lines(queue, rows, user, alone=alone)[0] if rows else None
