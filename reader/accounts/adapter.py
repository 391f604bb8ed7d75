"""Who may open an account, and where allauth sends people."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest

from reader.accounts.inviting import remembered


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "No account has this e-mail with this password. Check both and try again.",
        "too_many_login_attempts": "Too many attempts. Wait a few minutes before the next one.",
        "incorrect_password": "This is not the password of your account.",
        "enter_current_password": "This is not your current password.",
        "email_taken": "There is an account with this e-mail already.",
        "duplicate_email": "This address is yours already.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """To everybody where it is open; elsewhere to whoever comes with an invitation that is."""
        return settings.SIGNUP == "open" or remembered(request) is not None

    def is_email_verified(self, request: HttpRequest, email: str) -> bool:
        """Whether the letter that led here went to this address: then nothing needs to be confirmed."""
        invitation = remembered(request)
        return bool(invitation and invitation.email and invitation.email == email.lower())
