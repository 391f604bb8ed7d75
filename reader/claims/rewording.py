"""What a new text of a piece means for the claims that it states: an author who edits a prediction is told of."""

from collections import defaultdict
from typing import TYPE_CHECKING

from reader.claims.models import Claim, Statement
from reader.claims.proposing import narrower
from reader.core.events import event_of, record_all
from reader.highlights.becoming import PUT_BACK, Placed, Said, what_became
from reader.highlights.crossing import struck_in
from reader.highlights.models import Anchor, Kind
from reader.library.models import Revision

if TYPE_CHECKING:
    from reader.accounts.models import User


def tell_of_changed_words(after: Revision, by: "User | None") -> list[tuple[Statement, str]]:
    """Write for each claim that its words, or their sentence, were changed by this text, taken out or put back.

    Answers the statements that do not stand as they were said, each with its verb. All keep the words as they were
    said. An event is known to those who see both the claim and the mark.
    """
    changed = became_of(after)
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


def became_of(after: Revision) -> list[tuple[Statement, str]]:
    """The statements in this piece of which there is something to tell, each with the verb for it."""
    stated = Statement.objects.filter(
        highlight__article=after.article_id,
        highlight__deleted_at=None,
        highlight__kind=Kind.PREDICTION,
        claim__deleted_at=None,
    ).exclude(claim__state=Claim.State.MERGED)
    before = Revision.objects.filter(article=after.article_id, number__lt=after.number).latest("number")
    now, then = placed_in(after), placed_in(before)
    by_words: dict[tuple[int, str, str], list[Statement]] = defaultdict(list)
    for one in stated.select_related("claim", "highlight__owner"):
        by_words[one.highlight_id, one.highlight.exact, one.quote].append(one)
    passages = [Said.between(mark, then.get(mark[0]), now.get(mark[0]), before.text, after.text) for mark in by_words]
    return [(statement, told.verb) for told in what_became(passages) for statement in by_words[told.said[:3]]]


def placed_in(text: Revision) -> dict[int, Placed]:
    """Each mark that has a place in this text."""
    placed = Anchor.objects.filter(revision=text).exclude(state=Anchor.State.ORPHANED)
    struck = struck_in(text.html)
    return {
        pk: Placed.at(text.text, start, end, struck, has_moved=state == Anchor.State.MOVED)
        for pk, start, end, state in placed.values_list("highlight_id", "start", "end", "state")
    }
