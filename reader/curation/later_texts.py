"""What the texts say by now where a claim was quoted, for a curator who decides on it."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString

from reader.claims.changed_words import changed_words
from reader.claims.page_queries import in_their_texts
from reader.claims.passages import Wording
from reader.core.markup import NOTHING, fill, quoted
from reader.curation.wording import excerpt
from reader.highlights.crossing import Crossed
from reader.highlights.surroundings import Turn

if TYPE_CHECKING:
    from reader.core.requests import AnyUser

#: So much of a quote is shown, in code points.
LONGEST = 280
QUOTE = '<p class="quote"{own} dir="auto">{words}</p>'
NOW = '<p class="help">By now the text says:</p>' + QUOTE
NO_LONGER = SafeString('<p class="help">The text that is there now has these words no longer.</p>')
TURNED = {
    Turn.QUOTED: '<p class="help">By now the text quotes these words instead of saying them:</p>' + QUOTE,
    Turn.TAKEN: '<p class="help">By now these words stand in another sentence:</p>' + QUOTE,
    Turn.REPHRASED: '<p class="help">By now the sentence around these words is another:</p>' + QUOTE,
}
CROSSED = {
    Crossed.WHOLLY: SafeString('<p class="help">By now these words are crossed out.</p>'),
    Crossed.PARTLY: SafeString('<p class="help">By now some of these words are crossed out.</p>'),
}
REMARK = '<p class="help">New {where} these words:</p>' + QUOTE


def said_since(quotes: Iterable[tuple[int, str, datetime | None]], user: "AnyUser") -> dict[int, SafeString]:
    """What each of these marks has by now where that is not its quote; each comes with when its piece was revised.

    More is asked only of those that have their words still: of their sentences, and what stands beside.
    """
    revised = {mark: (words, at) for mark, words, at in quotes if at}
    changed = changed_words((mark, at) for mark, (_, at) in revised.items())
    same = {mark: words for mark, (words, _) in revised.items() if mark not in changed}
    found = {mark: quote(words, NOW) if words else NO_LONGER for mark, words in changed.items()}
    for mark, context in in_their_texts(same, user).items():
        if context.since and (told := by_now(context.since[-1])):
            found[mark] = told
    return found


def by_now(wording: Wording) -> SafeString:
    sentence = f"{wording.lead}{wording.words}{wording.tail}"
    told = CROSSED[wording.crossed] if wording.crossed else NOTHING
    if wording.turn and wording.turn.says_otherwise:
        told += quote(sentence, TURNED[wording.turn])
    if wording.remark:
        told += quote(wording.remark.shortened, REMARK, where=wording.remark.where)
    return told


def quote(text: str, pattern: str = QUOTE, **more: object) -> SafeString:
    words = excerpt(text, LONGEST)
    return fill(pattern, words=words, own=quoted(words), **more)
