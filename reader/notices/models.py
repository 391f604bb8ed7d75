"""What people are told: rows for the app's list, and by which post each kind comes."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from reader.accounts.models import Invitation
from reader.claims.models import Claim
from reader.highlights.models import Note


class Kind(models.TextChoices):
    MENTION = "mention", "Somebody mentions me"
    REPLY = "reply", "Somebody replies to me"
    INVITATION = "invitation", "I am invited to a team"
    DUE = "due", "A claim of mine, or one I forecast, falls due"
    VERDICT = "verdict", "A claim of mine, or one I forecast, is judged"
    DISPUTED = "disputed", "A verdict is disputed that I can decide on, or my dispute is decided"
    DECIDED = "decided", "A curator asks about, rejects or hides something of mine"
    CHANGED = "changed", "The words behind a claim of mine are changed"


class Post(models.TextChoices):
    AT_ONCE = "at_once", "At once"
    DAILY = "daily", "Once a day"
    NEVER = "never", "Never"


#: How the key begins of what tells both sides of a dispute that it is decided.
ANSWER = "answer"
#: And of what tells that a text has the words of a claim still, and another sentence around them.
AROUND = "around"
#: And of what tells that something new stands beside the words.
BESIDE = "beside"
#: And of what tells that the words are crossed out.
STRUCK = "struck"
#: And of what tells that the words are no longer there.
GONE = "gone"
#: Until somebody says otherwise: what waits for an answer comes at once.
USUAL_POST = {
    Kind.MENTION: Post.AT_ONCE,
    Kind.REPLY: Post.AT_ONCE,
    Kind.INVITATION: Post.AT_ONCE,
    Kind.DUE: Post.DAILY,
    Kind.VERDICT: Post.DAILY,
    Kind.DISPUTED: Post.AT_ONCE,
    Kind.DECIDED: Post.AT_ONCE,
    Kind.CHANGED: Post.DAILY,
}


class Notice(models.Model):
    """One thing that one person is told.

    `key` names what it is about; the same person is told the same thing once, however often its cause is saved. The
    thing itself is asked at every look whether it may still be seen (`queries.visible_notices`).
    """

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=10, choices=Kind)
    key = models.CharField(max_length=60)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    note = models.ForeignKey(Note, models.CASCADE, null=True, related_name="notices")
    claim = models.ForeignKey(Claim, models.CASCADE, null=True, related_name="notices")
    invitation = models.ForeignKey(Invitation, models.CASCADE, null=True, related_name="notices")
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recipient", "kind", "key"], name="nobody_is_told_the_same_thing_twice"),
            models.CheckConstraint(
                condition=Q(note__isnull=False, claim__isnull=True, invitation__isnull=True)
                | Q(note__isnull=True, claim__isnull=False, invitation__isnull=True)
                | Q(note__isnull=True, claim__isnull=True, invitation__isnull=False),
                name="notice_is_about_one_thing",
            ),
        ]
        indexes = [
            models.Index(fields=["recipient", "-id"], name="notice_by_recipient"),
            models.Index(fields=["recipient"], condition=Q(read_at=None), name="notice_unread"),
            models.Index(fields=["created_at"], condition=Q(read_at=None, mailed_at=None), name="notice_to_mail"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.recipient}"

    def get_absolute_url(self) -> str:
        """Opens what it is about, and is read by that."""
        return reverse("notice", args=[self.pk])

    @property
    def leads_to(self) -> str:
        """The passage, the note or the page that it is about."""
        if self.note:
            return self.note.place
        return self.claim.get_absolute_url() if self.claim else reverse("invitation-of-mine", args=[self.invitation_id])

    def read(self) -> None:
        if self.read_at is None:
            Notice.objects.filter(pk=self.pk, read_at=None).update(read_at=timezone.now())


class MailPreference(models.Model):
    """By which post one person wants one kind; where there is no row, `USUAL_POST` says it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mail_preferences")
    kind = models.CharField(max_length=10, choices=Kind)
    post = models.CharField(max_length=8, choices=Post)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="one_mail_preference_per_kind")]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_kind_display()}, {self.get_post_display()}"


def posts_of(person_id: int) -> dict[str, str]:
    """By which post somebody wants each kind."""
    chosen = MailPreference.objects.filter(person=person_id).values_list("kind", "post")
    return {kind.value: post.value for kind, post in USUAL_POST.items()} | dict(chosen)


def prefer(person_id: int, **posts: str) -> None:
    """Keep by which post somebody wants these kinds."""
    MailPreference.objects.bulk_create(
        [MailPreference(person_id=person_id, kind=kind, post=post) for kind, post in posts.items()],
        update_conflicts=True,
        unique_fields=["person", "kind"],
        update_fields=["post"],
    )
