"""Folding: what two spellings have in common, and that nothing in it depends on a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.search.folding import (
    MOST_BYTES,
    WORD,
    fold,
    parts_of,
    phrase_of,
    unfolded,
    within_bounds,
    words_of,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Llama 2, the “open” model", ["llama", "2", "the", "open", "model"]),
        ("Łukasz Kaiser’s façade", ["lukasz", "kaiser", "s", "facade"]),
        ("STRASSE straße", ["strasse", "strasse"]),
        ("ﬁne ① ½", ["fine", "1", "1", "2"]),
        ("GPT-4 don't snake_case", ["gpt", "4", "don", "t", "snake", "case"]),
        ("人工智能", ["人工", "工智", "智能", "能"]),
        ("GPT模型", ["gpt", "模型", "型"]),
        ("がか", ["がか", "か"]),
        ("한국어 모델", ["한국어", "모델"]),
        ("שָׁלוֹם", ["שלום"]),
        ("🦙 🎉 —", []),
        ("x" * 200, ["x" * 64]),
        ("", []),
    ],
)
def test_it_works(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_words_are_found_by_themselves(text: str) -> None:
    """The words of a text, written with spaces, are the same words: a snippet can be looked for as it stands."""
    joined = words_of(text)

    assert all(word and " " not in word for word in joined)
    assert {part for word in joined for part in phrase_of(word)} <= set(joined) or not joined


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_plain_text_takes_the_short_way_to_the_same_words(text: str) -> None:
    assert words_of(text) == words_of(f"{text} é")[:-1]


@given(st.text() | st.text(alphabet="aÉß’—“½²\u0301\u3099か\u0b92\u0bd7\u200d模 "))
def test_what_divides_words_may_be_a_blank_at_once(text: str) -> None:
    assert words_of(text) == [part for word in WORD.findall(unfolded(text)) for part in parts_of(word)]


@given(st.text(alphabet="人工智能模型"), st.text(alphabet="人工智能模型", min_size=1))
def test_a_part_of_a_run_is_found(around: str, part: str) -> None:
    there = words_of(f"{around}{part}{around}")
    asked = phrase_of(part)

    if len(part) > 1:
        assert any(there[at : at + len(asked)] == asked for at in range(len(there)))
    else:
        assert any(word.startswith(asked[0]) for word in there)


def test_a_text_of_too_many_words_is_cut() -> None:
    words = [f"w{number}" for number in range(200_000)]

    assert sum(map(len, within_bounds(words))) <= MOST_BYTES
    assert within_bounds(words[:10]) == words[:10]
