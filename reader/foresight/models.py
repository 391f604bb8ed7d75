"""Sentences that look like predictions, what readers answered, and the models that were fitted to the answers."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from reader.highlights.models import Highlight, Kind
from reader.library.models import Article, Revision

#: The name of the model that comes with the program.
SHIPPED = "shipped"
KEY_LENGTH = 24


class Suggestion(models.Model):
    """A sentence of one text that the worker found worth pointing at; the same for all its readers."""

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="suggestions")
    key = models.CharField(max_length=KEY_LENGTH, help_text="What tells its words from others, in another text too.")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    rank = models.PositiveSmallIntegerField(help_text="0 for the one to be shown first.")
    score = models.FloatField()
    by_chance = models.BooleanField(default=False)
    model = models.CharField(max_length=20, default=SHIPPED)

    class Meta:
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "rank"], name="suggestions_are_ranked"),
            models.UniqueConstraint(fields=["revision", "start"], name="a_sentence_is_suggested_once"),
            models.CheckConstraint(condition=Q(end__gt=models.F("start")), name="a_suggestion_has_words"),
        ]

    def __str__(self) -> str:
        return f"{self.start}–{self.end} of {self.revision_id}, {self.score:.2f}"


class Source(models.TextChoices):
    """How a reader came to say that a sentence predicts, or does not."""

    LIKELY = "likely", "Pointed at, as likely"
    CHANCE = "chance", "Pointed at by chance"
    HAND = "hand", "Found by the reader"


class AnswerQuerySet(models.QuerySet["Answer"]):
    def standing(self) -> Self:
        """Those that still say something: not taken back, and the mark still stands as a prediction."""
        unsaid = Q(highlight__deleted_at__isnull=False) | ~Q(highlight__kind=Kind.PREDICTION)
        return self.exclude(predicts=None).exclude(Q(predicts=True) & unsaid)


class Answer(models.Model):
    """What one reader said of one sentence of a piece: their own, told to nobody, and counted in numbers alone."""

    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    article = models.ForeignKey(Article, models.CASCADE, related_name="+")
    revision = models.ForeignKey(Revision, models.CASCADE, related_name="+")
    key = models.CharField(max_length=KEY_LENGTH)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    predicts = models.BooleanField(null=True, help_text="Empty once it was taken back.")
    source = models.CharField(max_length=6, choices=Source)
    score = models.FloatField(null=True, help_text="The probability with which it was pointed at.")
    model = models.CharField(max_length=20, help_text="The model that was live then.")
    features = models.PositiveSmallIntegerField(help_text="The version of what was known of the sentence.")
    highlight = models.ForeignKey(Highlight, models.CASCADE, null=True, related_name="+")
    answered_at = models.DateTimeField(default=timezone.now)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reader", "article", "key"], name="one_answer_to_a_sentence"),
        ]
        indexes = [
            models.Index(fields=["article", "reader", "-answered_at"], name="answer_by_reader"),
            models.Index(fields=["answered_at"], name="answer_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.reader_id} on {self.start}–{self.end} of {self.revision_id}: {self.predicts}"


class SpotterState(models.TextChoices):
    LIVE = "live", "In use"
    RESTING = "resting", "Good enough, not in use"
    LOST = "lost", "Did worse, never in use"


class Spotter(models.Model):
    """A model that this installation fitted to its readers' answers. Where none is live, the shipped one is."""

    text = models.TextField(help_text="Named weights, as JSON.")
    features = models.PositiveSmallIntegerField()
    answers = models.PositiveIntegerField(help_text="How many answers it learnt from.")
    precision = models.FloatField(help_text="Average precision on the check set.")
    rival = models.CharField(max_length=20, help_text="The model that was live when it was fitted.")
    rival_precision = models.FloatField()
    state = models.CharField(max_length=8, choices=SpotterState)
    fitted_at = models.DateTimeField(default=timezone.now)
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=Q(state=SpotterState.LIVE), name="one_spotter_is_live_at_most"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"fit {self.pk}"


def as_fields(suggestion: Suggestion) -> dict[str, Any]:
    """What an answer keeps of the sentence that it is about."""
    return {name: getattr(suggestion, name) for name in ("revision_id", "start", "end", "score", "model")}
