"""What is crossed out in a text, and how much of a passage is."""

from unittest.mock import Mock

import pytest

from reader.core.sanitising import clean, text_of
from reader.highlights import crossing
from reader.highlights.crossing import Crossed, Stand, crossed, crossed_at, struck_in


def how(raw: str, words: str) -> Crossed | None:
    html = clean(raw)
    text = text_of(html)
    start = text.index(words)
    return crossed(struck_in(html), text, start, start + len(words))


@pytest.mark.parametrize(
    "raw",
    [
        "<p>Yes. <s>Oil will fall.</s> No.</p>",
        "<p>Yes. <del>Oil will fall.</del> No.</p>",
        "<p>Yes. <strike>Oil <b>will</b> fall</strike>. No.</p>",
        "<p>Yes. <s>Oil</s> <s>will</s> <s>fall</s>. No.</p>",
        "<p>Yes.</p><del><p>Oil will fall.</p><p>No.</p></del>",
        "<p>&amp;&#x1F600;é</p><blockquote><s><p>Oil <a href='https://a.example/'>will</a> fall.</p></s></blockquote>",
        "<ul><li>Yes</li><li><s>Well. Oil will fall. So.</s></li></ul>",
    ],
)
def test_it_works(raw: str) -> None:
    assert how(raw, "Oil will fall.") is Crossed.WHOLLY


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("<p>Oil will <s>not</s> fall.</p>", Crossed.PARTLY),
        ("<p><s>Oil will</s> not fall.</p>", Crossed.PARTLY),
        ("<p>Oil will not fall<s>.</s></p>", None),
        ("<p>Oil will not<s> </s>fall.</p>", None),
        ("<p><s>Yes. </s>Oil will not fall.<s> No.</s></p>", None),
        ("<p><s>Yes.</s></p><p>Oil will not fall.</p>", None),
        ("<p><u>Oil</u> will <ins>not</ins> fall.</p>", None),
        ("<p>&lt;s&gt;Oil will not fall.</p>", None),
    ],
)
def test_only_words_count(raw: str, expected: Crossed | None) -> None:
    assert how(raw, "Oil will not fall.") is expected


def test_what_is_crossed_out_keeps_its_words_in_the_text() -> None:
    html = clean("<p>It was <del>2025</del> <ins>2027</ins>.</p>")

    assert html == "<p>It was <s>2025</s> 2027.</p>"
    assert text_of(html) == "It was 2025 2027."


def test_many_take_linear_time() -> None:
    html = "<p>" + "<s>a</s> b " * 50_000 + "</p>"

    assert len(struck_in(html)) == 50_000
    assert crossed(struck_in(html), text_of(html), 0, 3) is Crossed.PARTLY


def test_of_many_marks_in_many_texts_each_text_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    html, read = clean("<p>Oil <s>will</s> fall.</p>"), Mock(wraps=struck_in)
    texts = [(pk, html, text_of(html)) for pk in range(20)]
    monkeypatch.setattr(crossing, "struck_fields", lambda *_: texts)
    monkeypatch.setattr(crossing, "struck_in", read)

    found = crossed_at({(mark, pk): Stand(pk, 0, 8) for mark in range(5) for pk in range(21)})

    assert read.call_count == 20
    assert found == {(mark, pk): Crossed.PARTLY for mark in range(5) for pk in range(20)}
