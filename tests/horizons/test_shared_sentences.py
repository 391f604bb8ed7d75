"""Floors on labelled sentences that stay outside the repository."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from reader.horizons import Window, parse

_FOLDER = Path(__file__).resolve().parents[3] / "shared" / "foresight"
_SLACK = timedelta(days=1)

pytestmark = pytest.mark.skipif(not _FOLDER.is_dir(), reason=f"the labelled sentences are not at {_FOLDER}")


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (_FOLDER / name).read_text(encoding="utf-8").splitlines()]


def agrees(row: dict[str, Any]) -> bool:
    """Whether the best candidate is the labelled window, is vague where the label is, and is missing where it is."""
    windows = parse(row["sentence"], date.fromisoformat(row["published"]))
    if row["horizon_end"] is None:
        return [w.kind for w in windows[:1]] == (["vague"] if row["vague"] else [])
    ends = {row["horizon_end"], *row["alt_ends"]}
    return bool(windows) and str(windows[0].start) == row["horizon_start"] and str(windows[0].end) in ends


def test_every_labelled_window_is_read() -> None:
    dated = [row for row in rows("train.jsonl") if row["horizon_end"]]

    assert [row["id"] for row in dated if not agrees(row)] == []


def test_labelled_predictions_are_read() -> None:
    predictions = [row for row in rows("train.jsonl") if row["is_prediction"]]

    assert sum(agrees(row) for row in predictions) / len(predictions) >= 0.95


def near(window: Window | None, row: dict[str, Any]) -> bool:
    if window is None or window.start is None or window.end is None:
        return False
    said_on, start, end = (date.fromisoformat(row[name]) for name in ("said_on", "start", "end"))
    starts = abs(max(window.start, said_on) - max(start, said_on)) <= _SLACK
    return starts and abs(window.end - end) <= _SLACK


def test_periods_of_one_convention_are_read() -> None:
    periods = [row for row in rows("recognizers-periods.jsonl") if not row["other_convention_possible"]]
    read = [next(iter(parse(row["text"], date.fromisoformat(row["said_on"]))), None) for row in periods]

    assert sum(near(window, row) for window, row in zip(read, periods, strict=True)) / len(periods) >= 0.9
