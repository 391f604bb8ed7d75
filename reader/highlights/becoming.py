"""What a new text makes of passages that were marked: the one rule for what is told before it is saved, and after."""

from collections.abc import Sequence
from typing import NamedTuple, Self

from reader.highlights.beginnings import Beginning, beginnings_of
from reader.highlights.crossing import Crossed, Span, Stand, crossed, crossed_at
from reader.highlights.otherwise import in_few_words
from reader.highlights.retracting import Remark, retraction
from reader.highlights.surroundings import Surroundings, Turn, how_turned
from reader.highlights.wording import same_words

#: The verbs of the log for what became of the words, of the sentence around them, and beside it.
REWORDED, TAKEN_OUT, PUT_BACK, TURNED = "text changed", "text taken out", "text put back", "text around changed"
RETRACTED, CROSSED_OUT = "text beside changed", "text crossed out"


class Placed(NamedTuple):
    """What is around a mark in a text, whether it moved there, and how much of it is crossed out."""

    around: Surroundings
    has_moved: bool
    crossed: Crossed | None

    @classmethod
    def at(cls, text: str, start: int, end: int, spans: Sequence[Span], *, has_moved: bool) -> Self:
        return cls(Surroundings.at(text, start, end), has_moved, crossed(spans, text, start, end))


class Said(NamedTuple):
    """A passage in a new text and in the one before; None where it is lost."""

    highlight_id: int
    #: The words of the mark, and what was said in them.
    exact: str
    quote: str
    now: Placed | None
    was: Placed | None
    #: What came beside them and takes them back, and what did and is gone.
    come: Remark | None
    gone: Remark | None

    @classmethod
    def between(
        cls, mark: tuple[int, str, str], was: Placed | None, now: Placed | None, before: str, after: str
    ) -> Self:
        """The mark in these two texts, which stand here as a whole, too."""
        come = retraction(was.around, now.around, before) if was and now else None
        gone = retraction(now.around, was.around, after) if was and now else None
        return cls(*mark, now, was, come, gone)

    @property
    def has_same_words(self) -> bool:
        """Whether both texts have the same."""
        if self.was is None or self.now is None:
            return False
        return same_words(self.was.around.words, self.now.around.words)

    @property
    def turn(self) -> Turn | None:
        """What the new text makes of the sentence of the one before, where the words are the same."""
        if not (self.was and self.now and self.has_same_words):
            return None
        return how_turned(self.was.around, self.now.around, moved=self.now.has_moved)

    @property
    def is_rephrased(self) -> bool:
        return self.turn is not None and self.turn.says_otherwise

    @property
    def is_as_marked(self) -> bool:
        return self.now is not None and same_words(self.quote, self.now.around.words)

    @property
    def is_struck(self) -> bool:
        """Whether more of them is crossed out than was."""
        if not (self.was and self.now and self.now.crossed):
            return False
        return self.now.crossed.is_more_than(self.was.crossed)

    @property
    def is_news(self) -> bool:
        """Whether there is anything to tell, as far as these two texts say."""
        if self.now is None or self.was is None:
            return self.was is not None or self.is_as_marked
        if self.come or self.is_struck:
            return True
        if self.is_as_marked and (self.gone or self.was.crossed != self.now.crossed):
            return True
        return self.is_rephrased or not self.has_same_words

    def became(self, since: "Since") -> str:
        """What to tell, given what became of it since it was marked."""
        if self.now is None:
            return TAKEN_OUT
        if self.is_struck and (self.is_as_marked or self.now.crossed is Crossed.WHOLLY):
            return CROSSED_OUT
        if self.is_as_marked:
            if since.turn and since.turn.says_otherwise:
                return TURNED
            if self.now.crossed and self.now.crossed.is_more_than(since.was_crossed):
                return CROSSED_OUT
            return RETRACTED if since.remark else PUT_BACK
        if self.was and not self.has_same_words:
            return REWORDED
        return TURNED if self.is_rephrased else RETRACTED if self.come else REWORDED


class Since(NamedTuple):
    """What became of the sentence, and beside it, since it was marked, and how much was crossed out then."""

    turn: Turn | None = None
    remark: Remark | None = None
    was_crossed: Crossed | None = None


class Told(NamedTuple):
    """A passage with what to tell of it."""

    said: Said
    since: Since
    verb: str

    @property
    def remark(self) -> Remark | None:
        return self.since.remark if self.said.is_as_marked else self.said.come

    @property
    def is_said_otherwise(self) -> bool:
        """Whether its words stand there, or are crossed out there."""
        return self.verb in (TURNED, RETRACTED, CROSSED_OUT) or self.said.has_same_words

    @property
    def in_few_words(self) -> str:
        """How it is said otherwise, where it stands."""
        turn = self.since.turn if self.said.is_as_marked else self.said.turn
        is_struck = self.verb == CROSSED_OUT or self.said.is_struck
        return in_few_words(self.said.now.crossed if self.said.now and is_struck else None, turn, self.remark)

    @property
    def was(self) -> str:
        """The words in the text before."""
        return self.said.was.around.words if self.said.was else ""

    @property
    def now(self) -> str:
        """The words in the new text; in their sentence, where that is what changed."""
        if self.said.now is None:
            return ""
        around = self.said.now.around
        return "".join(around.sentence).strip() if self.verb == TURNED else around.words


def what_became(passages: Sequence[Said]) -> list[Told]:
    """What there is to tell of these."""
    news = [one for one in passages if one.is_news]
    begun = beginnings_of({one.highlight_id: one.exact for one in news if one.is_as_marked})
    struck = {one.highlight_id for one in news if one.now and one.now.crossed} & begun.keys()
    made = {pk: begun[pk].made for pk in struck}
    were = crossed_at({pk: Stand(at.revision_id, at.start, at.end) for pk, at in made.items()}) if made else {}
    found = []
    for one in news:
        since = since_made(one, begun.get(one.highlight_id), were.get(one.highlight_id))
        found.append(Told(one, since, one.became(since)))
    return found


def since_made(said: Said, beginning: Beginning | None, was_crossed: Crossed | None) -> Since:
    """Against the text that it was marked in; where that is the one before, or not known, against that."""
    if said.now is None or beginning is None:
        return Since(said.turn, said.come, said.was.crossed if said.was else None)
    around = said.now.around
    return Since(beginning.became(around, moves=said.now.has_moved), beginning.remark(around), was_crossed)
