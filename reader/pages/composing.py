"""One entry of a reader: a mark with its claim, tags and note, saved together or not at all."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from reader.claims.antecedents import depend, suppose
from reader.claims.finding import claims_of_passage
from reader.claims.keeping import refuse_to_unsay
from reader.claims.models import Claim, Statement
from reader.claims.proposing import Proposal, propose, read_proposal, requote
from reader.claims.stating import state_again, update
from reader.core.events import let_ids_appear_in_order
from reader.core.limits import Deed, spend
from reader.core.refusals import Refused
from reader.core.visibility import Scope
from reader.foresight.answering import learn_from
from reader.highlights.audiences import Audience
from reader.highlights.forms import MOST_TAGS
from reader.highlights.marking import NoSuchPassage, Passage, carry, locate, mark
from reader.highlights.mentions import render_with_mentions
from reader.highlights.models import Anchor, Highlight, Kind
from reader.library.models import Article, Revision
from reader.library.queries import newest_revision
from reader.pages.noting import write
from reader.tags.models import fold

if TYPE_CHECKING:
    from reader.accounts.models import User


class TooManyTags(Exception):
    """A mark that is marked again would bear more tags than fit."""

    def __init__(self, kept: int, total: int) -> None:
        super().__init__(
            f"You had marked this already, with {kept} tags; with these it would have {total}. "
            f"At most {MOST_TAGS} fit on one mark. Nothing was saved."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a reader says of a passage; a prediction carries its proposal."""

    passage: Passage
    kind: str
    audience: Audience
    tags: list[str]
    note: str
    proposal: Proposal | None = None
    #: The claim that it states again, or, with another date, updates.
    known: Claim | None = None
    updates: bool = False
    #: The claim on which a new one depends, and whether on that it happens, or on that it does not.
    antecedent: Claim | None = None
    holds_if: str = ""
    #: Where the condition is to be made a claim of its own: what that says.
    supposed: str = ""
    #: The claims of these very words that the reader knew of; None where nobody told them of any.
    seen_here: set[int] | None = None
    #: Whether it is kept though its words are in the newest text no longer.
    placeless: bool = False


class MadeMeanwhile(Exception):
    """Somebody else has made a claim of these very words since the form was opened; nothing was saved."""

    def __init__(self, claim: Claim) -> None:
        who = claim.proposer.name if claim.proposer else "Somebody"
        super().__init__(
            f"{who} made a claim of this passage just now. Choose it here, and the passage states it too; "
            "or save again, to make another."
        )
        self.claim = claim


def find_passage(
    article: Article, revision_id: int | None, exact: str, start: int | None, end: int | None, near: int = 0
) -> Passage:
    """The passage in the text that the reader's page shows; without offsets, the one nearest `near`.

    Raises:
        NoSuchPassage: it is not there, or not where it was said to be; `Gone`: not in the newest text any more.
    """
    newest = newest_revision(article.pk)
    if revision_id in (None, newest.pk):
        return locate(newest, exact, start, end, near)
    seen = Revision.objects.filter(article=article, pk=revision_id).first()
    if seen is None:
        raise NoSuchPassage("This piece has no such text.")
    passage = locate(seen, exact, start, end, near)
    carry(passage, newest)
    return passage


def enter(entry: Entry, article: Article, by: "User") -> tuple[Highlight, bool]:
    """Save the entry, and whether it made a new mark; sent twice, it adds nothing the second time.

    Raises:
        TooMany: `by` has marked or written too much of late; nothing is saved.
        TooManyTags: more than fit on the mark, with those that it has already; nothing is saved.
        Refused: it can't state the claim that was chosen; nothing is saved.
        MadeMeanwhile: it would make a claim, and somebody has made one of these words meanwhile; nothing is saved.
    """
    render_with_mentions(
        entry.note, Scope(by.pk, entry.audience.team_id, entry.audience.visibility), by
    )  # before others have to wait
    with transaction.atomic():
        spend(by, Deed.MARK)
        audience = entry.audience
        highlight, is_new = mark(
            entry.passage, entry.kind, by, audience.visibility, audience.team_id, placeless=entry.placeless
        )
        highlight.article = article
        if entry.kind == Kind.PREDICTION:
            learn_from(highlight, entry.passage.revision, (entry.passage.start, entry.passage.end), by)
        if entry.proposal:
            state(entry, entry.proposal, highlight, by)
        if entry.tags:
            kept = [] if is_new else list(highlight.tags.values_list("name", flat=True))
            highlight.label(together(kept, entry.tags), by)
        if entry.note:
            write(highlight, entry.note, by)
    return highlight, is_new


def state(entry: Entry, proposal: Proposal, highlight: Highlight, by: "User") -> None:
    """Let the mark state a claim of its own, or the chosen one; marked again, it goes on stating what it did."""
    stated = Claim.objects.filter(statements__highlight=highlight)
    if entry.known and not entry.updates:
        if stated.exclude(pk=entry.known.pk).exists():
            raise Refused(
                "You marked these words as a prediction before, and they state a claim of their own. "
                "Delete that mark first, or ask a curator to merge the two claims."
            )
        state_again(entry.known, highlight, proposal, by)
    elif not stated.exists():
        refuse_what_was_made_meanwhile(entry, by)
        claim = update(entry.known, highlight, proposal, by) if entry.known else propose(highlight, proposal, by)
        antecedent = suppose(highlight, entry.supposed, by) if entry.supposed else entry.antecedent
        if antecedent:
            depend(claim, antecedent, entry.holds_if, by)
        if entry.tags:
            claim.label(entry.tags, by)


def refuse_what_was_made_meanwhile(entry: Entry, by: "User") -> None:
    """Under the lock of the log, so that of two who save at once the second is told."""
    if entry.known or entry.seen_here is None:
        return
    passage = entry.passage
    made = claims_of_passage(by, passage.revision.pk, passage.start, passage.end)
    for claim in made:
        if claim.pk not in entry.seen_here:
            raise MadeMeanwhile(claim)


def together(kept: list[str], more: list[str]) -> list[str]:
    """The tags that a mark has and those that come to it, each once.

    Raises:
        TooManyTags: they are more than fit.
    """
    names = list({fold(name): name for name in [*kept, *more]}.values())
    if len(names) > MOST_TAGS:
        raise TooManyTags(len(kept), len(names))
    return names


def change_kind(highlight: Highlight, kind: str, by: "User") -> None:
    """Take another pencil; a passage that becomes a prediction states a claim.

    Raises:
        Refused: it would be no prediction any more, and a verdict rests on it.
    """
    with transaction.atomic():
        let_ids_appear_in_order()
        if kind != Kind.PREDICTION:
            refuse_to_unsay(Highlight.objects.filter(pk=highlight.pk), by)
        highlight.change_kind(kind, by)
        if kind == Kind.PREDICTION and (place := newest_place(highlight)):
            learn_from(highlight, place.revision, (place.start, place.end), by)
        if kind == Kind.PREDICTION and not states_a_claim(highlight):
            propose(highlight, read_proposal(highlight.exact, highlight.article), by)


def change_passage(highlight: Highlight, passage: Passage, by: "User") -> None:
    """Mark other words instead; a statement keeps quoting the words that are marked.

    Raises:
        Refused: a verdict rests on these.
    """
    with transaction.atomic():
        let_ids_appear_in_order()
        refuse_to_unsay(Highlight.objects.filter(pk=highlight.pk), by)
        highlight.move(passage.revision, passage.start, passage.end, by)
        for statement in Statement.objects.filter(highlight=highlight).select_related("claim"):
            statement.highlight = highlight
            requote(statement, by)


def newest_place(highlight: Highlight) -> Anchor | None:
    """Where it stands in the newest text that has it."""
    placed = highlight.anchors.exclude(state=Anchor.State.ORPHANED)
    return placed.select_related("revision").order_by("-revision__number").first()


def states_a_claim(highlight: Highlight) -> bool:
    return Statement.objects.filter(highlight=highlight).exists()
