"""What is different between two texts."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.core.blocks import blocks_of
from reader.core.sanitising import clean
from reader.library import comparing
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


def test_what_is_too_large_to_align_counts_as_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "LARGEST", 3)

    assert [kind for kind, _, _ in told(paragraphs("A b c.", "D e f."), paragraphs("G h i.", "A b c.", "J."))] == [
        *("gone", "gone", "come", "come", "come")
    ]


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
