"""What must hold of any two texts and any passage."""

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.anchoring import Anchor, Anchored, Method, State, carry, find
from tests.anchoring.passages import PIECE

#: A few words and signs, so that they repeat, of every kind of script; and whatever else there is.
WORDS = [
    "the",
    "The",
    "model",
    "models",
    "2026",
    "“so”",
    "—",
    ".",
    "\n",
    "don’t",
    "e\u0301te\u0301",
    "שלום",
    "模型",
    "👩‍🔬",
    "\r\n",
    "\0",
    "\ud800",
]
texts = st.one_of(st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join), st.text(max_size=200))
#: Words that are nowhere else.
strange = st.lists(st.text("qxzjkv", min_size=4, max_size=9), min_size=1, max_size=12).map(" ".join)


def anchors_of(text: str) -> st.SearchStrategy[list[Anchor]]:
    places = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    spans = places.map(sorted).filter(lambda ends: ends[0] < ends[1])
    return st.lists(spans.map(lambda ends: Anchor(*ends)), max_size=6) if text else st.just([])


marked = texts.flatmap(lambda text: st.tuples(st.just(text), anchors_of(text)))


@given(marked)
def test_a_text_that_stays_keeps_every_passage(old: tuple[str, list[Anchor]]) -> None:
    text, anchors = old

    assert carry(text, text, anchors) == [
        Anchored(anchor.start, anchor.end, State.ANCHORED, Method.EXACT, 1.0) for anchor in anchors
    ]


@given(marked, texts)
def test_nothing_is_outside_the_new_text(old: tuple[str, list[Anchor]], new: str) -> None:
    text, anchors = old
    found = carry(text, new, anchors)

    assert len(found) == len(anchors)
    for one in found:
        assert 0 <= one.start <= one.end <= len(new)
        assert 0 <= one.score <= 1
        assert (one.start == one.end) == (one.state == State.ORPHANED) == (one.method == Method.NONE)
        if one.candidate:
            assert one.state == State.ORPHANED
            assert 0 <= one.candidate.start < one.candidate.end <= len(new)


@given(marked, texts)
def test_exact_is_said_of_the_very_words_alone(old: tuple[str, list[Anchor]], new: str) -> None:
    text, anchors = old
    for anchor, one in zip(anchors, carry(text, new, anchors), strict=True):
        if one.method == Method.EXACT:
            assert new[one.start : one.end] == text[anchor.start : anchor.end]


@given(marked, texts)
def test_each_is_carried_by_itself_and_always_alike(old: tuple[str, list[Anchor]], new: str) -> None:
    text, anchors = old
    together = carry(text, new, anchors)

    assert carry(text, new, anchors) == together
    assert carry(text, new, anchors[::-1]) == together[::-1]
    assert [carry(text, new, [anchor])[0] for anchor in anchors] == together


@given(st.integers(0, len(PIECE)), strange, st.data())
def test_what_is_untouched_with_its_surroundings_is_carried_exactly(at: int, words: str, data: st.DataObject) -> None:
    """Something is inserted somewhere, not within the passage or right beside it."""
    new = f"{PIECE[:at]} {words} {PIECE[at:]}"
    start = data.draw(st.integers(0, len(PIECE) - 40))
    end = data.draw(st.integers(start + 1, min(len(PIECE), start + 200)))
    if start - 40 < at < end + 40:
        return

    found = carry(PIECE, new, [Anchor(start, end)])[0]

    if PIECE[start:end].strip():
        moved = len(words) + 2 if at <= start else 0
        assert (found.start, found.end, found.score) == (start + moved, end + moved, 1.0)
        assert (found.state, found.method) == (State.ANCHORED, Method.EXACT)


@given(st.integers(0, len(PIECE) - 1), st.integers(1, 200))
def test_a_passage_of_a_text_is_found_with_its_surroundings(start: int, size: int) -> None:
    exact = PIECE[start : start + size]
    if exact.strip():
        found = find(PIECE, exact, PIECE[max(0, start - 32) : start], PIECE[start + size : start + size + 32], start)

        assert (found.start, found.end, found.state) == (start, start + len(exact), State.ANCHORED)


@settings(max_examples=200)
@given(texts, texts.filter(str.strip), texts, texts, st.one_of(st.none(), st.integers(-10, 10_000)))
def test_what_is_found_is_within_the_text(text: str, exact: str, prefix: str, suffix: str, hint: int | None) -> None:
    found = find(text, exact, prefix, suffix, hint)

    assert 0 <= found.start <= found.end <= len(text)
    assert (found.start == found.end) == (found.state == State.ORPHANED)
    assert 0 <= found.score <= 1
    if found.candidate:
        assert 0 <= found.candidate.start < found.candidate.end <= len(text)
    assert find(text, exact, prefix, suffix, hint) == found
