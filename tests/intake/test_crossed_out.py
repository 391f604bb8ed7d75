"""What is crossed out in a page or a text stays crossed out in the piece, with its words."""

from time import process_time

import pytest

from reader.core.sanitising import clean
from reader.intake.reading import Form, read

BEFORE = "The first paragraph is a sentence of some length, so that the piece has clearly begun by now."
WORDS = "Oil will fall by eleven percent in May 2027, as the desk wrote in every one of its letters."
AFTER = "The last paragraph is a sentence of some length too, so that the piece has not ended before it."


@pytest.mark.parametrize(
    "struck",
    [
        "<p><del>{}</del></p>",
        "<p><s>{}</s></p>",
        "<p><strike>{}</strike></p>",
        "<del><p>{}</p></del>",
        "<del><div><p>{}</p></div></del>",
        '<p><span style="text-decoration: line-through">{}</span></p>',
        '<p style="color: red; text-decoration-line:line-through;">{}</p>',
    ],
)
@pytest.mark.parametrize(
    "page", ["{}", "<html><head><title>Oil</title></head><body><article>{}</article></body></html>"]
)
def test_in_a_page(struck: str, page: str) -> None:
    raw = page.format(f"<p>{BEFORE}</p>{struck.format(WORDS)}<p>{AFTER}</p>")

    assert clean(read(raw, Form.HTML).html) == f"<p>{BEFORE}</p>\n<p><s>{WORDS}</s></p>\n<p>{AFTER}</p>"


def test_in_markdown() -> None:
    raw = f"# Oil\n\n{BEFORE}\n\n~~{WORDS}~~\n\n{AFTER}"

    assert f"<p><s>{WORDS}</s></p>" in clean(read(raw, Form.MARKDOWN).html)


def test_what_is_put_in_is_text() -> None:
    raw = f"<p>{BEFORE}</p><p>{WORDS} <ins>It will not.</ins></p><p>{AFTER}</p>"

    assert f"<p>{WORDS} It will not.</p>" in clean(read(raw, Form.HTML).html)


def test_another_style_crosses_nothing_out() -> None:
    raw = f'<p>{BEFORE}</p><p style="text-decoration: underline">{WORDS}</p><p>{AFTER}</p>'

    assert "<s>" not in clean(read(raw, Form.HTML).html)


def test_a_style_of_very_many_lines_is_read_at_once() -> None:
    began = process_time()
    raw = f'<p>{BEFORE}</p><p style="{"text-decoration:" * 8_000}">{WORDS}</p><p>{AFTER}</p>'

    assert "<s>" not in clean(read(raw, Form.HTML).html)
    assert process_time() - began < 2
