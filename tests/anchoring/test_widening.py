"""Who marked a sentence marked all of it, so the mark covers all of what it became; and a word is never cut."""

import pytest

from reader.anchoring import State
from tests.anchoring.passages import carried, words_of

LINE = "DeepSeek will open an office in Frankfurt by March 2027."
OLD = f"I will put it plainly. {LINE} The rest is noise about visas."
CUT = "Three founders wrote.\nI will put it plainly. DeepSeek will open an office in Frank…\nThis is for subscribers."
FULL = f"Three founders wrote.\n{OLD}\nOne of them was polite."


@pytest.mark.parametrize(
    "now",
    [
        "Perhaps DeepSeek opens some kind of office in Frankfurt by March 2028.",
        "DeepSeek may open an office in Munich by March 2027, if the visas hold and the rent falls.",
        "Some people say that DeepSeek will open an office in Hesse, and March 2028 was mentioned to me, twice.",
        "If the rates fall, then DeepSeek will open no office in Frankfurt by March 2029 at all, said they.",
    ],
)
def test_a_sentence_is_followed_to_both_of_its_ends(now: str) -> None:
    new = OLD.replace(LINE, now)
    assert words_of(new, carried(OLD, new, LINE)) == now


def test_it_takes_no_sentence_in_that_has_a_past_of_its_own() -> None:
    new = OLD.replace(f". {LINE} The rest", ": DeepSeek may open an office in Munich by March 2027, the rest")
    found = words_of(new, carried(OLD, new, LINE))
    assert found.rstrip(",") == "DeepSeek may open an office in Munich by March 2027"


def test_the_very_words_stay_themselves() -> None:
    new = OLD.replace(LINE, f"We no longer think that {LINE}")
    assert words_of(new, carried(OLD, new, LINE)) == LINE


def test_a_part_of_a_sentence_stays_a_part() -> None:
    new = OLD.replace("will open an office in Frankfurt by", "may open, in Frankfurt, an office by")
    assert words_of(new, carried(OLD, new, "will open an office in Frankfurt")) == "may open, in Frankfurt, an office"


def test_a_preview_that_was_cut_within_a_word_is_followed_to_the_end_of_the_sentence() -> None:
    found = carried(CUT, FULL, "DeepSeek will open an office in Frank…")
    assert (words_of(FULL, found), found.state) == (LINE, State.ANCHORED)


def test_a_part_of_it_is_followed_to_the_end_of_the_word() -> None:
    assert words_of(FULL, carried(CUT, FULL, "an office in Frank…")) == "an office in Frankfurt"


@pytest.mark.parametrize("joined", [", for the rest", ", and the rest", "; the rest", " – the rest", ": the rest"])
def test_a_sentence_that_goes_on_with_the_next_ends_where_it_ended(joined: str) -> None:
    new = OLD.replace(". The rest", joined)
    assert words_of(new, carried(OLD, new, LINE)) == LINE.removesuffix(".")


def test_words_that_were_all_changed_stay_in_one_paragraph() -> None:
    """The last paragraph ends as the passage did."""
    line = "Micron will sell out its HBM4 for 2028 by September 2027."
    old = f"A letter on chips.\n{line}\nSee you at the fair."
    now = "Micron is going to have sold all of its 2028 HBM4 by autumn 2027."
    others = (
        "By the close of 2027 Cerebras will be on the Nasdaq.\nThe first model gets its name in the spring of 2027."
    )
    new = f"A letter on chips.\n{now}\n{others}\nSee you at the fair."

    found = carried(old, new, line)

    place = found.candidate or (found.start, found.end)
    assert new[slice(*place)] == now
