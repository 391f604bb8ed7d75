"""What a PDF's pages leave in copied text: page numbers inside a sentence, and words divided at the end of a line."""

import re
from collections.abc import Iterable, Sequence

PAGE_NUMBER = re.compile(
    r"(?:(?:page|p\.|seite|pág\.?)\s?)?(?P<number>\d{1,4})(?:\s?(?:of|/|von|de)\s?\d{1,4})?|"
    r"[-–—|]\s?(?P<dashed>\d{1,4})\s?[-–—|]",
    re.IGNORECASE,
)
ENDS_SENTENCE = re.compile(r"[.!?:;…][”\"’')\]]*\d{0,2}$")
DIVIDED = re.compile(r"[^\W\d_]-$")
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
FEWEST, SHARE = 2, 0.5


def page_numbers(lines: Sequence[str]) -> set[int]:
    """Return the indices of lines that only count the pages: they go up one by one, mostly inside sentences."""
    counted = [(n, int(m["number"] or m["dashed"])) for n, line in enumerate(lines) if (m := _numbered(line))]
    run: list[int] = []
    expected = counted[0][1] if counted else 0
    for index, number in counted:
        if number == expected:
            run.append(index)
            expected += 1
    inside = sum(not ENDS_SENTENCE.search(_before(lines, index)) for index in run)
    return set(run) if len(run) >= FEWEST and len(run) == len(counted) and inside >= len(run) * SHARE else set()


def _numbered(line: str) -> re.Match[str] | None:
    return PAGE_NUMBER.fullmatch(line) if len(line) < 20 else None


def _before(lines: Sequence[str], index: int) -> str:
    """Return the line of text above, "." where there is none."""
    return next((lines[n] for n in range(index - 1, max(index - 4, -1), -1) if lines[n]), ".")


def breaks_sentence(lines: Sequence[str], index: int) -> bool:
    """Whether the page ends inside a sentence, so that the paragraph goes on below its number."""
    return not ENDS_SENTENCE.search(_before(lines, index))


class Joiner:
    """Joins the lines of a paragraph; a word that was divided becomes one again, a compound keeps its hyphen."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._words: set[str] = set()
        divided = False
        for line in lines:
            words = [word.casefold() for word in WORD.findall(line)]
            goes_on = DIVIDED.search(line) is not None
            self._words.update(words[divided : len(words) - goes_on])
            divided = goes_on

    def join(self, parts: Sequence[str]) -> str:
        pieces = [parts[0]]
        for part in parts[1:]:
            if DIVIDED.search(pieces[-1][-3:]) and part[:1].islower():
                pieces[-1:] = self._joined(pieces[-1], part), part
            else:
                pieces.append(f" {part}")
        return "".join(pieces)

    def _joined(self, text: str, part: str) -> str:
        """Return the end of a line as it stands before its other half: with its hyphen where it is a compound."""
        first = WORD.findall(text[-60:-1])[-1].casefold()
        second = WORD.findall(part[:60])[0].casefold()
        if first + second in self._words:
            return text[:-1]
        compound = f"{first}-{second}" in self._words or {first, second} <= self._words
        return text if compound else text[:-1]
