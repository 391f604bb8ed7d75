"""Who corrects a text often quotes what it said: a mark stays with what its passage became, not with that."""

import pytest

from reader.anchoring import Anchor, carry

ABOVE = "The price of oil is the reason for all of it, as the desk wrote in the spring."
QUOTE = "Oil will fall by eleven percent in May 2027"
REST = ", and the makers will not mind it."
BELOW = "The makers will buy more tankers than they need, and the harbours are full."
OLD = f"{ABOVE}\n{QUOTE}{REST}\n{BELOW}"

EDITED = [
    "Oil will fall by four percent in June 2028",
    "Oil will fall by eleven percent in May 2028",
    "Oil may fall by nine percent before the winter of 2029",
]
NOTES = [
    f"Correction: an earlier version said “{QUOTE}”.",
    f"Corrected on Monday. It said: {QUOTE}.",
    f"“{QUOTE}{REST}” is what this letter said at first.",
    f"The first text said: ~~{QUOTE}~~",
]
PLACES = {
    "above": "{ABOVE}\n{note}\n{edited}{REST}\n{BELOW}",
    "below": "{ABOVE}\n{edited}{REST}\n{note}\n{BELOW}",
    "in its paragraph, before": "{ABOVE}\n{note} {edited}{REST}\n{BELOW}",
    "in its paragraph, behind": "{ABOVE}\n{edited}{REST} {note}\n{BELOW}",
    "at the top": "{note}\n{ABOVE}\n{edited}{REST}\n{BELOW}",
}


@pytest.mark.parametrize("edited", EDITED)
@pytest.mark.parametrize("note", NOTES)
@pytest.mark.parametrize("where", PLACES.values(), ids=PLACES)
def test_it_stays_with_what_it_became(edited: str, note: str, where: str) -> None:
    new = where.format(ABOVE=ABOVE, BELOW=BELOW, REST=REST, note=note, edited=edited)
    assert carried(new) in (edited, f"{edited},")


@pytest.mark.parametrize("edited", EDITED[:2])
@pytest.mark.parametrize(
    "note", ["[it said before: {}]", "(first version: “{}”)", "(“{}” at first)", "[it said: “{}”]"]
)
def test_a_bracket_in_its_sentence_is_no_part_of_it(edited: str, note: str) -> None:
    assert carried(f"{ABOVE}\n{edited} {note.format(QUOTE)}{REST}\n{BELOW}") == edited


def test_what_is_only_put_in_quotation_marks_stays_itself() -> None:
    new = OLD.replace(QUOTE, f"“{QUOTE}”")
    assert carried(new) == QUOTE


def test_what_is_quoted_beside_nothing_like_it_went_there() -> None:
    new = OLD.replace(QUOTE, f"The winter was long (“{QUOTE}”)")
    assert carried(new) == QUOTE


def carried(new: str) -> str:
    at = OLD.index(QUOTE)
    (found,) = carry(OLD, new, [Anchor(at, at + len(QUOTE))])
    return new[found.start : found.end]
