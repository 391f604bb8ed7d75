"""The e-mail addresses of an account, which allauth keeps."""

from allauth.account.models import EmailAddress

from reader.accounts.models import User


def vouch_for(user: User) -> None:
    """An address that somebody else made an account with is theirs: without that no second step can be set up."""
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
