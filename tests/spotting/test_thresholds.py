"""The threshold of a sentence: drafted where its words leave no doubt of which side counts, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.spotting.saying import read_saying
from reader.spotting.thresholds import read_threshold


@pytest.mark.parametrize(
    ("sentence", "words", "plain"),
    [
        ("It will be worth at least $1 trillion by 2027.", "at least $1 trillion", "at least $1 trillion"),
        ("Revenue will exceed $100 billion in 2029.", "exceed $100 billion", "more than $100 billion"),
        ("Revenue will reach €20bn by May 2028.", "reach €20bn", "at least €20bn"),
        ("Fewer than 100 labs will survive by 2030.", "Fewer than 100 labs", "fewer than 100 labs"),
        ("No more than 5 labs will remain in 2030.", "No more than 5 labs", "at most 5 labs"),
        ("Growth will be between 5 and 10 % in 2027.", "between 5 and 10 %", "between 5 and 10 %"),
        (
            "Tokens fall below $0.10 per million tokens.",
            "below $0.10 per million tokens",
            "less than $0.10 per million tokens",
        ),
        (
            "More than half of all new cars will be electric.",
            "More than half of all new cars",
            "more than half of all new cars",
        ),
        ("At least 30% of banks use it within two years.", "At least 30% of banks", "at least 30% of banks"),
        ("It reaches 1 billion users by 12 March 2027.", "reaches 1 billion users", "at least 1 billion users"),
        ("If rates reach 5%, more than 40 banks will close.", "more than 40 banks", "more than 40 banks"),
        ("There is a 70% chance that over 9 or more than 40 labs close.", "", ""),
        ("There is a 70% chance that more than 40 labs close.", "more than 40 labs", "more than 40 labs"),
    ],
)
def test_a_bound_with_its_amount_is_a_threshold(sentence: str, words: str, plain: str) -> None:
    found = read_saying(sentence).threshold

    assert (found.words if found else "", found.plain if found else "") == (words, plain)


@pytest.mark.parametrize(
    "sentence",
    [
        "Half of all code will be written by machines by 2027.",
        "It will be 10× cheaper by 2028.",
        "It will be more than 10× cheaper by 2028.",
        "It will sell more than ten times as many.",
        "It will rise from 5% to 10% by 2030.",
        "It will rise from 10% to more than 50% by 2030.",
        "It will not exceed 50% of all code by 2030.",
        "No lab will have more than 500 people by 2030.",
        "It won't reach $1 trillion.",
        "Will it exceed $5 billion by 2027?",
        "It will take more than 10 years.",
        "It is over in less than 18 months.",
        "It will reach about $20 billion by 2028.",
        "The top 10 firms will have at least 60% of the market.",
        "It will cost more than $5 billion, or less than $50 million.",
        "By 2030 it will happen.",
        "I doubt that it will exceed $5 billion.",
    ],
)
def test_where_there_is_a_doubt_nothing_is_drafted(sentence: str) -> None:
    assert read_threshold(sentence) is None


@given(st.text(max_size=200))
def test_its_words_are_those_of_the_sentence(sentence: str) -> None:
    found = read_threshold(sentence)

    assert found is None or found.words in sentence
