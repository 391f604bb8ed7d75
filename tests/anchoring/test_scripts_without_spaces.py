"""Chinese and Japanese passages are followed as English ones are, though one of their signs says more than a letter."""

import pytest

from reader.anchoring import State
from tests.anchoring.passages import carried, words_of

BEFORE, BEHIND = "我认为华为将在2027年底之前发布新芯片。", "不过，成本仍然很高。"
LINE = "英伟达不会在2027年之前降价。"
JAPANESE = "エヌビディアは2027年までに価格を下げないだろう。"


@pytest.mark.parametrize("line", [LINE, JAPANESE])
def test_a_sentence_that_moved_with_another_year_is_found(line: str) -> None:
    now = line.replace("2027", "2028")
    old, new = f"{BEFORE}{BEHIND}{line}", f"{now}{BEFORE}{BEHIND}"
    found = carried(old, new, line)
    assert (words_of(new, found), found.state) == (now, State.MOVED)


def test_one_that_shares_half_of_its_signs_is_another() -> None:
    new = f"英特尔也许会在明年之前涨价。{BEFORE}{BEHIND}"
    assert carried(f"{BEFORE}{BEHIND}{LINE}", new, LINE).state == State.ORPHANED


def test_parallel_ones_that_changed_places_keep_their_own() -> None:
    other = LINE.replace("英伟达", "华为")
    old, new = f"{BEHIND}\n{LINE}\n{other}", f"{BEHIND}\n{other.replace('2027', '2029')}\n{LINE}"
    assert words_of(new, carried(old, new, LINE)) == LINE
    assert words_of(new, carried(old, new, other)) == other.replace("2027", "2029")
