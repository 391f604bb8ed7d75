"""The ledger as data: claims with who said them, what speaks for and against them, how they were judged, and what was
said to that.

No forecast is in it: what readers give a claim is hidden until one has said so oneself.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from django.conf import settings
from django.db.models import Prefetch, QuerySet

from reader.claims.checklist import MARKS
from reader.claims.disputes import Correction, Dispute
from reader.claims.evidence import Evidence
from reader.claims.ledger_queries import disputes_for, evidence_for, replies_for, verdicts_for
from reader.claims.models import Claim, Statement
from reader.claims.queries import Filters, attach_statements, listed_claims
from reader.claims.verdicts import Citation, Verdict
from reader.exchange.belongings import WINDOW, Row, as_row, fields, names, scope
from reader.exchange.streaming import in_batches

if TYPE_CHECKING:
    from reader.core.requests import AnyUser

R = TypeVar("R", Evidence, Verdict, Dispute, Correction)

#: What makes a spreadsheet compute a cell, in either width, and what it skips before it looks.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

OF_A_CLAIM = (
    "claim",
    "address",
    "claim_statement",
    "criteria",
    "kind",
    "state",
    "phase",
    "disputed",
    "seen_by",
    "tags",
)
OF_ITS_WINDOW = ("window_start", "window_end")
OF_A_STATEMENT = ("speaker", "reported_by", "stance", "polarity", "said_on", "said_no_later_than", "quote")
OF_ITS_WORDING = ("time_text", "hedge", "stated_percent", "article", "publication", "article_address")
OF_A_VERDICT = (
    "verdict",
    "outcome",
    "strict",
    "charitable",
    "timing",
    "difficulty",
    "known_since",
    "judged_at",
    "reason",
)
COLUMNS = (*OF_A_CLAIM, *OF_ITS_WINDOW, *OF_A_STATEMENT, *OF_ITS_WORDING, *OF_A_VERDICT, "evidence")


def ledger(user: "AnyUser", filters: Filters, today: date) -> Iterator[Row]:
    """The claims that `/claims/` lists to `user` under these filters, with all that they may see of each."""
    claims = filters.apply(listed_claims(user), user, today).select_related("team")
    for batch in in_batches(claims):
        attach_statements(batch, user)
        evidence, verdicts = evidence_on_each(batch, user), verdicts_on_each(batch, user)
        disputes = by_claim(disputes_for(user), batch)
        replies = by_claim(replies_for(user).select_related("person"), batch)
        for claim in batch:
            yield {
                **about(claim, today),
                "statements": [said(statement) for statement in claim.visible_statements],
                "evidence": [brought(source) for source in evidence[claim.pk]],
                "verdicts": [decided(verdict, claim) for verdict in verdicts[claim.pk]],
                "disputes": [objected(one, evidence[claim.pk]) for one in disputes[claim.pk]],
                "replies": [replied(one) for one in replies[claim.pk]],
            }


def evidence_on_each(claims: list[Claim], user: "AnyUser") -> dict[int, list[Evidence]]:
    return by_claim(evidence_for(user).select_related("highlight__article"), claims)


def verdicts_on_each(claims: list[Claim], user: "AnyUser") -> dict[int, list[Verdict]]:
    """Those that were not taken back, the oldest first; each with what it cites and `user` may see."""
    seen = Citation.objects.filter(evidence__in=evidence_for(user)).order_by("evidence")
    seen_of_each: Prefetch[Any] = Prefetch("citations", seen, to_attr="seen")
    rows: QuerySet[Verdict] = verdicts_for(user).prefetch_related(seen_of_each)
    return by_claim(rows, claims)


def by_claim(rows: "QuerySet[R]", claims: list[Claim]) -> dict[int, list[R]]:
    """The rows on each of these claims, the oldest first."""
    found: dict[int, list[R]] = defaultdict(list)
    for row in rows.filter(claim__in=claims).order_by("id"):
        found[row.claim_id].append(row)
    return found


def about(claim: Claim, today: date) -> Row:
    plain = fields(claim, "statement", "criteria", "fine_print", "kind", "state", "review_on", "created_at", *WINDOW)
    return {
        "id": claim.pk,
        "address": outside(claim.get_absolute_url()),
        **plain,
        "phase": claim.phase(today).value,
        "says": ticks(claim),
        "disputed": claim.dispute_id is not None,
        "tags": names(claim.visible_tags),
        **scope(claim),
    }


def ticks(claim: Claim) -> Row | None:
    """What readers ticked of a testable claim; nothing where nobody has looked."""
    return {mark.removeprefix("has_"): claim.ticked[mark] for mark in MARKS} if any(claim.ticked.values()) else None


def said(statement: Statement) -> Row:
    article = statement.highlight.article
    return {
        **as_row(statement),
        "said_no_later_than": statement.said_no_later_than,
        "article": {
            "title": article.title,
            "publication": article.publication.name if article.publication else None,
            "address": outside(statement.highlight.get_absolute_url()),
            "canonical_url": article.canonical_url,
        },
    }


def brought(source: Evidence) -> Row:
    here = outside(source.highlight.get_absolute_url()) if source.highlight else None
    named = fields(source, "id", "bearing", "title", "url", "archive_url", "quote", "published_on", "added_at")
    return {**named, "passage": here}


def decided(verdict: Verdict, claim: Claim) -> Row:
    graded = (
        "status",
        "outcome",
        "strict",
        "charitable",
        "timing",
        "already_true",
        "difficulty",
        "reason",
        "at",
        "known_since",
    )
    return {
        **fields(verdict, "id", *graded),
        "says": str(verdict),
        "stands": verdict.pk == claim.verdict_id,
        "cites": [citation.evidence_id for citation in getattr(verdict, "seen", [])],
    }


def objected(dispute: Dispute, seen: list[Evidence]) -> Row:
    """What was said against a verdict, and how it ended; with the source that it names, if that is in this list."""
    named = next((source.pk for source in seen if source.pk == dispute.evidence_id), None)
    plain = fields(dispute, "verdict_id", "reason", "at", "ending", "ended_at", "answer", "new_verdict_id")
    return {**plain, "evidence_id": named}


def replied(reply: Correction) -> Row:
    return {"person": reply.person.name, **fields(reply, "text", "at")}


def outside(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


class Line:
    """What `csv.writer` writes to: it hands each line back."""

    def write(self, line: str) -> str:
        return line


def as_csv(claims: Iterable[Row]) -> Iterator[str]:
    """A line for each statement, with its claim and the verdict that stands; spreadsheets know it by its first mark."""
    write: Any = csv.writer(Line(), quoting=csv.QUOTE_ALL).writerow
    yield "\ufeff" + write(COLUMNS)
    for claim in claims:
        for statement in claim["statements"]:
            cells = flat(claim, statement)
            yield write([defused(cells[column]) for column in COLUMNS])


def flat(claim: Row, statement: Row) -> Row:
    article = statement["article"]
    return {
        **claim,
        **statement,
        **standing(claim["verdicts"]),
        "claim": claim["id"],
        "claim_statement": claim["statement"],
        "window_start": claim["window_start"],
        "window_end": claim["window_end"],
        "seen_by": claim["team"] or claim["visibility"],
        "tags": ", ".join(claim["tags"]),
        "article": article["title"],
        "publication": article["publication"],
        "article_address": article["canonical_url"] or article["address"],
        "evidence": "\n".join(f"{one['bearing']}: {one['url'] or one['passage']}" for one in claim["evidence"]),
    }


def standing(verdicts: list[Row]) -> Row:
    """The verdict that stands, if any."""
    for verdict in verdicts:
        if verdict["stands"]:
            return {**verdict, "verdict": verdict["says"], "judged_at": verdict["at"]}
    return dict.fromkeys(OF_A_VERDICT)


def defused(cell: object) -> object:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
