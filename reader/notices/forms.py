"""By which post notices come."""

from typing import Any

from django import forms

from reader.notices.models import Kind, Post, posts_of, prefer


class PreferencesForm(forms.Form):
    """One choice for each kind."""

    def __init__(self, data: Any = None, *, person_id: int) -> None:
        super().__init__(data, initial=posts_of(person_id))
        self.person_id = person_id
        for kind in Kind:
            self.fields[kind.value] = forms.ChoiceField(
                choices=Post, label=kind.label, widget=forms.RadioSelect, error_messages={"required": "Choose one."}
            )

    def save(self) -> None:
        prefer(self.person_id, **self.cleaned_data)
