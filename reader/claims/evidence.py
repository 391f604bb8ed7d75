"""What speaks for a claim, against it, or says what it is about."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone

from reader.claims.models import Claim
from reader.claims.standing import in_hand, of_claim, refuse_out_of_the_ledger
from reader.claims.windows import in_words
from reader.core.access import may_annotate, may_curate, require_annotation, require_sight
from reader.core.deletion import Deletable, DeletableQuerySet
from reader.core.outside import LONGEST_ADDRESS, require_public_address
from reader.core.refusals import Refused, about
from reader.core.visibility import Scoped, is_within
from reader.highlights.models import Highlight

if TYPE_CHECKING:
    from reader.accounts.models import User

QUOTE_LENGTH = 5_000


class Bearing(models.TextChoices):
    FOR = "for", "For"
    AGAINST = "against", "Against"
    CONTEXT = "context", "Context"


class Evidence(Scoped, Deletable):
    """A source: an address outside, or a passage here. It is the claim's (`owner` is the claim's); `by` added it."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="evidence")
    came_from = models.ForeignKey(
        Claim, models.SET_NULL, null=True, blank=True, related_name="+", help_text="Merged since; added to that."
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    bearing = models.CharField(max_length=7, choices=Bearing)
    title = models.CharField(max_length=300, blank=True)
    url = models.CharField("address", max_length=LONGEST_ADDRESS, blank=True)
    archive_url = models.CharField("archived at", max_length=LONGEST_ADDRESS, blank=True)
    #: Passages are taken back by `withhold`, before they go.
    highlight = models.ForeignKey(Highlight, models.PROTECT, null=True, blank=True, related_name="evidence")
    quote = models.TextField(blank=True, max_length=QUOTE_LENGTH)
    published_on = models.DateField(null=True, blank=True)
    withheld = models.BooleanField(default=False, help_text="The passage was its owner's, and left with them.")
    added_at = models.DateTimeField(default=timezone.now)

    objects = DeletableQuerySet.as_manager()

    class Meta(Scoped.Meta):
        ordering = ["id"]
        verbose_name_plural = "evidence"
        constraints = [
            *Scoped.Meta.constraints,
            models.CheckConstraint(
                condition=Q(withheld=False, highlight=None)
                & (Q(url__startswith="https://") | Q(url__startswith="http://"))
                | Q(withheld=False, highlight__isnull=False, url="")
                | Q(withheld=True, highlight=None, url="", quote=""),
                name="evidence_has_one_source",
            ),
            models.CheckConstraint(condition=Q(bearing__in=Bearing.values), name="evidence_bears_on_its_claim"),
        ]

    def __str__(self) -> str:
        return self.title or self.url or self.quote[:80] or "A passage that is no longer shared"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What somebody brings forward: an address outside, or a passage here."""

    bearing: str
    url: str = ""
    archive_url: str = ""
    highlight: Highlight | None = None
    title: str = ""
    quote: str = ""
    published_on: date | None = None

    def check(self) -> None:
        """Refuse what is no source.

        Raises:
            Refused: the sentence says why.
        """
        if self.bearing not in Bearing.values:
            raise Refused("Say whether it speaks for the claim or against it, or is context.", "bearing")
        if bool(self.url.strip()) == bool(self.highlight):
            raise Refused("Give the address of a source, or choose a passage here: one of the two.", "url")
        if len(self.quote) > QUOTE_LENGTH:
            raise Refused(f"The quote is too long: up to {QUOTE_LENGTH:,} letters are kept.", "quote")
        if self.published_on and self.published_on > timezone.localdate():
            raise Refused("A source can’t have been published in the future.", "published_on")

    def as_fields(self) -> dict[str, Any]:
        if self.highlight:
            article = self.highlight.article
            said = {"title": article.title, "quote": self.highlight.exact[:QUOTE_LENGTH]}
            return {"highlight": self.highlight, "published_on": article.published, **said}
        return {
            "url": checked(self.url, "url"),
            "archive_url": checked(self.archive_url, "archive_url") if self.archive_url.strip() else "",
            "title": " ".join(self.title.split())[:300],
            "quote": self.quote.strip(),
            "published_on": self.published_on,
        }


def checked(address: str, field: str) -> str:
    with about(field):
        return require_public_address(address)


class AlreadyThere(Refused):
    """The claim has this source: nobody counts it twice."""

    def __init__(self, kept: Evidence, field: str) -> None:
        self.kept = kept
        who = kept.by.get_short_name() if kept.by else "A former member"
        super().__init__(
            f"{who} brought this source on {in_words(timezone.localdate(kept.added_at))}: nothing was added. "
            "Other words out of it are evidence of their own.",
            field,
        )


def add_evidence(claim: Claim, source: Source, by: "User") -> Evidence:
    """Bring a source forward; the same once more from the same reader is the one that is there.

    Raises:
        AlreadyThere: somebody brought it, and in these words.
        Refused: it is no source, or not one for all who see the claim.
        Http404: `by` may not read the passage.
    """
    source.check()
    with in_hand(claim, by) as claim:
        require_annotation(by, claim)
        refuse_out_of_the_ledger(claim)
        if source.highlight:
            require_passage(source.highlight, claim, by)
        fields = {"bearing": source.bearing, **source.as_fields()}
        kept: Evidence | None = Evidence.objects.standing().filter(claim=claim, by=by, **fields).first()
        if kept:
            return kept
        refuse_again(claim, source, fields)
        made = Evidence.objects.create(by=by, **of_claim(claim), **fields)
        claim.tell(by, "added evidence", evidence=made.pk)
    return made


def refuse_again(claim: Claim, source: Source, fields: dict[str, Any]) -> None:
    """A source is there once, whatever it is said to speak for, or once for each of the words that it is cited for."""
    same = Q(highlight=source.highlight) if source.highlight else Q(url=fields["url"])
    if fields["quote"] and not source.highlight:
        same &= Q(quote=fields["quote"])
    kept = Evidence.objects.standing().filter(same, claim=claim).select_related("by").order_by("-id").first()
    if kept:
        raise AlreadyThere(kept, "highlight" if source.highlight else "url")


def require_passage(highlight: Highlight, claim: Claim, by: "User") -> None:
    """A passage that everybody sees who sees the claim."""
    highlight.refresh_from_db(fields=["owner", "team", "visibility", "deleted_at"])
    require_sight(by, highlight)
    require_sight(by, highlight.article)
    if highlight.deleted_at:
        raise Refused("That passage is no longer marked.", "highlight")
    if not (is_within(claim, highlight) and is_within(claim, highlight.article)):
        raise Refused("Not everyone who sees the claim sees that passage.", "highlight")


def remove_evidence(evidence: Evidence, by: "User") -> None:
    """Take it away, for as long as no verdict rests on it.

    Raises:
        Refused: a verdict cites it.
        PermissionDenied: somebody else added it, and `by` is no curator of the claim.
    """
    with in_hand(evidence.claim, by) as claim:
        require_keeper(evidence, claim, by)
        if evidence.citations.filter(verdict__undone_at=None).exists():
            raise Refused("A verdict cites this: it stays.")
        evidence.deleted_at = timezone.now()
        evidence.save(update_fields=["deleted_at"])
        claim.tell(by, "removed evidence", evidence=evidence.pk)


def restore_evidence(evidence: Evidence, by: "User") -> None:
    """Bring it back.

    Raises:
        Refused: the claim has left the ledger.
        PermissionDenied: somebody else added it, and `by` is no curator of the claim.
    """
    with in_hand(evidence.claim, by) as claim:
        require_keeper(evidence, claim, by)
        refuse_out_of_the_ledger(claim)
        evidence.deleted_at = None
        evidence.save(update_fields=["deleted_at"])
        claim.tell(by, "restored evidence", evidence=evidence.pk)


def require_keeper(evidence: Evidence, claim: Claim, by: "User") -> None:
    """Whoever added it may take it away and bring it back, and so may the curators of the claim."""
    evidence.refresh_from_db()
    require_sight(by, evidence)
    if not (may_curate(by, claim) or (evidence.by_id == by.pk and may_annotate(by, claim))):
        raise PermissionDenied


def withhold(passages: "QuerySet[Highlight]") -> None:
    """Let go of passages that are about to be deleted; verdicts that cite them go on citing that there was one."""
    Evidence.objects.filter(highlight__in=passages).update(
        withheld=True, highlight=None, title="", quote="", published_on=None
    )
