"""Whatever the text, reading it ends soon, never raises, and gives windows that hold together."""

import time
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.horizons import Window, explain, parse
from reader.horizons.vocabulary import listed

_WORDS = st.sampled_from(
    listed(
        """
        in by before until after from to between and or the a an of this next end early mid late first second third half
        quarter year years month months week day decade decades century 2024 2027 2030s 30s '30s '27 27 2 2.5 1,000 q3
        2026h2 may march summer winter friday within over another about at least most less more than few several couple
        dozen twenty thirty two thousand twenty-seven 21st soon eventually now away ago not n't 's - – — / , . ( ) ~ + ’
        ish + 5y eoy eoy27 1h weekend hours 48 born pre come will said has der und february 31 week 53 (3) maybe two
        “ 9999 0001 2027-05-17 17/5/2027 99999999999999999999 EOY FY27 ² ٢٠٢٧ İ 🚀 \u202e \ud800
        """
    )
)
_SENTENCES = st.lists(_WORDS, max_size=14).map(" ".join)
_DAYS = st.dates()


def holds_together(text: str, window: Window) -> bool:
    dated = {"window": (True, True), "open": (True, False), "vague": (False, False)}[window.kind]
    return (
        text[window.at : window.at + len(window.span)] == window.span != ""
        and (window.start is not None, window.end is not None) == dated
        and (window.start is None or window.end is None or window.start <= window.end)
        and explain(window.rule) != ""
    )


@settings(max_examples=600, deadline=None)
@given(_SENTENCES, _DAYS)
def test_wording_in_any_order_gives_sound_windows(text: str, said_on: date) -> None:
    windows = parse(text, said_on)

    assert all(holds_together(text, window) for window in windows)
    assert all(window.end is None or window.end >= said_on for window in windows)


@settings(max_examples=300, deadline=None)
@given(st.text(), _DAYS)
def test_any_text_gives_sound_windows(text: str, said_on: date) -> None:
    assert all(holds_together(text, window) for window in parse(text, said_on))


@settings(max_examples=300, deadline=None)
@given(_SENTENCES, _DAYS)
def test_candidates_are_unique_and_apart(text: str, said_on: date) -> None:
    windows = sorted(parse(text, said_on), key=lambda window: window.at)

    assert len(set(windows)) == len(windows)
    assert all(one.at + len(one.span) <= other.at or one.span == other.span for one, other in pairwise(windows))


@given(_SENTENCES, st.text(alphabet=" \t\u00a0\n😀", max_size=3))
def test_the_place_counts_code_points(text: str, lead: str) -> None:
    for window in parse(lead + text, date(2023, 5, 17)):
        assert (lead + text)[window.at :].startswith(window.span)


@pytest.mark.parametrize(
    "piece",
    [
        "in in in 2 2 2 ",
        "the end of ",
        "2027, ",
        "2 or ",
        "early-",
        "1.",
        "2",
        "from 2027 to ",
        "\n ",
        "may ",
        "'",
        "soon ",
    ],
)
def test_time_grows_with_length_only(piece: str) -> None:
    """Ten times the text takes about ten times as long: quadratic reading would take a hundred times."""
    short, long = piece * (8_000 // len(piece)), piece * (80_000 // len(piece))

    assert _seconds(long) < 40 * max(_seconds(short), 0.005)


def _seconds(text: str) -> float:
    """The best of three: another process on the same core doubles the time of any one."""
    times = []
    for _ in range(3):
        begun = time.process_time()
        parse(text, date(2023, 5, 17))
        times.append(time.process_time() - begun)
    return min(times)
