"""Forms about oneself."""

from typing import ClassVar

from django import forms
from django.http import HttpRequest

from reader.accounts.handles import HANDLE, MAX_LENGTH, make_handle
from reader.accounts.models import User


class SignupForm(forms.Form):
    """What signing up asks beside e-mail and password."""

    name = forms.CharField(max_length=80, label="Your name", widget=forms.TextInput(attrs={"autocomplete": "name"}))

    def signup(self, request: HttpRequest, user: User) -> None:
        user.name = self.cleaned_data["name"]
        user.handle = make_handle(User, user.name)
        user.save(update_fields=["name", "handle"])


class ProfileForm(forms.ModelForm[User]):
    handle = forms.CharField(
        label="Your handle",
        max_length=MAX_LENGTH,
        help_text="Teammates write @ before it to call you into a note. Notes that are written stay as they are.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={
            "required": "Choose a handle; your name without spaces will do.",
            "unique": "This handle is not free. Choose another.",
        },
    )

    class Meta:
        model = User
        fields = ("name", "handle")
        labels: ClassVar = {"name": "Your name"}
        help_texts: ClassVar = {"name": "Shown to those who see your marks and notes."}
        widgets: ClassVar = {"name": forms.TextInput(attrs={"autocomplete": "name"})}

    def clean_handle(self) -> str:
        handle: str = self.cleaned_data["handle"].lower().removeprefix("@")
        if not HANDLE.fullmatch(handle):
            raise forms.ValidationError(
                "A handle has the letters a to z, digits, and hyphens between them: mira-castell."
            )
        return handle


class DisplayForm(forms.ModelForm[User]):
    """How pages look to one reader, and what stands beside the text."""

    foresight = forms.TypedChoiceField(
        label="Suggested predictions",
        choices=[(True, "Shown"), (False, "Hidden")],
        coerce=lambda chosen: chosen == "True",
        required=False,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = User
        fields = ("theme", "text_size", "text_width", "leading", "foresight")
        labels: ClassVar = {
            "theme": "Theme",
            "text_size": "Text size",
            "text_width": "Width of the column",
            "leading": "Line height",
        }
        widgets: ClassVar = {
            "theme": forms.RadioSelect,
            "text_size": forms.NumberInput(attrs={"type": "range", "step": 1}),
            "text_width": forms.RadioSelect,
            "leading": forms.RadioSelect,
        }

    def clean_foresight(self) -> bool:
        """What was not sent stays as it is."""
        sent: bool | str = self.cleaned_data["foresight"]
        return self.initial["foresight"] if sent == "" else bool(sent)
