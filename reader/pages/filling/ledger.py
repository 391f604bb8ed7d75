"""Claims in the marked predictions, what curators decided on them, and who else says the same."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from reader.claims.models import Claim, Phase, Stance, Statement, phase_of
from reader.claims.proposing import in_own_words
from reader.claims.windows import SET_BY_A_READER, WindowKind
from reader.core.visibility import Scope, Visibility
from reader.curation.models import Decision, Verb
from reader.highlights.models import Kind
from reader.pages.filling.batch import Batch, Mark, seen_by
from reader.pages.filling.cast import pick
from reader.pages.filling.life import Stated, judge_due, live

State = Claim.State
LABELS = Claim.tags.through
STATES = [State.ACCEPTED] * 62 + [State.PROPOSED] * 24 + [State.DRAFT] * 5 + [State.NEEDS_WORK] * 3
STATES += [State.REJECTED] * 3 + [State.WITHDRAWN] * 3
DECIDED = {
    State.ACCEPTED: Verb.ACCEPTED,
    State.NEEDS_WORK: Verb.SENT_BACK,
    State.REJECTED: Verb.REJECTED,
}
SPANS = [30, 90, 180, 365, 365, 730, 730, 1_460, 3_650]
SAID_AGAIN = 0.15
#: One in so many claims is merged into another, where everyone sees both.
MERGED = 20


@dataclass(frozen=True, slots=True)
class Times:
    """When it was said, and what window that gives."""

    kind: str
    start: date | None = None
    end: date | None = None

    def as_fields(self) -> dict[str, Any]:
        rule = SET_BY_A_READER if self.start else ""
        fields = {"window_kind": self.kind, "window_start": self.start, "window_end": self.end}
        return {**fields, "window_precision": "", "window_rule": rule}


def make_claims(batch: Batch, marks: list[Mark]) -> None:
    predictions = [mark for mark in marks if mark.kind == Kind.PREDICTION]
    number = min(len(predictions), batch.plan.share(batch.plan.claims, batch.numbers))
    chosen = batch.chance.sample(predictions, number)
    taken = {mark.pk for mark in chosen}
    spare = [mark for mark in predictions if mark.pk not in taken and is_public(mark.scope)]
    kept: list[Stated] = []
    for at, mark in enumerate(chosen, 1):
        into = batch.chance.choice(kept) if kept and is_public(mark.scope) and at % MERGED == 0 else None
        if into:
            merge_in(batch, mark, into)
            continue
        claim = make_claim(batch, mark)
        if claim.state == State.ACCEPTED and is_public(claim.scope):
            kept.append(claim)
            if spare and batch.happens(SAID_AGAIN):
                state(batch, claim, spare.pop())


def is_public(scope: Scope) -> bool:
    return scope.visibility == Visibility.PUBLIC


def make_claim(batch: Batch, mark: Mark) -> Stated:
    times, chosen = window_of(batch, mark), batch.chance.choice(STATES)
    at, pk = batch.later(mark.at, 2), batch.tables.number(Claim)
    phase = phase_of(times.start, times.end, None, None, batch.plan.day)
    claim = Stated(pk, mark.piece.pk, mark.scope, chosen, times.start, times.end, at)
    verdict, dispute = judge_due(batch, claim) if phase == Phase.DUE and chosen == State.ACCEPTED else (None, None)
    write_claim(batch, claim, mark, times, verdict_id=verdict, dispute_id=dispute)
    state(batch, claim, mark, times)
    batch.tell("proposed", "claim", pk, mark.scope, at, mark.scope.owner_id, mark.piece.pk)
    if chosen in DECIDED:
        decide(batch, claim, in_own_words(mark.exact), DECIDED[chosen])
    if chosen == State.ACCEPTED:
        live(batch, claim)
    return claim


def write_claim(batch: Batch, claim: Stated, mark: Mark, times: Times, **more: Any) -> None:
    batch.tables.rows.setdefault(Claim, []).append(
        {
            "id": claim.pk,
            **seen_by(claim.scope),
            **times.as_fields(),
            "statement": in_own_words(mark.exact),
            "criteria": " ".join(batch.prose.sentences_by(batch.chance, 2)) if batch.happens(0.6) else "",
            "has_subject": batch.happens(0.8),
            "has_predicate": batch.happens(0.8),
            "has_time": times.start is not None,
            "proposer_id": claim.scope.owner_id,
            "state": claim.state,
            "remark": "By when, and who says so?" if claim.state == State.NEEDS_WORK else "",
            "created_at": claim.at,
            **more,
        }
    )
    if batch.happens(0.6):
        tags = batch.cast.tags_in(claim.scope)
        batch.tables.add(LABELS, claim_id=claim.pk, tag_id=pick(batch.chance, tags))


def window_of(batch: Batch, mark: Mark) -> Times:
    """From the day it was said on, as a rule; one in ten begins later, some never end and some name no day."""
    how, said = batch.chance.random(), mark.piece.said_by or mark.at.date()
    start = said if batch.happens(0.9) else said + timedelta(days=batch.chance.choice(SPANS))
    if how < 0.72:
        return Times(WindowKind.WINDOW, start, start + timedelta(days=batch.chance.choice(SPANS)))
    if how < 0.8:
        return Times(WindowKind.OPEN, start)
    return Times(WindowKind.VAGUE if how < 0.88 else WindowKind.NONE)


def state(batch: Batch, claim: Stated, mark: Mark, times: Times | None = None) -> None:
    """Who wrote the piece says it, or retells it of somebody else."""
    author, is_retold = mark.piece.authors[0], batch.happens(0.1)
    speaker = pick(batch.chance, batch.cast.people) if is_retold else author
    batch.tables.add(
        Statement,
        claim_id=claim.pk,
        highlight_id=mark.pk,
        speaker_id=speaker,
        reported_by_id=author if is_retold else None,
        stance=Stance.REPORTS if is_retold else Stance.ASSERTS,
        quote=mark.exact,
        said_on=mark.piece.published,
        said_no_later_than=mark.piece.said_by,
        **(times or Times(WindowKind.NONE)).as_fields(),
    )


def decide(batch: Batch, claim: Stated, words: str, verb: Verb, **more: Any) -> None:
    by, at = batch.curator_of(claim.scope), batch.later(claim.at, 4)
    before = {"state": State.PROPOSED.value, "remark": ""}
    batch.tell("decided", "claim", claim.pk, claim.scope, at, by, claim.piece, before="proposed", after=claim.state)
    write_decision(batch, claim, words, verb, by, at, before=before, **more)


def write_decision(batch: Batch, claim: Stated, words: str, verb: Verb, by: int, at: datetime, **more: Any) -> None:
    batch.tables.add(
        Decision,
        **seen_by(claim.scope),
        at=at,
        by_id=by,
        verb=verb,
        subject_kind="claim",
        subject_id=claim.pk,
        subject=words,
        **more,
    )


def merge_in(batch: Batch, mark: Mark, into: Stated) -> None:
    """A claim that was merged: its quote is the other one's since."""
    pk, at = batch.tables.number(Claim), batch.later(mark.at, 2)
    claim = Stated(pk, mark.piece.pk, mark.scope, State.MERGED, None, None, at)
    write_claim(batch, claim, mark, Times(WindowKind.NONE), merged_into_id=into.pk)
    state(batch, into, mark)
    by, later = batch.curator_of(claim.scope), batch.later(at, 4)
    batch.tell("proposed", "claim", pk, mark.scope, at, mark.scope.owner_id, mark.piece.pk)
    batch.tell("merged", "claim", pk, mark.scope, later, by, mark.piece.pk, into=into.pk, opposite=False)
    moved = batch.tables.rows[Statement][-1]["id"]
    before = {"state": "proposed", "remark": "", "opposite": False, "moved": [moved]}
    words = in_own_words(mark.exact)
    write_decision(batch, claim, words, Verb.MERGED, by, later, other_id=into.pk, other="the same", before=before)
