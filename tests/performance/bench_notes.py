"""Markdown as hostile as 20 kB can be, and an honest megabyte."""

import time
from collections.abc import Callable, Iterator
from functools import partial

from reader.core.markdown import render_article_markdown, render_note
from reader.core.sanitising import clean
from reader.highlights.models import NOTE_LIMIT
from tests.performance.measuring import Figure

NOTE_SECONDS = 0.5
MEGABYTE = 1_000_000

# Each is repeated until the note is full: what Markdown libraries are known to read in quadratic time or worse, and
# what a search over combinations of signs found slowest.
FAMILIES = {
    "brackets": ["[", "![", "![a](", "[a](", "[a][", "[[a]", "[a](<", '[a](b "', "`[", "[`", "[^1]", "[a]: b\n", "!["],
    "tags": ["<", "<a ", "<a href='", "<http://", "<a@", "</", "<!--", "<![CDATA[", "<?", "<b>", "<p \n", "<div>\n"],
    "emphasis": ["*", "**", "***", "_", "*a", "**a ", "***a ", "*_", "_*a*_ ", "*a **b ", "*a _b "],
    "code": ["`", "``", "` a", "`` ` ", "```\n", "```a\n", "~~~\n", "    a\n", "`a`\n\n"],
    "nesting": [">", "> ", "> - ", "- ", "1. ", "- > ", "  - ", "    - a\n", "-   - "],
    "lines": [
        "a\n=\n",
        "a\n-\n",
        "# a\n",
        "***\n",
        "- a\n",
        "1. a\n",
        "a|b\n-|-\n",
        "|-|\n",
        ">a\n",
        "\n|",
        "\n\n*",
        "\n",
    ],
    "signs": ["&", "&#", "&amp;", "\\", "\\*", "  \n", "http://a ", "a@b ", ":", '"', "|", "#", "\x02"],
}


def figures() -> Iterator[Figure]:
    for family, units in FAMILIES.items():
        notes = [note for unit in units for note in (filled(unit), just_let_through(unit))]
        slowest = max(seconds(partial(render_note, note)) for note in notes)
        yield Figure(f"a note full of {family}, the slowest", slowest, NOTE_SECONDS, "s CPU")
    book = honest_book()
    yield Figure("1 MB of honest Markdown", seconds(partial(render_article_markdown, book)), unit="s CPU")
    html = render_article_markdown(book)
    yield Figure("its HTML cleaned", seconds(partial(clean, html)), unit="s CPU")
    yield Figure("50,000 open elements cleaned", seconds(partial(clean, "<div>" * 50_000)), 1, "s CPU")


def filled(unit: str) -> str:
    return (unit * NOTE_LIMIT)[:NOTE_LIMIT]


def just_let_through(unit: str) -> str:
    """As much of it as is still read as Markdown, with words to the end."""
    return (unit * 390 + "word " * NOTE_LIMIT)[:NOTE_LIMIT]


def seconds(call: Callable[[], object]) -> float:
    before = time.process_time()
    call()
    return time.process_time() - before


def honest_book() -> str:
    paragraph = "It *will* be **open** by 2026, said [she](https://a.example/b_c), in `code` and in is_not_that. " * 6
    chapter = (
        f"## Chapter\n\n{paragraph}\n\n{paragraph}\n\n- one [a](https://a.example/)\n- two\n\n> {paragraph}\n\n"
        "| a | b |\n|---|---|\n| c | *d* |\n\n```py\nx = [1, 2] # <b>\n```\n\n"
    )
    return chapter * (MEGABYTE // len(chapter))
