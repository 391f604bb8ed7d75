"""What became of marked passages in later texts: other words, or the same in another sentence."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from django.utils.safestring import SafeString

from reader.core.markup import NOTHING, QUOTED, fill, quoted
from reader.highlights.beginnings import Beginning, beginnings_of
from reader.highlights.queries import Passage
from reader.highlights.surroundings import Surroundings, Turn
from reader.highlights.wording import is_hardly_left, same_words

#: The words as they were marked, where the text has others by now, or their sentence.
CHANGED = """<details class="changed"><summary>{what}</summary>
<p class="quote"{own} dir="auto">{was}</p>{now}
<p class="facts"><a href="/highlights/{id}/rewording/">Compare the texts</a></p></details>
"""
NOW = '<p class="facts">In the text now:</p><p class="quote"{own} dir="auto">{words}</p>'
SENTENCE = "{lead}<mark>{words}</mark>{tail}"
BECAME = {
    None: "This passage was changed after it was marked",
    Turn.QUOTED: "The text quotes this passage now, instead of saying it",
    Turn.TAKEN: "This passage was taken into another sentence",
    Turn.REPHRASED: "The sentence around this passage was changed",
    Turn.REORDERED: "This passage moved within its sentence",
}
HARDLY = "Hardly anything is left here of what was marked"
MOST_OLD_WORDS = 1_000


class Change(NamedTuple):
    """What became of the words of a mark; the sentences are empty where only the words are others."""

    turn: Turn | None
    is_hardly_left: bool
    was: tuple[str, str, str] = ("", "", "")
    now: tuple[str, str, str] = ("", "", "")


def changes_of(passages: Sequence[Passage], marked: Mapping[int, str], text: str) -> dict[int, Change]:
    """What became of these marks in a text that is not the first of its piece; `marked` has their words."""
    begun = beginnings_of(marked)
    found = {}
    for passage in passages:
        now = Surroundings.at(text, passage.start, passage.end)
        for pk in passage.ids:
            if pk in marked and (change := changed_to(now, marked[pk], begun.get(pk))):
                found[pk] = change
    return found


@lru_cache(maxsize=1024)
def changed_to(now: Surroundings, exact: str, begun: Beginning | None) -> Change | None:
    """What became of words that were marked, if anything; remembered, for it takes longer than drawing the card."""
    is_same = same_words(exact, now.words)
    turn = begun.became(now) if begun else None
    if begun and turn:
        return Change(turn, not is_same and is_hardly_left(exact, now.words), begun.around.sentence, now.sentence)
    return None if is_same else Change(None, is_hardly_left(exact, now.words))


def changed(pk: int, exact: str, change: Change) -> SafeString:
    """What a card says of that, folded in."""
    was = sentence(change.was) if change.turn else fill("{words}", words=shortened(exact))
    return fill(
        CHANGED,
        id=pk,
        what=HARDLY if change.is_hardly_left else BECAME[change.turn],
        own=QUOTED if change.turn else quoted(exact),
        was=was,
        now=fill(NOW, own=QUOTED, words=sentence(change.now)) if change.turn else NOTHING,
    )


def sentence(parts: tuple[str, str, str]) -> SafeString:
    lead, words, tail = parts
    return fill(SENTENCE, lead=lead.lstrip(), words=shortened(words), tail=tail)


def shortened(words: str) -> str:
    return words if len(words) <= MOST_OLD_WORDS else words[:MOST_OLD_WORDS].rpartition(" ")[0] + " …"
