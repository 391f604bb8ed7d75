"""The parts of a claim's page, each with what one reader may know and do."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.safestring import SafeString

from reader.claims import judging_queries as judged
from reader.claims import page_queries as rows
from reader.claims.assessing import is_open
from reader.claims.checklist import MARKS, missing, score, suggest
from reader.claims.conflicts import refuse_conflict
from reader.claims.crowd_rows import count_of, crowd_rows, own_rows, picture
from reader.claims.disputes import Dispute
from reader.claims.disputing import nobody_left, refuse_deciding, refuse_pointless
from reader.claims.evidence_rows import balance, evidence_list
from reader.claims.forecasting import refuse_closed, standing_after_each
from reader.claims.history_rows import brief_history, history_rows
from reader.claims.judging import refuse_undoing
from reader.claims.judging_rows import (
    agreement,
    disclosed,
    dispute_rows,
    facts_of,
    known,
    outcome,
    readings,
    reply_rows,
    verdict_rows,
    vote_rows,
)
from reader.claims.models import Claim
from reader.claims.moons import stamp
from reader.claims.passages import QuoteInContext
from reader.claims.relating import may_relate, may_unrelate
from reader.claims.relations import Relation
from reader.claims.replying import may_reply
from reader.claims.standing import OUT_OF_THE_LEDGER, is_over, refuse_unaccepted
from reader.claims.statement_rows import statement_rows
from reader.claims.stating import own_statements
from reader.claims.verdicts import UNDOABLE
from reader.claims.windows import from_an_unknown_day
from reader.core.access import may_amend, may_annotate, may_change, may_curate
from reader.core.markup import together
from reader.core.refusals import reason_against
from reader.highlights.queries import NoteRow, note_rows
from reader.library.queries import find_article

if TYPE_CHECKING:
    from reader.core.requests import AnyUser

#: So many statements are shown in their paragraphs, and so much of the history.
IN_FULL, MOST_EVENTS = 8, 6
#: On the page of a form so many are in sight at once, and so many sources.
IN_SIGHT, MOST_UNFOLDED = 2, 5

#: How a relation reads from its other end.
BACKWARDS = {
    Relation.Kind.UPDATES: "is updated by",
    Relation.Kind.NARROWER: "is wider than",
    Relation.Kind.CONDITIONAL: "is the condition of",
    Relation.Kind.CONTRADICTS: "contradicts",
}


@dataclass(frozen=True)
class Looking:
    """Somebody looking at a claim that they may read, now."""

    claim: Claim
    user: "AnyUser"
    now: datetime

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    @property
    def me(self) -> int | None:
        return self.user.pk

    @cached_property
    def curates(self) -> bool:
        return may_curate(self.user, self.claim)

    @cached_property
    def annotates(self) -> bool:
        return may_annotate(self.user, self.claim)

    @cached_property
    def changes(self) -> bool:
        return may_change(self.user, self.claim)

    @cached_property
    def amends(self) -> bool:
        return may_amend(self.user, self.claim)

    @property
    def is_in_the_ledger(self) -> bool:
        return self.claim.state not in OUT_OF_THE_LEDGER

    @cached_property
    def verdicts(self) -> list[judged.VerdictRow]:
        return judged.verdict_rows(self.claim, self.user)

    @property
    def verdict(self) -> judged.VerdictRow | None:
        """The one that stands."""
        return next((one for one in self.verdicts if one.id == self.claim.verdict_id), None)

    @cached_property
    def open_dispute(self) -> Dispute | None:
        """With the verdict that it disputes; whether the reader may see it, its row tells."""
        if self.claim.dispute_id is None:
            return None
        return Dispute.objects.select_related("verdict").filter(pk=self.claim.dispute_id).first()

    @cached_property
    def cited(self) -> list[int]:
        """The evidence on which the verdict rests that stands."""
        return judged.cited_in(self.verdict, self.user) if self.verdict else []

    @cached_property
    def rounds(self) -> list[judged.RoundRow]:
        return judged.round_rows(self.claim, self.user)

    @cached_property
    def votes(self) -> list[judged.VoteRow]:
        """Those of the rounds that are over, and one's own."""
        return judged.vote_rows(self.claim, self.rounds, self.user, self.now)

    @cached_property
    def evidence(self) -> list[rows.EvidenceRow]:
        return rows.evidence_rows(self.claim, self.user)

    @cached_property
    def statements(self) -> list[rows.StatementRow]:
        return rows.statements_of(self.claim, self.user)


def stamp_of(look: Looking) -> SafeString:
    verdict = look.verdict if look.claim.verdict_id else None
    phase = look.claim.phase(look.today)
    return stamp(phase, verdict.status, verdict.outcome) if verdict else stamp(phase)


def ticks_of(claim: Claim) -> dict[str, bool]:
    """What readers ticked of a testable claim; until somebody has, what its wording seems to have."""
    return claim.ticked if any(claim.ticked.values()) else suggest(claim.statement, claim.window_kind, claim.kind)


def unknown_day(look: Looking) -> dict[str, Any]:
    """The words that name its time, while nobody knows from which day on they count, and in which piece they stand:
    whether the reader may set its date.
    """
    kind = look.claim.window_kind
    for row in look.statements:
        if words := from_an_unknown_day(kind, row.time_text, row.window_rule, row.said_on):
            piece = find_article(look.user, row.article_slug)
            return {"words": words, "piece": piece, "may_date": may_change(look.user, piece)}
    return {}


def testability(claim: Claim, *, has_words: bool) -> dict[str, Any]:
    """From 0 to 4, what it has and what it lacks; nobody is asked for a day where there are words that become one."""
    ticked = ticks_of(claim)
    shown = ticked | {"has_time": True} if has_words else ticked
    return {
        "score": score(ticked),
        "marks": [ticked[mark] for mark in MARKS],
        "missing": missing(shown),
        "is_guess": not any(claim.ticked.values()),
    }


def said(look: Looking) -> dict[str, Any]:
    """The statements, the first few in their paragraphs."""
    found = look.statements
    marks = [row.highlight_id for row in found]
    notes: dict[int, list[NoteRow]] = defaultdict(list)
    for note in note_rows(marks, look.user) if marks else []:
        notes[note.highlight_id].append(note)
    drawn = statement_rows(found, contexts(look), notes, look.claim, rewordable(look))
    return {
        "statements": together(drawn[:IN_FULL]),
        "more_statements": together(drawn[IN_FULL:]),
        "more_count": len(drawn[IN_FULL:]),
        "statement_count": len(found),
        "waiting": sum(row.waits for row in found) if look.curates else 0,
        "may_add_statement": look.annotates and look.is_in_the_ledger and bool(found),
    }


def contexts(look: Looking) -> dict[int, QuoteInContext]:
    """The first few quotes in their paragraphs, and those whose text may have other words by now."""
    first, others = look.statements[:IN_FULL], look.statements[IN_FULL:]
    return rows.contexts_of([*first, *(row for row in others if row.revised_at)], look.user)


def grounds(look: Looking) -> dict[str, Any]:
    """By what it is judged: the words in their paragraphs and the sources, for a page on which neither is changed."""
    found = look.statements
    drawn = statement_rows(found, contexts(look), {}, look.claim)
    return {
        "statements": together(drawn[:IN_SIGHT]),
        "more_statements": together(drawn[IN_SIGHT:]),
        "more_count": len(drawn[IN_SIGHT:]),
        "evidence": together(evidence_list(look.evidence, look.cited, ())),
        "evidence_count": len(look.evidence),
        "evidence_balance": balance(look.evidence),
        "evidence_is_long": len(look.evidence) > MOST_UNFOLDED,
    }


def rewordable(look: Looking) -> set[int]:
    """The statements that the reader may correct."""
    if look.claim.verdict_id is not None:
        return set()
    if look.curates:
        return {row.id for row in look.statements}
    mine = [row.id for row in look.statements if row.marker_id == look.me]
    return own_statements(look.user, look.claim, mine) if mine else set()


def forecasts(look: Looking, most: int = rows.NEWEST) -> dict[str, Any]:
    """One's own forecast, and those of the others once one may know them, so many with their reasons."""
    own = rows.own_forecasts(look.claim, look.user)
    *_, mine = [None, *standing_after_each(reversed(own))]
    closed = why_closed(look.claim)
    crowd = rows.crowd_of(look.claim, look.user, own, most)
    return {
        "crowd": crowd,
        "crowd_words": count_of(crowd.count),
        "crowd_picture": picture(crowd.percents, mine.percent if mine else None),
        "crowd_rows": together(crowd_rows(crowd.rows, look.me)),
        "more_forecasts": len(crowd.percents) - len(crowd.rows),
        "mine": mine,
        "own_rows": own_rows(own) if len(own) > 1 else [],
        "closed": closed,
        "may_forecast": look.annotates and not closed,
    }


def why_closed(claim: Claim) -> str:
    return reason_against(lambda: refuse_closed(claim))


def sources(look: Looking) -> dict[str, Any]:
    removable = {
        row.id for row in look.evidence if look.curates or (look.annotates and row.by_id == look.me is not None)
    }
    return {
        "evidence": together(evidence_list(look.evidence, look.cited, removable)),
        "evidence_count": len(look.evidence),
        "evidence_balance": balance(look.evidence),
        "may_add_evidence": look.annotates and look.is_in_the_ledger,
    }


def judging(look: Looking) -> dict[str, Any]:
    """The verdict that stands, the rounds with what is known of them, and what can be done now."""
    found, votes = look.rounds, look.votes
    open_round = next((one for one in found if is_open(one, look.now)), None)
    mine = next(
        (vote for vote in votes if open_round and vote.round_id == open_round.id and vote.by_id == look.me), None
    )
    disputes = judged.dispute_rows(look.claim, look.user)
    replies = judged.reply_rows(look.claim, look.user)
    verdict = look.verdict
    is_settled = look.claim.verdict_id is not None and look.claim.dispute_id is None
    waits = reason_against(lambda: refuse_unaccepted(look.claim)) if look.is_in_the_ledger else ""
    may_begin = look.curates and look.is_in_the_ledger and open_round is None and not waits
    return {
        "open_round": open_round,
        "my_vote": vote_rows([mine], look.me)[0] if mine else "",
        "rounds_over": rounds_over(look),
        "waits": waits if look.curates else "",
        "barred": barred(look) if may_begin and look.claim.dispute_id is None else "",
        "may_open_round": may_begin and not is_settled,
        "may_judge": may_begin and look.claim.dispute_id is None,
        "verdict": verdict,
        "verdict_facts": verdict_facts(verdict, look) if verdict else [],
        "verdict_outcome": outcome(verdict.status, verdict.outcome) if verdict else "",
        "verdict_readings": readings_of(verdict),
        "verdict_history": verdict_rows(one for one in look.verdicts if one is not verdict),
        "may_undo": bool(verdict) and look.curates and may_undo(verdict, look),
        "undoable_until": verdict.at + UNDOABLE if verdict else None,
        "disputes": dispute_rows(disputes, look.me, may_answer=may_decide(look)),
        "nobody_decides": nobody_decides(look),
        "may_dispute": may_dispute(verdict, look),
        "replies": reply_rows(replies, look.me, may_curate=look.curates),
        "may_reply": may_reply(look.claim, look.user),
        "is_over": is_over(look.claim, look.today),
        "judging_begins": bool(found or look.verdicts) or is_over(look.claim, look.today),
    }


def weighed(look: Looking) -> dict[str, Any]:
    """What others made of it, for whoever decides: the votes of the rounds that are over, and a disputed verdict."""
    disputed = [look.verdict] if look.verdict and look.claim.dispute_id else []
    return {"rounds_over": rounds_over(look), "disputed": together(verdict_rows(disputed))}


def rounds_over(look: Looking) -> list[tuple[judged.RoundRow, list[SafeString], str]]:
    return [(one, *of_round(one, look.votes, look)) for one in look.rounds if not is_open(one, look.now)]


def of_round(one: judged.RoundRow, votes: list[judged.VoteRow], look: Looking) -> tuple[list[SafeString], str]:
    """The votes of a round that is over, and how far they agree."""
    cast = [vote for vote in votes if vote.round_id == one.id]
    return vote_rows(cast, look.me), agreement(cast)


def verdict_facts(verdict: judged.VerdictRow, look: Looking) -> list[str]:
    return [*known(verdict), *facts_of(verdict), *disclosed(verdict.disclosed), *hidden_sources(look)]


def hidden_sources(look: Looking) -> list[str]:
    """How much of what the verdict rests on the reader can't see, or not any more."""
    hidden = len(set(look.cited) - {row.id for row in look.evidence})
    return [f"rests on {hidden} source{'s' if hidden > 1 else ''} not shown any more"] if hidden else []


def readings_of(verdict: judged.VerdictRow | None) -> SafeString | str:
    """Both readings, where they differ from the outcome."""
    if verdict is None or verdict.outcome is None or verdict.strict == verdict.charitable:
        return ""
    return readings(verdict.strict, verdict.charitable)


def barred(look: Looking) -> str:
    """Why this curator can't judge the claim, said before a button promises it."""
    by = look.user
    return (
        reason_against(lambda: refuse_conflict(look.claim, by, discloses_forecast=True)) if by.is_authenticated else ""
    )


def may_undo(verdict: judged.VerdictRow | None, look: Looking) -> bool:
    if verdict is None or not look.user.is_authenticated:
        return False
    by = look.user
    return not reason_against(lambda: refuse_undoing(verdict, look.claim, by))


def may_decide(look: Looking) -> bool:
    """Whether the reader may decide the open dispute."""
    if not look.curates or not look.user.is_authenticated or look.open_dispute is None:
        return False
    by, open_dispute = look.user, look.open_dispute
    return not reason_against(lambda: refuse_deciding(open_dispute, look.claim, by))


def nobody_decides(look: Looking) -> str:
    """What is to be done where no curator could; said to those who may write on the claim."""
    return nobody_left(look.open_dispute, look.claim) if look.open_dispute and look.annotates else ""


def may_dispute(verdict: judged.VerdictRow | None, look: Looking) -> bool:
    if verdict is None or not look.annotates or not look.user.is_authenticated:
        return False
    by = look.user
    return not reason_against(lambda: refuse_pointless(verdict, look.claim, by))


def relations(look: Looking) -> dict[str, Any]:
    """How it stands to other claims, in words, with what may be taken back."""
    told = []
    for row in rows.relation_rows(look.claim, look.user):
        forwards = row.claim_id == look.claim.pk
        kind = Relation.Kind(row.kind)
        told.append(
            {
                "id": row.id,
                "words": kind.label if forwards else BACKWARDS[kind],
                "pk": row.other_id if forwards else row.claim_id,
                "statement": row.other if forwards else row.claim,
                "condition": Relation.HoldsIf(row.holds_if).label if row.holds_if else "",
                "may_remove": may_unrelate(look.user, kind, look.claim, is_first=forwards),
            }
        )
    return {"relations": told, "may_relate": look.is_in_the_ledger and may_relate(look.user, look.claim)}


def log(look: Looking) -> dict[str, Any]:
    found, is_all = brief_history(look.claim, look.user)
    is_more = len(found) > MOST_EVENTS or not is_all
    return {"events": together(history_rows(found[:MOST_EVENTS])), "more_events": is_more}
