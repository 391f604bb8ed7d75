"""What became of predictions in the demo library, through the same verbs that readers use."""

import tomllib
from pathlib import Path
from typing import Any

from django.utils import timezone

from reader.accounts.models import User
from reader.claims.assessing import assess, close_round, open_round
from reader.claims.checklist import suggest
from reader.claims.details import Details
from reader.claims.disputing import dispute, uphold
from reader.claims.evidence import Bearing, Source, add_evidence
from reader.claims.forecasting import forecast
from reader.claims.judging import Ruling, judge
from reader.claims.models import Claim
from reader.claims.scale import FAILED, Grade
from reader.claims.standing import is_over
from reader.claims.verdicts import Status, Verdict
from reader.highlights.models import Highlight

GRADE = ("timing", "already_true", "difficulty")
SOURCE = ("url", "title", "quote", "published_on")


def load_ledger(claims: dict[str, Claim], people: dict[str, User]) -> None:
    """Judge and forecast what nobody has judged or forecast yet, and what the clock allows by now."""
    file = Path(__file__).with_name("ledger.toml")
    for entry in tomllib.loads(file.read_text(encoding="utf-8"))["claims"]:
        claim = Claim.objects.get(pk=claims[entry["claim"]].pk)
        if not (claim.verdicts.exists() or claim.forecasts.exists()):
            Life(claim, entry, people).load()


class Life:
    """One claim on its way through the ledger."""

    def __init__(self, claim: Claim, entry: dict[str, Any], people: dict[str, User]) -> None:
        self.claim, self.entry, self.people = claim, entry, people

    def load(self) -> None:
        over = is_over(self.claim, timezone.localdate())
        if over == ("judge" in self.entry):
            self.specify()
            if over:
                self.judge()
            for name, percent in self.entry.get("forecasts", {}).items():
                forecast(self.claim, percent, self.people[name])

    def specify(self) -> None:
        kind = self.entry["kind"]
        marks: dict[str, Any] = suggest(self.claim.statement, self.claim.window_kind, kind)
        self.claim.specify(Details(kind=kind, **marks), self.people["ben"])

    def judge(self) -> None:
        curator = self.people[self.entry["judge"]]
        source = self.source()
        evidence = [add_evidence(self.claim, source, self.people["cleo"]).pk] if source else []
        self.assess(curator)
        ruling = Ruling(
            status=self.entry.get("status", Status.RESOLVED),
            outcome=self.entry.get("outcome"),
            reason=self.entry.get("reason", ""),
            grade=Grade(**told(self.entry)),
            evidence=evidence,
        )
        self.dispute(judge(self.claim, ruling, curator))

    def source(self) -> Source | None:
        bearing = Bearing.AGAINST if self.entry.get("outcome") in FAILED else Bearing.FOR
        if passage := self.entry.get("passage"):
            return Source(bearing=bearing, highlight=Highlight.objects.get(exact__startswith=passage))
        if "url" not in self.entry:
            return None
        return Source(bearing=bearing, **{name: self.entry[name] for name in SOURCE if name in self.entry})

    def assess(self, curator: User) -> None:
        if grades := self.entry.get("grades"):
            round_ = open_round(self.claim, curator)
            for grade in grades:
                readings = Grade(strict=grade["strict"], charitable=grade["charitable"], **told(grade))
                assess(round_, readings, self.people[grade["by"]], grade["reasons"])
            close_round(round_, curator)

    def dispute(self, verdict: Verdict) -> None:
        if said := self.entry.get("dispute"):
            made = dispute(verdict, said["reason"], self.people[said["by"]])
            if "upheld_by" in said:
                uphold(made, self.people[said["upheld_by"]], said["answer"])


def told(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: entry[name] for name in GRADE if name in entry}
