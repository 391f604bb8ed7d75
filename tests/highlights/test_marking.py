import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.core.models import Event
from reader.highlights.marking import NoSuchPassage, Passage, carry, locate, mark, search
from reader.highlights.models import Highlight
from reader.library.models import Revision
from tests.world import World, newest

TEXTS = st.text(st.sampled_from("ab cé🦙\n\u00a0ש"), min_size=1, max_size=60)


def text_of(text: str) -> Revision:
    return Revision(text=text, html="")


@given(TEXTS, st.data())
def test_any_selection_gives_back_its_own_words(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    exact = text[start:end]
    if exact.strip():
        assert locate(text_of(text), exact, start, end).exact == exact


@given(TEXTS, st.data())
def test_words_are_found_however_they_are_spaced(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    exact = text[start : data.draw(st.integers(start + 1, len(text)))]
    retyped = "  \n ".join(exact.split())
    if retyped:
        found = search(text, retyped)
        assert found is not None
        assert text[slice(*found)].split() == exact.split()


@given(TEXTS, TEXTS)
def test_what_is_found_is_there(text: str, exact: str) -> None:
    found = search(text, exact)
    if found:
        assert text[slice(*found)].split() == exact.split()
    elif exact.strip():
        assert exact not in text


@pytest.mark.parametrize(
    ("exact", "start", "end"),
    [
        ("bc", 0, 2),
        ("ab", 0, 3),
        ("ab", 1, 0),
        ("ab", -4, -2),
        ("cd", 2, 99),
        (" ", 4, 5),
        ("", 0, 0),
        ("x", None, None),
    ],
)
def test_words_that_are_not_there_are_refused(exact: str, start: int | None, end: int | None) -> None:
    with pytest.raises(NoSuchPassage):
        locate(text_of("abcd "), exact, start, end)


@pytest.mark.parametrize(
    ("old", "start", "new", "place"),
    [
        ("one two three", 4, "zero one two three", 9),
        ("a two b, c two d", 11, "a two b, x, c two d", 14),
        ("a two b, c two d", 2, "new; c two d, a two b", 16),
        ("two", 0, "one two", 4),
    ],
)
def test_words_are_carried_to_where_their_neighbours_are(old: str, start: int, new: str, place: int) -> None:
    carried = carry(Passage(text_of(old), start, start + 3), text_of(new))

    assert (carried.start, carried.exact) == (place, "two")


def test_words_that_are_gone_are_not_carried() -> None:
    with pytest.raises(NoSuchPassage):
        carry(Passage(text_of("one two"), 4, 7), text_of("one"))


@pytest.mark.parametrize("word", ["a", "a "])
def test_hostile_words_are_looked_for_in_linear_time(word: str) -> None:
    """Long words that almost occur everywhere, and one that does: the square of either would take hours."""
    text, began = text_of(word * 400_000), time.process_time()

    with pytest.raises(NoSuchPassage):
        locate(text, "a  " * 200_000 + "b")
    if " " in word:
        assert carry(Passage(text_of("a"), 0, 1), text).start == 0
    else:
        with pytest.raises(NoSuchPassage):  # one word was put in the place of another
            carry(Passage(text_of("a"), 0, 1), text)
    locate(text, " ".join("a" * 1_000) if " " in word else word * 1_000)

    assert time.process_time() - began < 5


def test_the_same_mark_is_one_row(world: World) -> None:
    passage = locate(newest(world.private), "small models")

    first, is_new = mark(passage, "highlight", world.cleo, "private")
    again, is_new_again = mark(passage, "highlight", world.cleo, "private")

    assert (first, is_new, is_new_again) == (again, True, False)
    assert Event.objects.filter(verb="marked").count() == 1


@pytest.mark.parametrize("piece", ["private", "shared"])
def test_a_mark_is_never_wider_than_its_piece(world: World, piece: str) -> None:
    with pytest.raises(ValueError, match="more people"):
        mark(locate(newest(getattr(world, piece)), "small models"), "highlight", world.cleo, "public")


def test_another_pencil_or_reader_is_another_row(world: World) -> None:
    passage = locate(newest(world.shared), "small models")

    mark(passage, "highlight", world.cleo, "private")
    mark(passage, "question", world.cleo, "private")
    mark(passage, "highlight", world.ada, "private")

    assert Highlight.objects.count() == 3


def test_a_deleted_mark_can_be_made_again(world: World) -> None:
    passage = locate(newest(world.private), "small models")
    first, _ = mark(passage, "highlight", world.cleo, "private")
    first.delete_by(world.cleo)

    _, is_new = mark(passage, "highlight", world.cleo, "private")

    assert is_new
