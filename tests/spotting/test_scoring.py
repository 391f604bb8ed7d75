"""The probability of each sentence: what raises it, what the gate turns away, and whatever the text, an answer."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.spotting import score, split
from reader.spotting.features import features
from reader.spotting.gate import passes
from reader.spotting.model import load
from reader.spotting.spotter import described
from reader.spotting.tokens import LONGEST, tokenised

SAID_ON = date(2024, 5, 17)
PREDICTION = "By the end of 2026 most insurers will let an agent settle small claims without asking anybody."
FACT = "The office in Ghent was painted green and smells of oranges."
MEGABYTE = 1_000_000


def likely(sentence: str, said_on: date = SAID_ON) -> float:
    return score([sentence], said_on)[0]


def test_it_works() -> None:
    prediction, fact = score([PREDICTION, FACT], SAID_ON)

    assert prediction > 0.8
    assert fact < 0.02


@pytest.mark.parametrize(
    "sentence",
    [
        "You will get an error if the file is missing.",
        "I'll write about this next week.",
        "In the next section we will look at the tokenizer.",
        "We hope to release the weights soon.",
        "In 2019 he wrote that nobody would ever use it.",
        "Next year is an election year.",
        "Should we be worried about that?",
    ],
)
def test_a_will_that_predicts_nothing_stays_below_a_prediction(sentence: str) -> None:
    assert likely(sentence) < 0.5 < likely(PREDICTION)


def test_a_date_that_is_over_is_worth_less() -> None:
    assert likely("By 2026 models could do this.", date(2031, 1, 1)) < likely("By 2026 models could do this.")


def test_neighbours_that_look_ahead_raise_it() -> None:
    sentence = "Prices could halve."
    ahead = "I expect that margins will probably fall soon."

    alone = score([sentence], SAID_ON)[0]

    assert score([ahead, sentence, ahead], SAID_ON)[1] > alone
    assert score([sentence], SAID_ON, [f"{ahead} {sentence} {ahead}"])[0] > alone
    assert score([sentence], SAID_ON, [ahead])[0] > alone


def test_a_passage_as_context_is_read_like_neighbours() -> None:
    before, sentence, after = "They will win.", "Prices could halve.", "I expect so."

    assert (
        score([sentence], SAID_ON, [f"{before} {sentence} {after}"])[0] == score([before, sentence, after], SAID_ON)[1]
    )


def test_nothing_is_answered_for_nothing() -> None:
    assert score([], SAID_ON) == []
    assert score([], SAID_ON, []) == []
    assert score(["", "  ", "…"], SAID_ON) == [load().unseen] * 3


def test_a_context_for_each_sentence_is_asked_for() -> None:
    with pytest.raises(ValueError, match="context"):
        score([PREDICTION, FACT], SAID_ON, [FACT])


def test_the_gate_turns_sentences_without_cues_away() -> None:
    """What the gate turns away is not described, has one fixed probability, and would have cost features without it."""
    turned_away, let_through = described([FACT, PREDICTION], SAID_ON)
    without_gate = list(described([FACT], SAID_ON, gate=lambda tokens: True))

    assert turned_away is None
    assert let_through is not None
    assert without_gate != [None]
    assert likely(FACT) == load().unseen


def test_the_gate_lets_a_coming_year_through_without_a_verb_of_the_future() -> None:
    assert passes(tokenised("2027: agents everywhere.", 2024))
    assert not passes(tokenised("2019: agents nowhere.", 2024))


@pytest.mark.parametrize(
    "sentence",
    [
        "Er will bis 2027 alle Modelle ersetzen, und die Preise werden in den nächsten Jahren stark fallen.",
        "D'ici 2027 les agents vont probablement remplacer la plupart des développeurs dans les entreprises.",
        "Para 2027 los agentes van a sustituir a la mayoría de los programadores en las empresas del mundo.",
        "到2027年，大多数程序员将被智能体取代。",
        "К 2027 году агенты, вероятно, заменят большинство программистов в крупных компаниях.",
    ],
)
def test_another_language_gets_no_suggestions(sentence: str) -> None:
    assert max(score([sentence, sentence], SAID_ON)) < 0.2


def test_a_foreign_sentence_in_an_english_piece_is_passed_over() -> None:
    foreign = "Er will bis 2027 alle Modelle ersetzen, und die Preise werden in den nächsten Jahren stark fallen."

    scores = score([PREDICTION, foreign, PREDICTION], SAID_ON)

    assert scores[1] == load().unseen
    assert scores[0] > 0.8


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(max_size=120), max_size=6), st.dates(), st.booleans())
def test_any_text_gets_a_probability(sentences: list[str], said_on: date, has_contexts: bool) -> None:
    scores = score(sentences, said_on, ["", *sentences[:-1]][: len(sentences)] if has_contexts else None)

    assert len(scores) == len(sentences)
    assert all(0 <= probability <= 1 for probability in scores)


WORDS = st.sampled_from(
    [
        "will",
        "won't",
        "by",
        "2027",
        "I",
        "you",
        "if",
        "’ll",
        "n't",
        "'",
        "cannot",
        "going",
        "to",
        "?",
        "soon",
        "10x",
        "5%",
        "٣",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(WORDS, max_size=20).map(" ".join), st.dates())
def test_words_in_any_order_get_a_probability(sentence: str, said_on: date) -> None:
    assert 0 <= likely(sentence, said_on) <= 1


@given(st.lists(st.sampled_from([PREDICTION, FACT, "It may rain soon.", "Will it?"]), max_size=8))
def test_the_same_reading_is_scored_the_same(sentences: list[str]) -> None:
    assert score(sentences, SAID_ON) == score(sentences, SAID_ON)


def test_a_megabyte_without_a_stop_costs_no_more_than_a_long_sentence() -> None:
    """So the time for any text is linear: each sentence has a bound of its own."""
    line = "models will win by 2027 " * (MEGABYTE // 24)
    tokens = tokenised(line, 2024)

    assert len(tokens.words) <= LONGEST
    assert features(line, tokens, SAID_ON, 0, 0) == features(line[:LONGEST], tokens, SAID_ON, 0, 0)
    assert len(score([line], SAID_ON)) == 1


def test_a_megabyte_of_sentences_is_scored() -> None:
    text = f"{FACT} {FACT} {FACT} {PREDICTION}\n" * (MEGABYTE // (3 * len(FACT) + len(PREDICTION)))
    sentences = [text[start:end] for start, end in split(text)]

    scores = score(sentences, SAID_ON)

    assert len(scores) == len(sentences) > 10_000
    assert {probability > 0.5 for probability in scores[3::4]} == {True}
