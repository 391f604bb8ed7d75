"""Fitting a model anew, near to where it was."""

from hypothesis import given
from hypothesis import strategies as st

from reader.spotting.checking import average_precision
from reader.spotting.model import Model, load, parsed
from reader.spotting.refitting import Lesson, refitted

FLAT = Model({"will": 0.5, "past": -0.5}, -1.0, 1.0, 0.01)
lessons = st.lists(
    st.builds(
        Lesson,
        st.dictionaries(st.sampled_from(["will", "past", "soon", "quote"]), st.floats(0, 2), max_size=4),
        st.booleans(),
        st.floats(0.1, 3),
    ),
    max_size=30,
)


@given(lessons)
def test_the_same_lessons_give_the_same_model_that_can_be_kept(taught: list[Lesson]) -> None:
    fitted = refitted(FLAT, taught)

    assert fitted == refitted(FLAT, taught)
    assert 0 <= fitted.probability({"will": 1.0, "soon": 2.0}) <= 1
    assert set(parsed(fitted.dumped()).weights) == set(fitted.weights)


def test_it_moves_towards_what_it_was_taught() -> None:
    soon = {"soon": 1.0, "will": 1.0}

    assert refitted(FLAT, [Lesson(soon, predicts=True)] * 20).probability(soon) > FLAT.probability(soon) + 0.02
    assert refitted(FLAT, [Lesson(soon, predicts=False)] * 20).probability(soon) < FLAT.probability(soon) - 0.02


def test_without_lessons_it_stays_as_it_is() -> None:
    shipped = load()

    assert refitted(shipped, []).dumped() == shipped.dumped()


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=20))
def test_average_precision_is_a_share_and_best_in_order(known: list[tuple[float, bool]]) -> None:
    best = [(float(predicts), predicts) for _, predicts in known]

    assert 0 <= average_precision(known) <= 1
    assert average_precision(best) == float(any(predicts for _, predicts in known))
