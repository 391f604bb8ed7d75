"""The passage around a hit."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.search.language import Term, parse
from reader.search.snippets import FOLDED, LENGTH, folded_spans, pattern_of, snippet, spans_in, whole

LONG = "Before. " * 60 + "The quick brown fox jumps. " + "After. " * 60


@pytest.mark.parametrize(
    ("text", "asked", "expected"),
    [
        ("Of quinces & pears", "pears", "Of quinces &amp; <mark>pears</mark>"),
        ("Of Quinces", "quinc*", "Of <mark>Quinces</mark>"),
        ("Quinces aquinces", "quinces", "<mark>Quinces</mark> aquinces"),
        ("open-weights are open", '"open weights"', "<mark>open-weights</mark> are open"),
        ("Łódź, façade", "lodz", "<mark>Łódź</mark>, façade"),
        ("人工智能的未来", "智能", "人工<mark>智能</mark>的未来"),
        ("<b>bold</b>", "bold", "&lt;b&gt;<mark>bold</mark>&lt;/b&gt;"),
        ("nothing here", "tag:x", "nothing here"),
    ],
)
def test_it_works(text: str, asked: str, expected: str) -> None:
    assert snippet(text, parse(asked)) == expected


def test_it_starts_shortly_before_the_words() -> None:
    shown = snippet(LONG, parse('"brown fox"'))

    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert "quick <mark>brown fox</mark> jumps" in shown
    assert len(shown) < LENGTH + 40


@given(st.text(alphabet="abA ’-.1"), st.text(alphabet='abA1 "*', max_size=12))
def test_plain_text_takes_the_short_way_to_the_same_marks(text: str, asked: str) -> None:
    terms = parse(asked).terms

    assert not FOLDED.search(text)
    assert spans_in(text, terms) == (written_spans(text, terms) or folded_spans(text, terms))


@given(st.text(alphabet="sSſkK\u212aiIİıé .’"), st.text(alphabet='skie "*', max_size=12))
def test_whatever_the_case_of_letters_what_is_written_so_is_marked(text: str, asked: str) -> None:
    terms = parse(asked).terms
    written = written_spans(text, terms)

    assert not written or spans_in(text, terms) == written


@given(st.text(alphabet="abA .", max_size=2 * LENGTH), st.text(alphabet='ab "*', max_size=12))
def test_what_a_snippet_shows_is_marked_as_in_the_whole_text(text: str, asked: str) -> None:
    terms = parse(asked).terms
    everywhere = spans_in(text, terms)
    shown = [span for span in everywhere if span[1] <= everywhere[0][0] + LENGTH]

    assert [span for span in spans_in(text, terms, LENGTH) if span in shown] == shown


def written_spans(text: str, terms: Sequence[Term]) -> list[tuple[int, int]]:
    return [hit.span() for hit in pattern_of(tuple(terms)).finditer(text)] if terms else []


@given(st.text(), st.text(), st.booleans())
def test_whatever_the_text_holds_it_is_text(text: str, asked: str, typing: bool) -> None:
    query = parse(asked, typing=typing)

    for shown in (snippet(text, query), whole(text, query)):
        bare = shown.replace("<mark>", "").replace("</mark>", "")
        assert "<" not in bare
        assert shown.count("<mark>") == shown.count("</mark>")


def test_a_phrase_longer_than_its_snippet_is_found() -> None:
    words = " ".join(["prediction"] * 40)
    text = f"{'before. ' * 200}{words} and after."

    shown = snippet(text, parse(f'"{words}"'))

    assert shown.startswith("… ")
    assert "prediction" in shown
