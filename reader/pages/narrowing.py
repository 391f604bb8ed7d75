"""What the marks of a piece are narrowed to, in words."""

from typing import TYPE_CHECKING

from reader.highlights.models import Kind
from reader.highlights.narrowing import Narrowing
from reader.highlights.queries import markers_in

if TYPE_CHECKING:
    from reader.core.requests import AnyUser

IN_WORDS = {
    Kind.HIGHLIGHT: "highlights",
    Kind.PREDICTION: "predictions",
    Kind.EVIDENCE: "evidence",
    Kind.QUESTION: "questions",
}


def in_words(narrowing: Narrowing, revision_id: int, user: "AnyUser") -> str:
    """What is shown: "Only questions of Ben, tagged prices, new since you were here"; nothing where all is."""
    if not narrowing.query:
        return ""
    what = IN_WORDS[Kind(narrowing.kind)] if narrowing.kind else "marks"
    parts = [f"Only {what}"]
    if narrowing.by is not None:
        parts[0] += f" of {name_of(narrowing.by, revision_id, user)}"
    if narrowing.tag:
        parts.append(f"tagged {narrowing.tag}")
    if narrowing.since is not None:
        parts.append("new since you were here")
    return ", ".join(parts)


def name_of(reader_id: int, revision_id: int, user: "AnyUser") -> str:
    """Their name, where they marked something here that `user` sees: nobody else is named."""
    if reader_id == user.pk:
        return "yours"
    return next((one.name for one in markers_in(revision_id, user) if one.id == reader_id), "somebody")
