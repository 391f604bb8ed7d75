"""The language of the search box: what is asked, and that everything is."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.search.language import LONGEST, MOST_HINTS, MOST_WORDS, Query, Term, day_of, parse


def term(*words: str, is_prefix: bool = False) -> Term:
    return Term(words, is_prefix)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("open models", Query(terms=(term("open"), term("models")))),
        ('"open models" llama', Query(terms=(term("open", "models"), term("llama")))),
        ("“open models”", Query(terms=(term("open", "models"),))),
        ("GPT-4", Query(terms=(term("gpt", "4"),))),
        ("mod*", Query(terms=(term("mod", is_prefix=True),))),
        ("llama -meta", Query(terms=(term("llama"),), without=(term("meta"),))),
        ('llama -"open source"', Query(terms=(term("llama"),), without=(term("open", "source"),))),
        ("tag:agi", Query(filters=(("tag", "agi"),))),
        ('author:"Mira Castell" by:me', Query(filters=(("author", "Mira Castell"), ("by", "me")))),
        ("kind:Predictions phase:DUE", Query(filters=(("kind", "prediction"), ("phase", "due")))),
        ("speaker:Ng since:2024", Query(filters=(("author", "Ng"), ("after", "2024")))),
        ("-tag:agi llama", Query(terms=(term("llama"),), not_filters=(("tag", "agi"),))),
        ("10:30", Query(terms=(term("10", "30"),))),
        ("https://example.org", Query(terms=(term("https", "example", "org"),))),
        ("人", Query(terms=(term("人", is_prefix=True),))),
        ("人工智能", Query(terms=(term("人工", "工智", "智能"),))),
        ("model model", Query(terms=(term("model"),))),
        ("supply or demand", Query(terms=(term("supply"), term("or"), term("demand")))),
        ('"AND OR"', Query(terms=(term("and", "or"),))),
        ("C++", Query(terms=(term("c"),))),
    ],
)
def test_it_works(text: str, expected: Query) -> None:
    found = parse(text)

    assert (found.terms, found.without, found.filters, found.not_filters) == (
        expected.terms,
        expected.without,
        expected.filters,
        expected.not_filters,
    )
    assert found.hints == ()


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ('open "models', "A quotation mark has no partner"),
        ("kind:poem", "There is no kind “poem”"),
        ("phase:waxing", "There is no phase “waxing”"),
        ("by:ben", "knows only “by:me”"),
        ("before:yesterday", "is no date"),
        ("after:2024-02-30", "is no date"),
        ('tag:""', "wants something right behind it"),
        ("llama Tag:", "Tag: wants something right behind it"),
        ("author: castell", "author: wants something right behind it"),
        ("autor:castell", "There is no filter “autor:”. Did you mean “author:”?"),
        ("-tags:oil llama", "There is no filter “tags:”. Did you mean “tag:”?"),
        ('speeker:"Mira Castell"', "Did you mean “speaker:”?"),
        ("memory:price", "“memory:” is no filter, so it was looked for as a word."),
        ("memory OR price", "OR was looked for as a word: all words must be there, and a minus leaves one out."),
        ("(memory AND price)", "AND was looked for as a word"),
        ("NEAR(memory price)", "NEAR was looked for as a word"),
        ("*mory", "A star works only at the end of a word"),
        ("me*ry", "A star works only at the end of a word"),
        ("^memory", "The sign ^ means nothing here"),
        ("+memory", "The sign + means nothing here"),
        ("{title} memory", "The sign { means nothing here"),
        ("-meta", "Say what to look for, too"),
        ("a*", "A star needs at least 2 letters"),
        ("?!… (*) 🦙", "no letter and no digit"),
        ("x" * 10_000, f"Only the first {LONGEST} characters"),
        (" ".join(f"w{number}" for number in range(60)), f"Only the first {MOST_WORDS} words"),
    ],
)
def test_it_says_what_was_not_understood(text: str, hint: str) -> None:
    assert any(hint in said for said in parse(text).hints)


def test_it_does_not_lecture() -> None:
    hints = parse("a:b c:d e:f g:h i:j OR AND ^k").hints

    assert len(hints) == MOST_HINTS


def test_the_last_word_may_go_on_while_one_types() -> None:
    assert parse("open mod", typing=True).terms == (term("open"), term("mod", is_prefix=True))
    assert parse("open mod ", typing=True).terms == (term("open"), term("mod"))
    assert parse("m", typing=True).terms == (term("m"),)
    assert parse('"open mod"', typing=True).terms == (term("open", "mod"),)


def test_a_quotation_goes_on_while_one_types() -> None:
    begun = parse('llama "open mod', typing=True)
    assert (begun.terms, begun.hints) == ((term("llama"), term("open", "mod", is_prefix=True)), ())
    named = parse('tag:"open we', typing=True)
    assert (named.filters, named.hints) == ((("tag", "open we"),), ())


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-2", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-05-17", date(2024, 5, 17), date(2024, 5, 17)),
        ("0000", None, None),
        ("2024-13", None, None),
        ("next week", None, None),
    ],
)
def test_days(value: str, first: date | None, last: date | None) -> None:
    assert (day_of(value), day_of(value, last=True)) == (first, last)


@given(st.text(), st.booleans())
def test_everything_is_a_question(text: str, typing: bool) -> None:
    found = parse(text, typing=typing)

    assert all(term.words and all(term.words) for term in (*found.terms, *found.without))
    assert sum(len(term.words) for term in found.terms) <= MOST_WORDS
    assert found.hints or not found.is_empty or not text.translate({0: " "}).strip()


@given(
    st.lists(
        st.sampled_from(['"', "-", ":", "*", "tag:", "kind:", "AND", "OR", "NEAR(", ")", "{", "^", "a", "\x00", " "])
    )
)
def test_operators_of_databases_mean_nothing(parts: list[str]) -> None:
    found = parse("".join(parts))

    assert all(word.isalnum() for term in found.terms for word in term.words)
