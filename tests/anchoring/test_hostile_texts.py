"""Texts that nobody writes, and scripts that many do."""

import time
from random import Random

import pytest

from reader.anchoring import Anchor, State, carry, find
from tests.anchoring.passages import carried, words_of

LONG = 1_000_000
VOCABULARY = [f"word{number}" for number in range(3_000)]

LINES = [f"Line {number} of a list, which ends as all of them do." for number in range(LONG // 50)]


def prose(seed: int) -> str:
    random = Random(seed)
    return " ".join(random.choice(VOCABULARY) for _ in range(LONG // 8))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("الذكاء الاصطناعي يغير السوق بسرعة", "قيل إن الذكاء الاصطناعي قد يغير السوق", "الذكاء الاصطناعي"),
        ("מודלים פתוחים ינצחו עד סוף השנה", "לדעתנו, מודלים פתוחים ינצחו בקרוב", "מודלים פתוחים"),
        ("今年年底之前，开放模型会赢。没有人喜欢。", "大家都说：今年年底之前，开放模型会赢！", "开放模型会赢"),
        ("👩‍🔬 says 🤖🤖 will win 🇪🇺", "Today 👩‍🔬 still says 🤖🤖 will win 🇪🇺", "🤖🤖 will win"),
        (
            "un e\u0301te\u0301 tre\u0300s chaud",
            "encore un e\u0301te\u0301 tre\u0300s froid",
            "e\u0301te\u0301 tre\u0300s",
        ),
        ("one\r\ntwo\r\nthree four", "zero\r\none\r\ntwo\r\nthree, four", "two\r\nthree"),
        ("nul\0in the middle of it", "a nul\0in the middle of it", "nul\0in"),
        ("half \ud83d of a pair here", "the half \ud83d of a pair here", "\ud83d of a"),
        ("𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𝔩𝔢𝔱𝔱𝔢𝔯𝔰 stay", "some 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𝔩𝔢𝔱𝔱𝔢𝔯𝔰 stay", "𝔩𝔢𝔱𝔱𝔢𝔯𝔰"),
    ],
    ids=["arabic", "hebrew", "chinese", "emoji", "combining", "crlf", "nul", "surrogate", "astral"],
)
def test_every_script_is_carried_and_found(old: str, new: str, words: str) -> None:
    found = carried(old, new, words)

    assert words_of(new, found) == words
    assert found.state == State.ANCHORED
    assert words_of(new, find(new, words)) == words


def test_composed_and_decomposed_letters_are_the_same() -> None:
    old, new = (
        "Ein schöner Sommer für die Züge der Bahn.",
        "Ein scho\u0308ner Sommer fu\u0308r die Zu\u0308ge der Bahn.",
    )

    assert words_of(new, carried(old, new, "Sommer für die Züge")) == "Sommer fu\u0308r die Zu\u0308ge"


def test_an_empty_text_has_no_passages_and_keeps_none() -> None:
    assert carry("", "Something.", []) == []
    assert carry("", "", []) == []
    lost = carry("Something.", "", [Anchor(0, 9)])[0]
    assert (lost.start, lost.end, lost.state, lost.candidate) == (0, 0, State.ORPHANED, None)
    assert find("", "Something.", hint=3).state == State.ORPHANED


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a" * LONG, "a" * (LONG - 5) + "b" * 5),
        ("a " * (LONG // 2), "b " + "a " * (LONG // 2 - 9)),
        ("!?" * (LONG // 2), "?!" * (LONG // 2)),
        ("\n" * LONG, "\n" * (LONG - 3)),
        ("😀" * LONG, "😀" * (LONG - 1) + "x"),
        ("e" + "\u0301" * (LONG - 1), "e" + "\u0301" * (LONG - 9)),
        (prose(1), prose(2)),
        (prose(1), ""),
        (" ".join(VOCABULARY * 40), " z ".join(VOCABULARY * 40)),
        ("One line. The same.\n" * (LONG // 20), "The same.\nOne line. " * (LONG // 20)),
        ("\n".join(sorted(LINES)), "\n".join(sorted(LINES, key=lambda line: line[::-1]))),
    ],
    ids=[
        "letter",
        "word",
        "signs",
        "lines",
        "emoji",
        "marks",
        "another",
        "nothing",
        "every other word",
        "one line",
        "shuffled",
    ],
)
def test_a_megabyte_takes_seconds_whatever_is_in_it(old: str, new: str) -> None:
    """CPU time of this thread; comparing each with each would take hours."""
    sizes = (1, 30, 400, 5_000)
    anchors = [Anchor(at, at + size) for size in sizes for at in (0, len(old) // 2, len(old) - size)]
    before = time.thread_time()

    found = carry(old, new, anchors)
    if exact := old[1_000:1_400].strip():
        find(new, exact, old[900:1_000], old[1_400:1_500], 5)

    assert time.thread_time() - before < 60
    assert all(0 <= one.start <= one.end <= len(new) for one in found)


def test_an_edit_within_a_megabyte_loses_nothing_else() -> None:
    old = prose(3)
    new = f"{old[: LONG // 2]} something new {old[LONG // 2 + 100 :]}"
    anchors = [Anchor(at, at + 60) for at in range(0, len(old) - 60, 9_999) if not -200 < at - LONG // 2 < 300]

    found = carry(old, new, anchors)

    assert all(new[one.start : one.end] == old[was.start : was.end] for was, one in zip(anchors, found, strict=True))
