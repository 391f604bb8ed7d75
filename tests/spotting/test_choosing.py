"""Which sentences are pointed at."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.spotting.choosing import KEPT, LINE, MOST, SHARE_BY_CHANCE, choose, is_sentence

UNSEEN = 0.002
scores = st.lists(st.one_of(st.just(UNSEEN), st.floats(0, 1)), max_size=60)


@given(scores, st.text())
def test_the_likely_ones_come_best_first_and_none_twice(given: list[float], seed: str) -> None:
    chosen = choose(given, UNSEEN, seed)
    likely = [given[choice.at] for choice in chosen if not choice.by_chance]

    assert likely == sorted((one for one in given if one >= LINE), reverse=True)[:KEPT]
    assert len({choice.at for choice in chosen}) == len(chosen)
    assert chosen == choose(given, UNSEEN, seed)


@given(scores, st.text())
def test_by_chance_come_only_low_ones_that_passed_the_gate(given: list[float], seed: str) -> None:
    by_chance = [given[choice.at] for choice in choose(given, UNSEEN, seed) if choice.by_chance]

    assert all(score < LINE and score != UNSEEN for score in by_chance)


def test_one_in_ten_comes_by_chance_and_is_seen() -> None:
    pieces = [choose([0.9] * MOST + [0.1] * 50, UNSEEN, str(seed)) for seed in range(2_000)]

    share = sum(choice.by_chance for piece in pieces for choice in piece) / sum(map(len, pieces))
    assert abs(share - SHARE_BY_CHANCE) < 0.01
    assert all(not choice.by_chance for piece in pieces for choice in piece[MOST:])


def test_a_text_that_predicts_nothing_is_left_alone() -> None:
    assert all(choose([0.1] * 50, UNSEEN, str(seed)) == [] for seed in range(100))


@given(scores, st.text())
def test_what_comes_by_chance_is_the_last_of_the_first_few(given: list[float], seed: str) -> None:
    by_chance = [choice.by_chance for choice in choose(given, UNSEEN, seed)]

    assert by_chance[:MOST] == sorted(by_chance[:MOST])


def test_no_heading_is_drawn_by_chance() -> None:
    pieces = [choose([0.9] * MOST + [0.1] * 50, UNSEEN, str(seed), range(MOST, MOST + 49)) for seed in range(500)]

    assert {choice.at for piece in pieces for choice in piece if choice.by_chance} == {MOST + 49}


@pytest.mark.parametrize(
    ("words", "is_one"),
    [
        ("The office plants died again in the summer.", True),
        ("“We won’t ship it before the winter holidays.”", True),
        ("March 3, 2027", False),
        ("Updated on Tuesday, 3 March 2027, in London", False),
        ("What Comes Next for All of the Industry", False),
        ("The long road to machines of the future.", False),
        ("It could end soon.", False),
    ],
)
def test_a_sentence_is_told_from_a_heading(words: str, is_one: bool) -> None:
    assert is_sentence(words) == is_one
