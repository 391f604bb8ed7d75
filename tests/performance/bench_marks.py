"""Marks rendered into the reference article: 2,000 words, quotes of about sixty characters, placed at random."""

import random
from collections.abc import Iterator
from functools import partial

from reader.core.blocks import Layout, blocks_of
from reader.core.sanitising import clean
from reader.highlights.rendering import KINDS, Mark, marked, render_article, render_block
from reader.pages.comparison import Comparison, Side
from tests.performance.measuring import Figure, cpu_milliseconds

PARAGRAPH = (
    "Whoever builds the data centres of “the next decade” will want to know by 2027 which of them was needed. "
    "It is <em>not</em> a small question, and <a href='https://a.example/'>the first answer</a> came from a memo. "
)
LIMITS = {0: 0.1, 1_000: 4, 5_000: 20}


def figures() -> Iterator[Figure]:
    html = clean(f"<p>{PARAGRAPH}</p>" * 60)
    yield Figure("the article taken apart (once)", cpu_milliseconds(lambda: blocks_of(html)))
    layout = blocks_of(html)
    for number, limit in LIMITS.items():
        marks = scattered(layout, number)
        drawn, known = partial(draw_anew, layout, marks), partial(render_article, layout, marks)
        yield Figure(f"render, {number:,} marks", cpu_milliseconds(drawn), limit)
        yield Figure(f"render, {number:,} marks, as before", cpu_milliseconds(known))
    yield Figure("render one block of 5,000 marks", cpu_milliseconds(lambda: render_block(layout, 20, marks)))
    yield Figure("compare a paragraph with 9,000 changes", cpu_milliseconds(partial(beside, *changed()), 3), 2_000)


def changed() -> tuple[Side, Side]:
    """A paragraph of 18,000 words, and the same with every other word changed; marks in both."""
    words = [f"word{number}" for number in range(18_000)]
    other = [f"other{number}" if number % 2 else word for number, word in enumerate(words)]
    layouts = [blocks_of(clean(f"<p>{' '.join(some)}</p>")) for some in (words, other)]
    old, new = (Side(layout, scattered(layout, 200)) for layout in layouts)
    return old, new


def beside(old: Side, new: Side) -> None:
    Comparison(old, new).html()


def draw_anew(layout: Layout, marks: list[Mark]) -> None:
    marked.cache_clear()
    render_article(layout, marks)


def scattered(layout: Layout, number: int) -> list[Mark]:
    dice = random.Random(number)
    starts = [dice.randrange(len(layout.text) - 80) for _ in range(number)]
    return [
        Mark(id_, start, start + dice.randint(40, 80), dice.choice(KINDS), dice.random() < 0.3)
        for id_, start in enumerate(starts, start=10_000)
    ]
