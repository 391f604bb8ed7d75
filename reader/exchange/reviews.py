"""A verdict in the words that search engines know: ClaimReview (schema.org), as JSON-LD."""

import json
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from reader.claims.models import COMMITTED, Claim, Polarity, Stance, Statement
from reader.claims.verdicts import Verdict
from reader.core.visibility import Visibility
from reader.exchange.final import is_final

#: From the outcome in hundredths to what readers of reviews expect: 1, did not happen, to 5, happened.
WORST, BEST, STEP = 1, 5, 25
#: A script ends at the first of these, whatever the JSON says; as escapes they are the same JSON.
ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


def review_block(claim: Claim) -> SafeString:
    """The block for the page of a claim that everybody sees, with its `visible_statements`; else empty."""
    review = review_of(claim)
    if review is None:
        return SafeString()
    text = json.dumps(review, ensure_ascii=False).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308  (escaped above)


def review_of(claim: Claim) -> dict[str, Any] | None:
    """The review; none of what is not public, not judged, disputed, or can still be taken back."""
    if claim.visibility != Visibility.PUBLIC or claim.verdict is None or claim.dispute_id is not None:
        return None
    said = [statement for statement in claim.visible_statements if is_public(statement)]
    if not (said and is_final(claim.verdict)):
        return None
    url = f"{settings.SITE_URL}{claim.get_absolute_url()}"
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "@id": f"{url}#verdict",
        "url": url,
        "claimReviewed": claim.statement,
        "datePublished": claim.verdict.at.date().isoformat(),
        "author": {"@type": "Organization", "name": "Forecite", "url": settings.SITE_URL},
        "itemReviewed": reviewed(said),
        "reviewRating": rating(claim.verdict),
    }


def is_public(statement: Statement) -> bool:
    passage = statement.highlight
    return passage.visibility == passage.article.visibility == Visibility.PUBLIC


def rating(verdict: Verdict) -> dict[str, Any]:
    """A verdict without an outcome has only its word."""
    said: dict[str, Any] = {"@type": "Rating", "alternateName": str(verdict)}
    if verdict.outcome is not None:
        said |= {"ratingValue": WORST + verdict.outcome // STEP, "bestRating": BEST, "worstRating": WORST}
    return said


def reviewed(said: list[Statement]) -> dict[str, Any]:
    """The claim as it was said: by whom first, when, and in which pieces."""
    item: dict[str, Any] = {"@type": "Claim"}
    if first := next((statement for statement in said if stands_by_it(statement)), None):
        item["author"] = {"@type": "Person", "name": first.speaker.name if first.speaker else ""}
        if day := as_iso(first.said_on, first.said_no_later_than):
            item["datePublished"] = day
    return item | {"appearance": [piece(statement) for statement in said]}


def stands_by_it(statement: Statement) -> bool:
    """Whether the speaker said that it would happen; a retelling counts for whoever is retold."""
    spoken = statement.stance in (*COMMITTED, Stance.REPORTS) and statement.polarity == Polarity.AFFIRMS
    return spoken and statement.speaker is not None


def piece(statement: Statement) -> dict[str, Any]:
    article = statement.highlight.article
    here = f"{settings.SITE_URL}{article.get_absolute_url()}"
    return {"@type": "CreativeWork", "name": article.title, "url": article.canonical_url or here}


def as_iso(first: date | None, last: date | None) -> str:
    """A day as exactly as it is known: a day, a month or a year."""
    if first is None:
        return ""
    if last is None or last == first:
        return first.isoformat()
    return f"{first:%Y-%m}" if last.month == first.month else f"{first.year:04}"
