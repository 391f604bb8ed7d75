"""Parallel predictions that change places keep their own marks: names and the very words win over the place."""

from itertools import permutations

import pytest

from reader.anchoring import Anchored, State
from tests.anchoring.passages import carried, words_of

ABOVE = "The lease on the Dublin hall was signed on a Tuesday and nobody told the neighbours."
BELOW = "Open weights were praised in public and forbidden in the contract."
NVIDIA, AMD, INTEL = (f"{name} will ship 4 million units in 2027." for name in ("Nvidia", "AMD", "Intel"))
TSMC = "TSMC will raise its prices by June 2027."
OPENAI, ANTHROPIC = "OpenAI will go public by the end of 2027.", "Anthropic will go public by the end of 2028."
MISTRAL = "Mistral will be sold to a carmaker by the end of 2027."
MARGINS = "In 2027 {} will ship four million units, and its margins will fall below {} percent by December."
SIXTY, FORTY = MARGINS.format("Nvidia", "sixty"), MARGINS.format("AMD", "forty")
SIX = [NVIDIA, AMD, INTEL, *(f"{name} will ship 4 million units in 2027." for name in ("Micron", "Samsung", "Groq"))]
BET = "By 2027, we expect {} to sell 4 percent of its chips to China. That is our bet."
BETS = [BET.format(name) for name in ("Nvidia", "the big lab", "Samsung")]

Lines = list[str]


def piece(lines: Lines, between: str = "\n") -> str:
    return f"{ABOVE}\n{between.join(lines)}\n{BELOW}"


def became(old: Lines, new: Lines, line: str, between: str = "\n") -> str:
    text = piece(new, between)
    return words_of(text, carried(piece(old, between), text, line))


def later(line: str) -> str:
    return line.replace("2028", "2029").replace("2027", "2028")


SWAPS: list[tuple[Lines, Lines]] = [
    ([NVIDIA, AMD], [AMD, NVIDIA]),
    ([SIXTY, FORTY], [FORTY, SIXTY]),
    ([OPENAI, ANTHROPIC, MISTRAL], [ANTHROPIC, OPENAI, MISTRAL]),
    ([NVIDIA, AMD, TSMC], [AMD, NVIDIA, TSMC]),
    *(([NVIDIA, AMD, INTEL], list(order)) for order in permutations([NVIDIA, AMD, INTEL])),
    (SIX, SIX[::-1]),
    (SIX, [SIX[4], *SIX[:4], SIX[5]]),
    (BETS, BETS[::-1]),
    (BETS, [BETS[1], BETS[0], BETS[2]]),
]


@pytest.mark.parametrize("between", ["\n", "\n\n", " "], ids=["items", "paragraphs", "sentences"])
@pytest.mark.parametrize(("old", "new"), SWAPS)
def test_each_keeps_its_own_words(old: Lines, new: Lines, between: str) -> None:
    assert [became(old, new, line, between) for line in old] == old


@pytest.mark.parametrize(("old", "new"), SWAPS)
def test_each_keeps_its_own_words_with_nothing_around(old: Lines, new: Lines) -> None:
    before, after = "\n".join(old), "\n".join(new)
    assert [words_of(after, carried(before, after, line)) for line in old] == old


EDITED: list[list[tuple[str, str, int]]] = [
    [(OPENAI, later(OPENAI), 1), (ANTHROPIC, later(ANTHROPIC), 0), (MISTRAL, MISTRAL, 2)],
    [(NVIDIA, NVIDIA.replace("2027", "2028"), 1), (AMD, AMD.replace("4", "5"), 0), (TSMC, TSMC, 2)],
    [(NVIDIA, NVIDIA.replace("4", "3"), 2), (AMD, later(AMD), 1), (INTEL, INTEL, 3), (TSMC, TSMC, 0)],
    [(NVIDIA, later(NVIDIA), 1), (AMD, later(AMD), 0)],
    [(NVIDIA, NVIDIA, 1), (AMD, AMD.replace("will ship", "may ship"), 0)],
    [(SIXTY, SIXTY.replace("four", "six"), 1), (FORTY, FORTY.replace("December", "May"), 0)],
    [(line, later(line), 5 - number) for number, line in enumerate(SIX)],
    [(BETS[0], BETS[0].replace("4", "7"), 1), (BETS[1], later(BETS[1]), 0), (BETS[2], BETS[2], 2)],
]


@pytest.mark.parametrize("lines", EDITED)
def test_each_is_followed_by_its_name_where_it_was_edited_as_well(lines: list[tuple[str, str, int]]) -> None:
    old = [was for was, _, _ in lines]
    new = [now for _, now, _ in sorted(lines, key=lambda line: line[2])]
    assert [became(old, new, was) for was in old] == [now for _, now, _ in lines]


@pytest.mark.parametrize(
    ("old", "new", "now"),
    [
        ([NVIDIA], [AMD], AMD),
        ([NVIDIA, TSMC], [AMD, TSMC], AMD),
        ([NVIDIA, AMD], [NVIDIA.replace("Nvidia", "Intel"), AMD], INTEL),
        ([NVIDIA, AMD], [NVIDIA.replace("4", "1"), AMD.replace("4", "2")], NVIDIA.replace("4", "1")),
        ([NVIDIA, AMD], [later(NVIDIA), AMD], later(NVIDIA)),
        ([NVIDIA, AMD], [INTEL, NVIDIA, AMD], NVIDIA),
        ([NVIDIA, AMD], [later(INTEL), later(NVIDIA), AMD], later(NVIDIA)),
    ],
)
def test_what_is_edited_in_place_stays_there(old: Lines, new: Lines, now: str) -> None:
    assert became(old, new, NVIDIA) == now


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ([NVIDIA, AMD], [AMD]),
        ([NVIDIA, AMD, INTEL], [INTEL, AMD]),
        ([NVIDIA, AMD, INTEL], [later(INTEL), later(AMD)]),
        ([AMD, NVIDIA, INTEL], [INTEL, AMD]),
    ],
)
def test_what_was_deleted_takes_nobody_elses_line(old: Lines, new: Lines) -> None:
    assert lost(old, new, NVIDIA).state == State.ORPHANED


def test_what_was_deleted_takes_no_new_line_elsewhere() -> None:
    """Its name is not there, so somebody has to say whether it is the same prediction."""
    new = [INTEL, NVIDIA.replace("4", "5")]

    found = lost([NVIDIA, AMD], new, AMD)

    assert (found.state, found.candidate is not None) == (State.ORPHANED, True)


def lost(old: Lines, new: Lines, line: str) -> Anchored:
    return carried(piece(old), piece(new), line)


def test_its_copy_in_a_correction_does_not_draw_it_away() -> None:
    new = [NVIDIA.replace("will ship 4", "may ship 3"), AMD, f"Correction: we said “{NVIDIA}”"]
    assert became([NVIDIA, AMD], new, NVIDIA) == NVIDIA.replace("will ship 4", "may ship 3")
