"""Addresses that programs ask without signing in: whoever has one reads what its owner reads."""

import secrets
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from reader.accounts.models import User

#: What is signed is a random key. The row alone, from a lost backup, opens nothing; nor does another installation's.
SIGNER = Signer(salt="secret address", sep=".")
KEY_LENGTH = 22


def new_key() -> str:
    return secrets.token_urlsafe(16)


class SecretAddress(models.Model):
    """One person's way in for a calendar or a feed reader, until they make another."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=KEY_LENGTH, unique=True, default=new_key, editable=False)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "secret addresses"

    def __str__(self) -> str:
        return f"The secret address of {self.person}"

    @property
    def secret(self) -> str:
        """What stands in the address."""
        return SIGNER.sign(self.key)

    @classmethod
    def of(cls, person: "User") -> Self | None:
        return cls.objects.filter(person=person).first()

    @classmethod
    def make(cls, person: "User") -> Self:
        """A new one; the one before opens nothing from now on."""
        fresh = {"key": new_key(), "made_at": timezone.now()}
        return cls.objects.update_or_create(person=person, defaults=fresh)[0]

    @classmethod
    def end(cls, person: "User") -> None:
        cls.objects.filter(person=person).delete()


def holder_of(secret: str) -> "User | None":
    """Whose address it is; nobody's where it was not made here, was renewed, or its owner has left."""
    try:
        key = SIGNER.unsign(secret)
    except BadSignature:
        return None
    found = SecretAddress.objects.filter(key=key, person__is_active=True).select_related("person").first()
    return found.person if found else None
