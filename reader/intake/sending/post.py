"""Mails that come to a reader's own address: checked while they are handed over, kept, and brought in by the worker."""

import logging
import re
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from reader.core.jobs import job
from reader.intake.imports.models import Outcome
from reader.intake.mail.letters import MOST_BYTES
from reader.intake.parcels.letters import bring, key_of
from reader.intake.sending.models import WayIn, holder_of

if TYPE_CHECKING:
    from reader.accounts.models import User

log = logging.getLogger(__name__)

#: Of one reader; what waits longer than that is a flood, and whoever sends it is asked to try again later.
MOST_WAITING, MOST_A_DAY = 200, 500
#: A mail that was handed on so often goes round in circles.
MOST_HOPS = 30
HOPS = re.compile(rb"^received:", re.IGNORECASE | re.MULTILINE)
LOOP = re.compile(rb"^x-loop:[ \t]*forecite|^auto-submitted:[ \t]*auto-replied", re.IGNORECASE | re.MULTILINE)
ADDRESS = re.compile(r"(?P<secret>[0-9a-f]{32})(?:\+[^@]*)?@(?P<host>[^@]+)", re.IGNORECASE)


class NotTaken(Exception):
    """A mail is refused; the message is what the sending server is told, with the code that SMTP has for it."""


class Received(models.Model):
    """A mail that came to a reader's address and was not brought in yet, and what came of it."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)
    data = models.BinaryField()
    came_at = models.DateTimeField(default=timezone.now)
    brought_at = models.DateTimeField(null=True, blank=True)
    name = models.CharField(max_length=300, blank=True)
    outcome = models.CharField(max_length=7, choices=Outcome, blank=True)
    sentence = models.TextField(blank=True)
    article = models.ForeignKey("reader.Article", models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name_plural = "received mails"
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="a_mail_is_received_once")]
        indexes = [models.Index(fields=["owner", "-came_at"], name="received_by_arrival")]

    def __str__(self) -> str:
        return self.name or f"A mail of {self.came_at:%d %B %Y}"


def reader_at(address: str) -> "User | None":
    """Whose address this is; nobody's where the secret is wrong or the host another."""
    found = ADDRESS.fullmatch(address.strip("<> "))
    if found is None or not settings.INBOX_HOST or found["host"].lower() != settings.INBOX_HOST:
        return None
    return holder_of(found["secret"].lower(), WayIn.Door.MAIL)


def receive(reader: "User", data: bytes) -> None:
    """Keep a mail, and have it brought in.

    Raises:
        NotTaken: it is too large, goes round in circles, or too many came of late.
    """
    head = data[:65536].partition(b"\n\n")[0].partition(b"\r\n\r\n")[0]
    if len(data) > MOST_BYTES:
        raise NotTaken("552 5.3.4 This mail is larger than 25 MB")
    if len(HOPS.findall(head)) > MOST_HOPS or LOOP.search(head):
        raise NotTaken("554 5.4.6 This mail goes round in circles")
    mine = Received.objects.filter(owner=reader)
    today = mine.filter(came_at__gt=timezone.now() - timedelta(days=1)).count()
    if mine.filter(brought_at=None).count() >= MOST_WAITING or today >= MOST_A_DAY:
        raise NotTaken("452 4.2.2 Too many mails came to this address of late, try again later")
    with transaction.atomic():
        kept, is_new = Received.objects.get_or_create(owner=reader, key=key_of(data), defaults={"data": data})
        if is_new:
            bring_received.enqueue(received_id=kept.pk)


@job
def bring_received(received_id: int) -> None:
    """Put a received mail on its reader's shelf, for them alone."""
    one = Received.objects.filter(pk=received_id, brought_at=None).select_related("owner").first()
    if one is None:
        return
    item = bring(bytes(one.data), "A mail", one.owner, "private", None)
    Received.objects.filter(pk=one.pk).update(
        brought_at=timezone.now(),
        data=b"",
        name=item.name[:300],
        outcome=item.outcome,
        sentence=item.sentence,
        article=item.article,
    )
