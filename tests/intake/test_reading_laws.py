"""What holds of every input, furniture or not."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.core.sanitising import clean, text_of
from reader.intake.lines import tidy
from reader.intake.reading import Empty, Form, Reading, Role, read

PHRASES = st.sampled_from(
    [
        "Share this post",
        "Share",
        "Jane Doe's avatar",
        "Jane Doe",
        "By Jane Doe and John Roe / Mar 3, 2024",
        "May 17, 2023",
        "∙ Paid",
        "1",
        "The Slow Compute",
        "Title: of this piece",
        "# A heading",
        "---",
        "Keep reading with a 7-day free trial",
        "Discussion about this post",
        "© 2025 Jane Doe",
        "From: Jane Doe",
        "Subject: models",
        "Photo by Ana Duarte on Unsplash",
        "Together with Nimbus",
        "This is a sentence of the author's own, long enough to be nothing else but running text.",
        "<p>By Jane Doe</p>",
        "<article><h1>Models</h1>",
        "</div></article>",
        "<nav><a href=x>Home</a></nav>",
        "| a | b |",
        "```",
        "",
    ]
)
PIECES = st.lists(PHRASES | st.text(max_size=40), max_size=30).map("\n".join)
ANY = st.text() | PIECES
FORMS = st.sampled_from(Form)
QUICK = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read_or_none(raw: str, form: Form) -> Reading | None:
    try:
        return read(raw, form)
    except Empty:
        return None


def words_of(html: str) -> str:
    return re.sub(r"\W+", " ", tidy(text_of(clean(html)))).strip()


@QUICK
@given(ANY, FORMS)
def test_reading_never_fails_but_for_nothing_to_read(raw: str, form: Form) -> None:
    reading = read_or_none(raw, form)
    assert reading is None or reading.lines or reading.images


@QUICK
@given(PIECES)
def test_every_line_plays_one_part(raw: str) -> None:
    reading = read_or_none(raw, Form.TEXT)
    shown = [line for line in raw.splitlines() if tidy(line)]
    lines = reading.lines if reading else ()
    assert " ".join(line.text for line in lines) == " ".join(tidy(line) for line in shown)
    assert sorted({line.number for line in lines}) == [line.number for line in lines]


@QUICK
@given(PIECES, FORMS, st.data())
def test_restoring_a_line_puts_its_words_into_the_body(raw: str, form: Form, data: st.DataObject) -> None:
    reading = read_or_none(raw, form)
    removed = [line for line in reading.lines if line.role is not Role.BODY] if reading else []
    if not removed:
        return
    line = data.draw(st.sampled_from(removed))
    restored = read(raw, form, keep={line.number})
    assert next(again for again in restored.lines if again.number == line.number).role is Role.BODY
    if form is not Form.MARKDOWN:  # what Markdown makes of a line's marks is its own affair
        assert re.sub(r"\W+", " ", line.text).strip() in words_of(restored.html)


@QUICK
@given(PIECES, FORMS, st.data())
def test_dropping_a_line_takes_it_out(raw: str, form: Form, data: st.DataObject) -> None:
    reading = read_or_none(raw, form)
    if reading is None or not reading.lines:
        return
    number = data.draw(st.sampled_from(reading.lines)).number
    again = read(raw, form, drop={number})
    assert next(line for line in again.lines if line.number == number).role is Role.FURNITURE


@QUICK
@given(PIECES, st.data())
def test_restoring_a_line_changes_no_other(raw: str, data: st.DataObject) -> None:
    reading = read_or_none(raw, Form.TEXT)
    if reading is None:
        return
    number = data.draw(st.sampled_from(reading.lines)).number
    restored = read(raw, Form.TEXT, keep={number})
    assert [line for line in restored.lines if line.number != number] == [
        line for line in reading.lines if line.number != number
    ]


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("raw", ["", " \n\t\r\n", "\u200b\ufeff", "\x00\x01"])
def test_nothing_to_read_is_said_in_a_sentence(raw: str, form: Form) -> None:
    with pytest.raises(Empty, match=r"^There is nothing to read here yet\."):
        read(raw, form)
