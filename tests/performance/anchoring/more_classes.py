"""Further ways in which a text changes: in shape all over, in its order, at its ends, among copies of itself."""

import unicodedata
from collections.abc import Callable
from re import compile as pattern

from .classes import Case, paragraphs, sentence_around, some_words
from .tracked import Tracked, each_word

NUMBER = pattern(r"\d+")
LONG_WORD = pattern(r"[^\W\d_]{8,}")
SPACE = pattern(r"(?<=\S) (?=\S)")
#: How often a sentence stands in a text that repeats it.
COPIES = 5


def at_the_beginning(case: Case) -> None:
    at_an_end(case, 0)


def at_the_end(case: Case) -> None:
    at_an_end(case, len(case.old) - (case.passage[1] - case.passage[0]))


def at_an_end(case: Case, start: int) -> None:
    case.passage = start, start + case.passage[1] - case.passage[0]
    some_words(case)
    case.new.insert(case.random.choice([0, len(case.new)]), "\n" + case.sentence() + "\n")


def among_copies(case: Case) -> None:
    """Its sentence stands in the text again and again, and was edited where the passage is."""
    repeated(case)
    each_word(case.new, case.here(), case.random.uniform(0.1, 0.3), case.random, case.word)


def deleted_among_copies(case: Case) -> None:
    repeated(case)
    case.new.cut(*sentence_around(case.new.text, case.here()))


def repeated(case: Case) -> None:
    start, end = sentence_around(case.old, case.passage)
    copy = case.old[start:end] + "\n"
    places = [at for at, _ in paragraphs(case.old) if not start - 300 <= at <= end + 300]
    for at in sorted(case.random.sample(places, min(COPIES, len(places))), reverse=True):
        case.old = case.old[:at] + copy + case.old[at:]
        if at <= case.passage[0]:
            case.passage = case.passage[0] + len(copy), case.passage[1] + len(copy)
    case.new = Tracked(case.old)


def paragraph_parted(case: Case) -> None:
    start, _ = sentence_around(case.new.text, case.here())
    if start and case.new.text[start - 1] == " ":
        case.new.replace(start - 1, start, "\n")
    inside = [at for at in range(*case.here()) if case.new.text[at] == " "]
    at = case.random.choice(inside)
    case.new.replace(at, at + 1, "\n")


def paragraphs_joined(case: Case) -> None:
    for at in range(len(case.new) - 1, -1, -1):
        if case.new.text[at] == "\n":
            case.new.replace(at, at + 1, " ")


def sentences_reordered(case: Case) -> None:
    """Its sentence goes to the beginning or to the end of its paragraph."""
    start, end = sentence_around(case.new.text, case.here())
    low = case.new.text.rfind("\n", 0, start) + 1
    high = (case.new.text.find("\n", end) % (len(case.new) + 1)) or len(case.new)
    if case.new.text[end : end + 1] == " ":
        case.new.move(start, end + 1, case.random.choice([low, high]) if high > end + 1 else low)
    elif start > low:
        case.new.insert(end, " ").move(start, end + 1, low)


def all_shuffled(case: Case) -> None:
    if case.new.text[-1] != "\n":
        case.new.insert(len(case.new), "\n")
    for _ in range(len(paragraphs(case.new.text))):
        spans = paragraphs(case.new.text)
        start, end = case.random.choice(spans)
        case.new.move(start, end + 1, case.random.choice([at for at, _ in spans if not start <= at <= end + 1] or [0]))


def capitals(case: Case) -> None:
    case.new.respell(*sentence_around(case.new.text, case.here()), str.upper)


def numbers_changed(case: Case) -> None:
    for found in reversed(list(NUMBER.finditer(case.new.text))):
        case.new.replace(*found.span(), str(case.random.randint(1, 4_000)))


def soft_hyphens(case: Case) -> None:
    for found in reversed(list(LONG_WORD.finditer(case.new.text))):
        case.new.insert(found.start() + len(found.group()) // 2, "\u00ad")


def decomposed(case: Case) -> None:
    case.new.respell(0, len(case.new), lambda letter: unicodedata.normalize("NFD", letter))
    case.new.respell(0, len(case.new), lambda letter: {"“": "«", "”": "»", "'": "’"}.get(letter, letter))


def wrapped(case: Case) -> None:
    width = 0
    for found in SPACE.finditer(case.new.text):
        if found.start() - width > 66:
            width = found.start()
            case.new.replace(width, width + 1, "\n")


def numbered(case: Case) -> None:
    for number, (start, _) in reversed(list(enumerate(paragraphs(case.new.text), 1))):
        case.new.insert(start, f"{number}. ")


def another_text(case: Case) -> None:
    case.new.cut(0, len(case.new)).insert(0, case.other)


def mixture_of_shapes(case: Case) -> None:
    """Wrapped, numbered, hyphenated, its sentences in another order, some of its words changed."""
    sentences_reordered(case)
    each_word(case.new, (0, len(case.new)), 0.1, case.random, case.word)
    soft_hyphens(case)
    numbered(case)
    wrapped(case)


MORE_CLASSES: dict[str, Callable[[Case], None]] = {
    "at the beginning of the text, edited": at_the_beginning,
    "at the end of the text, edited": at_the_end,
    "one of several copies edited": among_copies,
    "one of several copies deleted": deleted_among_copies,
    "its paragraph parted": paragraph_parted,
    "all paragraphs joined": paragraphs_joined,
    "its sentence put first or last": sentences_reordered,
    "all paragraphs shuffled": all_shuffled,
    "in capitals": capitals,
    "numbers changed": numbers_changed,
    "soft hyphens": soft_hyphens,
    "accents apart, other quotes": decomposed,
    "wrapped anew": wrapped,
    "paragraphs numbered": numbered,
    "another text": another_text,
    "mixture of shapes": mixture_of_shapes,
}
