"""Sentences in the manner of the commentary that is read here, each with the windows that it names.

A line of `golden/*.txt` is the day it was said, what is read (the best candidate first, each with its rule; "-" where
there is nothing to read), and the sentence. What the same words may mean by another convention is left out.
"""

from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from reader.horizons import parse

from .reading import written

_FOLDER = Path(__file__).parent / "golden"


class Case(NamedTuple):
    said_on: date
    windows: list[str]
    sentence: str


def cases() -> list[Case]:
    lines = [line for path in sorted(_FOLDER.glob("*.txt")) for line in path.read_text(encoding="utf-8").splitlines()]
    parts = [line.split(" | ", 2) for line in lines if not line.startswith("#")]
    return [Case(date.fromisoformat(day), windows.split("; "), sentence) for day, windows, sentence in parts]


CASES = cases()


def as_read(case: Case) -> list[str]:
    windows = parse(case.sentence, case.said_on)
    best_of_each = {window.at: window for window in reversed(windows)}
    read = [f"{written(window)} {window.rule}" for window in windows if best_of_each[window.at] == window]
    return read or ["-"]


def is_read_rightly(case: Case) -> bool:
    return as_read(case) == case.windows


@pytest.mark.parametrize("case", CASES, ids=[case.sentence[:50] for case in CASES])
def test_a_sentence_is_read_as_the_table_says(case: Case) -> None:
    assert as_read(case) == case.windows


def test_the_table_is_long_and_mixed() -> None:
    nothing = [case for case in CASES if case.windows == ["-"]]

    assert len(CASES) >= 400
    assert len({case.sentence for case in CASES}) == len(CASES)
    assert len(nothing) >= 150
