"""The e-mail addresses of an account, which allauth keeps."""

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, Q

from reader.accounts.models import User


def vouch_for(user: User) -> None:
    """An address that somebody else made an account with is theirs: without that no second step can be set up."""
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})


def is_confirmed(user: User) -> bool:
    """Whether mail may be sent there: nobody is mailed because somebody else signed up with their address."""
    return not EmailAddress.objects.filter(user=user, email__iexact=user.email, verified=False).exists()


def account_at(email: str) -> User | None:
    """The account of which nobody doubts that this address is theirs; whoever signed up with it proves nothing.

    Whether there is one is for nobody to be told.
    """
    doubted = EmailAddress.objects.filter(user=OuterRef("pk"), email__iexact=email, verified=False)
    proved = EmailAddress.objects.filter(email__iexact=email, verified=True).values("user")
    theirs = Q(pk__in=proved) | (Q(email__iexact=email) & ~Exists(doubted))
    return User.objects.filter(theirs, is_active=True).first()
