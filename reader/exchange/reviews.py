"""A verdict in the words that search engines know: ClaimReview (schema.org), as JSON-LD."""

import json
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from reader.claims.models import COMMITTED, Claim, Polarity, Stance
from reader.claims.queries import standing_statements
from reader.claims.verdicts import Verdict
from reader.claims.windows import in_words
from reader.core.prepared import prepared
from reader.core.visibility import Visibility
from reader.exchange.final import is_final

if TYPE_CHECKING:
    from reader.core.requests import AnyUser

#: From the outcome in hundredths to what readers of reviews expect: 1, did not happen, to 5, happened.
WORST, BEST, STEP = 1, 5, 25
#: So many pieces are named.
MOST = 20
#: A script ends at the first of these, whatever the JSON says; as escapes they are the same JSON.
ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


class Said(NamedTuple):
    """One statement in a piece that everybody may read."""

    stance: str
    polarity: str
    speaker: str | None
    said_on: date | None
    said_no_later_than: date | None
    title: str
    slug: str
    canonical_url: str | None

    @property
    def is_own(self) -> bool:
        """Whether the speaker said that it would happen; a retelling counts for whoever is retold."""
        spoken = self.stance in (*COMMITTED, Stance.REPORTS) and self.polarity == Polarity.AFFIRMS
        return spoken and self.speaker is not None

    def as_piece(self) -> dict[str, Any]:
        here = f"{settings.SITE_URL}{reverse('article', args=[self.slug])}"
        return {"@type": "CreativeWork", "name": self.title, "url": self.canonical_url or here}


@prepared
def said_fields(user: "AnyUser", claim_id: int) -> "QuerySet[Any, Any]":
    article = "highlight__article__"
    names = ("title", "slug", "canonical_url")
    rows = standing_statements(user).filter(claim=claim_id, waits=False)
    return rows.values_list(
        "stance", "polarity", "speaker__name", "said_on", "said_no_later_than", *(f"{article}{name}" for name in names)
    )[:MOST]


def review_block(claim: Claim) -> SafeString:
    """The block for the page of a claim that everybody sees; else empty.

    It says the same to everybody, however much more whoever looks at the page may see: search engines keep it.
    """
    review = review_of(claim)
    if review is None:
        return SafeString()
    text = json.dumps(review, ensure_ascii=False).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308  (escaped above)


def review_of(claim: Claim) -> dict[str, Any] | None:
    """The review; none of what is not public, not judged, disputed, or can still be taken back."""
    if claim.visibility != Visibility.PUBLIC or claim.verdict_id is None or claim.dispute_id is not None:
        return None
    if claim.verdict is None or not is_final(claim.verdict):
        return None
    said = [Said(*row) for row in said_fields(AnonymousUser(), claim.pk)]
    return as_review(claim, claim.verdict, said) if said else None


def as_review(claim: Claim, verdict: Verdict, said: list[Said]) -> dict[str, Any]:
    url = f"{settings.SITE_URL}{claim.get_absolute_url()}"
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "@id": f"{url}#verdict",
        "url": url,
        "claimReviewed": claim.statement,
        "datePublished": timezone.localdate(verdict.at).isoformat(),
        "author": {"@type": "Organization", "name": "Forecite", "url": settings.SITE_URL},
        "itemReviewed": reviewed(said),
        "reviewRating": rating(verdict),
    }


def rating(verdict: Verdict) -> dict[str, Any]:
    """A verdict without an outcome has only its word."""
    said: dict[str, Any] = {"@type": "Rating", "alternateName": str(verdict)}
    if verdict.outcome is not None:
        said |= {"ratingValue": WORST + verdict.outcome // STEP, "bestRating": BEST, "worstRating": WORST}
    if verdict.known_since:
        said["ratingExplanation"] = f"Known since {in_words(verdict.known_since)}."
    return said


def reviewed(said: list[Said]) -> dict[str, Any]:
    """The claim as it was said: by whom first, when, and in which pieces."""
    item: dict[str, Any] = {"@type": "Claim"}
    if first := next((statement for statement in said if statement.is_own), None):
        item["author"] = {"@type": "Person", "name": first.speaker}
        if day := as_iso(first.said_on, first.said_no_later_than):
            item["datePublished"] = day
    return item | {"appearance": [statement.as_piece() for statement in said]}


def as_iso(first: date | None, last: date | None) -> str:
    """A day as exactly as it is known: a day, a month or a year."""
    if first is None:
        return ""
    if last is None or last == first:
        return first.isoformat()
    return f"{first:%Y-%m}" if last.month == first.month else f"{first.year:04}"
