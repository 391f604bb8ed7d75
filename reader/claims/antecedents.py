"""The condition that a passage names ("if …, then …"), and the claim that it may be."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django import forms

from reader.claims.finding import Found, claims_about, claims_like, with_speakers
from reader.claims.models import Claim, Stance
from reader.claims.proposing import Proposal, propose
from reader.claims.relating import relate
from reader.claims.relations import Relation
from reader.claims.timing import Horizon, read_horizon
from reader.claims.windows import SET_BY_A_READER
from reader.core.refusals import about
from reader.highlights.models import Highlight
from reader.library.models import Article
from reader.spotting.saying import read_saying

if TYPE_CHECKING:
    from reader.accounts.models import User

FIELD = "depends_on"
STATEMENT = "condition_statement"
#: What is chosen where the condition is to be a claim of its own.
NEW = "new"
GONE = "There is no such claim that you can see. Choose another, or none."


class AntecedentForm(forms.Form):
    """On which of the claims that say what the condition says a new claim depends, or on one that is made of it: on
    none, unless the reader says so.
    """

    depends_on = forms.CharField(required=False)
    condition_statement = forms.CharField(
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"aria-label": "What the condition claims"}),
        error_messages={"required": "Say what is to happen first."},
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        reader: "User",
        quote: str,
        article: Article,
        auto_id: str = "id_%s",
    ) -> None:
        self.reader, self.article = reader, article
        self.condition = read_saying(quote).condition
        drafted = f"{self.clause[:1].upper()}{self.clause[1:]}." if self.clause else ""
        said = {name: data[name] for name in (FIELD, STATEMENT) if data and name in data}
        super().__init__({STATEMENT: drafted, **said}, auto_id=auto_id)
        self.fields[STATEMENT].required = self.is_new

    @property
    def holds_if(self) -> str:
        is_turned = self.condition.lower().startswith("unless")
        return Relation.HoldsIf.DID_NOT if is_turned else Relation.HoldsIf.HAPPENED

    @property
    def clause(self) -> str:
        """What is to happen, or not to: the condition without the word that makes it one."""
        return self.condition.partition(" ")[2].removeprefix("that ")

    @cached_property
    def horizon(self) -> Horizon:
        """For when the condition would be claimed, as its words are now."""
        return read_horizon(str(self[STATEMENT].value() or ""), self.article)

    def clean_depends_on(self) -> str:
        said = str(self.cleaned_data[FIELD])
        if said and not self.is_new and self.chosen is None:
            raise forms.ValidationError(GONE)
        return said

    @property
    def is_new(self) -> bool:
        """Whether a claim is to be made of the condition."""
        return bool(self[FIELD].value() == NEW)

    @property
    def supposed(self) -> str:
        """What the new claim says, once the form is valid; empty where none is wanted."""
        return " ".join(self.cleaned_data[STATEMENT].split()) if self.is_new else ""

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


def suppose(highlight: Highlight, statement: str, by: "User") -> Claim:
    """Make the condition of a marked passage a claim of its own, for the same readers; it goes with the mark.

    Whoever names a condition does not say that it will hold: nobody is its speaker, so it is in nobody's record.
    """
    read = read_horizon(statement, highlight.article)
    # As if a reader had set it: what is read from the passage anew is for when the other claim is said.
    horizon = Horizon() if read.is_relative else replace(read, time_text="")
    horizon = replace(horizon, rule=SET_BY_A_READER, precision="")
    return propose(highlight, Proposal(statement=statement, stance=Stance.REPORTS, horizon=horizon), by)


def depend(claim: Claim, antecedent: Claim, holds_if: str, by: "User") -> None:
    """Let a claim that was just made count only if the other one happens, or does not.

    Raises:
        Refused: it cannot depend on that one.
    """
    with about(FIELD):
        relate(claim, antecedent, Relation.Kind.CONDITIONAL, by, holds_if)
