"""Hedges: the phrases of the survey, what is none of them, and wordings that must not be taken for their opposite."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.scoring import HEDGES, Hedge, Reading, read_hedge


def phrase(words: str) -> str | None:
    found = read_hedge(words)
    return found.phrase if found else None


def test_the_table_is_that_of_the_survey() -> None:
    assert {hedge.phrase: hedge.reading for hedge in HEDGES} == {
        "almost certain": Reading(94, 85, 99),
        "highly likely": Reading(85, 75, 95),
        "likely": Reading(73, 60, 90),
        "probable": Reading(71, 51, 90),
        "realistic possibility": Reading(57, 20, 85),
        "unlikely": Reading(19, 5, 40),
        "almost no chance": Reading(4, 1, 10),
    }


@pytest.mark.parametrize("hedge", HEDGES, ids=lambda hedge: hedge.phrase)
def test_each_phrase_is_read_as_itself(hedge: Hedge) -> None:
    assert read_hedge(hedge.phrase) == hedge
    assert read_hedge(f"  It is\n{hedge.phrase.title()}.") == hedge


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("It will almost certainly ship in 2027.", "almost certain"),
        ("an almost-certain win", "almost certain"),
        ("GPT-6 is highly likely to beat it", "highly likely"),
        ("This likely means a merger", "likely"),
        ("Prices will probably not fall", "probable"),
        ("I see a realistic possibility of a ban", "realistic possibility"),
        ("AGI by 2030 is unlikely", "unlikely"),
        ("There is almost no chance of that", "almost no chance"),
        ("It is no toy. It will likely sell.", "likely"),
        ("not only fast but likely cheap", "likely"),
        ("Will it fail? No! Sales are likely to rise.", "likely"),
        ("It is no fad.\n\nprobably it stays", "probable"),
        ("It looks likely, if not certain", "likely"),
        ("It will likely ship, and likely sell", "likely"),
        ("“ＬＩＫＥＬＹ”", "likely"),
    ],
)
def test_a_phrase_is_found_in_a_sentence(words: str, found: str) -> None:
    assert phrase(words) == found


@pytest.mark.parametrize(
    "words",
    [
        "not likely",
        "it isn't likely",
        "it isn’t at all likely",
        "It won't likely happen",
        "hardly likely",
        "I doubt it is likely",
        "It is not, I fear, likely",
        "not\nlikely",
        "not unlikely",
        "neither likely nor cheap",
        "no realistic possibility",
        "not almost certain",
        "anything but likely",
        "far from likely",
        "un-likely",
        "no longer highly likely",
        "not yet likely",
        "It isn't as yet likely",
        "It is not, e.g. in the U.S., likely",
        "He denies it is likely",
    ],
)
def test_a_negation_leaves_none(words: str) -> None:
    assert read_hedge(words) is None


@pytest.mark.parametrize(
    "words",
    [
        "very likely",
        "most likely",
        "more likely than not",
        "more than likely",
        "kind of likely",
        "a bit likely",
        "the number of likely voters",
        "less likely",
        "quite probably",
        "highly probable",
        "highly unlikely",
        "very unlikely",
        "extremely likely",
        "increasingly likely",
        "as likely as not",
        "likely as not",
        "how likely is it?",
        "80% likely",
        "80 % likely",
        "70 percent likely",
        "60 per cent likely",
        "likelihood",
        "probability",
        "certain",
        "no chance",
        "",
        "It will ship in 2027.",
        "🤷",
    ],
)
def test_what_the_survey_did_not_ask_is_none(words: str) -> None:
    assert read_hedge(words) is None


@pytest.mark.parametrize("words", ["likely, if not almost certain", "likely or unlikely", "it may be likely"])
def test_several_hedges_are_none(words: str) -> None:
    assert read_hedge(words) is None


@pytest.mark.parametrize(
    ("words", "modal"), [("may", "may"), ("This may change", "may"), ("It might not", "might"), ("could well", "could")]
)
def test_a_bare_modal_has_no_reading(words: str, modal: str) -> None:
    assert read_hedge(words) == Hedge(modal, None)


@pytest.mark.parametrize(
    "words", ["in May", "in may", "by 5 may", "May 2027 is the date", "On May 5", "could not be clearer"]
)
def test_the_month_is_no_hedge_nor_is_what_cannot_be(words: str) -> None:
    assert read_hedge(words) is None


@given(st.text())
def test_any_text_has_a_hedge_or_none(words: str) -> None:
    found = read_hedge(words)

    assert found is None or found in HEDGES or found.phrase in ("may", "might", "could")


@given(st.sampled_from(HEDGES), st.sampled_from(["not", "never", "isn't", "won't be", "hardly", "no"]))
def test_no_negated_phrase_has_a_reading(hedge: Hedge, negation: str) -> None:
    assert read_hedge(f"It is {negation} {hedge.phrase}") is None


@pytest.mark.parametrize(
    "piece", ["likely ", "not ", "\n ", "x", "'a", "1,", "almost ", "may ", "-", ". ", "?'", "no. "], ids=repr
)
def test_a_long_text_takes_no_long_time(piece: str) -> None:
    """A million characters; what grows with the square would take minutes."""
    started = time.process_time()
    read_hedge(piece * (1_000_000 // len(piece)))

    assert time.process_time() - started < 20
