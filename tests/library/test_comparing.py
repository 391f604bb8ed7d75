"""What is different between two texts."""

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.core.blocks import blocks_of
from reader.core.sanitising import clean
from reader.library import comparing, pairing
from reader.library.comparing import Row, compare
from reader.pages.comparison import Comparison, Side
from reader.pages.striking import both, now, then

Told = list[tuple[str, list[str], list[str]]]


def rows_of(old: str, new: str) -> list[Row]:
    return compare(blocks_of(clean(old)), blocks_of(clean(new)))


def told(old: str, new: str) -> Told:
    """Each row: what it is, the words that went, the words that came."""
    before, after = blocks_of(clean(old)), blocks_of(clean(new))
    found = []
    for row in compare(before, after):
        went = [before.text[one.start : one.end] for one in row.changes if one.start < one.end]
        came = [after.text[one.new_start : one.new_end] for one in row.changes if one.new_start < one.new_end]
        kind = "same" if row.is_same else "edited" if row.old and row.new else "gone" if row.old else "come"
        found.append((kind, went, came))
    return found


def paragraphs(*words: str) -> str:
    return "".join(f"<p>{one}</p>" for one in words)


def test_the_words_that_were_edited_are_told_apart_from_the_rest() -> None:
    assert told("<p>Prices will fall by 2027, we think.</p>", "<p>Prices will fall by 2029, we think.</p>") == [
        ("edited", ["2027"], ["2029"])
    ]


def test_what_only_one_text_has_stands_alone() -> None:
    old = paragraphs("The first of them.", "Something quite different here.", "The last one.")
    new = paragraphs("The first of them.", "The last one.", "An afterthought.")

    assert [kind for kind, _, _ in told(old, new)] == ["same", "gone", "same", "come"]


def test_an_edited_paragraph_meets_its_own_among_new_ones() -> None:
    old = paragraphs("Nobody trains such a model from scratch before the year 2030.")
    new = paragraphs("Quite another beginning.", "Nobody trains a model from scratch before the year 2032.", "An end.")

    assert told(old, new) == [
        ("come", [], ["Quite another beginning."]),
        ("edited", ["such ", "2030"], ["2032"]),
        ("come", [], ["An end."]),
    ]


def test_another_white_space_is_no_change() -> None:
    assert told("<p>One  two\nthree.</p>", "<p>One two three.</p>") == [("same", [], [])]


def test_other_markup_around_the_same_words_is_no_change() -> None:
    assert told("<p>One <em>two</em>.</p>", '<p>One <a href="https://example.org/">two</a>.</p>') == [("same", [], [])]


@pytest.mark.parametrize(("old", "new"), [("", "<p>All new.</p>"), ("<p>All gone.</p>", ""), ("", "")])
def test_a_text_without_words_has_no_rows_of_its_own(old: str, new: str) -> None:
    assert len(rows_of(old, new)) == bool(old or new)


def test_what_is_too_large_to_align_is_compared_by_what_stands_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "LARGEST", 3)

    assert told(paragraphs("A b c by 2027 x y.", "D e f."), paragraphs("G h i.", "A b c by 2029 x y.", "J.")) == [
        ("come", [], ["G h i."]),
        ("edited", ["2027"], ["2029"]),
        ("gone", ["D e f."], []),
        ("come", [], ["J."]),
    ]


def test_the_words_edited_in_a_very_long_paragraph_are_told() -> None:
    """Of so many words no table is made: it would take 100 MB."""
    words = [f"word{number}" for number in random.Random(7).choices(range(9_000), k=30_000)]
    new = ["2029" if number % 1_000 == 7 else word for number, word in enumerate(words)]

    ((kind, went, came),) = told(f"<p>{' '.join(words)}</p>", f"<p>{' '.join(new)}</p>")

    assert (kind, came) == ("edited", ["2029"] * 30)
    assert went == [words[at] for at in range(7, 30_000, 1_000)]


def test_what_is_too_long_for_that_is_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "LONGEST", 5)
    monkeypatch.setattr(comparing, "COARSE", 10)
    old = "Prices of chips will fall, and by 2027 nobody will mourn them."
    new = old.replace("fall", "rise").replace("mourn", "miss")

    page = shown(paragraphs(old), paragraphs(new))

    assert "<del>fall, and by 2027 nobody will mourn</del>" in page
    assert page.count("Too long to be compared word by word") == 3  # then, now, and both in one
    assert "Too long" not in shown(paragraphs("Short."), paragraphs("Shorter."))


OIL, GAS = "Oil will fall by 10 percent before the end of 2026.", "Gas will rise by 5 percent before the end of 2027."
NEW_OIL, NEW_GAS = OIL.replace("10", "12"), GAS.replace("2027", "2028")


def shown(old: str, new: str) -> str:
    return Comparison(Side(blocks_of(clean(old)), []), Side(blocks_of(clean(new)), [])).html()


def test_paragraphs_that_changed_places_and_were_edited_meet_their_own() -> None:
    assert told(paragraphs(OIL, GAS), paragraphs(NEW_GAS, NEW_OIL)) == [
        ("come", ["2027"], ["2028"]),
        ("edited", ["10"], ["12"]),
        ("gone", [GAS], []),
    ]


@pytest.mark.parametrize("tag", ["p", "li"])
def test_it_is_said_where_they_went_and_what_was_edited(tag: str) -> None:
    old, new = (
        "".join(f"<{tag}>{words}</{tag}>" for words in side)
        for side in ((OIL, "The middle.", GAS), (NEW_GAS, "The middle.", NEW_OIL))
    )
    if tag == "li":
        old, new = f"<ul>{old}</ul>", f"<ul>{new}</ul>"

    page = shown(old, new)

    for words, edited in ((OIL, ("10", "12")), (GAS, ("2027", "2028"))):
        before, _, behind = words.partition(edited[0])
        assert f"Moved away and edited</small> <del>{words}</del>" in page
        assert f"Moved here and edited</small> {before}<del>{edited[0]}</del><ins>{edited[1]}</ins>{behind}" in page


def test_the_marks_of_both_texts_stand_in_what_moved_and_was_edited() -> None:
    old, new = (
        blocks_of(clean(paragraphs(OIL, "The middle.", GAS))),
        blocks_of(clean(paragraphs(NEW_GAS, "The middle."))),
    )
    at, now_at = old.text.index("2027"), new.text.index("2028")
    marks = [(7, at, at + 4, "prediction", True)], [(7, now_at, now_at + 4, "prediction", True)]

    page = Comparison(Side(old, marks[0]), Side(new, marks[1])).html()

    mark = '<mark data-highlight="7" class="prediction" data-mine>{year}</mark>'
    edited = f"<del>{mark.format(year=2027)}</del><ins>{mark.format(year=2028)}</ins>"
    assert f"before the end of {edited}" in page


def test_one_that_took_the_place_of_another_did_not_move() -> None:
    copper = "Nobody knows what copper will do in the years to come."

    assert [kind for kind, _, _ in told(paragraphs(OIL, GAS), paragraphs(NEW_GAS, copper))] == [
        *("gone", "edited", "come")
    ]


def test_of_very_many_paragraphs_none_is_looked_for_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairing, "MOST_PARAGRAPHS", 3)

    rows = told(paragraphs(OIL, GAS), paragraphs(NEW_GAS, NEW_OIL))
    assert [kind for kind, _, _ in rows] == ["edited", "edited"]


WORDS = st.lists(st.sampled_from(["the", "model", "falls", "rises", "<em>by</em>", "half", "a", "&amp;", "🦙", "2027"]))
TEXTS = st.lists(WORDS.map(" ".join), max_size=6).map(lambda some: paragraphs(*some))


@given(TEXTS, TEXTS)
def test_what_is_left_and_what_went_are_the_old_text_and_with_what_came_the_new(old: str, new: str) -> None:
    before, after = blocks_of(clean(old)), blocks_of(clean(new))
    rows = compare(before, after)

    assert [row.old.number for row in rows if row.old] == [block.number for block in comparing.with_words(before)]
    assert [row.new.number for row in rows if row.new] == [block.number for block in comparing.with_words(after)]
    for row in rows:
        if row.old and row.new:
            left, right = list(row_words(before.text, row, new=False)), list(row_words(after.text, row, new=True))
            assert left == right


def row_words(text: str, row: Row, *, new: bool) -> list[str]:
    """The words of one side that did not change."""
    block = row.new if new else row.old
    assert block
    spans = [(one.new_start, one.new_end) if new else (one.start, one.end) for one in row.changes]
    kept, at = "", block.start
    for start, end in spans:
        kept += text[at:start] + " "
        at = end
    return comparing.TOKEN.findall(kept + text[at : block.end])


@given(TEXTS, TEXTS)
def test_what_is_drawn_has_the_words_of_its_text(old: str, new: str) -> None:
    before, after = blocks_of(clean(old)), blocks_of(clean(new))
    for row in compare(before, after):
        for html, side, text in ((then(row, ()), row.old, before.text), (now(row, ()), row.new, after.text)):
            assert blocks_of(f"<p>{html}</p>").text == (text[side.start : side.end] if side else "")


def test_marks_and_changes_lie_inside_each_other() -> None:
    (row,) = rows_of("<p>Prices <em>fall by</em> half.</p>", "<p>Prices <em>rise by</em> half.</p>")
    marks = ((7, 0, 14, "prediction", True),)

    assert then(row, marks) == (
        '<mark data-highlight="7" class="prediction" data-mine>Prices </mark><em><del>'
        '<mark data-highlight="7" class="prediction" data-mine>fall</mark></del>'
        '<mark data-highlight="7" class="prediction" data-mine> by</mark></em> half.'
    )
    assert both(row, marks, ()) == (
        'Prices <em><del><mark data-highlight="7" class="prediction" data-mine>fall</mark></del>'
        "<ins>rise</ins> by</em> half."
    )


def test_long_equal_stretches_are_folded() -> None:
    same = [f"Paragraph {number} stays." for number in range(9)]
    old, new = blocks_of(clean(paragraphs(*same, "Old end."))), blocks_of(clean(paragraphs(*same, "New end, at last.")))

    page = Comparison(Side(old, []), Side(new, [])).html()

    assert "8 paragraphs are the same" in page
    assert page.index("Paragraph 7") < page.index("</details>") < page.index("Paragraph 8")


def test_the_direction_of_each_line_is_looked_for_in_short_paragraphs_alone() -> None:
    """In a paragraph of a megabyte that would take a browser a quarter of a minute."""
    short, long = "A short one.", "Word after word. " * 2_000
    old, new = blocks_of(clean(paragraphs(short, long))), blocks_of(clean(paragraphs(short, f"{long} The end.")))

    cells = re.findall(r'<div class="words"([^>]*)>(.)', Comparison(Side(old, []), Side(new, [])).html())

    assert [(words, "data-long" in said) for said, words in cells] == [
        *(("A", False), ("A", False)),
        *(("W", True), ("W", True), ("W", True)),
    ]


def test_ids_of_a_piece_are_not_on_the_page_twice() -> None:
    html = '<p><span id="a"></span>Some words, <a href="#a">there</a>.</p>'
    old, new = blocks_of(clean(html)), blocks_of(clean(html.replace("Some", "Other")))

    assert " id=" not in Comparison(Side(old, []), Side(new, [])).html()


def test_of_a_sentence_without_spaces_only_what_was_edited_is_told() -> None:
    assert told("<p>英伟达不会在2027年之前降价。</p>", "<p>英伟达不会在2028年之前降价。</p>") == [
        ("edited", ["2027"], ["2028"])
    ]
