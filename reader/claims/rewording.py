"""What a new text of a piece means for the claims that it states: an author who edits a prediction is told of."""

from typing import TYPE_CHECKING

from reader.claims.models import Claim, Statement
from reader.core.events import event_of, record_all
from reader.core.visibility import is_within
from reader.highlights.models import Anchor, Kind
from reader.highlights.wording import same_words
from reader.library.models import Revision

if TYPE_CHECKING:
    from reader.accounts.models import User

#: The verbs of the log for what became of the words of a statement.
REWORDED, TAKEN_OUT, PUT_BACK = "text changed", "text taken out", "text put back"


def tell_of_changed_words(after: Revision, by: "User | None") -> list[Statement]:
    """Write for each claim that its words were changed by this text, taken out or put back as they were said.

    Answers the statements that do not stand as they were said. All keep the words as they were said. An event is known
    to those who see both the claim and the mark.
    """
    changed = [(one, verb) for one, words, was in quoted_in(after) if (verb := what_became(words, was, one.quote))]
    events = [
        event_of(
            by,
            verb,
            one.claim,
            one.highlight if is_within(one.highlight, one.claim) else one.claim,
            article_id=after.article_id,
            revision=after.pk,
        )
        for one, verb in changed
    ]
    if events:
        record_all(events)
    return [one for one, verb in changed if verb != PUT_BACK]


def what_became(words: str | None, was: str | None, said: str) -> str:
    if words is None:
        return TAKEN_OUT if was is not None else ""
    if was is not None and same_words(was, words):
        return ""
    return PUT_BACK if same_words(said, words) else REWORDED if was is not None else ""


def quoted_in(after: Revision) -> list[tuple[Statement, str | None, str | None]]:
    """The statements in this piece, with their words in this text and in the one before; None where they are lost."""
    said = Statement.objects.filter(
        highlight__article=after.article_id,
        highlight__deleted_at=None,
        highlight__kind=Kind.PREDICTION,
        claim__deleted_at=None,
    ).exclude(claim__state=Claim.State.MERGED)
    before = Revision.objects.filter(article=after.article_id, number__lt=after.number).latest("number")
    now, then = words_in(after), words_in(before)
    return [
        (one, now.get(one.highlight_id), then.get(one.highlight_id))
        for one in said.select_related("claim", "highlight__owner")
    ]


def words_in(text: Revision) -> dict[int, str]:
    """The words of each mark that has a place in this text."""
    placed = Anchor.objects.filter(revision=text).exclude(state=Anchor.State.ORPHANED)
    rows = placed.values_list("highlight_id", "start", "end")
    return {pk: text.text[start:end] for pk, start, end in rows}
