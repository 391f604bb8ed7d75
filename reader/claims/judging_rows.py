"""How a claim was judged: votes, verdicts, disputes and replies, filled in from plain rows."""

from collections.abc import Iterable, Sequence

from django.utils.safestring import SafeString

from reader.claims.conflicts import Tie
from reader.claims.disputes import Ending
from reader.claims.judging_queries import DisputeRow, ReplyRow, VerdictRow, VoteRow
from reader.claims.moons import moon, outcome_in_words
from reader.claims.scale import Difficulty, Outcome, Timing
from reader.claims.windows import in_words
from reader.core.markup import NOTHING, fill, moment, together

FACT = "<span>{words}</span>"
OUTCOME = '<span class="outcome">{moon}{word}</span>'
WORDS = '<p class="said" dir="auto">{words}</p>'
VOTE = '<li><p class="facts"><strong>{name}</strong>{readings}{facts}</p>{reasons}</li>\n'
READING = '<span class="outcome">{how}&nbsp;{moon}{word}</span>'
UNDECIDED = fill(OUTCOME, moon=moon(None, None), word="Cannot decide")
VERDICT = """<li{undone}><p class="facts">{outcome}<span>by {by}</span>{day}{facts}</p>{reason}</li>
"""
UNDONE = SafeString(" data-undone")
DISPUTE = """<li id="dispute-{id}"><p class="facts">\
<strong>{by}</strong><span>disputed the verdict</span>{day}</p>{reason}
{ending}{acts}</li>
"""
SOURCE = '<p class="facts"><a href="#evidence-{id}">The source that they name</a></p>'
ENDING = '<p class="facts"><strong>{ending}</strong>{by}{day}{ties}</p>{answer}'
ANSWER = '<a class="button small" data-key="d" href="/disputes/{id}/answer/">Decide the dispute</a>'
WITHDRAWAL = (
    '<button class="button small quiet" form="acts" formaction="/disputes/{id}/withdrawal/">Withdraw it</button>'
)
ACTS = '<p class="actions">{acts}</p>'
REPLY = """<li id="reply-{id}"><p class="facts">\
<a href="/people/{slug}/"><strong>{person}</strong></a><span>replies</span>{day}\
{by}{removal}</p>{text}</li>
"""
REMOVAL = '<button class="link-button" form="acts" formaction="/replies/{id}/removal/">Remove</button>'


def outcome(status: str, value: int | None) -> SafeString:
    return fill(OUTCOME, moon=moon(status, value), word=outcome_in_words(status, value))


def vote_rows(votes: Iterable[VoteRow], me: int | None) -> list[SafeString]:
    return [
        fill(
            VOTE,
            name="You" if vote.by_id == me else vote.by,
            readings=readings(vote.strict, vote.charitable),
            facts=together(fill(FACT, words=words) for words in [*facts_of(vote), *disclosed(vote.disclosed)]),
            reasons=fill(WORDS, words=vote.reasons) if vote.reasons else NOTHING,
        )
        for vote in votes
    ]


def readings(strict: int | None, charitable: int | None) -> SafeString:
    """One outcome, or both where a charitable reading says more than a strict one."""
    if strict is None or charitable is None:
        return UNDECIDED
    if strict == charitable:
        return outcome("resolved", strict)
    pair = [("strictly", strict), ("charitably", charitable)]
    return together(
        fill(READING, how=how, moon=moon("resolved", value), word=Outcome(value).label) for how, value in pair
    )


def facts_of(graded: VoteRow | VerdictRow) -> list[str]:
    words = [Timing(graded.timing).label.lower()] if graded.timing else []
    words += ["already true when it was said"] if graded.already_true else []
    return words + ([difficulty_in_words(graded.difficulty)] if graded.difficulty else [])


def difficulty_in_words(difficulty: int) -> str:
    return f"{Difficulty(difficulty).label.lower()}, difficulty {difficulty} of 5"


def known(row: VerdictRow) -> list[str]:
    """Since when the outcome could be known, where the verdict says so."""
    return [f"known since {in_words(row.known_since)}"] if row.known_since else []


def taken_back(row: VerdictRow) -> list[str]:
    return [f"taken back by {row.undone_by or 'a former member'}"] if row.undone_at else []


def disclosed(ties: Sequence[str]) -> list[str]:
    """What ties somebody to the claim, as they disclosed it."""
    known = [str(Tie(tie).label) for tie in ties if tie in Tie.values]
    return [f"discloses: {', '.join(known)}"] if known else []


def agreement(votes: Sequence[VoteRow]) -> str:
    """How far apart the votes of a round that is over lie, in words."""
    decided = sorted(vote.strict for vote in votes if vote.strict is not None)
    if len(votes) < 2:
        return "One vote: nothing to compare." if votes else "Nobody voted."
    if len(decided) < 2:
        return "Fewer than two of them could decide."
    low, high = Outcome(decided[0]), Outcome(decided[-1])
    if low == high:
        return f"All who could decide agree: {low.label}."
    pairs = [(one, other) for at, one in enumerate(decided) for other in decided[at + 1 :]]
    alike = sum(one == other for one, other in pairs)
    steps = (high - low) // 25
    apart = "1 step" if steps == 1 else f"{steps} steps"
    return f"Read strictly: from {low.label} to {high.label}, {apart} apart; {alike} of {len(pairs)} pairs agree."


def verdict_rows(rows: Iterable[VerdictRow]) -> list[SafeString]:
    return [
        fill(
            VERDICT,
            undone=UNDONE if row.undone_at else NOTHING,
            outcome=outcome(row.status, row.outcome),
            by=row.by or "a former member",
            day=moment(row.at),
            facts=together(fill(FACT, words=words) for words in [*known(row), *taken_back(row)]),
            reason=fill(WORDS, words=row.reason) if row.reason else NOTHING,
        )
        for row in rows
    ]


def dispute_rows(rows: Iterable[DisputeRow], me: int | None, *, may_answer: bool) -> list[SafeString]:
    return [
        fill(
            DISPUTE,
            id=row.id,
            by="You" if row.by_id == me else row.by or "A former member",
            day=moment(row.at),
            reason=together(
                [
                    fill(WORDS, words=row.reason),
                    fill(SOURCE, id=row.evidence_id) if row.evidence_id else NOTHING,
                ]
            ),
            ending=ending(row),
            acts=NOTHING if row.ending else acts(row, me, may_answer=may_answer),
        )
        for row in rows
    ]


def ending(row: DisputeRow) -> SafeString:
    if not row.ending:
        return NOTHING
    return fill(
        ENDING,
        ending=Ending(row.ending).label,
        by=fill(FACT, words=f"by {row.ended_by}") if row.ended_by else NOTHING,
        day=moment(row.ended_at) if row.ended_at else NOTHING,
        ties=together(fill(FACT, words=words) for words in disclosed(row.disclosed)),
        answer=fill(WORDS, words=row.answer) if row.answer else NOTHING,
    )


def acts(row: DisputeRow, me: int | None, *, may_answer: bool) -> SafeString:
    """Whoever disputed it withdraws it; another curator than the one who judged decides it."""
    is_mine = me is not None and row.by_id == me
    offered = [
        fill(ANSWER, id=row.id) if may_answer else NOTHING,
        fill(WITHDRAWAL, id=row.id) if is_mine else NOTHING,
    ]
    return fill(ACTS, acts=together(offered)) if any(offered) else NOTHING


def reply_rows(rows: Iterable[ReplyRow], me: int | None, *, may_curate: bool) -> list[SafeString]:
    return [
        fill(
            REPLY,
            id=row.id,
            slug=row.person_slug,
            person=row.person,
            day=moment(row.at),
            by=fill(FACT, words=f"put down by {row.by}") if row.by and row.person_user != me else NOTHING,
            removal=fill(REMOVAL, id=row.id) if may_curate or (me is not None and row.person_user == me) else NOTHING,
            text=fill(WORDS, words=row.text),
        )
        for row in rows
    ]
