"""Floors on labelled sentences that stay outside the repository."""

import pytest

from tests.performance.foresight.horizons import (
    FOLDER,
    is_labelled,
    missed_periods,
    predictions,
    windows_of,
)

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason=f"the labelled sentences are not at {FOLDER}")


def test_every_labelled_window_is_read() -> None:
    dated = [(row, windows_of(row)) for row in predictions() if row["horizon_end"]]

    assert [row["id"] for row, windows in dated if not windows or not is_labelled(windows[0], row)] == []


def test_no_window_is_read_where_none_is_labelled() -> None:
    undated = [(row, windows_of(row)) for row in predictions() if not row["horizon_end"]]

    assert [row["id"] for row, windows in undated if windows and windows[0].start] == []


def test_vague_wording_is_known_as_such() -> None:
    vague = [row for row in predictions() if row["vague"]]
    kinds = [[window.kind for window in windows_of(row)[:1]] for row in vague]

    assert kinds.count(["vague"]) / len(vague) >= 0.95


def test_periods_of_one_convention_are_read() -> None:
    assert len(missed_periods(other_convention=False)) <= 6
