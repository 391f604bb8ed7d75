"""What readers say to a mark without writing a note."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from reader.core.access import require_annotation, require_sight
from reader.core.events import let_ids_appear_in_order, record
from reader.highlights.models import Highlight

if TYPE_CHECKING:
    from reader.accounts.models import User


class Response(models.TextChoices):
    """What one can say to a mark without writing a note."""

    AGREE = "agree", "Agree"
    DISAGREE = "disagree", "Disagree"
    VAGUE = "vague", "Vague"
    ALREADY_TRUE = "already_true", "Already true"
    NEEDS_SOURCE = "needs_source", "Needs source"


class Reaction(models.Model):
    """One reader's response to a mark; whoever sees the mark sees it."""

    highlight = models.ForeignKey(Highlight, models.CASCADE, related_name="reactions")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    response = models.CharField(max_length=12, choices=Response)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["highlight", "reader", "response"], name="one_says_a_thing_once"),
        ]

    def __str__(self) -> str:
        return f"{self.reader}: {self.get_response_display()}"


def react(highlight: Highlight, response: str, by: "User") -> bool:
    """Say this to the mark, or take it back where it was said; whether it stands now."""
    with transaction.atomic():
        let_ids_appear_in_order()
        highlight.look_again()
        require_sight(by, highlight)
        require_annotation(by, highlight)
        taken_back, _ = Reaction.objects.filter(highlight=highlight, reader=by, response=response).delete()
        if not taken_back:
            Reaction.objects.create(highlight=highlight, reader=by, response=response)
        verb = "took back a response" if taken_back else "responded"
        record(by, verb, highlight, article_id=highlight.article_id, response=response)
    return not taken_back
