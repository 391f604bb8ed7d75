"""Marks in an article: flattened, in the right words, and without a trace in its text."""

import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from reader.core.blocks import Layout, blocks_of
from reader.core.sanitising import clean, text_of
from reader.highlights.rendering import KINDS, Mark, marked, render_article, render_block
from tests.core.tag_soup import tag_soup

BOOK = "".join(
    f"<p>{words} <b>in &amp; out</b> <a href='https://a.example/'>of it</a></p>" for words in ("one", "two", "three")
)
articles = st.one_of(tag_soup, st.just(BOOK)).map(clean).map(blocks_of)
spans = st.tuples(st.integers(0, 60), st.integers(0, 60), st.sampled_from(KINDS), st.booleans())
mark_lists = st.lists(spans, max_size=12).map(
    lambda rows: [Mark(number + 1, min(a, b), max(a, b), kind, mine) for number, (a, b, kind, mine) in enumerate(rows)]
)


def layout_of(html: str) -> Layout:
    return blocks_of(clean(html))


def mark(id_: int, start: int, end: int, kind: str = "highlight", *, mine: bool = False) -> Mark:
    return Mark(id_, start, end, kind, mine)


class Segments(HTMLParser):
    """The text of each segment with the ids on it, and whether marks ever nest."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[list[int], str]] = []
        self.inside = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not self.inside, "an element begins inside of a segment"
        if tag == "mark":
            self.inside = True
            self.found.append(([int(id_) for id_ in (dict(attrs)["data-highlight"] or "").split()], ""))

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.found[-1] = (self.found[-1][0], self.found[-1][1] + data)

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "mark"


@given(articles, mark_lists)
def test_marks_do_not_change_the_text(layout: Layout, marks: list[Mark]) -> None:
    assert text_of(render_article(layout, marks)) == layout.text


@given(articles, mark_lists)
def test_segments_carry_exactly_the_words_of_their_highlights(layout: Layout, marks: list[Mark]) -> None:
    segments = Segments(render_article(layout, marks)).found
    for id_, start, end, _, _ in marks:
        words = "".join(layout.text[max(start, b.start) : min(end, b.end)] for b in layout.blocks_between(start, end))
        assert "".join(text for ids, text in segments if id_ in ids) == words


@given(articles, mark_lists)
def test_a_block_alone_looks_as_in_the_article(layout: Layout, marks: list[Mark]) -> None:
    inner = [render_block(layout, block.number, marks) for block in layout.blocks]
    assert render_article(layout, marks) == layout.glue[0] + "".join(
        html + glue for html, glue in zip(inner, layout.glue[1:], strict=True)
    )


@given(articles, mark_lists)
def test_every_visible_highlight_has_one_anchor_and_one_target(layout: Layout, marks: list[Mark]) -> None:
    html = render_article(layout, marks)
    visible = sorted(f"h-{m.id}" for m in marks if layout.blocks_between(m.start, m.end))
    assert sorted(re.findall(r'id="(h-\d+)"', html)) == visible
    anchors = [name for names in re.findall(r'data-anchor="([^"]*)"', html) for name in names.split(",")]
    assert sorted(f"h-{name.removeprefix('--h')}" for name in anchors) == visible


def test_it_works() -> None:
    assert render_block(layout_of("<p>one two three"), 0, [mark(3, 4, 7, "prediction", mine=True)]) == (
        'one <mark id="h-3" data-anchor="--h3" data-highlight="3" class="prediction" data-mine>two</mark> three'
    )


def test_overlap_is_flattened_and_the_leading_kind_comes_first() -> None:
    marks = [mark(1, 0, 7), mark(2, 4, 13, "prediction"), mark(3, 4, 5, "question", mine=True)]
    assert render_block(layout_of("<p>one two three"), 0, marks) == (
        '<mark id="h-1" data-anchor="--h1" data-highlight="1" class="highlight">one </mark>'
        '<span id="h-3"></span><mark id="h-2" data-anchor="--h2,--h3" data-highlight="1 2 3"'
        ' class="prediction question highlight" data-depth="3" data-mine>t</mark>'
        '<mark data-highlight="1 2" class="prediction highlight" data-depth="2">wo</mark>'
        '<mark data-highlight="2" class="prediction"> three</mark>'
    )


def test_a_highlight_over_two_blocks_has_segments_in_each() -> None:
    layout = layout_of("<ul><li>one<li>two</ul>")
    assert Segments(render_article(layout, [mark(1, 1, 6)])).found == [([1], "ne"), ([1], "tw")]


def test_a_highlight_of_the_space_between_blocks_shows_nothing() -> None:
    layout = layout_of("<p>one<p>two")
    assert render_article(layout, [mark(1, 3, 4)]) == layout.html


def test_links_and_escapes_stay_whole() -> None:
    layout = layout_of('<p>a <a href="https://a.example/">b &amp; c</a></p>')
    assert render_block(layout, 0, [mark(1, 0, 5)]) == (
        '<mark id="h-1" data-anchor="--h1" data-highlight="1" class="highlight">a </mark>'
        '<a href="https://a.example/" rel="noopener noreferrer">'
        '<mark data-highlight="1" class="highlight">b &amp;</mark> c</a>'
    )


def test_offsets_are_code_points() -> None:
    layout = layout_of("<p>🎉🎉 שלום 🎉")
    assert Segments(render_article(layout, [mark(1, 3, 7)])).found == [([1], "שלום")]


def test_without_marks_the_article_is_not_built_again() -> None:
    layout = layout_of("<p>one")
    assert render_article(layout, []) is layout.html


def test_what_begins_after_the_last_card_is_no_place_for_one() -> None:
    layout = blocks_of("<p>One two.</p>\n<p>Three.</p>")
    html = render_article(layout, [Mark(1, 0, 3, "highlight", True), Mark(2, 4, 7, "highlight", True)], anchored_to=0)
    assert re.findall(r'data-anchor="(.*?)"', html) == ["--h1"]
    assert re.findall(r'<mark id="(.*?)"', html) == ["h-1", "h-2"]


def test_what_is_long_or_full_is_drawn_and_not_remembered() -> None:
    long, full = layout_of(f"<p>{'one two ' * 1500}"), layout_of(f"<p>{'one two ' * 150}")
    marked.cache_clear()

    assert "<mark" in render_article(long, [mark(1, 0, 3)])
    assert "<mark" in render_article(full, [mark(id_, id_, id_ + 3) for id_ in range(1, 600)])
    assert marked.cache_info().currsize == 0
    assert render_article(full, [mark(1, 0, 3)]) == render_article(full, [mark(1, 0, 3)])
    assert marked.cache_info()[:2] == (1, 1)
