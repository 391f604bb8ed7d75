"""Which sentences say the same in similar words, and which only look alike."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.claims.similarity import likeness
from reader.foresight.sweeps.amounts import amounts_in
from reader.foresight.sweeps.gathering import Gathering, Said

CARS = "By 2030 most new cars in Europe will be driven by software."


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (CARS, CARS),
        (CARS, "Most new cars in Europe will be driven by software by 2030."),
        (CARS, "I think that by 2030 most of the new cars in Europe are driven by software."),
        ("AGI will arrive by 2027.", "By 2027 we will have AGI."),
        (
            "Open models will overtake closed ones within two years.",
            "I expect open models to overtake the closed ones in the next two years.",
        ),
        ("Nobody will train from scratch before 2030.", "Before 2030 nobody is going to train from scratch."),
        ("It will cost $1 billion by 2030.", "It will cost 1 billion dollars by 2030."),
        ("By 2030 10% of all jobs will vanish.", "10 percent of all jobs will vanish by 2030."),
        ("By the end of 2027 the fab launches.", "The fab launches at the end of 2027."),
        ("By 2030 half of all jobs will vanish.", "By 2030 50% of all jobs will vanish."),
        ("By 2030 half of all jobs will vanish.", "50 percent of all jobs will vanish by 2030."),
        ("Prices of chips will fall by half in 2027.", "Prices of chips will fall by 50 per cent in 2027."),
        ("More than half will be gone by 2030.", "More than 50 % will be gone by 2030."),
        ("A quarter of all jobs will vanish by 2030.", "25% of all jobs will vanish by 2030."),
        ("Three quarters of the jobs will vanish by 2030.", "75% of the jobs will vanish by 2030."),
        ("Prices of chips will fall by a tenth in 2027.", "Prices of chips will fall by ten percent in 2027."),
        ("Sales of robots double by 2030.", "Sales of robots grow 2x by 2030."),
        ("Sales of robots will grow 2× by 2030.", "Sales of robots will grow twofold by 2030."),
        ("Chips will be ten times faster by 2030.", "Chips will be 10x faster by 2030."),
        ("It sells 1,000 robots by 2030.", "It sells 1k robots by 2030."),
        ("It sells 1000 robots by 2030.", "It sells a thousand robots by 2030."),
        ("It sells half a million robots by 2030.", "It sells 500,000 robots by 2030."),
        ("It will be worth $1 trillion by 2030.", "It will be worth $1tn by 2030."),
        ("It will be worth $1 trillion by 2030.", "It will be worth $1,000 billion by 2030."),
        ("It will be worth $1.5B by 2030.", "It will be worth $1,500 million by 2030."),
        ("Robots cook for us within two years.", "Robots cook for us within 2 years."),
        ("It opens twenty-five fabs by 2030.", "It opens 25 fabs by 2030."),
    ],
)
def test_the_same_in_other_words(one: str, other: str) -> None:
    assert Gathering({1: one}).like(other) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (CARS, "By 2035 most new cars in Europe will be driven by software."),
        (CARS, "By 2030 most new cars in Europe will not be driven by software."),
        ("OpenAI will go public by 2027.", "Anthropic will go public by 2027."),
        ("Prices of chips will fall by half in 2027.", "Prices of bread will rise by a tenth in 2027."),
        ("Prices will fall by half in 2027.", "Prices will rise by half in 2027."),
        ("The bank will hire more people in 2027.", "The bank will hire fewer people in 2027."),
        ("It will cost $1.5 billion by 2030.", "It will cost $15 billion by 2030."),
        ("The fab opens in Arizona by 2028.", "The fab closes in Arizona by 2028."),
        ("Banks will be hiring coders again in 2027.", "Banks will be firing coders again in 2027."),
        ("Before 2030 robots will cook for us.", "After 2030 robots will cook for us."),
        ("Most banks will adopt it by 2030.", "Few banks will adopt it by 2030."),
        ("It will cost $1 billion by 2030.", "It will cost $1 trillion by 2030."),
        ("It will use 5 GW of power by 2030.", "It will use 5 MW of power by 2030."),
        ("It will replace half of all coders by 2030.", "It will replace a third of all coders by 2030."),
        ("Open models overtake closed ones within two years.", "Open models overtake closed ones within two months."),
        ("By 2030 a third of all jobs will vanish.", "By 2030 33% of all jobs will vanish."),
        ("By 2030 half of all jobs will vanish.", "By 2030 5% of all jobs will vanish."),
        ("By 2030 half of all jobs will vanish.", "By 2030 50 of all jobs will vanish."),
        ("It opens in the second half of 2030.", "It opens in the second 50% of 2030."),
        ("It is delayed by a quarter in 2027.", "It is delayed by 25% in 2027."),
        ("Sales of robots double by 2030.", "Sales of robots fall 2x by 2030."),
        ("Sales of robots double by 2030.", "Sales of robots grow 2% by 2030."),
        ("Sales of robots double by 2030.", "Sales of robots triple by 2030."),
        ("The lab doubles down on robots by 2030.", "The lab 2x down on robots by 2030."),
        ("It meets twice a week from 2030.", "It meets 2x a week from 2030."),
        ("It sells 2 robots in 5 years.", "It sells 2× robots in 5 years."),
        ("It ships with Python 3.10 by 2030.", "It ships with Python 3.1 by 2030."),
        ("It will be worth $1 trillion by 2030.", "It will be worth €1 trillion by 2030."),
        ("It will be worth $1 trillion by 2030.", "It will be worth $1,000 million by 2030."),
        ("It sells 1.000 robots by 2030.", "It sells 1,000 robots by 2030."),
    ],
)
def test_what_only_looks_alike_stays_apart(one: str, other: str) -> None:
    assert Gathering({1: one}).like(other) is None


def test_amounts_that_are_equal_differ_in_nothing() -> None:
    one = Said("Half of all coders will be gone by 2030, in two years.")
    other = Said("50 % of all coders will be gone by 2030, in 2 years.")

    assert one.is_surely(other)
    assert [words for words, differs in one.differing_from(other) if differs] == []
    assert [words for words, differs in other.differing_from(one) if differs] == []
    third = Said("A third of all coders will be gone by 2030, in two years.")
    assert [words for words, differs in one.differing_from(third) if differs] == ["Half"]


@pytest.mark.parametrize("text", ["1,000" * 500, "half of " * 200, "two-" * 400, "$1" * 500, "hundred thousand " * 90])
def test_a_hostile_line_of_amounts_takes_no_time(text: str) -> None:
    assert len(amounts_in(text)) < len(text)


@given(st.text(alphabet="0123456789,.$%×x -halfofequrtwbn", max_size=80))
def test_amounts_stand_beside_one_another(text: str) -> None:
    amounts = amounts_in(text)

    assert all(0 <= one.start < one.end <= len(text) and one.written for one in amounts)
    assert all(one.end <= other.start for one, other in pairwise(amounts))


@pytest.mark.parametrize(
    "text",
    [
        "By 2030 training runs will take ten thousand trillion trillion operations.",
        "By 2030 it will cost a trillion trillion trillion dollars.",
    ],
)
def test_no_amount_is_too_large(text: str) -> None:
    assert Said(text).is_like(Said(text)) == 1
    assert amounts_in(text)


def test_what_differs_is_told_word_by_word() -> None:
    said = Said("The big new fab opens in Ohio, by 2028.").differing_from(Said("The fab opens in Arizona by 2028."))

    assert [words for words, differs in said if differs] == ["big new", "Ohio"]
    assert [words for words, differs in said if not differs] == ["The ", " fab opens in ", ", by 2028."]


@given(st.text(max_size=80), st.text(max_size=80))
def test_what_differs_leaves_the_words_as_they_are(one: str, other: str) -> None:
    assert "".join(words for words, _ in Said(one).differing_from(Said(other))) == one


def test_it_goes_with_what_it_is_most_like() -> None:
    wordings = {1: "By 2030 most new vans in Europe will be driven by software.", 2: CARS}

    assert Gathering(wordings).like("Most new cars in Europe will be driven by software by 2030.") == 2


def test_what_is_added_is_found() -> None:
    gathering = Gathering({})
    assert gathering.like(CARS) is None

    gathering.add(7, CARS)

    assert gathering.like(CARS.upper()) in (7, None)
    assert gathering.like(CARS) == 7


def test_the_measure_is_that_of_the_desk() -> None:
    one, other = CARS, "By 2030 most new vans in Europe will be driven by software."

    assert Said(one).is_like(Said(other)) == likeness(one, other)


@given(st.text(max_size=80), st.text(max_size=80))
def test_likeness_is_mutual_and_between_nothing_and_one(one: str, other: str) -> None:
    there, back = Said(one).is_like(Said(other)), Said(other).is_like(Said(one))

    assert there == back
    assert 0 <= there <= 1
