"""What imports leave behind beside pieces: plans, senders, mails to confirm, addresses whose text is still to come."""

from typing import Any, NamedTuple

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from reader.intake.fetching import Way
from reader.intake.imports.models import Import
from reader.library.models import QUOTES, Article

LONGEST_NAME = 300
#: An address whose text did not come, and that nobody took off the list.
ON_THE_LIST = Q(ended_at=None) | ~Q(refusal="")


class Share(NamedTuple):
    """How many things of a kind a file holds, and how many of them are here already, or may be."""

    number: int
    one: str
    many: str
    known: int
    unsure: int = 0

    @property
    def name(self) -> str:
        return self.one if self.number == 1 else self.many

    @property
    def says(self) -> str:
        """How much of it is new."""
        parts = [
            (self.number - self.known - self.unsure, "new"),
            (self.known, "here already"),
            (self.unsure, "to be compared"),
        ]
        told = [(number, word) for number, word in parts if number]
        if len(told) == 1:
            return told[0][1] if self.number == 1 else f"all {told[0][1]}"
        return ", ".join(f"{number:,} {word}" for number, word in told)


class Plan(models.Model):
    """What a file would bring, as its reader is told before anything is brought in."""

    work = models.OneToOneField(Import, models.CASCADE, related_name="plan")
    app = models.CharField(max_length=60, blank=True)
    mails = models.PositiveIntegerField(default=0)
    pieces = models.PositiveIntegerField(default=0)
    addresses = models.PositiveIntegerField("of pieces without their words", default=0)
    marks = models.PositiveIntegerField(default=0)
    feeds = models.PositiveIntegerField("to be followed", default=0)
    known_mails = models.PositiveIntegerField("mails that are here already", default=0)
    known = models.PositiveIntegerField("pieces that are here already", default=0)
    known_marks = models.PositiveIntegerField("marks that are here already", default=0)
    known_feeds = models.PositiveIntegerField("feeds that are followed already", default=0)
    known_addresses = models.PositiveIntegerField("that are here, or waited for, already", default=0)
    unsure_mails = models.PositiveIntegerField("mails that are compared when they come in", default=0)
    unsure = models.PositiveIntegerField("pieces that are compared when they come in", default=0)
    unsure_marks = models.PositiveIntegerField("marks that are compared when they come in", default=0)
    problems = models.JSONField("the first things that cannot be read, with the reasons", default=list)
    problem_count = models.PositiveIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"Plan of {self.work}"

    def get_absolute_url(self) -> str:
        return reverse("import-plan", args=[self.work_id])

    @property
    def things(self) -> int:
        return self.mails + self.pieces + self.addresses + self.feeds

    @property
    def shares(self) -> list[Share]:
        """What will come, each kind with how much of it is new."""
        told = [
            Share(self.mails, "mail", "mails", self.known_mails, self.unsure_mails),
            Share(self.pieces, "piece", "pieces", self.known, self.unsure),
            Share(self.marks, "highlight", "highlights", self.known_marks, self.unsure_marks),
            Share(self.feeds, "feed to follow", "feeds to follow", self.known_feeds),
            Share(
                self.addresses,
                "address, whose text will be fetched",
                "addresses, whose texts will be fetched",
                self.known_addresses,
            ),
        ]
        return [share for share in told if share.number]

    @property
    def is_known(self) -> bool:
        """Whether all of it is here already."""
        return all(share.known == share.number for share in self.shares)


class Sender(models.Model):
    """A newsletter as a reader's mails know it: by its list or its address, under whatever name it writes today."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=300)
    publication = models.CharField(max_length=200)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="a_sender_is_known_once")]

    def __str__(self) -> str:
        return self.publication


class KnownLetter(models.Model):
    """A letter that was brought in, by what its head says of itself, and the piece that it is."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)
    article = models.ForeignKey(Article, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="a_letter_is_known_once")]

    def __str__(self) -> str:
        return f"The letter that is {self.article}"


class Confirmation(models.Model):
    """A mail that asks its reader to confirm a subscription; it waits where it is seen."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)
    sender = models.CharField(max_length=LONGEST_NAME)
    subject = models.CharField(max_length=LONGEST_NAME)
    link = models.TextField(blank=True)
    words = models.TextField(blank=True)
    came_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="a_confirmation_waits_once")]
        indexes = [models.Index(fields=["owner", "-came_at"], name="confirmation_by_arrival")]

    def __str__(self) -> str:
        return self.subject


class Awaited(models.Model):
    """A piece of which only the address is known, or that and what was marked in it: its text is to be fetched."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    work = models.ForeignKey(Import, models.SET_NULL, null=True, blank=True, related_name="awaited")
    #: Other imports that named it while it waited: taken back, each leaves it to the others.
    named_by = models.ManyToManyField(Import, related_name="named_addresses", blank=True)
    url = models.CharField(max_length=2000)
    title = models.CharField(max_length=LONGEST_NAME, blank=True)
    tags = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    archived = models.BooleanField(default=False)
    visibility = models.CharField(max_length=8, default="private")
    team = models.ForeignKey("reader.Team", models.SET_NULL, null=True, blank=True, related_name="+")
    #: The piece: of quotes alone until the whole text comes, or the one that came.
    article = models.ForeignKey(Article, models.CASCADE, null=True, blank=True, related_name="+")
    refusal = models.TextField(blank=True)
    way = models.CharField(max_length=8, blank=True, choices=[(way.value, way.name.title()) for way in Way])
    asked_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "awaited pieces"
        constraints = [models.UniqueConstraint(fields=["owner", "url"], name="a_piece_is_awaited_once")]
        indexes = [models.Index(fields=["owner", "ended_at", "id"], name="awaited_in_order")]

    def __str__(self) -> str:
        return self.title or self.url

    def end(self, **outcome: Any) -> bool:
        """Write down what came of it, once."""
        waiting = Awaited.objects.filter(pk=self.pk, ended_at=None)
        return waiting.update(ended_at=timezone.now(), **outcome) == 1

    def take_off(self) -> bool:
        """Wait for its text no more, though nothing came; whether anything was waited for."""
        open_ones = Awaited.objects.filter(ON_THE_LIST, pk=self.pk)
        return open_ones.update(ended_at=timezone.now(), refusal="", way="") == 1

    def put_back(self) -> bool:
        """Wait for it again, if it was taken off; whether it was."""
        is_off = Awaited.objects.filter(pk=self.pk, refusal="").exclude(ended_at=None)
        if self.article and self.article.revisions.only("source_kind").latest("number").source_kind != QUOTES:
            return False  # its text came
        return is_off.update(ended_at=None, asked_at=timezone.now()) == 1
