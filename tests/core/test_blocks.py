"""Canonical HTML in blocks with offsets, ready for marks."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.core.blocks import LONG, Heading, blocks_of, layout_of, with_places
from reader.core.sanitising import clean, text_of
from reader.highlights.rendering import render_article
from tests.core.tag_soup import tag_soup


@given(tag_soup)
def test_blocks_give_back_the_whole_text(raw: str) -> None:
    html = clean(raw)
    layout = blocks_of(html)
    assert layout.text == text_of(html) == text_of(layout.html)
    assert (
        layout.glue[0] + "".join(b.html + g for b, g in zip(layout.blocks, layout.glue[1:], strict=True)) == layout.html
    )
    for block in layout.blocks:
        assert text_of(block.html) == layout.text[block.start : block.end]
        assert "".join(run.text for run in block.runs) == layout.text[block.start : block.end]
        assert all(run.text == layout.text[run.start : run.end] for run in block.runs)


@given(tag_soup)
def test_all_words_are_in_a_block_and_newlines_between(raw: str) -> None:
    layout = blocks_of(clean(raw))
    covered = {offset for block in layout.blocks for offset in range(block.start, block.end)}
    assert {layout.text[offset] for offset in set(range(len(layout.text))) - covered} <= {"\n"}


def test_blocks_are_numbered_on_the_page_only() -> None:
    html = clean("<h1>a</h1><ul><li>b</ul>")
    assert "data-block" not in html
    assert blocks_of(html).html == ('<h2 id="b0" data-block="0">a</h2>\n<ul><li id="b1" data-block="1">b</li></ul>')


def test_a_very_long_block_has_one_direction() -> None:
    """Else the browser looks for that of each line in all that follows: seconds for a megabyte."""
    first, second, third, _ = blocks_of(clean(f"<p>a</p><p>{'a ' * LONG}</p><p dir=rtl>{'b ' * LONG}</p>")).glue

    assert "dir=" not in first
    assert ' dir="auto"' in second
    assert third.count(" dir=") <= 1


def test_foreign_ids_cannot_meet_ours() -> None:
    layout = blocks_of(clean('<p id="b0">a<a href="#b0">b</a>'))
    assert layout.html == '<p id="b0" data-block="0"><span id="x-b0"></span>a<a href="#x-b0">b</a></p>'


def test_the_outline_names_headings_with_their_blocks() -> None:
    layout = blocks_of(clean("<p>a</p><h1>One &amp; <em>two</em></h1><p>b</p><h2>Three</h2>"))
    assert layout.outline == (Heading(2, "One & two", 1), Heading(3, "Three", 3))


@pytest.mark.parametrize(
    ("start", "end", "numbers"),
    [(0, 1, [0]), (0, 3, [0]), (2, 3, []), (2, 4, [1]), (1, 7, [0, 1, 2]), (3, 5, [1]), (5, 99, [2])],
)
def test_blocks_between_are_those_with_words(start: int, end: int, numbers: list[int]) -> None:
    layout = blocks_of(clean("<p>ab</p><p>cd</p><p>ef</p>"))
    assert [block.number for block in layout.blocks_between(start, end)] == numbers


def test_a_layout_is_remembered_by_its_hash() -> None:
    html = clean("<p>remembered")
    assert layout_of("0" * 64, html) is layout_of("0" * 64, html)


@given(
    tag_soup,
    st.lists(st.integers(0, 400), max_size=6),
    st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200)), max_size=4),
)
def test_places_change_nothing_but_that_they_are_there(
    raw: str, places: list[int], spans: list[tuple[int, int]]
) -> None:
    plain = blocks_of(clean(raw))
    layout = with_places(plain, places)
    marks = [(at, min(span), max(span), "question", True) for at, span in enumerate(spans, 1)]
    covered = {at for at in places if any(block.start <= at < block.end for block in plain.blocks)}

    for drawn, bare in ((layout.html, plain.html), (render_article(layout, marks), render_article(plain, marks))):
        assert text_of(drawn) == text_of(bare)
        assert sorted(map(int, re.findall(r'<span data-anchor="--s(\d+)">', drawn))) == sorted(covered)
    for at in covered:
        before = layout.html[: layout.html.index(f'<span data-anchor="--s{at}"')]
        assert text_of(before) == plain.text[: len(text_of(before))]
        assert len(text_of(before)) == at
