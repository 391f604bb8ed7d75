"""The newest verdicts as an Atom feed. An entry is a claim's: a new verdict amends it, a lost one takes it away."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from operator import itemgetter
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import linebreaks

from reader.claims.disputes import Dispute
from reader.claims.models import Claim
from reader.claims.verdicts import Verdict
from reader.core.visibility import visible_to
from reader.exchange.final import judged_for_good

if TYPE_CHECKING:
    from reader.core.requests import AnyUser

MOST = 50
#: What XML can't hold.
UNSPEAKABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


class VerdictFeed(Atom1Feed):
    def latest_post_date(self) -> datetime:
        """Of the entries; an empty feed does not change with the clock."""
        return max((item["updateddate"] for item in self.items), default=LONG_AGO)


def feed_of(user: "AnyUser", address: str) -> bytes:
    """The feed that stands at `address`, of what `user` may read."""
    feed = VerdictFeed(
        title="Forecite: verdicts",
        link=f"{settings.SITE_URL}{reverse('claims')}?phase=judged",
        description="Claims that were judged against evidence.",
        subtitle="Claims that were judged against evidence.",
        author_name="Forecite",
        feed_url=f"{settings.SITE_URL}{address}",
        feed_guid=tag_of("verdicts"),
    )
    claims = list(judged_for_good(user)[:MOST])
    moments = moments_of_disputes(claims, user)
    given = [
        (claim, verdict, max([verdict.at, *moments[verdict.pk]])) for claim in claims if (verdict := claim.verdict)
    ]
    for claim, verdict, changed in sorted(given, key=itemgetter(2), reverse=True):
        add(feed, claim, verdict, changed)
    return bytes(feed.writeString("utf-8"), "utf-8")


def moments_of_disputes(claims: "Iterable[Claim]", user: "AnyUser") -> "Mapping[int, list[datetime]]":
    """When the verdicts that stand came to be disputed, and when that ended: an entry is as new as its last change."""
    disputed = Dispute.objects.filter(visible_to(user), verdict__in=[claim.verdict_id for claim in claims])
    found: defaultdict[int, list[datetime]] = defaultdict(list)
    for verdict, began, ended in disputed.values_list("verdict", "at", "ended_at"):
        found[verdict] += [moment for moment in (began, ended) if moment]
    return found


def add(feed: Atom1Feed, claim: Claim, verdict: Verdict, changed: datetime) -> None:
    feed.add_item(
        title=speakable(f"{outcome_in_words(claim, verdict)}: {claim.statement}"),
        link=f"{settings.SITE_URL}{claim.get_absolute_url()}",
        description=in_paragraphs(claim.window_in_words, verdict.reason),
        unique_id=tag_of(f"claims/{claim.pk}/verdict"),
        pubdate=verdict.at,
        updateddate=changed,
    )


def outcome_in_words(claim: Claim, verdict: Verdict) -> str:
    return f"{verdict} (disputed)" if claim.dispute else str(verdict)


def in_paragraphs(*texts: str) -> str:
    """What Django's feeds call a summary is HTML, and what a curator writes is not."""
    return "".join(linebreaks(speakable(text), autoescape=True) for text in texts if text)


def speakable(text: str) -> str:
    return UNSPEAKABLE.sub("", text)


def tag_of(name: str) -> str:
    """An id that stays the same (RFC 4151)."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},2026:{name}"
