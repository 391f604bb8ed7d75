"""The event: who did what to which thing, and who may know of it."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from reader.core.visibility import ScopedQuerySet, Visibility


class Event(models.Model):
    """One change, written in the transaction of the change itself; never altered afterwards.

    Ids become visible in order (see `events.record`), so that a reader of the log who remembers the last id misses
    none. `visibility`, `owner` and `team` say who may know of it: as a rule those of the thing at that moment.
    """

    #: The events of one change, in several pieces, bear the same moment.
    at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    verb = models.CharField(max_length=40)
    subject_kind = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    article_id = models.BigIntegerField(null=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    team = models.ForeignKey("reader.Team", models.SET_NULL, null=True, related_name="+")
    visibility = models.CharField(max_length=8, choices=Visibility)
    detail = models.JSONField(default=dict)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["article_id", "id"], name="event_of_article"),
            models.Index(fields=["subject_kind", "subject_id", "verb"], name="event_of_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_kind} {self.subject_id}"
