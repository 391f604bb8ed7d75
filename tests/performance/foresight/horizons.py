"""How well time wording is read: labelled sentences that stay outside the repository, our own table, and speed."""

import json
import time
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from reader.horizons import Window, parse
from tests.conftest import SHARED
from tests.horizons.test_golden import CASES, is_read_rightly
from tests.performance.measuring import Figure, cpu_milliseconds

FOLDER = SHARED / "foresight"
SLACK = timedelta(days=1)
#: False windows are counted for this many predictions without one.
PER = 115


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()]


def predictions() -> list[dict[str, Any]]:
    return [row for row in rows("train.jsonl") if row["is_prediction"]]


def windows_of(row: dict[str, Any]) -> list[Window]:
    return parse(row["sentence"], date.fromisoformat(row["published"]))


def is_near(window: Window, said_on: date, start: str, ends: Iterable[str]) -> bool:
    """Within a day, a start before the day it was said being that day."""
    if window.start is None or window.end is None:
        return False
    first = max(date.fromisoformat(start), said_on)
    begins = abs(max(window.start, said_on) - first) <= SLACK
    return begins and any(abs(window.end - date.fromisoformat(end)) <= SLACK for end in ends)


def is_labelled(window: Window, row: dict[str, Any]) -> bool:
    published = date.fromisoformat(row["published"])
    return is_near(window, published, row["horizon_start"], [row["horizon_end"], *row["alt_ends"]])


def is_period(window: Window, row: dict[str, Any]) -> bool:
    return is_near(window, date.fromisoformat(row["said_on"]), row["start"], [row["end"]])


def missed_periods(*, other_convention: bool) -> list[tuple[dict[str, Any], list[Window]]]:
    """The periods of the public collection that the best candidate is not."""
    asked = [row for row in rows("recognizers-periods.jsonl") if row["other_convention_possible"] == other_convention]
    read = [(row, parse(row["text"], date.fromisoformat(row["said_on"]))) for row in asked]
    return [(row, windows) for row, windows in read if not any(is_period(window, row) for window in windows[:1])]


def figures() -> Iterator[Figure]:
    yield from labelled()
    wrong = sum(not is_read_rightly(case) for case in CASES)
    yield Figure(f"{len(CASES)} sentences of our own: not right", 100 * wrong / len(CASES), 0, "%")
    yield from times()


def labelled() -> Iterator[Figure]:
    if not FOLDER.is_dir():
        print(f"labelled sentences: skipped, for they are not at {FOLDER}")
        return
    dated = [(row, windows_of(row)) for row in predictions() if row["horizon_end"]]
    undated = [windows_of(row) for row in predictions() if not row["horizon_end"]]
    first = sum(not any(is_labelled(window, row) for window in windows[:1]) for row, windows in dated)
    among = sum(not any(is_labelled(window, row) for window in windows) for row, windows in dated)
    false = sum(any(window.start for window in windows[:1]) for windows in undated)
    yield Figure(f"{len(dated)} labelled windows: not the first", 100 * first / len(dated), 5, "%")
    yield Figure("  not among the candidates", 100 * among / len(dated), 2, "%")
    yield Figure(f"false windows per {PER} predictions without one", PER * false / len(undated), 2, "")
    yield from periods()


def periods() -> Iterator[Figure]:
    total = rows("recognizers-periods.jsonl")
    for other, limit in ((False, 15), (True, None)):
        missed = missed_periods(other_convention=other)
        count = sum(row["other_convention_possible"] == other for row in total)
        name = "public periods of another convention" if other else "public periods of one convention"
        yield Figure(f"{count} {name}: not the first", 100 * len(missed) / count, limit, "%")
        if not other:
            print("  not right:", ", ".join(f"{row['id']} ({rule_of(windows)})" for row, windows in missed))


def rule_of(windows: list[Window]) -> str:
    return windows[0].rule if windows else "nothing"


def times() -> Iterator[Figure]:
    text = "\n\n".join(case.sentence for case in CASES)
    each = cpu_milliseconds(lambda: [parse(case.sentence, case.said_on) for case in CASES], repeats=5) / len(CASES)
    yield Figure("one sentence", each, 0.5)
    print(f"  that is {1000 / each:,.0f} sentences a second")
    short, long = (cpu_seconds(text, size) for size in (100_000, 1_000_000))
    yield Figure("a text of 1 MB", long * 1000)
    yield Figure("  as often as one of 100 kB", long / short, 15, "times")


def cpu_seconds(text: str, size: int) -> float:
    whole = (text * (size // len(text) + 1))[:size]
    before = time.process_time()
    parse(whole, date(2024, 6, 12))
    return time.process_time() - before
