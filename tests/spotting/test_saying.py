"""Who says a sentence, how surely, on which condition, and with which numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.spotting.saying import read_saying


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("Metaculus expects weak general intelligence by 2028.", "Metaculus"),
        ("According to Goldman Sachs, the market will double by 2030.", "Goldman Sachs"),
        ("Mira Castell told reporters that prices will fall in 2027.", "Mira Castell"),
        ("The memo says that open models will catch up within a year.", "The memo"),
        ("“Nobody will write code by 2030,” says Jensen Ang.", "Jensen Ang"),
        ("Ada Lindqvist, head of research: “The gap will close by 2026.”", "Ada Lindqvist"),
        ("Last week Anthropic said it will open an office in 2026.", "Anthropic"),
        ("The board told investors that sales will double by 2027.", "The board"),
        ("An analyst joked that it will ship in 2040.", "An analyst"),
        ("As Ada Lindqvist puts it, prices will halve by 2027.", "Ada Lindqvist"),
        ("Three expect a visit in 2027.", ""),
        ("I expect that prices will fall in 2027.", ""),
        ("She says that it will rain by 2030.", ""),
        ("Critics say it will fail.", ""),
        ("By 2027 most cars will drive themselves.", ""),
        ("If Apple ships it, others will follow.", ""),
    ],
)
def test_the_speaker_is_who_is_quoted_or_named(sentence: str, speaker: str) -> None:
    assert read_saying(sentence).speaker == speaker


@pytest.mark.parametrize(
    ("sentence", "hedge", "its_class"),
    [
        ("It will almost certainly happen.", "almost certainly", "almost certain"),
        ("Prices will probably fall.", "probably", "probable"),
        ("It may happen in May 2027.", "may", "may"),
        ("A merger is not very likely.", "not very likely", ""),
        ("A merger is highly unlikely.", "highly unlikely", ""),
        ("Chances are good that it ships.", "Chances are good", ""),
        ("It will happen.", "", ""),
    ],
)
def test_a_hedge_has_a_class(sentence: str, hedge: str, its_class: str) -> None:
    saying = read_saying(sentence)

    assert (saying.hedge, saying.hedge_class) == (hedge, its_class)


@pytest.mark.parametrize(
    ("sentence", "percent"),
    [
        ("There is a 70% chance that it fails.", "70"),
        ("I put the odds at 12.5 percent.", "12.5"),
        ("We are 90 % sure.", "90"),
        ("There is a one-in-three chance that it fails.", "33"),
        ("A 1 in 10 chance of doom.", "10"),
        ("A 5-10% chance of doom.", ""),
        ("A 170% chance, he joked.", ""),
        ("Prices fall by 30% next year.", ""),
    ],
)
def test_a_stated_probability_is_of_chances_alone(sentence: str, percent: str) -> None:
    assert read_saying(sentence).percent == percent


@pytest.mark.parametrize(
    ("sentence", "condition"),
    [
        ("If nobody trains juniors, then there will be no seniors in 2035.", "If nobody trains juniors"),
        ("Prices will fall by 2027 unless the tariffs stay in place.", "unless the tariffs stay in place"),
        ("Even if nobody trains juniors, there will be seniors.", ""),
        ("Few if any will remain.", ""),
    ],
)
def test_an_antecedent_is_a_condition(sentence: str, condition: str) -> None:
    assert read_saying(sentence).condition == condition


def test_numbers_and_denials_are_shown_by_their_words() -> None:
    saying = read_saying("By 2030 half of all code won’t be written by people, and a $1 trillion market grows 10×.")

    assert saying.numbers == ("half of all code", "$1 trillion", "10×")
    assert saying.denial == "won’t"


def test_half_of_them_is_a_number_at_the_beginning_too_and_a_chance_is_none() -> None:
    assert read_saying("Half of all banks will fail by 2030.").numbers == ("Half of all banks",)
    assert read_saying("There is a 70% chance that 5 million jobs go.").numbers == ("5 million jobs",)


@pytest.mark.parametrize(
    ("sentence", "denial"),
    [
        ("The plant will almost certainly not open.", "will almost certainly not"),
        ("I doubt that it will ship.", "doubt that"),
        ("I am not convinced that it will ship.", "not convinced"),
        ("I don’t expect it before 2030.", "don’t expect"),
        ("It will surely ship, not only here.", ""),
        ("Without doubt it will ship.", ""),
    ],
)
def test_what_is_denied_or_doubted_is_shown(sentence: str, denial: str) -> None:
    assert read_saying(sentence).denial == denial


DISPUTED = [
    ("Musk expects robots everywhere by 2027, but I think he is wrong.", "but I think he is wrong"),
    ("Musk expects robots everywhere by 2027, but I think he’s simply wrong about this.", None),
    ("Musk said that he expects robots by 2027, but I think he is wrong.", "but I think he is wrong"),
    ("Goldman Sachs predicts that prices will double by 2027, but I don't buy it.", "but I don't buy it"),
    ("Goldman Sachs predicts that prices will double by 2027. I don’t buy it.", "I don’t buy it"),
    ("According to Goldman Sachs, prices will double by 2027, but that is wrong.", "but that is wrong"),
    ("Metaculus expects it by 2028, but that is very unlikely to happen.", "but that is very unlikely to happen"),
    ("Metaculus expects it by 2028, which is unlikely.", "which is unlikely"),
    ("Metaculus expects it by 2028, which I doubt.", "which I doubt"),
    ("The memo says that open models will catch up within a year; I disagree.", "I disagree"),
    ("The memo says that open models will catch up within a year, and I strongly disagree with it.", None),
    ("“Nobody will write code by 2030,” says Jensen Ang, but I do not believe a word of it.", None),
    ("Ada Lindqvist thinks that they ship in 2027 — I doubt it.", "I doubt it"),
    ("Ada Lindqvist thinks that they ship in 2027, yet I am sure she is too optimistic.", None),
    ("Ada Lindqvist expects a slump by 2027, but I don't think she is right.", None),
    ("Ada Lindqvist thinks that they ship in 2027 (we disagree).", "we disagree"),
    ("Ada Lindqvist thinks that they ship in 2027, but personally I find that hard to believe.", None),
    ("Ada Lindqvist thinks that they ship in 2027. This seems unlikely to me.", "This seems unlikely"),
    ("Many people expect prices to halve by 2027, but I disagree.", "but I disagree"),
    ("It is often said that coders will be gone by 2030, but that is nonsense.", "but that is nonsense"),
    ("He expects rain by 2027. He is mistaken, because the clouds are gone.", "He is mistaken"),
]
NOT_DISPUTED = [
    "Musk expects robots everywhere by 2027, and he is not wrong.",
    "Musk expects robots everywhere by 2027, but I don't think he is wrong.",
    "Musk expects robots everywhere by 2027; I was wrong to laugh.",
    "Musk expected robots by 2020, but he was wrong.",
    "Musk expects robots everywhere by 2027, but I may be wrong.",
    "Musk expects robots everywhere by 2027, but some say he is wrong.",
    "Musk expects robots everywhere by 2027, but, critics say, he is wrong.",
    "Musk expects robots everywhere by 2027, but he is wrong, critics say.",
    "Musk expects robots everywhere by 2027, but that is unlikely, according to Goldman Sachs.",
    "Musk expects robots everywhere by 2027, critics say he is wrong, but I disagree.",
    "Musk expects robots everywhere by 2027; Ada Lindqvist says 2040, but she is wrong.",
    "Musk expects robots everywhere by 2027, but Altman disagrees.",
    "Musk expects robots everywhere by 2027, but he is wrong about the price of oil.",
    "Musk expects robots everywhere by 2027, but I doubt that they will be cheap.",
    "Musk expects robots everywhere by 2027, but it is unlikely to be cheap.",
    "Musk expects robots everywhere by 2027, but that is unlikely if rates rise.",
    "Musk expects robots everywhere by 2027, unless he is wrong.",
    "Musk expects robots everywhere by 2027, and even if I think he is wrong, he builds them.",
    "Musk expects robots everywhere by 2027, but do I think he is wrong?",
    "Musk expects robots everywhere by 2027, but is that unlikely?",
    "Musk expects robots everywhere by 2027, and I don't disagree.",
    "Musk expects robots everywhere by 2027, and I used to disagree.",
    "Musk says it will never ship by 2027, and I don't think so either.",
    "Musk says it will never ship by 2027, and I don't think so, either.",
    "Musk expects robots everywhere by 2027, but I think it is unlikely that he is wrong.",
    "Musk says “Altman expects it by 2027, but I think he is wrong”.",
    "Musk expects to dismiss half of the staff by 2027. That is wrong.",
    "By 2027 robots will be everywhere, but I disagree with those who build them.",
    "I expect robots everywhere by 2027, but I think he is wrong.",
    "I think he is wrong: Musk expects robots everywhere by 2027.",
    "Robots will be everywhere by 2027, but I don't believe it will be fun.",
]


@pytest.mark.parametrize(("sentence", "words"), DISPUTED)
def test_what_the_writer_says_against_it_is_read(sentence: str, words: str | None) -> None:
    read = read_saying(sentence).disagreement

    assert read
    assert sentence.rstrip(".").endswith(read) if words is None else read == words


@pytest.mark.parametrize("sentence", NOT_DISPUTED)
def test_what_others_said_or_what_was_or_may_be_disputes_nothing(sentence: str) -> None:
    assert read_saying(sentence).disagreement == ""


def test_of_a_disputed_prediction_hedge_chance_and_denial_are_not_the_writers() -> None:
    saying = read_saying("Ada Lindqvist says there is a 70% chance that it will probably ship, but I don't think so.")

    assert saying.disagreement == "but I don't think so"
    assert (saying.hedge, saying.percent, saying.denial) == ("", "", "")
    assert read_saying("Ada Lindqvist says it will never ship, but I don't think so.").denial == "never"


@given(st.text(max_size=400) | st.text(alphabet="if Ada says, “will” 10% not 5× $1bn May.;—", max_size=400))
def test_all_that_is_read_are_words_of_the_sentence(sentence: str) -> None:
    saying = read_saying(sentence)

    found = (saying.speaker, saying.speaker_words, saying.hedge, saying.percent_words, saying.condition, saying.denial)
    assert saying.disagreement in sentence
    assert all(words in sentence for words in (*found, *saying.numbers))
    assert saying.speaker in saying.speaker_words
    assert not saying.percent or 0 <= float(saying.percent) <= 100


@pytest.mark.parametrize(
    "line",
    ["If " * 200_000, "Ada " * 200_000, "“" * 800_000, "no " * 200_000, "5 % " * 200_000, "He says, but I " * 90_000],
)
def test_a_hostile_line_takes_no_time(line: str) -> None:
    read_saying(line)
