"""Who said a claim, where, when and how, filled in from plain rows."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from django.utils import timezone
from django.utils.safestring import SafeString

from reader.claims.models import Claim, Polarity, Stance
from reader.claims.page_queries import StatementRow
from reader.claims.passages import QuoteInContext, Wording
from reader.claims.windows import between_in_words, window_in_words
from reader.core.markup import NOTHING, QUOTED, fill, minute, moment, quoted, together
from reader.core.visibility import Visibility
from reader.highlights.audiences import in_words
from reader.highlights.crossing import Crossed
from reader.highlights.queries import NoteRow
from reader.highlights.retracting import Remark
from reader.highlights.surroundings import Turn
from reader.scoring import Hedge, read_hedge
from reader.scoring.hedges import SOURCE

#: A longer quote is drawn anew each time, and no hedge is looked for in it.
LONGEST_REMEMBERED = 1_000
#: Kind, first and last day.
Window = tuple[str, date | None, date | None]

STATEMENT = """<figure class="statement" id="statement-{id}">
<blockquote class="quote-in-context" dir="auto">{before}<mark data-kind="prediction">{quote}</mark>{after}</blockquote>
{reworded}<figcaption><p class="facts">{waits}{who}{how}{retold}{day}{where}\
<a href="/articles/{slug}/#h-{mark}">Read it in “{title}”</a>{change}</p>{hedge}</figcaption>
{notes}</figure>
"""
REWORDED = """<div class="reworded"><p><strong>{what}</strong> Above is the text of {said}.{hardly}{now}</p>{words}\
<p class="facts"><a href="/highlights/{mark}/rewording/">Compare the texts</a></p></div>
"""
#: What happened to the words on the day that a text came.
BECAME = {
    None: "The text was changed on {day}.",
    Turn.QUOTED: "Since {day}, the text quotes these words instead of saying them.",
    Turn.TAKEN: "These words were taken into another sentence on {day}.",
    Turn.REPHRASED: "The sentence around these words was changed on {day}.",
    Turn.REORDERED: "These words moved within their sentence on {day}.",
}
#: What came beside them that day.
REMARKED = "New {where} these words since {day}: “{words}”"
REMARK = '<p class="facts">New {where} it: “{words}”</p>'
#: What is crossed out from that day on.
CROSSED = {
    Crossed.WHOLLY: "These words have been crossed out since {day}.",
    Crossed.PARTLY: "Some of these words have been crossed out since {day}.",
}
CROSSED_TOO = SafeString('<p class="facts">Some of these words are crossed out.</p>')
HOW_CROSSED = {Crossed.WHOLLY: "crossed out", Crossed.PARTLY: "crossed out in part"}
SEVERAL = "The text was changed {count} times."
#: The newest of so many wordings are shown.
MOST_WORDINGS = 10
WORDINGS = '<ol class="wordings">{rows}</ol>'
WORDING = '<li><p class="facts">{day}{how}{newest}</p>{words}</li>'
HOW = {
    Turn.QUOTED: "quoted, not said",
    Turn.TAKEN: "in another sentence",
    Turn.REPHRASED: "in a changed sentence",
    Turn.REORDERED: "elsewhere in their sentence",
}
AS_NOW = SafeString("<span>as it is now</span>")
LOST = SafeString("<p>This passage is not in it.</p>")
HARDLY = " Hardly anything of these words is left."
NOW = '<blockquote class="quote"{own} dir="auto">{words}</blockquote>'
SENTENCE = '{lead}<mark data-kind="prediction">{words}</mark>{tail}'
NAMED = '<a href="/{kind}/{slug}/">{name}</a>'
FACT = "<span>{words}</span>"
WORDED = "<span>“{words}”</span>"
RETOLD = "<span>retold by&nbsp;{who}</span>"
DENIES = SafeString(f'<span class="stamp">{Polarity.DENIES.label}</span>')
WAITS = SafeString('<span class="stamp">waits for a curator</span>')
#: Of what fewer see than the claim: it is in no record that is theirs who see the claim.
UNSEEN = '<span class="stamp">only {who} {sees} it</span>'
CHANGE = '<a href="/statements/{id}/">Change who said it, and how</a>'
NO_SPEAKER = SafeString("<span>Speaker not named</span>")
NOTE = """<article class="note"><p class="facts"><strong>{owner}</strong>{day}</p>
<div class="prose" dir="auto">{body}</div></article>
"""
HEDGE = '<p class="hedge">{scale}<span>“{phrase}” in this wording: {readers}</span></p>'
RANGE = """<svg class="hedge-scale" viewBox="0 0 104 12" aria-hidden="true"><path d="M2 6h100"/>\
<rect x="{low}" y="3" width="{width}" height="6" rx="3"/><circle cx="{mean}" cy="6" r="3"/></svg>"""


def statement_rows(
    rows: Sequence[StatementRow],
    contexts: Mapping[int, QuoteInContext],
    notes: Mapping[int, Sequence[NoteRow]],
    claim: Claim,
    changeable: Collection[int] = (),
) -> list[SafeString]:
    """A figure for each, in its paragraph where that was asked for; `changeable` are those that the reader corrects."""
    window = (claim.window_kind, claim.window_start, claim.window_end)
    drawn = []
    for row in rows:
        said = tuple(notes.get(row.highlight_id, ()))
        draw = figure if said or len(row.quote) > LONGEST_REMEMBERED else remembered
        may_change = row.id in changeable
        drawn.append(draw(row, contexts.get(row.highlight_id), said, window, claim.visibility, may_change=may_change))
    return drawn


def figure(
    row: StatementRow,
    context: QuoteInContext | None,
    notes: tuple[NoteRow, ...],
    window: Window,
    shown_to: str,
    *,
    may_change: bool,
) -> SafeString:
    """One statement with what was written on its passage."""
    return fill(
        STATEMENT,
        id=row.id,
        before=context.before if context else "",
        quote=context.quote if context else row.quote,
        after=context.after if context else "",
        reworded=reworded(row, context) if context else NOTHING,
        who=named("people", row.speaker_slug, row.speaker) if row.speaker else NO_SPEAKER,
        how=how_said(row),
        waits=waiting(row, shown_to),
        retold=retold(row),
        day=days(row, window),
        where=named("publications", row.publication_slug, row.publication) if row.publication else NOTHING,
        slug=row.article_slug,
        mark=row.highlight_id,
        title=row.title,
        change=fill(CHANGE, id=row.id) if may_change else NOTHING,
        hedge=hedge_line(row.hedge or hedged_words(row)),
        notes=together(note(one) for one in notes) if notes else NOTHING,
    )


#: Statements as they were drawn, by all that they are made of: everybody who sees one sees it so.
remembered = lru_cache(maxsize=1024)(figure)


def hedged_words(row: StatementRow) -> str:
    """Where a hedge may be that nobody named; of a condition, which nobody says, the passage hedges something else."""
    is_supposed = row.stance == Stance.REPORTS and not row.speaker
    return "" if is_supposed or len(row.quote) > LONGEST_REMEMBERED else row.quote


def waiting(row: StatementRow, shown_to: str) -> SafeString:
    """Whether it waits for a curator; and, where fewer see it than see the claim, who they are."""
    waits = WAITS if row.waits else NOTHING
    if row.seen_by in (shown_to, Visibility.PUBLIC):
        return waits
    if row.seen_by == Visibility.PRIVATE:
        return fill(UNSEEN, who="you", sees="see")
    return fill(UNSEEN, who=in_words(row.seen_by, row.team), sees="sees") + waits


def reworded(row: StatementRow, context: QuoteInContext) -> SafeString:
    """What the text says by now, where that is not what was said; of several texts, what each did."""
    if context.said_at is None:
        return NOTHING
    newest = context.since[-1]
    is_one = len(context.since) == 1
    when = told_apart([context.said_at, *(one.since for one in context.since)])
    return fill(
        REWORDED,
        mark=row.highlight_id,
        said=when(context.said_at),
        what=became(newest, when) if is_one else fill(SEVERAL, count=len(context.since)),
        hardly=HARDLY if context.is_hardly_left else "",
        now=reads_now(newest) if is_one else "",
        words=worded(newest) if is_one else several(context.since[-MOST_WORDINGS:], when),
    )


def told_apart(moments: Sequence[datetime]) -> Callable[[datetime], SafeString]:
    """How these are written: by their days, to the minute where two are of one day."""
    days_of_all = {timezone.localdate(at) for at in moments}
    return moment if len(days_of_all) == len(moments) else minute


def became(wording: Wording, when: Callable[[datetime], SafeString]) -> SafeString:
    day, remark, crossed = when(wording.since), wording.remark, wording.crossed
    if crossed and (wording.is_as_said or crossed is Crossed.WHOLLY):
        return fill(CROSSED[crossed], day=day)
    if remark and wording.is_as_said:
        return fill(REMARKED, where=remark.where, day=day, words=remark.shortened)
    return fill(BECAME[wording.turn], day=day)


def reads_now(wording: Wording) -> str:
    if wording.is_as_said:
        return ""
    return " It reads now:" if wording.words else " This passage is no longer in it."


def worded(wording: Wording) -> SafeString:
    """The words alone, or in their sentence where that is what changed; with what came beside, unless that is all."""
    beside = remarked(wording.remark)
    if wording.is_as_said:
        return beside if wording.crossed else NOTHING
    if wording.crossed is Crossed.PARTLY:
        beside = CROSSED_TOO + beside
    if not wording.turn:
        return fill(NOW, own=quoted(wording.words), words=wording.words) + beside if wording.words else NOTHING
    told = fill(SENTENCE, lead=wording.lead, words=wording.words, tail=wording.tail)
    return fill(NOW, own=QUOTED, words=told) + beside


def remarked(remark: Remark | None) -> SafeString:
    return fill(REMARK, where=remark.where, words=remark.shortened) if remark else NOTHING


def several(wordings: Sequence[Wording], when: Callable[[datetime], SafeString]) -> SafeString:
    """Each wording with the day from which the text had it, the newest last."""
    rows = [
        fill(
            WORDING,
            day=when(one.since),
            how=together([fact(HOW[one.turn]) if one.turn else NOTHING, how_crossed(one.crossed)]),
            newest=AS_NOW if one is wordings[-1] else NOTHING,
            words=worded(one) or (remarked(one.remark) if one.is_as_said else LOST),
        )
        for one in wordings
    ]
    return fill(WORDINGS, rows=together(rows))


def fact(words: str) -> SafeString:
    return fill(FACT, words=words)


def how_crossed(how: Crossed | None) -> SafeString:
    return fact(HOW_CROSSED[how]) if how else NOTHING


def named(kind: str, slug: str | None, name: str | None) -> SafeString:
    return fill(NAMED, kind=kind, slug=slug or "", name=name or "")


def how_said(row: StatementRow) -> SafeString:
    """Stance, polarity and the probability that the speaker gave, if any."""
    stance = NOTHING if row.stance == Stance.REPORTS else fill(FACT, words=Stance(row.stance).label)
    polarity = DENIES if row.polarity == Polarity.DENIES else NOTHING
    stated = fill(FACT, words=given(row.stated_percent, row.polarity)) if row.stated_percent is not None else NOTHING
    return together([stance, polarity, stated])


def given(stated: Decimal, polarity: str) -> str:
    """The probability is that of what the speaker says: of a denial, that the claim will not come true."""
    is_denial = polarity == Polarity.DENIES
    return f"gives {percent(stated)} % that it will not" if is_denial else f"gives it {percent(stated)} %"


def percent(stated: Decimal) -> str:
    return f"{stated:f}".rstrip("0").rstrip(".") if "." in f"{stated:f}" else f"{stated:f}"


def retold(row: StatementRow) -> SafeString:
    if row.reported_by:
        return fill(RETOLD, who=named("people", row.reported_by_slug, row.reported_by))
    return fill(FACT, words="retold") if row.stance == Stance.REPORTS else NOTHING


def days(row: StatementRow, window: Window) -> SafeString:
    """When it was said, in which words of time, and for when, where that is not when the claim itself is for."""
    said = between_in_words(row.said_on, row.said_no_later_than)
    own = (row.window_kind, row.window_start, row.window_end)
    differs = row.window_start is not None and own != window
    parts = [
        fill(FACT, words=f"said {said}") if said else NOTHING,
        fill(WORDED, words=row.time_text) if row.time_text else NOTHING,
        fill(FACT, words=f"for {window_in_words(*own)}") if differs else NOTHING,
    ]
    return together(parts)


@lru_cache(maxsize=1024)
def hedge_line(wording: str) -> SafeString:
    """What readers take the hedge to mean, labelled as theirs: it says nothing of what the speaker meant."""
    hedge = read_hedge(wording)
    if hedge is None:
        return NOTHING
    return fill(HEDGE, scale=scale_of(hedge), phrase=hedge.phrase, readers=readers_of(hedge))


def readers_of(hedge: Hedge) -> str:
    if hedge.reading is None:
        return "it says that this can be, and nothing of how likely it is. It is never scored."
    reading = hedge.reading
    return (
        f"readers hear about {reading.mean} %, most of them {reading.low} to {reading.high} % "
        f"({SOURCE}). Not what the speaker said."
    )


def scale_of(hedge: Hedge) -> SafeString:
    if hedge.reading is None:
        return NOTHING
    low, high, mean = (2 + value for value in (hedge.reading.low, hedge.reading.high, hedge.reading.mean))
    return fill(RANGE, low=low, width=high - low, mean=mean)


def note(row: NoteRow) -> SafeString:
    return fill(NOTE, owner=row.owner, day=moment(row.created_at), body=SafeString(row.html))
