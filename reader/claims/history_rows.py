"""What happened to a claim, in words."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.safestring import SafeString

from reader.claims.models import Claim
from reader.claims.moons import outcome_in_words
from reader.claims.page_queries import NEWEST_EVENTS, EventRow, article_fields, event_fields, newest_event_fields
from reader.claims.placed_marks import PLACED, UNPLACED
from reader.claims.windows import in_words
from reader.core.markup import fill, minute
from reader.highlights.becoming import CROSSED_OUT, PUT_BACK, RETRACTED, REWORDED, TAKEN_OUT, TURNED

if TYPE_CHECKING:
    from reader.core.requests import AnyUser

ROW = '<li><p class="facts"><strong>{who}</strong><span>{what}</span>{at}</p></li>\n'

#: The verbs of the log, as they are told; one that is not here is told as it stands.
TOLD = {
    "proposed": "proposed the claim",
    "stated": "added where it was said",
    "took in": "accepted somebody else who said it",
    "took out": "took out somebody who was said to say it",
    "put back": "put back who was said to say it",
    "amended": "changed the wording, the criteria or the window",
    "reworded": "corrected who said it, or how",
    "specified": "said more of what makes it testable",
    "merged": "merged it into another claim",
    "tagged": "changed its tags",
    "forecast": "forecast it",
    "withdrew a forecast": "withdrew their forecast",
    "looked at the crowd": "looked at what others give it",
    "opened a round": "opened a round of assessments",
    "closed a round": "closed the round",
    "assessed": "assessed it",
    "changed an assessment": "changed their assessment",
    "disputed": "disputed the verdict",
    "replied": "put down a reply",
    "related": "related it to another claim",
    "unrelated": "took a relation back",
    "annulled": "annulled it: its condition was not met",
    "fell due": "The claim fell due",
    REWORDED: "brought a new text of the piece, in which its words are changed",
    TAKEN_OUT: "brought a new text of the piece, in which its words are gone",
    TURNED: "brought a new text of the piece, in which the sentence around its words is changed",
    RETRACTED: "brought a new text of the piece, in which a remark beside its words is new",
    CROSSED_OUT: "brought a new text of the piece, in which its words, or some of them, are crossed out",
    PUT_BACK: "brought a new text of the piece, in which its words are as they were said",
}
#: What became of the mark of a statement, in the text of a day.
OF_A_MARK = {
    PLACED: "gave the mark of what was said a new place in the text of {day}",
    UNPLACED: "took back the place of the mark of what was said in the text of {day}",
}


#: What a curator's decision made of the claim.
DECIDED = {
    "draft": "made it a draft again",
    "proposed": "put it among the proposals again",
    "accepted": "accepted it",
    "needs_work": "sent it back with a question",
    "rejected": "rejected it",
    "withdrawn": "withdrew it",
}


def history(claim: Claim, user: "AnyUser") -> list[EventRow]:
    """What `user` may know of, the newest first."""
    return told_once(event_fields(user, claim.pk), user)


def brief_history(claim: Claim, user: "AnyUser") -> tuple[list[EventRow], bool]:
    """The newest of it, and whether that is all: of what was told in forty pieces one row is left."""
    rows = newest_event_fields(user, claim.pk)
    return told_once(rows[:NEWEST_EVENTS], user), len(rows) <= NEWEST_EVENTS


def told_once(rows: Sequence[Any], user: "AnyUser") -> list[EventRow]:
    """Without what stands in pieces that `user` can't read; what was told once in each piece is told once."""
    pieces = {piece for *_, piece in rows if piece is not None}
    readable = {pk for (pk,) in article_fields(user, sorted(pieces))} if pieces else set()
    seen: set[tuple[object, ...]] = set()
    found = []
    for verb, at, actor, detail, piece in rows:
        key = (verb, actor, str(detail), at.replace(microsecond=0))
        if (piece is None or piece in readable) and key not in seen:
            seen.add(key)
            found.append(EventRow(verb, at, actor, detail))
    return found


def history_rows(rows: Iterable[EventRow]) -> list[SafeString]:
    return [
        fill(ROW, who=row.actor or ("" if row.verb == "fell due" else "Somebody"), what=told(row), at=minute(row.at))
        for row in rows
    ]


def local_day(moment: str) -> date:
    return timezone.localtime(datetime.fromisoformat(moment)).date()


def judged(detail: dict[str, Any]) -> list[str]:
    known = detail.get("known_since")
    return [
        outcome_in_words(detail["status"], detail.get("outcome")),
        *([f"known since {in_words(date.fromisoformat(known))}"] if known else []),
    ]


def told(row: EventRow) -> str:
    if row.verb == "judged":
        return f"gave the verdict: {', '.join(judged(row.detail))}"
    if row.verb in OF_A_MARK:
        return OF_A_MARK[row.verb].format(day=in_words(local_day(row.detail["text_of"])))
    if row.verb == "decided":
        return DECIDED.get(str(row.detail.get("after")), "decided on it")
    if row.verb == "amended" and row.detail.get("because"):
        return f"{TOLD['amended']}: {row.detail['because']}"
    return TOLD.get(row.verb, row.verb)
