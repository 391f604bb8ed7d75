"""allauth's forms in our words: every field has its label, so none repeats it inside the box."""

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms

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


class SignIn(InOurWords, account.LoginForm):  # type: ignore[misc]  # allauth is untyped, here and below
    help_words: ClassVar = {"password": ""}


class SignUp(InOurWords, account.SignupForm):  # type: ignore[misc]
    field_order = ("name", "email", "password1")
    help_words: ClassVar = {"password1": GOOD_ENOUGH}


class AddEmail(InOurWords, account.AddEmailForm):  # type: ignore[misc]
    pass


class ChangePassword(InOurWords, account.ChangePasswordForm):  # type: ignore[misc]
    help_words: ClassVar = {"oldpassword": "", "password1": GOOD_ENOUGH}


class SetPassword(InOurWords, account.SetPasswordForm):  # type: ignore[misc]
    help_words: ClassVar = {"password1": GOOD_ENOUGH}


class ResetPassword(InOurWords, account.ResetPasswordForm):  # type: ignore[misc]
    pass


class ResetPasswordFromKey(InOurWords, account.ResetPasswordKeyForm):  # type: ignore[misc]
    help_words: ClassVar = {"password1": GOOD_ENOUGH}


class Reauthenticate(InOurWords, account.ReauthenticateForm):  # type: ignore[misc]
    help_words: ClassVar = {"password": ""}


class SecondStep(InOurWords, mfa.AuthenticateForm):  # type: ignore[misc]
    help_words: ClassVar = {"code": "From your authenticator app, or one of your recovery codes."}


class ReauthenticateSecondStep(InOurWords, mfa.ReauthenticateForm):  # type: ignore[misc]
    help_words = SecondStep.help_words


class ActivateApp(InOurWords, totp.ActivateTOTPForm):  # type: ignore[misc]
    pass


class AddPasskey(InOurWords, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    help_words: ClassVar = {"passwordless": "Choose this for a passkey on your phone or computer."}
