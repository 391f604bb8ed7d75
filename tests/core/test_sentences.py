"""No form tells a person what is wrong in the words of a framework."""

import re
from collections.abc import Iterator
from importlib import import_module

import pytest
from django import forms
from django.conf import settings

from reader.claims.forms import StatementForm
from reader.claims.life_forms import RoundForm

#: How Django's own sentences begin.
STOCK = re.compile(r"Enter |Select a |This field |Ensure |No file was |Null |The submitted |Upload a |Please ")


def every_form(parent: type[forms.BaseForm] = forms.BaseForm) -> Iterator[type[forms.BaseForm]]:
    import_module(settings.ROOT_URLCONF)
    for form in parent.__subclasses__():
        yield form
        yield from every_form(form)


def test_no_field_of_ours_speaks_as_the_framework_does() -> None:
    ours = [form for form in every_form() if form.__module__.startswith("reader.")]
    said = [
        (f"{form.__module__}.{form.__name__}.{name}", str(sentence))
        for form in ours
        for name, field in getattr(form, "base_fields", {}).items()
        for sentence in field.error_messages.values()
    ]
    assert len(ours) > 40
    assert [one for one in said if STOCK.match(one[1])] == []


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        (forms.CharField(), "", "This is still empty: it is needed here."),
        (forms.CharField(max_length=3), "long", "This is too long: up to 3 letters are kept, and these are 4."),
        (forms.CharField(), "a\x00", "There is a character in this that can’t be kept. Write it anew."),
        (forms.IntegerField(max_value=9), "10", "This is too much: 9 is the most."),
        (forms.IntegerField(), "maybe", "This is not a whole number. Write it in digits, as 25."),
        (forms.EmailField(), "mira", "This is no e-mail address: one looks like mira@example.org."),
        (StatementForm.base_fields["stated_percent"], "maybe", "A probability is a number from 0 to 100"),
        (StatementForm.base_fields["stated_percent"], "400", "A probability is a number from 0 to 100"),
        (RoundForm.base_fields["closes_on"], "soon", "This is not a day: write it as 2026-12-31."),
    ],
)
def test_what_a_field_says(field: forms.Field, typed: str, sentence: str) -> None:
    with pytest.raises(forms.ValidationError) as refused:
        field.clean(typed)
    (said,) = refused.value.messages
    assert said.startswith(sentence)
