"""Addresses that readers asked for: fetched by a worker, and then a draft like any other."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from reader.intake.fetching import NotFetched, Way, fetch
from reader.intake.fetching.landing import refuse_by_address, understood, words_of
from reader.intake.fetching.network import Network
from reader.intake.models import Draft
from reader.intake.reading import Form, Reading
from reader.library.addresses import spellings
from reader.library.models import Article

if TYPE_CHECKING:
    from reader.accounts.models import User


class Fetch(models.Model):
    """An address that a reader asked for, and what came of it: a draft, or a sentence that says why there is none."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="fetches")
    url = models.TextField()
    draft = models.OneToOneField(Draft, models.CASCADE, null=True, blank=True, related_name="fetch")
    refusal = models.TextField(blank=True)
    way = models.CharField(max_length=8, blank=True, choices=[(way.value, way.name.title()) for way in Way])
    asked_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "fetches"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_at=None, draft=None, refusal="") | models.Q(ended_at__isnull=False),
                name="a_fetch_that_goes_on_has_no_end",
            )
        ]

    def __str__(self) -> str:
        return self.url

    def get_absolute_url(self) -> str:
        return reverse("fetch", args=[self.pk])

    def end(self, **outcome: Any) -> bool:
        """Write down what came of it, once; a task that runs twice changes nothing the second time."""
        ended = Fetch.objects.filter(pk=self.pk, ended_at=None).update(ended_at=timezone.now(), **outcome)
        return ended == 1


def known_article(url: str, reader: "User") -> Article | None:
    """The piece of this address that the reader can see already."""
    article: Article | None = Article.objects.visible_to(reader).filter(canonical_url__in=spellings(url)).first()
    return article


def read_address(url: str, network: Network | None = None) -> tuple[str, Form, str, Reading]:
    """The words at an address, their form, the address that they came from at last, and what is understood.

    Raises:
        NotFetched: there is nothing to read.
    """
    refuse_by_address(url)
    found = fetch(url, network or Network(allow_private=settings.ALLOW_PRIVATE_FETCH))
    raw, form = words_of(found)
    return raw, form, found.url, understood(raw, form, found.url)


def carry_out(asked: Fetch, network: Network | None = None) -> None:
    """Fetch what was asked for, and leave a draft or the reason why there is none."""
    try:
        raw, form, url, _ = read_address(asked.url, network)
    except NotFetched as refusal:
        asked.end(refusal=str(refusal), way=refusal.way)
        return
    with transaction.atomic():
        draft = Draft.objects.create(owner_id=asked.owner_id, raw=raw, form=form, url=url)
        if not asked.end(draft=draft):
            draft.delete()
