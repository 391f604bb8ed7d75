"""Finding a passage that comes from elsewhere, by its words and what stood around them."""

from typing import Literal
from unicodedata import normalize

import pytest

from reader.anchoring import Method, State, find
from tests.anchoring.passages import PIECE, words_of

TWICE = f"{PIECE}\nTo repeat it: the queue for both was longer than any contract. That is all."
QUEUE = "the queue for both was longer than any contract"


def test_the_very_words_are_found() -> None:
    found = find(PIECE, "a model that answers a second sooner")

    assert words_of(PIECE, found) == "a model that answers a second sooner"
    assert (found.state, found.method, found.score) == (State.ANCHORED, Method.EXACT, 1.0)


def test_the_words_around_tell_which_of_several_is_meant() -> None:
    assert find(TWICE, QUEUE, "To repeat it: ", ". That is").start == TWICE.rindex(QUEUE)
    assert find(TWICE, QUEUE, "patience was scarcer, and ", ".\nWe asked").start == TWICE.index(QUEUE)


def test_the_hint_tells_where_the_words_around_do_not() -> None:
    assert find(TWICE, QUEUE, hint=len(TWICE)).start == TWICE.rindex(QUEUE)
    assert find(TWICE, QUEUE, hint=0).start == TWICE.index(QUEUE)


def test_without_anything_that_tells_the_first_is_taken() -> None:
    assert find(TWICE, QUEUE).start == TWICE.index(QUEUE)


def test_the_words_around_outweigh_the_hint() -> None:
    assert find(TWICE, QUEUE, "To repeat it: ", ". That is", hint=0).start == TWICE.rindex(QUEUE)


@pytest.mark.parametrize(
    "exact",
    [
        "the  queue for\nboth was longer than any contract",
        "THE QUEUE FOR BOTH was longer than any contract",
        "the queue for both were longer then any contract",
        "the queue for both was “longer” than any contract",
    ],
    ids=["white space", "case", "typos", "quotes"],
)
def test_words_that_differ_a_little_are_found(exact: str) -> None:
    found = find(PIECE, exact, "patience was scarcer, and ", ".\nWe asked")

    assert words_of(PIECE, found) == QUEUE
    assert (found.state, found.method) == (State.ANCHORED, Method.ALIGNED)


@pytest.mark.parametrize(("there", "here"), [("NFC", "NFD"), ("NFD", "NFC")])
@pytest.mark.parametrize(
    ("exact", "before", "behind"),
    [("café", "", ""), ("café", "found the ", " of Zoë"), ("café of Zoë", "", ""), ("naïve", "", "")],
)
def test_accents_are_found_however_they_are_spelled(
    there: Literal["NFC", "NFD"], here: Literal["NFC", "NFD"], exact: str, before: str, behind: str
) -> None:
    text = normalize(there, f"They found the café of Zoë naïve. {PIECE}")

    found = find(text, normalize(here, exact), normalize(here, before), normalize(here, behind))

    assert words_of(text, found) == normalize(there, exact)
    assert (found.state, found.method, found.score) == (State.ANCHORED, Method.EXACT, 1.0)


def test_a_passage_with_a_typo_in_every_word_is_found_by_its_letters() -> None:
    found = find(PIECE, "tehh queueue forr bothh wass lonnger thann anny contracct")

    assert QUEUE in words_of(PIECE, found)


def test_a_long_passage_amid_other_words_was_moved() -> None:
    found = find(PIECE, QUEUE, "It rained all day, said ", " from the bench outside")

    assert words_of(PIECE, found) == QUEUE
    assert found.state == State.MOVED


def test_a_passage_with_a_sentence_inserted_is_found_whole() -> None:
    inserted = (
        "and we say this after a winter in which nobody who was asked had any to sell at the price of the year before"
    )
    new = PIECE.replace("both was longer", f"both — {inserted} — was longer")

    found = find(new, QUEUE, "patience was scarcer, and ", ".\nWe asked")

    assert words_of(new, found) == f"the queue for both — {inserted} — was longer than any contract"


def test_a_passage_that_was_edited_is_not_its_copy_amid_other_words() -> None:
    edited = QUEUE.replace("longer than any contract", "longer than a winter")
    new = f"To repeat it: {QUEUE}. That is all.\n{PIECE.replace(QUEUE, edited)}"

    found = find(new, QUEUE, "ce, patience was scarcer, and ", ".\nWe asked nine buyers what they", 0)

    assert words_of(new, found).startswith("the queue for both was longer")
    assert found.start > new.index("Open weights")


def test_a_passage_that_was_edited_at_the_hint_is_not_its_copy_elsewhere() -> None:
    """Both stand amid the same words; only one stands where it was."""
    start = PIECE.index(QUEUE)
    before, behind = PIECE[start - 25 : start], PIECE[start + len(QUEUE) : start + len(QUEUE) + 30]
    edited = PIECE.replace(QUEUE, QUEUE.replace("any contract", "most winters"))
    new = f"{edited}\n{before}{QUEUE}{behind}"

    found = find(new, QUEUE, before, behind, start)

    assert words_of(new, found) == "the queue for both was longer than most winters"
    assert (found.state, found.method) == (State.ANCHORED, Method.ALIGNED)
    assert find(new, QUEUE, before, behind).start == new.rindex(QUEUE)


def test_a_few_words_amid_others_are_only_offered() -> None:
    found = find(PIECE, "one named", "in the year of the flood ", " Ishmael went to sea")

    assert found.state == State.ORPHANED
    assert found.candidate == (PIECE.index("one named"), PIECE.index("one named") + 9)


def test_what_is_not_there_is_orphaned_at_the_hint() -> None:
    found = find(PIECE, "Rain fell on the vineyards, quietly, for most of an October", hint=40)

    assert (found.state, found.method, found.start, found.end) == (State.ORPHANED, Method.NONE, 40, 40)
    assert found.candidate is None


@pytest.mark.parametrize("hint", [-5, 10**9])
def test_a_hint_outside_the_text_is_taken_to_its_nearest_end(hint: int) -> None:
    assert find(PIECE, "nowhere to be seen at all", hint=hint).start in (0, len(PIECE))
    assert find(TWICE, QUEUE, hint=hint).start == (TWICE.index(QUEUE) if hint < 0 else TWICE.rindex(QUEUE))


@pytest.mark.parametrize("exact", ["", "  \n"])
def test_nothing_cannot_be_found(exact: str) -> None:
    with pytest.raises(ValueError, match="there are no words to look for"):
        find(PIECE, exact)
