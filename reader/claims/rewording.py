"""What a new text of a piece means for the claims that it states: an author who edits a prediction is told of."""

from typing import TYPE_CHECKING, NamedTuple

from reader.claims.models import Claim, Statement
from reader.claims.proposing import narrower
from reader.core.events import event_of, record_all
from reader.highlights.beginnings import beginnings_of
from reader.highlights.crossing import Crossed, Stand, crossed, crossed_at, struck_in
from reader.highlights.models import Anchor, Kind
from reader.highlights.retracting import Remark, retraction
from reader.highlights.surroundings import Surroundings, Turn, how_turned
from reader.highlights.wording import same_words
from reader.library.models import Revision

if TYPE_CHECKING:
    from reader.accounts.models import User

#: The verbs of the log for what became of the words of a statement, of the sentence around them, and beside it.
REWORDED, TAKEN_OUT, PUT_BACK, TURNED = "text changed", "text taken out", "text put back", "text around changed"
RETRACTED, CROSSED_OUT = "text beside changed", "text crossed out"


class Said(NamedTuple):
    """A statement with its words in a new text and in the one before; None where they are lost."""

    statement: Statement
    now: Surroundings | None
    was: Surroundings | None
    has_moved: bool
    #: What came beside them and takes them back, and what did and is gone.
    come: Remark | None = None
    gone: Remark | None = None
    #: How much of them is crossed out, and was in the text before.
    is_crossed: Crossed | None = None
    was_crossed: Crossed | None = None

    @property
    def is_rephrased(self) -> bool:
        """Whether the words are what they were in the text before, and their sentence is another."""
        if self.now is None or self.was is None or not same_words(self.was.words, self.now.words):
            return False
        turn = how_turned(self.was, self.now, moved=self.has_moved)
        return turn is not None and turn.says_otherwise

    @property
    def is_as_marked(self) -> bool:
        return self.now is not None and same_words(self.statement.quote, self.now.words)

    @property
    def is_news(self) -> bool:
        """Whether there is anything to tell, as far as these two texts say."""
        if self.now is None or self.was is None:
            return self.was is not None or self.is_as_marked
        if self.come or self.is_struck:
            return True
        if self.is_as_marked and (self.gone or self.was_crossed != self.is_crossed):
            return True
        return self.is_rephrased or not same_words(self.was.words, self.now.words)

    @property
    def is_struck(self) -> bool:
        """Whether more of them is crossed out than was."""
        return self.is_crossed is not None and self.is_crossed.is_more_than(self.was_crossed)

    def became(self, turn: Turn | None, remark: Remark | None, was_made: Crossed | None) -> str:
        """What to tell; `turn` and `remark` are what became of the sentence, and beside it, since it was marked.

        As much of the words as `was_made` says was crossed out then.
        """
        if self.now is None:
            return TAKEN_OUT
        if self.is_struck and (self.is_as_marked or self.is_crossed is Crossed.WHOLLY):
            return CROSSED_OUT
        if self.is_as_marked:
            if turn and turn.says_otherwise:
                return TURNED
            if self.is_crossed and self.is_crossed.is_more_than(was_made):
                return CROSSED_OUT
            return RETRACTED if remark else PUT_BACK
        if self.was and not same_words(self.was.words, self.now.words):
            return REWORDED
        return TURNED if self.is_rephrased else RETRACTED if self.come else REWORDED


def tell_of_changed_words(after: Revision, by: "User | None") -> list[tuple[Statement, str]]:
    """Write for each claim that its words, or their sentence, were changed by this text, taken out or put back.

    Answers the statements that do not stand as they were said, each with its verb. All keep the words as they were
    said. An event is known to those who see both the claim and the mark.
    """
    changed = what_became(after)
    events = [
        event_of(
            by,
            verb,
            one.claim,
            narrower(one.claim, one.highlight, one.highlight.owner),
            article_id=after.article_id,
            revision=after.pk,
        )
        for one, verb in changed
    ]
    if events:
        record_all(events)
    return [(one, verb) for one, verb in changed if verb != PUT_BACK]


def what_became(after: Revision) -> list[tuple[Statement, str]]:
    """The statements of which there is something to tell, each with the verb for it."""
    news = [one for one in said_in(after) if one.is_news]
    asked = {one.statement.highlight_id: one.statement.highlight.exact for one in news if one.is_as_marked}
    begun = beginnings_of(asked)
    struck = {one.statement.highlight_id for one in news if one.is_crossed} & begun.keys()
    made = {pk: begun[pk].made for pk in struck}
    were = crossed_at({pk: Stand(at.revision_id, at.start, at.end) for pk, at in made.items()}) if made else {}
    told = []
    for one in news:
        pk = one.statement.highlight_id
        since = (begun[pk].became(one.now), begun[pk].remark(one.now)) if pk in begun and one.now else (None, None)
        told.append((one.statement, one.became(*since, were.get(pk))))
    return told


def said_in(after: Revision) -> list[Said]:
    """The statements in this piece."""
    said = Statement.objects.filter(
        highlight__article=after.article_id,
        highlight__deleted_at=None,
        highlight__kind=Kind.PREDICTION,
        claim__deleted_at=None,
    ).exclude(claim__state=Claim.State.MERGED)
    before = Revision.objects.filter(article=after.article_id, number__lt=after.number).latest("number")
    now, then = placed_in(after), placed_in(before)
    found = []
    for one in said.select_related("claim", "highlight__owner"):
        here, has_moved, is_crossed = now.get(one.highlight_id, NOWHERE)
        there, _, was_crossed = then.get(one.highlight_id, NOWHERE)
        come = retraction(there, here, before.text) if here and there else None
        gone = retraction(here, there, after.text) if here and there else None
        found.append(Said(one, here, there, has_moved, come, gone, is_crossed, was_crossed))
    return found


class Placed(NamedTuple):
    """What is around a mark in a text, whether it moved there, and how much of it is crossed out."""

    around: Surroundings | None
    has_moved: bool
    crossed: Crossed | None


NOWHERE = Placed(None, has_moved=False, crossed=None)


def placed_in(text: Revision) -> dict[int, Placed]:
    """Each mark that has a place in this text."""
    placed = Anchor.objects.filter(revision=text).exclude(state=Anchor.State.ORPHANED)
    rows = placed.values_list("highlight_id", "start", "end", "state")
    struck = struck_in(text.html)
    return {
        pk: Placed(
            Surroundings.at(text.text, start, end),
            state == Anchor.State.MOVED,
            crossed(struck, text.text, start, end),
        )
        for pk, start, end, state in rows
    }
