"""Who may open an account, and where allauth sends people."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest


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
        return bool(settings.SIGNUP == "open")
