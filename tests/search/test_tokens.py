"""What a database is given beside the words: neighbours, and first letters."""

import pytest

from reader.search.language import Term
from reader.search.tokens import beginnings, neighbours, spellings, within
from reader.search.vocabulary import learn


def test_two_neighbours_are_one_word_more() -> None:
    assert neighbours(["small", "models", "win"]) == ["small_models", "models_win"]
    assert neighbours(["alone"]) == []
    assert neighbours([]) == []


def test_a_word_begins_with_two_letters_and_with_three_and_four() -> None:
    assert beginnings(["model", "mo", "a", "open"]) == ["mo*", "mod*", "mode*", "op*", "ope*", "open*"]
    assert beginnings(["a"]) == beginnings([]) == []


def test_a_pair_of_characters_begins_with_its_first() -> None:
    assert beginnings(["人工", "工智", "model"]) == ["人*", "工*", "mo*", "mod*", "mode*"]


@pytest.mark.django_db
def test_a_term_is_asked_for_by_what_is_kept_of_it() -> None:
    learn(["weights", "weighted", "width"])
    assert spellings(Term(("open",))) == [("open",)]
    assert spellings(Term(("open", "weights", "win"))) == [("open_weights", "weights_win")]
    assert spellings(Term(("we",), is_prefix=True)) == [("we*",)]
    assert spellings(Term(("weig",), is_prefix=True)) == [("weig*",)]
    assert sorted(spellings(Term(("weigh",), is_prefix=True))) == [("weighted",), ("weights",)]
    assert sorted(spellings(Term(("open", "we"), is_prefix=True))) == [("open_weighted",), ("open_weights",)]
    assert spellings(Term(("zzzzz",), is_prefix=True)) == [("zzzzz",)]


def test_only_so_much_is_kept() -> None:
    assert within(6, ["abc", "äb", "c"]) == ["abc", "äb"]
    assert within(7, ["abc", "äb", "c"]) == ["abc", "äb", "c"]
    assert within(1_000, ["abc", "äb", "c"]) == ["abc", "äb", "c"]
