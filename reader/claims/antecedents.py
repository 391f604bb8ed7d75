"""The condition that a passage names ("if …, then …"), and the claim that it may be."""

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django import forms

from reader.claims.finding import Found, claims_about, claims_like, with_speakers
from reader.claims.models import Claim
from reader.claims.relating import relate
from reader.claims.relations import Relation
from reader.core.refusals import about
from reader.spotting.saying import read_saying

if TYPE_CHECKING:
    from reader.accounts.models import User

FIELD = "depends_on"
GONE = "There is no such claim that you can see. Choose another, or none."


class AntecedentForm(forms.Form):
    """On which of the claims that say what the condition says a new claim depends: none, unless the reader says so."""

    depends_on = forms.IntegerField(required=False, error_messages={"invalid": GONE})

    def __init__(self, data: Mapping[str, Any] | None = None, *, reader: "User", quote: str) -> None:
        super().__init__(data)
        self.reader = reader
        self.condition = read_saying(quote).condition

    @property
    def holds_if(self) -> str:
        is_turned = self.condition.lower().startswith("unless")
        return Relation.HoldsIf.DID_NOT if is_turned else Relation.HoldsIf.HAPPENED

    @property
    def clause(self) -> str:
        """What is to happen, or not to: the condition without the word that makes it one."""
        return self.condition.partition(" ")[2].removeprefix("that ")

    def clean_depends_on(self) -> int | None:
        number: int | None = self.cleaned_data[FIELD]
        if number and self.chosen is None:
            raise forms.ValidationError(GONE)
        return number

    @cached_property
    def chosen(self) -> Claim | None:
        """The claim that is chosen so far, if the reader sees it and may write on it."""
        number = str(self[FIELD].value() or "")
        return next(iter(claims_like(self.reader, number)), None) if number.isdecimal() and int(number) else None

    @cached_property
    def found(self) -> list[Found]:
        """The claims that share words with the condition; nothing is asked where there is none."""
        alike = claims_about(self.reader, self.clause) if self.condition else []
        chosen = self.chosen
        offered = [*filter(None, [chosen]), *(one for one in alike if one != chosen)]
        return with_speakers(offered, self.reader) if offered else []


def depend(claim: Claim, antecedent: Claim, holds_if: str, by: "User") -> None:
    """Let a claim that was just made count only if the other one happens, or does not.

    Raises:
        Refused: it cannot depend on that one.
    """
    with about(FIELD):
        relate(claim, antecedent, Relation.Kind.CONDITIONAL, by, holds_if)
