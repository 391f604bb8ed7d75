"""What every form says of a field that it can't read, in our words; a field that knows more says it itself."""

from django import forms

NOT_A_DAY = "This is not a day: write it as 2026-12-31."

#: By the code of what is wrong; a kind of field says what its own parents don't.
SENTENCES: dict[type[forms.Field], dict[str, str]] = {
    forms.Field: {
        "required": "This is still empty: it is needed here.",
        "max_length": "This is too long: up to %(limit_value)d letters are kept, and these are %(show_value)d.",
        "min_length": "This is too short: at least %(limit_value)d letters are needed.",
        "max_value": "This is too much: %(limit_value)s is the most.",
        "min_value": "This is too little: %(limit_value)s is the least.",
        "max_digits": "This number has too many digits: up to %(max)s are kept.",
        "max_decimal_places": "This number is too fine: up to %(max)s digits after the point are kept.",
        "max_whole_digits": "This number has too many digits: up to %(max)s before the point are kept.",
        "null_characters_not_allowed": "There is a character in this that can’t be kept. Write it anew.",
        "step_size": "This goes in steps of %(limit_value)s.",
    },
    forms.IntegerField: {"invalid": "This is not a whole number. Write it in digits, as 25."},
    forms.DecimalField: {"invalid": "This is not a number. Write it in digits, as 12.5."},
    forms.FloatField: {"invalid": "This is not a number. Write it in digits, as 12.5."},
    forms.DateField: {"invalid": NOT_A_DAY},
    forms.DateTimeField: {"invalid": "This is not a day and time: write it as 2026-12-31 18:00."},
    forms.TimeField: {"invalid": "This is not a time: write it as 18:00."},
    forms.SplitDateTimeField: {"invalid_date": NOT_A_DAY, "invalid_time": "This is not a time: write it as 18:00."},
    forms.EmailField: {"invalid": "This is no e-mail address: one looks like mira@example.org."},
    forms.URLField: {"invalid": "This is no web address: one begins with https:// and names a site."},
    forms.ChoiceField: {"invalid_choice": "This is not among the choices any more. Choose one of those shown."},
    forms.MultipleChoiceField: {
        "invalid_choice": "One of these is not among the choices any more. Choose among those shown.",
        "invalid_list": "Choose among those shown.",
    },
    forms.ModelChoiceField: {"invalid_choice": "This is not among the choices any more. Choose one of those shown."},
    forms.ModelMultipleChoiceField: {
        "invalid_choice": "One of these is not among the choices any more. Choose among those shown.",
        "invalid_list": "Choose among those shown.",
        "invalid_pk_value": "Choose among those shown.",
    },
    forms.JSONField: {"invalid": "This could not be read. Try once more."},
    forms.FileField: {
        "invalid": "No file came along. Choose it again.",
        "missing": "No file came along. Choose it again.",
        "empty": "This file is empty. Choose another.",
        "max_length": "The name of this file is too long: up to %(max)d letters are kept. Rename it first.",
        "contradiction": "Choose a file or take it away, one of the two.",
    },
}


def speak_plainly() -> None:
    """Let every form that is made from now on say these."""
    for kind, sentences in SENTENCES.items():
        own = vars(kind).get("default_error_messages", {})
        kind.default_error_messages = {**own, **sentences}
