"""Several sentences that say the same: one claim, worded after one of them, with a statement of each."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db import transaction

from reader.claims.finding import stated_within
from reader.claims.keeping import delete_mark
from reader.claims.models import Claim
from reader.claims.proposing import Proposal
from reader.core.events import let_ids_appear_in_order
from reader.core.refusals import Refused
from reader.foresight.sweeps.models import Finding
from reader.highlights.audiences import Audience, audiences, usual_audience
from reader.highlights.marking import NoSuchPassage, Passage, WiderThanItsPiece
from reader.highlights.models import Highlight, Kind
from reader.pages.composing import Entry, enter, find_passage

if TYPE_CHECKING:
    from reader.accounts.models import User

MOVED = "Its text was changed meanwhile. Look for predictions again; nothing was saved."
NARROWED = "Somebody has changed who sees this piece. Choose again who sees it; nothing was saved."


class NotStated(Exception):
    """One of the sentences cannot be stated so; nothing of any was saved."""

    def __init__(self, finding: Finding, sentence: str) -> None:
        super().__init__(sentence)
        self.finding = finding


@dataclass(frozen=True, slots=True)
class Taken:
    """A sentence of which somebody was faster to say something, and the claim that it states by that."""

    finding: Finding
    claim: Claim
    by: str


class TakenMeanwhile(Exception):
    """Others have marked some of the sentences since the form was opened; nothing was saved."""

    def __init__(self, taken: Sequence[Taken]) -> None:
        super().__init__("Others were faster.")
        self.taken = taken


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """What a reader makes of a wording: the sentence that words the claim, and the others that state it."""

    lead: Finding
    proposal: Proposal
    others: Sequence[tuple[Finding, Proposal]]
    audience: Audience
    tags: list[str]
    known: Claim | None = None
    updates: bool = False
    antecedent: Claim | None = None
    holds_if: str = ""
    supposed: str = ""
    #: The claims stated by these sentences that the reader knew of; None where nobody told them of any.
    seen_here: set[int] | None = None


def state_together(said: Together, by: "User") -> list[Highlight]:
    """Mark every sentence and let it state the claim; answers the marks that are new.

    Raises:
        NotStated: one of them cannot state it.
        TakenMeanwhile: it would make a claim, and others have let some of them state one meanwhile.
        TooMany: `by` has marked too much of late.
        TooManyTags: more than fit on a mark.
    """
    with transaction.atomic():
        let_ids_appear_in_order()
        refuse_what_others_were_faster_with(said, by)
        first = mark(said.lead, said.proposal, said, by, said.known, is_first=True)
        claim = claim_of(first[0], said)
        rest = [mark(finding, proposal, said, by, claim) for finding, proposal in said.others]
    return [highlight for highlight, is_new in [first, *rest] if is_new]


def refuse_what_others_were_faster_with(said: Together, by: "User") -> None:
    """Under the lock of the log, so that of two who save at once the second is told."""
    if said.known or said.seen_here is None:
        return
    taken = []
    for finding in [said.lead, *(finding for finding, _ in said.others)]:
        with saying_of(finding):
            passage = passage_of(finding)
        stated = stated_within(by, passage.revision.pk, passage.start, passage.end)
        taken += [Taken(finding, claim, who) for claim, who in stated if claim.pk not in said.seen_here]
    if taken:
        raise TakenMeanwhile(taken)


def claim_of(first: Highlight, said: Together) -> Claim:
    """What the mark of the first sentence states; of its condition a claim may have been made too, after it."""
    if said.known and not said.updates:
        return said.known
    made: Claim = Claim.objects.filter(statements__highlight=first).earliest("pk")
    return made


def mark(
    finding: Finding, proposal: Proposal, said: Together, by: "User", known: Claim | None, *, is_first: bool = False
) -> tuple[Highlight, bool]:
    with saying_of(finding):
        entry = Entry(
            passage=passage_of(finding),
            kind=Kind.PREDICTION,
            audience=within(said.audience, finding, by),
            tags=said.tags,
            note="",
            proposal=proposal,
            known=known,
            updates=is_first and said.updates,
            antecedent=said.antecedent if is_first else None,
            holds_if=said.holds_if,
            supposed=said.supposed if is_first else "",
        )
        return enter(entry, finding.article, by)


@contextmanager
def saying_of(finding: Finding) -> Iterator[None]:
    """What goes wrong in here goes wrong with this sentence."""
    try:
        yield
    except Refused as refusal:
        raise NotStated(finding, str(refusal)) from refusal
    except NoSuchPassage as problem:
        raise NotStated(finding, MOVED) from problem
    except WiderThanItsPiece as problem:
        raise NotStated(finding, NARROWED) from problem


def passage_of(finding: Finding) -> Passage:
    suggestion = finding.suggestion
    if suggestion is None:
        raise NoSuchPassage(MOVED)
    return find_passage(finding.article, suggestion.revision_id, finding.words, suggestion.start, suggestion.end)


def within(audience: Audience, finding: Finding, by: "User") -> Audience:
    """Those that were chosen, where they all may read the piece; else those who see a mark in it as a rule."""
    possible = {one.key: one for one in audiences(finding.article, by)}
    if audience.key in possible:
        return possible[audience.key]
    visibility, team = usual_audience(finding.article, by)
    return replace(audience, visibility=visibility, team_id=team)


def take_back(marks: Sequence[Highlight], by: "User") -> None:
    """Take these marks away again, and with them what they state; all of them, or none.

    Raises:
        Refused: a verdict rests on one of them.
    """
    with transaction.atomic():
        for one in marks:
            delete_mark(one, by)
