"""Forms about teams: their names, who is in them, and who is invited."""

from typing import TYPE_CHECKING, Any, cast

from django import forms

from reader.accounts.models import NAME_LENGTH, Membership, Role, Team
from reader.core.access import may_invite_to

if TYPE_CHECKING:
    from reader.accounts.models import User

DAYS = [(1, "One day"), (7, "A week"), (30, "A month")]
MOST_USES = 100


class TeamForm(forms.Form):
    """The name of a team: one line, and something to see."""

    name = forms.CharField(
        max_length=NAME_LENGTH,
        label="Name of the team",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Give the team a name."},
    )

    def clean_name(self) -> str:
        name = " ".join("".join(letter for letter in self.cleaned_data["name"] if letter.isprintable()).split())
        if not name:
            raise forms.ValidationError("Give the team a name that can be seen.")
        return name


class ForesightForm(forms.Form):
    """Whether predictions are suggested in the gutter of the team's pieces."""

    foresight = forms.TypedChoiceField(
        label="Suggested predictions",
        choices=[("on", "Shown in the gutter of the team’s pieces"), ("off", "Hidden there, for everybody")],
        coerce=lambda chosen: chosen == "on",
        widget=forms.RadioSelect,
        help_text="Sentences that look like predictions get a faint mark beside them. Each reader can hide them too.",
    )


def roles_with_words(roles: list[Role]) -> list[tuple[str, str]]:
    return [(role.value, f"{role.label}: {role.may}") for role in roles]


class RoleForm(forms.Form):
    role = forms.ChoiceField(
        choices=roles_with_words(list(Role)),
        label="Role",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a role.", "invalid_choice": "There is no such role. Choose one of these."},
    )


class InviteForm(forms.Form):
    """Whom to let in, as what, and until when."""

    role = forms.ChoiceField(label="They come in as")
    days = forms.TypedChoiceField(choices=DAYS, coerce=int, initial=7, label="It is good for")

    def __init__(self, data: Any = None, *, own_role: str, **options: Any) -> None:
        super().__init__(data, **options)
        roles = [role for role in Role if may_invite_to(own_role, role)]
        cast(forms.ChoiceField, self.fields["role"]).choices = [(role.value, role.label) for role in roles]
        self.initial.setdefault("role", Role.MEMBER)


class LinkForm(InviteForm):
    uses = forms.IntegerField(
        min_value=1,
        max_value=MOST_USES,
        initial=1,
        label="How many may use it",
        error_messages={"max_value": f"A link lets in at most {MOST_USES}. Make another for the rest."},
    )


class LetterForm(InviteForm):
    email = forms.EmailField(
        max_length=254,
        label="E-mail",
        help_text="Only somebody with this address can join by it, once.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class HeirForm(forms.Form):
    """Who is to own the team."""

    heir = forms.ModelChoiceField(
        Membership.objects.none(),
        label="The new owner",
        empty_label="Choose a member",
        error_messages={"required": "Choose who is to own the team."},
    )

    def __init__(self, data: Any = None, *, team: Team, owner: "User") -> None:
        super().__init__(data)
        heir: Any = self.fields["heir"]
        others = team.memberships.filter(user__is_active=True).exclude(user=owner)
        heir.queryset = others.select_related("user").order_by("user__name")
        heir.label_from_instance = lambda membership: str(membership.user)
