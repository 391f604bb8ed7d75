"""allauth's forms in our words: every field has its label, so none repeats it inside the box."""

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.core import context
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from reader.accounts.inviting import Void, join, remembered
from reader.accounts.models import Invitation, User
from reader.core.errors import void_invitation

WORDS = {
    "Email": "E-mail",
    "Current Password": "Current password",
    "New Password": "New password",
    "New Password (again)": "New password again",
    "Password (again)": "Password again",
    "Authenticator code": "Code from the app",
    "Passwordless": "Sign in with it alone, without the password",
}


GOOD_ENOUGH = "At least 10 characters; not a common one, and not like your name or e-mail."


class InOurWords:
    """Before an allauth form in the bases: takes out placeholders and says labels as the rest of the site does."""

    fields: dict[str, forms.Field]
    help_words: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = WORDS.get(str(field.label), field.label)
            field.help_text = self.help_words.get(name, field.help_text)


class SignIn(InOurWords, account.LoginForm):  # type: ignore[misc]  # allauth is untyped
    help_words: ClassVar = {"password": ""}


class SignUp(InOurWords, account.SignupForm):  # type: ignore[misc]  # allauth is untyped
    """A new account; whoever comes with an invitation joins the team in the same moment.

    Where sign-up is closed, an invitation would otherwise make more accounts than it lets people in.
    """

    field_order = ("name", "email", "password1")
    help_words: ClassVar = {"password1": GOOD_ENOUGH}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invitation = remembered(context.request)
        if self.invitation and self.invitation.email:
            self.fields["email"].initial = self.initial["email"] = self.invitation.email
            self.fields["email"].disabled = settings.SIGNUP != "open"

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        try:
            with transaction.atomic():
                user, answer = super().try_save(request)
                if user and self.invitation:
                    self.join(self.invitation, user)
        except Void:
            return None, void_invitation(request)
        return user, answer

    def join(self, invitation: Invitation, user: User) -> None:
        """Use the invitation, without which nobody makes an account here unless anybody may.

        Raises:
            Void: it was used up or taken back meanwhile, or is for another address.
        """
        try:
            join(invitation, user)
        except Void:
            if settings.SIGNUP != "open":
                raise


class AddEmail(InOurWords, account.AddEmailForm):  # type: ignore[misc]  # allauth is untyped
    pass


class ChangePassword(InOurWords, account.ChangePasswordForm):  # type: ignore[misc]  # allauth is untyped
    help_words: ClassVar = {"oldpassword": "", "password1": GOOD_ENOUGH}


class SetPassword(InOurWords, account.SetPasswordForm):  # type: ignore[misc]  # allauth is untyped
    help_words: ClassVar = {"password1": GOOD_ENOUGH}


class ResetPassword(InOurWords, account.ResetPasswordForm):  # type: ignore[misc]  # allauth is untyped
    pass


class ResetPasswordFromKey(InOurWords, account.ResetPasswordKeyForm):  # type: ignore[misc]  # allauth is untyped
    help_words: ClassVar = {"password1": GOOD_ENOUGH}


class Reauthenticate(InOurWords, account.ReauthenticateForm):  # type: ignore[misc]  # allauth is untyped
    help_words: ClassVar = {"password": ""}


class SecondStep(InOurWords, mfa.AuthenticateForm):  # type: ignore[misc]  # allauth is untyped
    help_words: ClassVar = {"code": "From your authenticator app, or one of your recovery codes."}


class ReauthenticateSecondStep(InOurWords, mfa.ReauthenticateForm):  # type: ignore[misc]  # allauth is untyped
    help_words = SecondStep.help_words


class ActivateApp(InOurWords, totp.ActivateTOTPForm):  # type: ignore[misc]  # allauth is untyped
    pass


class AddPasskey(InOurWords, webauthn.AddWebAuthnForm):  # type: ignore[misc]  # allauth is untyped
    help_words: ClassVar = {"passwordless": "Choose this for a passkey on your phone or computer."}
