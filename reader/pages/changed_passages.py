"""What became of marked passages in later texts: other words, or the same in another sentence, or crossed out."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from django.utils.safestring import SafeString

from reader.core.blocks import Layout
from reader.core.markup import NOTHING, QUOTED, fill, quoted
from reader.highlights.beginnings import Beginning, beginnings_of
from reader.highlights.crossing import Crossed, Stand, crossed, crossed_at, struck_in
from reader.highlights.queries import Passage
from reader.highlights.retracting import Remark
from reader.highlights.surroundings import Surroundings, Turn, how_turned
from reader.highlights.wording import is_hardly_left, same_words

#: The words as they were marked, where the text has others by now, or their sentence.
CHANGED = """<details class="changed"><summary>{what}</summary>
{was}{now}{crossed}{remark}
<p class="facts"><a href="/highlights/{id}/rewording/">Compare the texts</a></p></details>
"""
WAS = '<p class="quote"{own} dir="auto">{words}</p>'
NOW = '<p class="facts">In the text now:</p><p class="quote"{own} dir="auto">{words}</p>'
SENTENCE = "{lead}<mark>{words}</mark>{tail}"
BECAME = {
    None: "This passage was changed after it was marked",
    Turn.QUOTED: "The text quotes this passage now, instead of saying it",
    Turn.TAKEN: "This passage was taken into another sentence",
    Turn.REPHRASED: "The sentence around this passage was changed",
    Turn.REORDERED: "This passage moved within its sentence",
}
CROSSED = {
    Crossed.WHOLLY: "This passage is crossed out in the newest text",
    Crossed.PARTLY: "Part of this passage is crossed out in the newest text",
}
CROSSED_TOO = '<p class="facts">{what}.</p>'
#: What came beside it, where the passage is what it was, and where it is not.
REMARK = "New {where} this passage: “{words}”"
REMARK_TOO = '<p class="facts">New {where} it:</p><p class="quote"{own} dir="auto">{words}</p>'
HARDLY = "Hardly anything is left here of what was marked"
MOST_OLD_WORDS = 1_000


class Change(NamedTuple):
    """What became of the words of a mark; the sentences are empty where they are not what changed."""

    turn: Turn | None
    is_hardly_left: bool
    was: tuple[str, str, str] = ("", "", "")
    now: tuple[str, str, str] = ("", "", "")
    #: What came beside the words and takes them back.
    remark: Remark | None = None
    #: How much of them is crossed out that was not.
    crossed: Crossed | None = None
    has_its_words: bool = True

    @property
    def is_as_marked(self) -> bool:
        """Whether the words and their sentence are what they were."""
        return self.has_its_words and not self.turn

    @property
    def summary(self) -> str:
        if self.is_hardly_left:
            return HARDLY
        if self.crossed and (self.is_as_marked or self.crossed is Crossed.WHOLLY):
            return CROSSED[self.crossed]
        if self.remark and self.is_as_marked:
            return in_short(self.remark)
        return BECAME[self.turn]


def changes_of(passages: Sequence[Passage], marked: Mapping[int, str], layout: Layout) -> dict[int, Change]:
    """What became of these marks in a text that is not the first of its piece; `marked` has their words."""
    begun, text = beginnings_of(marked), layout.text
    struck = struck_since(passages, begun, layout)
    found = {}
    for passage in passages:
        now = Surroundings.at(text, passage.start, passage.end)
        for pk in passage.ids:
            if pk not in marked:
                continue
            beginning = begun.get(pk)
            begin = (beginning.around, beginning.has_moved) if beginning else None
            remark = beginning.remark(now) if beginning else None
            if change := changed_to(now, marked[pk], begin, remark, struck.get(pk)):
                found[pk] = change
    return found


def struck_since(passages: Sequence[Passage], begun: Mapping[int, Beginning], layout: Layout) -> dict[int, Crossed]:
    """Which of these marks are crossed out, and were not in the text that they were made in."""
    spans = struck_in(layout.html)
    if not spans:
        return {}
    now = {
        pk: how
        for one in passages
        if (how := crossed(spans, layout.text, one.start, one.end))
        for pk in one.ids
        if pk in begun
    }
    made = {pk: begun[pk].made for pk in now}
    was = crossed_at({pk: Stand(one.revision_id, one.start, one.end) for pk, one in made.items()}) if made else {}
    return {pk: how for pk, how in now.items() if how.is_more_than(was.get(pk))}


@lru_cache(maxsize=1024)
def changed_to(
    now: Surroundings,
    exact: str,
    begun: tuple[Surroundings, bool] | None,
    remark: Remark | None,
    struck: Crossed | None,
) -> Change | None:
    """What became of words that were marked, if anything; remembered, for it takes longer than drawing the card.

    `begun` is where they stood as they were marked, and whether they moved since.
    """
    is_same = same_words(exact, now.words)
    hardly = not is_same and is_hardly_left(exact, now.words)
    turn = how_turned(begun[0], now, moved=begun[1]) if begun else None
    if begun and turn:
        return Change(turn, hardly, begun[0].sentence, now.sentence, remark, struck, is_same)
    if is_same and not (remark or struck):
        return None
    return Change(None, hardly, remark=remark, crossed=struck, has_its_words=is_same)


def changed(pk: int, exact: str, change: Change) -> SafeString:
    """What a card says of that, folded in."""
    remark, summary = change.remark, change.summary
    if change.turn:
        was = fill(WAS, own=QUOTED, words=sentence(change.was))
    else:
        was = NOTHING if change.is_as_marked else fill(WAS, own=quoted(exact), words=shortened(exact))
    return fill(
        CHANGED,
        id=pk,
        what=summary,
        was=was,
        now=fill(NOW, own=QUOTED, words=sentence(change.now)) if change.turn else NOTHING,
        crossed=crossed_too(change.crossed) if change.crossed and summary != CROSSED[change.crossed] else NOTHING,
        remark=remarked_too(remark) if remark and summary != in_short(remark) else NOTHING,
    )


def in_short(remark: Remark) -> str:
    return REMARK.format(where=remark.where, words=remark.shortened)


def crossed_too(how: Crossed) -> SafeString:
    return fill(CROSSED_TOO, what=CROSSED[how])


def remarked_too(remark: Remark) -> SafeString:
    return fill(REMARK_TOO, where=remark.where, own=quoted(remark.words), words=remark.shortened)


def sentence(parts: tuple[str, str, str]) -> SafeString:
    lead, words, tail = parts
    return fill(SENTENCE, lead=lead.lstrip(), words=shortened(words), tail=tail)


def shortened(words: str) -> str:
    return words if len(words) <= MOST_OLD_WORDS else words[:MOST_OLD_WORDS].rpartition(" ")[0] + " …"
