"""Whose account a person is."""

from typing import Any, cast

from django import forms

from reader.accounts.addresses import account_at
from reader.accounts.models import User
from reader.library.identifying import accounts_offered
from reader.library.models import Person

NEITHER = "Choose somebody, or give the address of their account."
BOTH = "Choose somebody, or give an address: not both."


class AccountForm(forms.Form):
    """One of those whom the curator knows here, or an address; of a team's person, one of the team."""

    account = forms.ModelChoiceField(
        User.objects.none(), label="Somebody you know here", required=False, empty_label="Choose …"
    )
    email = forms.EmailField(
        label="Or the e-mail address of their account",
        required=False,
        help_text="You are not told whether there is such an account. What you typed is kept, for curators to see.",
        error_messages={"invalid": "This is no e-mail address: one looks like mira@example.org."},
    )

    def __init__(self, *args: Any, person: Person, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        account = cast("forms.ModelChoiceField[User]", self.fields["account"])
        account.queryset = accounts_offered(person, by)
        if person.team_id:
            account.label = "One of the team"
            del self.fields["email"]

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or {}
        given = [bool(fields.get("account")), bool(fields.get("email"))]
        if not self.errors and not any(given):
            raise forms.ValidationError(NEITHER)
        if all(given):
            raise forms.ValidationError(BOTH)
        return fields

    def chosen(self) -> tuple[User | None, str]:
        """The account, as far as there is one, and the address that was typed."""
        email = self.cleaned_data.get("email", "").lower()
        return (account_at(email), email) if email else (self.cleaned_data["account"], "")
