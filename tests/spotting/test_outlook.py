"""What a neighbour says of what is to come, read from its different tokens, is what all of its tokens say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.spotting.features import forwardness, outlook
from reader.spotting.tokens import tokenised

WORDS = [
    "will",
    "won't",
    "I'll",
    "GOING",
    "expects",
    "soon",
    "2019",
    "2023",
    "2031,",
    "2031",
    "10x",
    "5%",
    "May",
    "gonna",
]
TEXTS = st.one_of(st.text(max_size=300), st.lists(st.sampled_from([*WORDS, "the", "’ll", "İ", "—"])).map(" ".join))


@given(TEXTS, st.integers(1990, 2040))
def test_it_is_the_same_for_any_text(text: str, year: int) -> None:
    assert outlook(text, year) == forwardness(tokenised(text, year))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", 0),
        ("It rained.", 0),
        ("It will rain.", 1 / 3),
        ("We won't, and soon they may, by 2030.", 1),
        ("In 2020.", 0),
    ],
)
def test_it_counts_words_of_the_future_and_later_years(text: str, said: float) -> None:
    assert outlook(text, 2023) == said
