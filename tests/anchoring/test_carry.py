"""Where a marked passage goes when its text changes, by example: one for each way in which texts change."""

import pytest

from reader.anchoring import Anchor, Anchored, Method, State, carry
from tests.anchoring.passages import PIECE, carried, words_of

BUYERS = "Seven said nothing at all, one named a figure that we do not believe, and the last one laughed."
QUEUE = "Interposers were scarce, patience was scarcer, and the queue for both was longer than any contract."


def test_the_same_text_keeps_every_passage_where_it_is() -> None:
    assert carry(PIECE, PIECE, [Anchor(3, 9)]) == [Anchored(3, 9, State.ANCHORED, Method.EXACT, 1.0)]


def test_what_is_inserted_before_it_pushes_it_along() -> None:
    found = carried(PIECE, f"A note of the editors.\n{PIECE}", BUYERS)

    assert (found.start, found.state, found.method, found.score) == (PIECE.index(BUYERS) + 23, "anchored", "exact", 1.0)


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("figure that we do not believe", "figrue that we do not beleive"),
        ("said nothing at all", "answered nothing whatsoever"),
        ("one named a figure", "one, after a long silence and a glance at the door, named a figure"),
        (", one named a figure that we do not believe,", ""),
        ("Seven", "Six"),
        ("laughed.", "smiled."),
        ("Seven said", "“Seven”  \u00a0said"),
    ],
    ids=["typos", "other words", "insertion", "cut", "first word", "last word", "quotes and spaces"],
)
def test_an_edited_passage_stays_whole_in_its_place(was: str, now: str) -> None:
    new = PIECE.replace(was, now)

    found = carried(PIECE, new, BUYERS)

    assert words_of(new, found).strip("“") == BUYERS.replace(was, now).strip("“")
    assert found.state == State.ANCHORED
    assert found.method == Method.ALIGNED


def test_the_score_is_the_share_of_its_letters_that_is_left() -> None:
    old, new = "Here abcd efgh ijkl mnop there.", "Here abcd efgh ijkl zzzz there."

    assert carried(old, new, "abcd efgh ijkl mnop").score == 0.75


def test_a_sentence_put_beside_it_does_not_belong_to_it() -> None:
    new = PIECE.replace(BUYERS, f"We waited. {BUYERS} So did they.")

    assert words_of(new, carried(PIECE, new, BUYERS)) == BUYERS


def test_an_insertion_that_ends_like_it_does_not_belong_to_it() -> None:
    """Both "ends.| So it ends." and "ends| So it ends|." are shortest edits; a writer made the first."""
    new = PIECE.replace("laughed.", "laughed. The others laughed.")

    assert words_of(new, carried(PIECE, new, BUYERS)) == BUYERS


def test_of_two_words_that_differ_in_case_the_one_stays_that_is_written_the_same() -> None:
    new = PIECE.replace("We asked nine buyers", "We in those days, before we knew better, and we asked nine buyers")

    assert words_of(new, carried(PIECE, new, "We asked nine buyers")).startswith("We in those days")


def test_white_space_all_over_changes_nothing() -> None:
    new = PIECE.replace(" ", "\n ")

    assert words_of(new, carried(PIECE, new, BUYERS)) == BUYERS.replace(" ", "\n ")


def test_a_passage_that_moves_with_its_paragraph_is_found_there() -> None:
    lines = PIECE.split("\n")
    new = "\n".join([lines[2], lines[0], lines[3], lines[1]])

    found = carried(PIECE, new, "patience was scarcer")

    assert words_of(new, found) == "patience was scarcer"
    assert (found.state, found.method) == (State.MOVED, Method.BLOCK)


def test_a_passage_that_moves_and_is_edited_is_found_there() -> None:
    lines = PIECE.split("\n")
    new = "\n".join([lines[1].replace("patience was scarcer", "patience even more so"), lines[0], lines[2], lines[3]])

    found = carried(PIECE, new, QUEUE)

    assert words_of(new, found) == QUEUE.replace("patience was scarcer", "patience even more so")


def test_a_copy_elsewhere_does_not_draw_an_edited_passage_away() -> None:
    edited = BUYERS.replace("nothing at all", "not a word").replace("laughed", "left")
    new = f"{BUYERS} That was last week.\n{PIECE.replace(BUYERS, edited)}"

    found = carried(PIECE, new, BUYERS)

    assert words_of(new, found) == edited
    assert found.state == State.ANCHORED


def test_of_two_places_with_the_same_words_each_keeps_its_own() -> None:
    old = f"{PIECE}\nOnce more: {QUEUE}"
    new = old.replace(QUEUE, QUEUE.upper(), 1).replace("What follows", "Here")

    assert carried(old, new, QUEUE).start == new.index(QUEUE.upper())
    assert carried(old, new, QUEUE, nth=1).start == new.index(QUEUE)


def test_a_short_phrase_moves_with_its_sentence() -> None:
    """No paragraphs tell how much moved: the words beside it do."""
    sentences = [f"{sentence}." for sentence in " ".join(PIECE.split()).rstrip(".").split(". ")]
    new = " ".join([sentences[1], sentences[0], *sentences[2:]])

    found = carried(" ".join(sentences), new, "told us so")

    assert (words_of(new, found), found.state) == ("told us so", State.MOVED)


def test_a_short_phrase_does_not_move_alone() -> None:
    new = PIECE.replace(f" {QUEUE}", "") + " Here, too, patience was scarcer than paint."

    found = carried(PIECE, new, "patience was scarcer")

    assert found.state == State.ORPHANED
    assert found.candidate is not None
    assert new[slice(*found.candidate)] == "patience was scarcer"


def test_a_new_sentence_that_shares_half_of_its_words_is_another_one() -> None:
    alike = "Seven said nothing at dinner, one painted a figure that we cannot place, and the waiter laughed."
    new = f"{alike}\n" + PIECE.replace(f" {BUYERS}", "")

    assert carried(PIECE, new, BUYERS).state == State.ORPHANED


def test_a_heading_moves_alone() -> None:
    old = f"{PIECE}\nWhat we got wrong\nNearly all of it."
    new = f"What we got wrong\n{PIECE}\nNearly all of it."

    assert words_of(new, carried(old, new, "What we got wrong")) == "What we got wrong"


def test_a_heading_moves_alone_and_edited() -> None:
    old = f"{PIECE}\n## What we got wrong in 2025\nNearly all of it."
    new = f"## What we got wrong in May\n{PIECE}\nNearly all of it."

    assert words_of(new, carried(old, new, "What we got wrong in 2025")) == "What we got wrong in May"


def test_of_paragraphs_that_end_alike_each_keeps_its_end() -> None:
    """Each end has a partner wherever it is cut; a writer cuts between paragraphs."""
    calls = [
        f"In {year} we said that {what}. We keep our view."
        for year, what in [(2023, "rents fall"), (2024, "chips get scarce"), (2025, "nobody pays"), (2026, "all wait")]
    ]
    old, new = "\n".join(calls), "\n".join([calls[0], calls[3], calls[1], calls[2]])

    found = carried(old, new, "all wait. We keep our view.")

    assert words_of(new, found) == "all wait. We keep our view."


def test_a_text_that_repeats_itself_keeps_the_marks_of_what_moved() -> None:
    lines = [
        f"We expect growth of {number} percent in the third quarter, which is what we said before. No change."
        for number in range(10, 40)
    ]
    new = "\n".join([lines[20], *lines[:20], *lines[21:]])

    found = carried("\n".join(lines), new, lines[20][10:60])

    assert (found.start, words_of(new, found)) == (10, lines[20][10:60])


def test_a_copy_within_the_next_paragraph_does_not_draw_an_edited_passage_away() -> None:
    edited = BUYERS.replace("nothing at all", "not a word").replace("figure", "sum").replace("laughed", "left")
    new = PIECE.replace(BUYERS, edited).replace("A call without", f"{BUYERS} A call without")

    assert words_of(new, carried(PIECE, new, BUYERS)) == edited


def test_sentences_that_change_places_within_it_keep_it_whole() -> None:
    turned = "Patience was scarcer, and the queue for both was longer than any contract; interposers were scarce."
    new = PIECE.replace(QUEUE, turned)

    found = carried(PIECE, new, QUEUE)

    assert words_of(new, found) == turned
    assert found.state == State.ANCHORED


def test_paragraphs_that_change_places_within_it_keep_it_whole() -> None:
    lines = PIECE.split("\n")
    new = "\n".join([lines[0], lines[2], lines[1], lines[3]])

    found = carried(PIECE, new, f"{lines[1]}\n{lines[2]}")

    assert words_of(new, found) == f"{lines[2]}\n{lines[1]}"


@pytest.mark.parametrize(
    "inserted", [" So do we.", "\nSo do we.", "\nSo did those who sell, and nobody was surprised."]
)
def test_a_sentence_whose_last_word_was_changed_ends_where_it_did(inserted: str) -> None:
    new = PIECE.replace("the last one laughed.", f"the last one wept.{inserted}")

    assert words_of(new, carried(PIECE, new, BUYERS)) == BUYERS.replace("laughed", "wept")


def test_what_is_changed_at_the_end_of_the_text_ends_before_what_is_added() -> None:
    found = carried(
        PIECE, PIECE.replace("mood.", "guess.\nSuch moods are the rule."), "A call without a date is a mood."
    )

    assert found.end == PIECE.index("mood.") + len("guess.")


def test_a_few_words_most_of_whose_letters_are_in_typos_stay() -> None:
    old = "One is a respondent. It wrote “under discussion” in a box meant for numbers."
    new = "One is a respondent. It wrote “under discussin” in a obx meant for numbers."

    assert words_of(new, carried(old, new, "in a box")) == "in a obx"


def test_a_typo_in_one_of_two_short_words_leaves_the_other_sure() -> None:
    old = "Most firms that did well out of electricity were others."
    new = "Most firms tht did welll ouut off electricity were others."

    assert words_of(new, carried(old, new, "that did")) == "tht did"


def test_what_was_changed_on_either_side_of_an_edge_stays_on_its_side() -> None:
    """A letter that happens to agree ("to" and "somebody") moves no edge."""
    old, new = "was scraped down to a level brown", "was scraped down is somebody level brown"

    assert words_of(new, carried(old, new, "a level brown")) == "somebody level brown"


def test_unseen_signs_within_words_change_nothing() -> None:
    new = (
        PIECE.replace("nothing", "no\u00adthing").replace("believe", "be\u200blieve").replace("figure", "fi\u2060gure")
    )

    found = carried(PIECE, new, "said nothing at all, one named a figure that we do not believe")

    assert words_of(new, found) == "said no\u00adthing at all, one named a fi\u2060gure that we do not be\u200blieve"


def test_the_smaller_part_is_the_one_that_moved() -> None:
    lines = PIECE.split("\n")
    new = "\n".join([*lines[1:], lines[0]])

    assert carried(PIECE, new, BUYERS).state == State.ANCHORED
    assert carried(PIECE, new, "Open weights win the middle").state == State.MOVED


def test_a_deleted_passage_is_orphaned_at_the_place_where_it_was() -> None:
    new = PIECE.replace(f" {BUYERS}", "")

    found = carried(PIECE, new, BUYERS)

    assert (found.state, found.method, found.candidate) == (State.ORPHANED, Method.NONE, None)
    assert found.start == found.end == new.index(" a second sooner.") + len(" a second sooner.")


def test_a_deleted_passage_does_not_take_the_place_of_its_twin() -> None:
    twin = BUYERS.replace("Seven", "Six").replace("laughed", "wept")
    old = f"{PIECE}\nA year later the same. {twin}"

    found = carried(old, old.replace(f" {BUYERS}", ""), BUYERS)

    assert found.state == State.ORPHANED


def test_a_likely_place_of_an_orphan_is_offered() -> None:
    """Too little is left to be sure, and somebody should look."""
    new = (
        PIECE.replace(f" {BUYERS}", "")
        + "\nLater: seven said nothing at all, two named figures of their own, none wept."
    )

    found = carried(PIECE, new, BUYERS)

    assert found.state == State.ORPHANED
    assert found.candidate is not None
    assert "said nothing at all" in new[slice(*found.candidate)]


def test_a_passage_replaced_by_another_sentence_is_orphaned() -> None:
    new = PIECE.replace(BUYERS, "Rain fell on the vineyards, quietly, for most of an October afternoon.")

    assert carried(PIECE, new, BUYERS).state == State.ORPHANED


def test_when_a_paywall_lifts_the_preview_keeps_its_marks() -> None:
    old = PIECE.split("\n")[0] + "\nSubscribe to keep reading."
    found = carried(old, PIECE, "the middle of the market by the end of 2026")

    assert words_of(PIECE, found) == "the middle of the market by the end of 2026"
    assert carried(old, PIECE, "Subscribe to keep reading.").state == State.ORPHANED


def test_when_a_piece_is_cut_what_went_is_orphaned_and_the_rest_stays() -> None:
    new = PIECE.split("\n")[0]

    assert carried(PIECE, new, "nobody who sells tokens").method == Method.EXACT
    assert carried(PIECE, new, BUYERS).state == State.ORPHANED


def test_a_passage_may_begin_and_end_within_a_word() -> None:
    new = f"First. {PIECE}"

    assert words_of(new, carried(PIECE, new, "eights win the mid")) == "eights win the mid"


def test_a_passage_takes_the_white_space_along_that_it_had() -> None:
    new = f"First. {PIECE}"

    assert words_of(new, carried(PIECE, new, " win the middle ")) == " win the middle "


def test_a_passage_without_letters_is_carried_by_what_it_stands_between() -> None:
    old, new = "One → two. Three ★★ four.", "Zero. One → two. Three, ★★ four."

    assert words_of(new, carried(old, new, "→")) == "→"
    assert words_of(new, carried(old, new, "★★")) == "★★"


def test_a_passage_of_white_space_alone_is_orphaned_once_the_text_changes() -> None:
    spaces = [Anchor(at, at + 1) for at, letter in enumerate(PIECE) if letter.isspace()]

    assert carry("One two.", "One, two.", [Anchor(3, 4)])[0].state == State.ORPHANED
    assert {found.state for found in carry(PIECE, f"Before. {PIECE}", spaces)} == {State.ORPHANED}


@pytest.mark.parametrize(
    ("start", "end"), [(3, 3), (5, 4), (-1, 4), (0, len(PIECE) + 1)], ids=["empty", "reversed", "before", "behind"]
)
def test_what_is_no_passage_of_the_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match=f"{start} to {end} is no passage of a text of {len(PIECE)} characters"):
        carry(PIECE, PIECE, [Anchor(start, end)])


@pytest.mark.parametrize("twin", [BUYERS, BUYERS.replace("Seven", "Six"), BUYERS.replace("laughed", "wept")])
def test_where_a_likeness_that_has_its_own_past_still_stands_it_is_offered(twin: str) -> None:
    """It is not taken for the passage, but nobody is told that there is nothing like it."""
    old = f"{PIECE}\nA year later the same. {twin}"
    new = old.replace(f" {BUYERS}", "", 1)

    found = carried(old, new, BUYERS)

    assert found.state == State.ORPHANED
    assert found.candidate is not None
    assert new[slice(*found.candidate)] == twin
