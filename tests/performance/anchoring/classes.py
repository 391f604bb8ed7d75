"""Twenty-one ways in which a text changes around, within and instead of a passage."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from .tracked import WORD, Span, Tracked, each_word


@dataclass
class Case:
    """An old text with a passage in it, the same text under edit, and what to draw words from."""

    old: str
    passage: Span
    new: Tracked
    random: Random
    #: Prose of another piece, for what is inserted.
    other: str

    def here(self) -> Span:
        return self.new.where(*self.passage)

    def words(self, fewest: int, most: int) -> str:
        """Some words in a row from the other piece."""
        words = WORD.findall(self.other)
        size = self.random.randint(fewest, most)
        at = self.random.randrange(len(words) - size)
        return " ".join(words[at : at + size])

    def sentence(self) -> str:
        return self.words(8, 22).capitalize() + "."

    def word(self, _: str = "") -> str:
        return self.words(1, 1)


def typo(word: str, random: Random) -> str:
    if len(word) < 3:
        return word + word[-1]
    at = random.randrange(len(word) - 1)
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    doubled, dropped = word[:at] + word[at] + word[at:], word[:at] + word[at + 1 :]
    return random.choice([swapped, doubled, dropped])


def paragraphs(text: str) -> list[Span]:
    found, at = [], 0
    for line in text.split("\n"):
        if line:
            found.append((at, at + len(line)))
        at += len(line) + 1
    return found


def around(text: str, span: Span) -> Span:
    """The paragraphs that a stretch is in."""
    return text.rfind("\n", 0, span[0]) + 1, (text.find("\n", span[1]) % (len(text) + 1)) or len(text)


def sentence_around(text: str, span: Span) -> Span:
    low, high = around(text, span)
    start = max(
        (text.rfind(stop, low, span[0]) + 2 for stop in (". ", "? ", "! ") if text.rfind(stop, low, span[0]) >= 0),
        default=low,
    )
    end = min((at + 1 for stop in (". ", "? ", "! ") if (at := text.find(stop, span[1] - 1, high)) >= 0), default=high)
    return start, max(end, span[1])


def elsewhere(case: Case, away: Span) -> int:
    """The beginning of a paragraph that is not within or beside a stretch."""
    places = [start for start, _ in paragraphs(case.new.text) if start < away[0] - 400 or start > away[1] + 400]
    return case.random.choice(places or [0])


def untouched(case: Case) -> None:
    rest_edited(case, 0.05)


def one_typo(case: Case) -> None:
    each_word(case.new, case.here(), 0.02, case.random, lambda word: typo(word, case.random))


def many_typos(case: Case) -> None:
    share = case.random.uniform(0.1, 0.25)
    each_word(case.new, around(case.new.text, case.here()), share, case.random, lambda word: typo(word, case.random))


def some_words(case: Case) -> None:
    each_word(case.new, case.here(), 0.15, case.random, case.word)


def many_words(case: Case) -> None:
    each_word(case.new, case.here(), 0.3, case.random, case.word)


def words_inserted(case: Case) -> None:
    case.new.insert(inner_edge(case), case.words(1, 8) + " ")


def sentence_inserted(case: Case) -> None:
    case.new.insert(inner_edge(case), "— " + case.words(8, 40) + " — ")


def inner_edge(case: Case) -> int:
    """The beginning of a word within the passage that is not its first."""
    starts = [found.start() for found in WORD.finditer(case.new.text, *case.here())][1:]
    return case.random.choice(starts or [case.here()[1]])


def part_cut(case: Case) -> None:
    words = [found.span() for found in WORD.finditer(case.new.text, *case.here())]
    size = max(1, round(len(words) * case.random.uniform(0.15, 0.4)))
    first = case.random.choice([0, len(words) - size, case.random.randint(0, max(0, len(words) - size))])
    case.new.cut(words[first][0], words[min(first + size, len(words)) - 1][1])


def neighbours_inserted(case: Case) -> None:
    start, end = sentence_around(case.new.text, case.here())
    case.new.insert(end, " " + case.sentence()).insert(start, case.sentence() + " ")


def neighbours_replaced(case: Case) -> None:
    low, high = around(case.new.text, case.here())
    start, end = sentence_around(case.new.text, case.here())
    case.new.replace(end, high, " " + case.sentence() if high > end else "")
    case.new.replace(low, start, case.sentence() + " " if start > low else "")


def paragraph_moved(case: Case) -> None:
    start, end = around(case.new.text, case.here())
    to = elsewhere(case, (start, end))
    case.new.move(start, min(end + 1, len(case.new)), to)


def paragraph_moved_and_edited(case: Case) -> None:
    each_word(case.new, around(case.new.text, case.here()), case.random.uniform(0.1, 0.25), case.random, case.word)
    paragraph_moved(case)


def halves_swapped(case: Case) -> None:
    spans = paragraphs(case.new.text)
    middle = spans[len(spans) // 2][0]
    if case.new.text[-1] != "\n":
        case.new.insert(len(case.new), "\n")
    case.new.move(0, middle, len(case.new))


def smart_quotes(case: Case) -> None:
    swaps = {"'": "’", '"': "”", "’": "'", "“": '"', "”": '"', "—": "--", "–": "-", "-": "–", "…": "..."}
    for at in range(len(case.new) - 1, -1, -1):
        if (character := case.new.text[at]) in swaps:
            case.new.replace(at, at + 1, swaps[character])


def white_space(case: Case) -> None:
    for at in range(len(case.new) - 1, -1, -1):
        if case.new.text[at].isspace() and case.random.random() < 0.3:
            case.new.replace(at, at + 1, case.random.choice(["\n", "  ", "\u00a0", "\n\n", "\t", " \u200a"]))


def copied_and_edited(case: Case) -> None:
    """Its sentence stands elsewhere too now, word for word, and was edited where it stood."""
    copy = case.new.text[slice(*sentence_around(case.new.text, case.here()))]
    each_word(case.new, case.here(), case.random.uniform(0.1, 0.35), case.random, case.word)
    case.new.insert(elsewhere(case, case.here()), copy + case.random.choice(["\n", " "]))


def deleted(case: Case) -> None:
    take_out(case)


def take_out(case: Case) -> None:
    start, end = sentence_around(case.new.text, case.here())
    if case.random.random() < 0.3:
        case.new.replace(start, end, case.sentence())
    else:
        case.new.cut(start, end)


def deleted_with_a_twin(case: Case) -> None:
    """A sentence much like it stands elsewhere, before and after or only now."""
    twin = Tracked(case.old[slice(*sentence_around(case.old, case.passage))])
    only_now = case.random.random() < 0.5
    each_word(
        twin,
        (0, len(twin)),
        case.random.uniform(0.45, 0.6) if only_now else case.random.uniform(0, 0.4),
        case.random,
        case.word,
    )
    take_out(case)
    at = elsewhere(case, case.here() if case.here() != (0, 0) else case.passage)
    if only_now:
        case.new.insert(at, twin.text + "\n")
        return
    was = case.new.origins[at] if at < len(case.new) else len(case.old)
    if was < 0:
        return
    plant(case, was, at, twin.text + "\n")


def plant(case: Case, was: int, now: int, words: str) -> None:
    """Let words stand in both texts."""
    case.old = case.old[:was] + words + case.old[was:]
    size = len(words)
    case.new.origins = [origin + size if origin >= was else origin for origin in case.new.origins]
    case.new.stands = [origin + size if origin >= was else origin for origin in case.new.stands]
    case.new.insert(now, words)
    case.new.origins[now : now + size] = range(was, was + size)
    if case.passage[0] >= was:
        case.passage = case.passage[0] + size, case.passage[1] + size


def paywall_lifted(case: Case) -> None:
    """A fifth of the piece and a notice became all of it."""
    notice = "Subscribe to keep reading. Already a member? Sign in."
    spans = paragraphs(case.old)
    end = next((end for _, end in spans if end >= max(len(case.old) / 5, case.passage[1])), len(case.old))
    rest = case.old[end:]
    case.old = case.old[:end] + "\n" + notice
    case.new = Tracked(case.old)
    each_word(case.new, (0, end), 0.02, case.random, case.word)
    case.new.cut(len(case.new) - len(notice) - 1, len(case.new)).insert(len(case.new), rest)


def cut_to_a_fifth(case: Case) -> None:
    end = case.old.find(" ", len(case.old) // 5)
    case.new.cut(end, len(case.new)).insert(end, " … This post is for paid subscribers. Subscribe to read on.")


def mixture(case: Case) -> None:
    """Edited everywhere: words, typos, sentences in and out, paragraphs moved."""
    rest_edited(case, 0.15)
    each_word(case.new, case.here(), 0.15, case.random, case.word)
    each_word(case.new, case.here(), 0.1, case.random, lambda word: typo(word, case.random))
    for _ in range(3):
        spans = paragraphs(case.new.text)
        start, end = case.random.choice(spans)
        places = [place for place, _ in spans if not start <= place <= end]
        case.new.move(start, min(end + 1, len(case.new)), case.random.choice(places))
    case.new.insert(elsewhere(case, case.here()), case.sentence() + " " + case.sentence() + "\n")
    if case.random.random() < 0.5:
        smart_quotes(case)


def rest_edited(case: Case, share: float) -> None:
    """Change some words outside the passage and some way around it."""
    start, end = case.here()
    each_word(case.new, (min(len(case.new), end + 60), len(case.new)), share, case.random, case.word)
    each_word(case.new, (0, max(0, start - 60)), share, case.random, case.word)


CLASSES: dict[str, Callable[[Case], None]] = {
    "edited elsewhere": untouched,
    "a typo": one_typo,
    "many typos": many_typos,
    "15 % of its words changed": some_words,
    "30 % of its words changed": many_words,
    "words inserted in it": words_inserted,
    "a sentence inserted in it": sentence_inserted,
    "a part of it cut": part_cut,
    "sentences inserted beside it": neighbours_inserted,
    "sentences beside it replaced": neighbours_replaced,
    "its paragraph moved": paragraph_moved,
    "its paragraph moved and edited": paragraph_moved_and_edited,
    "the halves swapped": halves_swapped,
    "quotes and dashes": smart_quotes,
    "white space": white_space,
    "copied, and edited in place": copied_and_edited,
    "deleted": deleted,
    "deleted, a similar one stays": deleted_with_a_twin,
    "paywall lifted, five times as long": paywall_lifted,
    "cut to a fifth": cut_to_a_fifth,
    "heavy mixture": mixture,
}
