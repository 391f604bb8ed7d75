"""What each rule does, in a sentence for the reader, with an example that the tests run.

A rule's id is its base and its operator: "year.by" reads "by 2027". The table below gives the days of each base as
literal dates, and the operators say which of them they take.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from .operators import FIRST_DAYS
from .windows import By, Kind

SAID_ON = date(2023, 5, 17)


@dataclass(frozen=True, slots=True)
class Rule:
    """`example`, said on `said_on`, is read as this window by the rule of this id."""

    id: str
    sentence: str
    example: str
    kind: Kind
    start: date | None
    end: date | None
    said_on: date = SAID_ON
    by: By = "end"


class _Base(NamedTuple):
    """A base's noun and note, its wording after an operator, its days, and where "by", "before" and "after" end."""

    noun: str
    note: str
    wording: str
    days: str
    by: str
    before: str
    after: str


_BASES = {
    "day": _Base("a day", "", "May 17, 2027", "2027-05-17 2027-05-17", "2027-05-17", "2027-05-16", "2027-05-18"),
    "month": _Base(
        "a month",
        "Where no year is said, it is the next month of its name.",
        "February 2028",
        "2028-02-01 2028-02-29",
        "2028-02-29",
        "2028-01-31",
        "2028-03-01",
    ),
    "quarter": _Base(
        "a quarter",
        "Quarters are the calendar's, and without a year the next of that number.",
        "Q3 2027",
        "2027-07-01 2027-09-30",
        "2027-09-30",
        "2027-06-30",
        "2027-10-01",
    ),
    "half": _Base(
        "a half-year",
        "Half-years begin in January and July.",
        "H2 2027",
        "2027-07-01 2027-12-31",
        "2027-12-31",
        "2027-06-30",
        "2028-01-01",
    ),
    "season": _Base(
        "a season",
        "A season is three whole months, spring from March, and a winter begins in December of its year.",
        "the winter of 2027",
        "2027-12-01 2028-02-29",
        "2028-02-29",
        "2027-11-30",
        "2028-03-01",
    ),
    "year": _Base("a year", "", "2027", "2027-01-01 2027-12-31", "2027-12-31", "2026-12-31", "2028-01-01"),
    "decade": _Base(
        "a decade",
        "A decade that has begun counts from the day it was said.",
        "the 2030s",
        "2030-01-01 2039-12-31",
        "2039-12-31",
        "2029-12-31",
        "2040-01-01",
    ),
    "century": _Base(
        "a century",
        "The 21st century ends with 2100.",
        "the 22nd century",
        "2101-01-01 2200-12-31",
        "2200-12-31",
        "2100-12-31",
        "2201-01-01",
    ),
    "this": _Base(
        "“this” period",
        "What is running counts from the day it was said.",
        "this year",
        "2023-05-17 2023-12-31",
        "2023-12-31",
        "",
        "2024-01-01",
    ),
    "next": _Base(
        "the “next” period",
        "“Next” is the whole calendar unit after the running one.",
        "next year",
        "2024-01-01 2024-12-31",
        "2024-12-31",
        "2023-12-31",
        "2025-01-01",
    ),
    "early": _Base(
        "the early part of a period",
        "Early is its first third: January to April of a year, years 0 to 3 of a decade.",
        "early 2027",
        "2027-01-01 2027-04-30",
        "2027-04-30",
        "2026-12-31",
        "2027-05-01",
    ),
    "mid": _Base(
        "the middle of a period",
        "The middle is its second third: May to August of a year, years 4 to 6 of a decade.",
        "mid-2027",
        "2027-05-01 2027-08-31",
        "2027-08-31",
        "2027-04-30",
        "2027-09-01",
    ),
    "late": _Base(
        "the late part of a period",
        "Late is its last third: September to December of a year, years 7 to 9 of a decade.",
        "late 2027",
        "2027-09-01 2027-12-31",
        "2027-12-31",
        "2027-08-31",
        "2028-01-01",
    ),
    "start": _Base(
        "the start of a period",
        "As a time of its own the start is the first third; as a deadline it is the first day.",
        "the start of 2027",
        "2027-01-01 2027-04-30",
        "2027-01-01",
        "2026-12-31",
        "2027-05-01",
    ),
    "end": _Base(
        "the end of a period",
        "As a time of its own the end is the last third; as a deadline it is the last day.",
        "the end of 2027",
        "2027-09-01 2027-12-31",
        "2027-12-31",
        "2027-12-31",
        "2028-01-01",
    ),
    "turn": _Base(
        "the turn of a decade",
        "The turn is its last year and the first of the next; as a deadline it is its last day.",
        "the turn of the decade",
        "2029-01-01 2030-12-31",
        "2029-12-31",
        "2029-12-31",
        "2031-01-01",
    ),
    "rest": _Base(
        "the rest of a period",
        "The rest begins on the day it was said.",
        "the rest of the year",
        "2023-05-17 2023-12-31",
        "2023-12-31",
        "",
        "2024-01-01",
    ),
    "ordinal": _Base(
        "a numbered part of a period",
        "Weeks run from Monday to Sunday and belong to the period of their Thursday.",
        "the second half of the 2030s",
        "2035-01-01 2039-12-31",
        "2039-12-31",
        "2034-12-31",
        "2040-01-01",
    ),
    "range": _Base(
        "a range",
        "A range ends with the last day of the later one.",
        "2027–2029",
        "2027-01-01 2029-12-31",
        "2029-12-31",
        "2026-12-31",
        "2030-01-01",
    ),
    "choice": _Base(
        "a choice of periods",
        "It runs from the first day of the earlier to the last day of the later one.",
        "2031, or perhaps 2032",
        "2031-01-01 2032-12-31",
        "2032-12-31",
        "2030-12-31",
        "2033-01-01",
    ),
}
_OPERATORS = {
    "in": ("{}, with “in” or alone, takes all of it.", "We will see it {}."),
    "by": ("“by” {} ends on its last day.", "We will see it by {}."),
    "before": ("“before” {} ends on the day before it.", "We will see it before {}."),
    "until": ("“until” {} ends on its last day.", "It will hold until {}."),
    "not_until": ("“not until” {} means all the time before it.", "We will not see it until {}."),
    "after": ("“after” {} begins on the day after it and has no end.", "We will see it after {}."),
    "from": ("“from” {} begins on its first day and has no end.", "We will see it from {} on."),
}
_DEADLINES = {
    ("start", "by"): "“by” the start of a period ends on its first day.",
    ("start", "until"): "“until” the start of a period ends on its first day.",
    ("end", "by"): "“by” the end of a period ends on the period’s last day.",
    ("end", "until"): "“until” the end of a period ends on the period’s last day.",
    ("end", "before"): "“before” the end of a period ends on the period’s last day.",
    ("end", "not_until"): "“not until” the end of a period means all of it up to its last day.",
    ("turn", "by"): "“by” the turn of a decade ends on the last day of the old one.",
    ("turn", "until"): "“until” the turn of a decade ends on the last day of the old one.",
    ("turn", "before"): "“before” the turn of a decade ends on the last day of the old one.",
    ("turn", "not_until"): "“not until” the turn of a decade means all of the old one.",
}
# Examples of their own, where the composed one would be odd: the sentence, the window's first and last day.
_EXAMPLES = {
    ("range", "from"): ("We will see it starting in 2027–2029.", "2027-01-01", ""),
    ("this", "before"): ("We will see it before this summer.", "2023-05-17", "2023-05-31"),
    ("this", "not_until"): ("We will not see it until this summer.", "2023-05-17", "2023-05-31"),
}
_BARE = frozenset({"day", "this", "next", "rest", "choice"})


def _of_periods() -> Iterator[Rule]:
    for base_id, base in _BASES.items():
        for operator in _OPERATORS:
            days = _days(base, operator)
            if (base_id, operator) in _EXAMPLES:
                example, first, last = _EXAMPLES[base_id, operator]
                yield _of_period(base_id, base, operator, example, (date.fromisoformat(first), _day(last)))
            elif days is not None:
                wording = f"in {base.wording}" if operator == "in" and base_id not in _BARE else base.wording
                yield _of_period(base_id, base, operator, _OPERATORS[operator][1].format(wording), days)


def _of_first_days() -> Iterator[Rule]:
    """What "by" comes to where it is set to end on a first day."""
    for base_id, base in _BASES.items():
        if base_id in FIRST_DAYS:
            said = f"“by” {base.noun} ends on its first day, as it is set here. {base.note}".strip()
            example = _OPERATORS["by"][1].format(base.wording)
            first = date.fromisoformat(base.days.split()[0])
            yield Rule(
                f"{base_id}.by_start", said[:1].upper() + said[1:], example, "window", SAID_ON, first, by="start"
            )


def _of_period(base_id: str, base: _Base, operator: str, example: str, days: tuple[date, date | None]) -> Rule:
    said = _DEADLINES.get((base_id, operator)) or _OPERATORS[operator][0].format(base.noun)
    said = said[:1].upper() + said[1:]
    kind: Kind = "window" if days[1] else "open"
    return Rule(f"{base_id}.{operator}", f"{said} {base.note}".strip(), example, kind, *days)


def _days(base: _Base, operator: str) -> tuple[date, date | None] | None:
    """The days that an operator takes of a base; None where it leaves none ("before this year")."""
    first, last = (date.fromisoformat(edge) for edge in base.days.split())
    if operator == "in":
        return first, last
    if operator == "from":
        return first, None
    if operator == "after":
        return date.fromisoformat(base.after), None
    end = base.by if operator in ("by", "until") else base.before
    return (SAID_ON, date.fromisoformat(end)) if end else None


def _of_durations() -> Iterator[Rule]:
    rows: tuple[tuple[str, str, str, Kind, str, str], ...] = (
        (
            "duration.in",
            "A point after some years is the calendar year it falls in, after some months the calendar month.",
            "We will see it in five years.",
            "window",
            "2028-01-01",
            "2028-12-31",
        ),
        (
            "duration.within",
            "“within”, “over the next” and “in the next” run from the day it was said to the same day that much later.",
            "We will see it within 18 months.",
            "window",
            "2023-05-17",
            "2024-11-17",
        ),
        (
            "duration.range",
            "Between two lengths of time, both are counted from the day it was said.",
            "We will see it in 2 to 3 years.",
            "window",
            "2025-05-17",
            "2026-05-17",
        ),
        (
            "duration.at_least",
            "“at least” a length of time begins that much later and has no end.",
            "It is at least ten years away.",
            "open",
            "2033-05-17",
            "",
        ),
        (
            "duration.vague",
            "A length without a number names no day.",
            "In the coming years we will.",
            "vague",
            "",
            "",
        ),
    )
    for rule_id, sentence, example, kind, start, end in rows:
        yield Rule(rule_id, sentence, example, kind, _day(start), _day(end))


def _of_centuries() -> Iterator[Rule]:
    yield Rule(
        "century.from_0",
        "Counted from its year 0, a century ends with its year 99.",
        "We will see it by the end of the century.",
        "window",
        SAID_ON,
        date(2099, 12, 31),
    )


def _day(iso: str) -> date | None:
    return date.fromisoformat(iso) if iso else None


def _of_vague_wording() -> Iterator[Rule]:
    rows = {
        "vague.soon": ("“soon” names no day.", "We will very soon see it."),
        "vague.eventually": ("“eventually” and “someday” name no day.", "Eventually we will see it."),
        "vague.future": ("“in the future”, near or far, names no day.", "We will see it in the near future."),
        "vague.term": ("“in the long run” names no day.", "In the long run we will see it."),
        "vague.lifetime": ("A lifetime or a generation names no day.", "We will see it in our lifetimes."),
        "vague.tomorrow": ("“tomorrow” mostly stands for some time to come.", "It works today and will work tomorrow."),
    }
    for rule_id, (sentence, example) in rows.items():
        yield Rule(rule_id, sentence, example, "vague", None, None)


RULES = {
    rule.id: rule
    for rules in (_of_periods(), _of_first_days(), _of_durations(), _of_centuries(), _of_vague_wording())
    for rule in rules
}


def explain(rule: str) -> str:
    """What a rule does, plainly ("“by” a year ends on its last day."); KeyError for an id that never was."""
    return RULES[rule].sentence
