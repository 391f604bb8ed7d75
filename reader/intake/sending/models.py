"""The secrets by which a page or a mail that comes in from outside is known as its reader's."""

import secrets
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

if TYPE_CHECKING:
    from reader.accounts.models import User

#: An address of a mail knows no capital letters and is at most 64 characters long before its @.
PROOF_LENGTH = 12
SALT = "a way in"


def new_key() -> str:
    return secrets.token_hex(10)


class WayIn(models.Model):
    """One person's way in through one door, until they make another.

    What opens it is the key with a proof that this installation made: the row alone, from a lost backup, opens nothing.
    """

    class Door(models.TextChoices):
        PAGE = "page", "Pages from the browser"
        MAIL = "mail", "Mails"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    door = models.CharField(max_length=4, choices=Door)
    key = models.CharField(max_length=20, unique=True, default=new_key, editable=False)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "ways in"
        constraints = [models.UniqueConstraint(fields=["person", "door"], name="one_way_in_per_person_and_door")]

    def __str__(self) -> str:
        return f"{self.get_door_display()} of {self.person}"

    @property
    def secret(self) -> str:
        return f"{self.key}{proof(self.door, self.key)}"

    @classmethod
    def of(cls, person: "User", door: str) -> Self | None:
        return cls.objects.filter(person=person, door=door).first()

    @classmethod
    def make(cls, person: "User", door: str) -> Self:
        """A new one; the one before opens nothing from now on."""
        fresh = {"key": new_key(), "made_at": timezone.now()}
        return cls.objects.update_or_create(person=person, door=door, defaults=fresh)[0]

    @classmethod
    def end(cls, person: "User", door: str) -> None:
        cls.objects.filter(person=person, door=door).delete()


def proof(door: str, key: str) -> str:
    # Named, since Django 2028 takes another by default: every address that was given to a newsletter would be nobody's.
    return salted_hmac(f"{SALT} {door}", key, algorithm="sha1").hexdigest()[:PROOF_LENGTH]


def holder_of(secret: str, door: str) -> "User | None":
    """Whose way in it is; nobody's where it was not made here, was renewed, or its owner has left."""
    key, said = secret[:-PROOF_LENGTH], secret[-PROOF_LENGTH:]
    if not secret.isascii() or not constant_time_compare(said, proof(door, key)):
        return None
    found = WayIn.objects.filter(key=key, door=door, person__is_active=True).select_related("person").first()
    return found.person if found else None
