"""What became of the claims of the demo library: forecasts, evidence, assessments, verdicts and disputes.

All of it goes through the verbs that readers use. Then it is dated back, for it is told as of years past: a forecast on
what is over by now is written by the verb's own last step.
"""

import tomllib
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from functools import cached_property
from pathlib import Path
from typing import Any

from django.utils import timezone

from reader.accounts.models import User
from reader.claims.assessing import Assessment, Round, assess, close_round, open_round
from reader.claims.details import Details
from reader.claims.disputes import Dispute
from reader.claims.disputing import dispute, overturn
from reader.claims.evidence import Evidence, Source, add_evidence
from reader.claims.forecasting import Forecast, put
from reader.claims.judging import Ruling, judge
from reader.claims.models import Claim
from reader.claims.proposing import as_proposal, propose
from reader.claims.relating import relate
from reader.claims.replying import reply
from reader.claims.scale import Grade
from reader.claims.standing import is_over
from reader.claims.verdicts import Status, Verdict
from reader.curation.jobs import look_for_duplicates
from reader.curation.models import Flag, flag
from reader.highlights.marking import locate, mark
from reader.highlights.models import Kind, Note
from reader.tags.models import tags_named

LIVES = Path(__file__).with_name("lives.toml")
People = dict[str, User]


def read_lives() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads(LIVES.read_text(encoding="utf-8"))


def load_lives(claims: dict[str, Claim], people: People) -> None:
    """Let the claims of the library live, each once: one that somebody has a forecast on is left alone."""
    told = read_lives()
    young = {name: claim for name, claim in claims.items() if not claim.forecasts.exists()}
    for entry in told["relation"]:
        if entry["claim"] in young and entry["other"] in claims:
            claim, other = young[entry["claim"]], claims[entry["other"]]
            relate(claim, other, entry["kind"], people["ada"], entry.get("holds_if", ""))
    for entry in told["life"]:
        if entry["claim"] in young:
            Life(young[entry["claim"]], entry, people).load()
    follow = Verdict.objects.filter(claim__in=young.values(), follows__isnull=False)
    for pk, cause in follow.values_list("pk", "follows__at"):
        Verdict.objects.filter(pk=pk).update(at=cause)  # what follows from a verdict is as old as that


def load_work(claims: dict[str, Claim], people: People) -> None:
    """Work for the desk: notes that somebody minds, claims that were proposed twice, tags that are spelt alike."""
    for entry in read_lives()["flag"]:
        mind(entry, claims[entry["claim"]], people[entry["by"]])
    for entry in read_lives()["again"]:
        propose_again(entry, claims[entry["claim"]], people[entry["by"]])
    look_for_duplicates.func()


def mind(entry: dict[str, Any], claim: Claim, by: User) -> None:
    notes = Note.objects.standing().filter(highlight__statements__claim=claim).exclude(owner=by)
    note = notes.order_by("pk").first()
    if note and not Flag.objects.filter(note=note, by=by).exists():
        flag(note, entry["kind"], entry["words"], by)


def propose_again(entry: dict[str, Any], claim: Claim, by: User) -> None:
    """Somebody marks the same words and proposes the same claim in words of their own."""
    statement = claim.statements.select_related("highlight__article", "speaker", "reported_by").earliest("pk")
    article = statement.highlight.article
    passage = locate(article.revisions.latest("number"), statement.highlight.exact)
    highlight, is_new = mark(passage, Kind.PREDICTION, by, claim.visibility, claim.team_id)
    if is_new:
        highlight.tags.set(tags_named(entry["tags"], highlight))
        statement.claim = claim
        again = propose(highlight, replace(as_proposal(statement), statement=entry["statement"]), by)
        again.set_state(Claim.State.PROPOSED, by)


def noon(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(12), UTC)


@dataclass
class Life:
    """One claim on its way from the first forecast to the last word."""

    claim: Claim
    told: dict[str, Any]
    people: People
    sources: list[Evidence] = field(default_factory=list)

    @cached_property
    def judge(self) -> User:
        """A curator who did not propose it."""
        return self.people["ada" if self.claim.proposer == self.people["ben"] else "ben"]

    @cached_property
    def other_judge(self) -> User:
        return self.people["ben" if self.judge == self.people["ada"] else "ada"]

    def load(self) -> None:
        ticked: dict[str, Any] = {f"has_{mark}": True for mark in self.told.get("testable", [])}
        self.claim.specify(Details(kind=self.told.get("kind", ""), **ticked), self.judge)
        if self.told.get("accepted"):
            self.claim.set_state(Claim.State.ACCEPTED, self.judge)
        for line in self.told.get("forecasts", []):
            self.forecast(*line.split(" ", 3))
        if is_over(self.claim, timezone.localdate()):
            self.settle()

    def forecast(self, who: str, day: str, percent: str, reason: str = "") -> None:
        if noon(day) < timezone.now():
            made = put(self.claim, self.people[who], percent=int(percent), reason=reason)
            Forecast.objects.filter(pk=made.pk).update(made_at=noon(day))

    def settle(self) -> None:
        for line in self.told.get("evidence", []):
            self.bring(*line.split(" ", 3))
        if "votes" in self.told:
            self.assess()
        if "verdict" in self.told:
            self.decide(*self.told["verdict"].split(" ", 2))
        if "dispute" in self.told:
            self.object(*self.told["dispute"].split(" ", 2))
        if "reply" in self.told:
            speaker = self.claim.statements.exclude(speaker=None).latest("pk").speaker
            if speaker:
                reply(self.claim, speaker, self.told["reply"], self.judge)

    def bring(self, bearing: str, day: str, url: str, title: str) -> None:
        source = Source(bearing=bearing, url=url, title=title, published_on=date.fromisoformat(day))
        made = add_evidence(self.claim, source, self.people["cleo"])
        Evidence.objects.filter(pk=made.pk).update(added_at=noon(day))
        self.sources.append(made)

    def assess(self) -> None:
        """A round in which nobody saw the others' votes; it is over, unless the story goes on from here."""
        round_ = open_round(self.claim, self.judge)
        for line in self.told["votes"]:
            who, *vote = line.split(" ", 4)
            assess(round_, grade_of(*vote[:3]), self.people[who], vote[3] if len(vote) > 3 else "")
        if not self.told.get("open"):
            close_round(round_, self.judge)

    def decide(self, day: str, word: str, reason: str) -> None:
        verdict = judge(self.claim, self.ruling(word, reason), self.judge, discloses_forecast=True)
        self.date_back(verdict, day)
        Round.objects.filter(claim=self.claim).update(opened_at=noon(day), closed_at=noon(day))
        Assessment.objects.filter(round__claim=self.claim).update(made_at=noon(day), changed_at=noon(day))

    def ruling(self, word: str, reason: str) -> Ruling:
        """An outcome in hundredths, or a status; what else the story tells of it goes along with an outcome."""
        cited = [source.pk for source in self.sources]
        if not word.isdecimal():
            return Ruling(status=word, reason=reason, evidence=cited)
        told, outcome = self.told, int(word)
        grade = Grade(
            strict=told.get("strict", outcome),
            charitable=max(told.get("charitable", outcome), outcome),
            timing=told.get("timing", ""),
            difficulty=told.get("difficulty"),
        )
        known = {"known_since": told.get("known_since")}
        return Ruling(status=Status.RESOLVED, outcome=outcome, reason=reason, grade=grade, evidence=cited, **known)

    def date_back(self, verdict: Verdict, day: str) -> None:
        Verdict.objects.filter(pk=verdict.pk).update(at=noon(day))

    def object(self, who: str, day: str, reason: str) -> None:
        claim = Claim.objects.select_related("verdict").get(pk=self.claim.pk)
        if claim.verdict is None:
            return
        made = dispute(claim.verdict, reason, self.people[who])
        Dispute.objects.filter(pk=made.pk).update(at=noon(day))
        if "overturned" in self.told:
            ended, word, because = self.told["overturned"].split(" ", 2)
            ruling = self.ruling(word, because)
            verdict = overturn(made, ruling, self.other_judge, self.told["answer"], discloses_forecast=True)
            self.date_back(verdict, ended)
            Dispute.objects.filter(pk=made.pk).update(ended_at=noon(ended))


def grade_of(strict: str, charitable: str = "", difficulty: str = "") -> Grade:
    """A vote; without readings, whoever gives it cannot decide."""
    if strict == "?":
        return Grade()
    return Grade(strict=int(strict), charitable=int(charitable), difficulty=int(difficulty) if difficulty else None)
