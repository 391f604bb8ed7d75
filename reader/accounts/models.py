"""People who sign in, and the teams they read with."""

from collections.abc import Collection
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from reader.accounts.handles import MAX_LENGTH, make_handle
from reader.core.prepared import SomeReader, prepared
from reader.core.visibility import Scope, team_scope

if TYPE_CHECKING:
    from reader.core.requests import AnyUser


class UserManager(BaseUserManager["User"]):
    """Makes users who sign in by e-mail."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, is_curator=True, **fields)

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email)


class Theme(models.TextChoices):
    SYSTEM = "system", "As the system"
    LIGHT = "light", "Light"
    SEPIA = "sepia", "Sepia"
    DARK = "dark", "Dark"


class Width(models.TextChoices):
    NARROW = "narrow", "Narrow"
    NORMAL = "normal", "Normal"
    WIDE = "wide", "Wide"


class Leading(models.TextChoices):
    TIGHT = "tight", "Tight"
    NORMAL = "normal", "Normal"
    LOOSE = "loose", "Loose"


class User(AbstractBaseUser, PermissionsMixin):
    """A reader. `is_curator` is the site-wide right to keep the public ledger.

    Who deletes the account stays as an emptied row, for what they left to teams and to everyone to belong to.
    """

    email = models.EmailField("e-mail", unique=True)
    name = models.CharField(max_length=80)
    handle = models.SlugField(max_length=MAX_LENGTH, unique=True, null=True, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField("may use the admin", default=False)
    is_curator = models.BooleanField("keeps the public ledger", default=False)
    joined_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True, blank=True, editable=False)
    renamed_at = models.DateTimeField(null=True, blank=True, editable=False)

    theme = models.CharField(max_length=8, choices=Theme, default=Theme.SYSTEM)
    text_size = models.PositiveSmallIntegerField(
        "text size in pixels", default=19, validators=[MinValueValidator(15), MaxValueValidator(27)]
    )
    text_width = models.CharField(max_length=8, choices=Width, default=Width.NORMAL)
    leading = models.CharField("line height", max_length=8, choices=Leading, default=Leading.NORMAL)

    foresight = models.BooleanField("suggestions in the gutter", default=True)

    #: The name that the table has; None for somebody new.
    known_as: str | None = None

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(text_size__range=(15, 27)), name="text_size_is_legible"),
        ]
        indexes = [
            models.Index(fields=["-renamed_at"], condition=Q(renamed_at__isnull=False), name="user_by_renaming"),
        ]

    def __str__(self) -> str:
        return self.get_short_name()

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any], **more: Any) -> Self:
        found = super().from_db(db, field_names, values, **more)
        found.known_as = found.__dict__.get("name")
        return found

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Whoever has no handle yet gets one made from their name; pages that others keep learn of another name."""
        if kwargs.get("update_fields") is None:
            if self.handle is None and self.left_at is None:
                self.handle = make_handle(type(self), self.name)
            if self.known_as not in (None, self.name):
                self.renamed_at = timezone.now()
        super().save(*args, **kwargs)
        self.known_as = self.name

    def get_full_name(self) -> str:
        return self.name or self.email

    def get_short_name(self) -> str:
        return self.name or self.email.partition("@")[0]

    @cached_property
    def roles(self) -> dict[int, str]:
        """My role by team id."""
        return dict(role_fields(SomeReader(is_authenticated=True, pk=self.pk, team_ids=())))

    @property
    def team_ids(self) -> Collection[int]:
        return self.roles.keys()

    @property
    def has_a_desk(self) -> bool:
        """Whether I curate something beside what is mine alone."""
        return self.is_curator or not {Role.OWNER, Role.CURATOR}.isdisjoint(self.roles.values())


NAME_LENGTH = 80


class Team(models.Model):
    """People who annotate the same pieces."""

    name = models.CharField(max_length=NAME_LENGTH)
    slug = models.SlugField(max_length=80, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    members = models.ManyToManyField(User, through="Membership", related_name="teams")
    foresight = models.BooleanField("suggestions in the gutter of its pieces", default=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("team", args=[self.slug])


class Role(models.TextChoices):
    OWNER = "owner", "Owner"
    CURATOR = "curator", "Curator"
    MEMBER = "member", "Member"
    VIEWER = "viewer", "Viewer"

    @property
    def may(self) -> str:
        """What somebody in this role does in the team."""
        return MAY[self]


MAY = {
    Role.OWNER: "does everything, and decides who is in the team",
    Role.CURATOR: "reads, marks, keeps everybody’s marks and claims in order, and invites",
    Role.MEMBER: "reads, marks and shares pieces",
    Role.VIEWER: "reads, and writes nothing",
}


class Membership(models.Model):
    """Somebody's place in a team; a viewer reads and writes nothing."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=8, choices=Role, default=Role.MEMBER)
    joined_at = models.DateTimeField(auto_now_add=True)
    invitation = models.ForeignKey(
        "Invitation", models.SET_NULL, null=True, blank=True, editable=False, related_name="memberships"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "user"], name="one_membership_per_person_and_team")]

    def __str__(self) -> str:
        return f"{self.user} in {self.team} ({self.role})"

    @property
    def scope(self) -> Scope:
        """Who may know of it: the team, and whoever it is about, even once it has ended."""
        return team_scope(self.team_id, self.user_id)


@prepared
def role_fields(user: "AnyUser") -> "models.QuerySet[Any, Any]":
    return Membership.objects.filter(user=user.pk).values_list("team_id", "role")


#: By then a worker that is well has sent what it was asked to.
SOON = timedelta(minutes=1)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self, now: Any = None) -> Self:
        """Those that somebody can still join with."""
        return self.filter(revoked_at=None, expires_at__gt=now or timezone.now(), uses__lt=F("max_uses"))


class Invitation(models.Model):
    """A way into a team, for whoever holds the secret of which only the hash is kept."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="invitations")
    invited_by = models.ForeignKey(User, models.CASCADE, related_name="+")
    role = models.CharField(max_length=8, choices=Role, default=Role.MEMBER)
    email = models.EmailField("sent to", blank=True)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    uses = models.PositiveSmallIntegerField(default=0)
    max_uses = models.PositiveSmallIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(
        null=True, blank=True, help_text="When whoever it is for was told of it; a link is told by its maker."
    )
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(uses__lte=F("max_uses")), name="an_invitation_is_not_used_too_often"),
            models.CheckConstraint(condition=Q(email="") | Q(max_uses=1), name="a_mailed_invitation_is_for_one"),
            models.CheckConstraint(condition=~Q(role=Role.OWNER), name="nobody_is_invited_to_own_a_team"),
        ]

    def __str__(self) -> str:
        return f"An invitation to {self.team} ({self.role})"

    @property
    def is_late(self) -> bool:
        """Whether its mail should have gone out by now; a while is given, or it would tell who has an account here."""
        return bool(self.email) and self.sent_at is None and self.created_at < timezone.now() - SOON

    @property
    def scope(self) -> Scope:
        return team_scope(self.team_id, self.invited_by_id)
