"""Forms about oneself."""

from typing import ClassVar

from django import forms
from django.http import HttpRequest

from reader.accounts.models import User


class SignupForm(forms.Form):
    """What signing up asks beside e-mail and password."""

    name = forms.CharField(max_length=80, label="Your name", widget=forms.TextInput(attrs={"autocomplete": "name"}))

    def signup(self, request: HttpRequest, user: User) -> None:
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])


class ProfileForm(forms.ModelForm[User]):
    class Meta:
        model = User
        fields = ("name",)
        labels: ClassVar = {"name": "Your name"}
        help_texts: ClassVar = {"name": "Shown to those who see your marks and notes."}
        widgets: ClassVar = {"name": forms.TextInput(attrs={"autocomplete": "name"})}


class DisplayForm(forms.ModelForm[User]):
    """How pages look to one reader."""

    class Meta:
        model = User
        fields = ("theme", "text_size", "text_width", "leading")
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
