"""Prose for a filled library: sentences as the demo's pieces have them, with a long tail of names that few say."""

import random
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from reader.pages.demo.pieces import read_pieces

SENTENCES, NAMES = 30_000, 40_000
SHORTEST, LONGEST = 6, 34
TOKEN = re.compile(r"[A-Za-z][A-Za-z’-]*[,;:.?!]?")
SENTENCE_END = (".", "?", "!")
SYLLABLES = (
    "al an ar bel bo cor da den el en fa gar hi in ka lo lun ma mer mi nor o pa qui ra ri sa so ta tor u ven vi zo"
)


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a text: its HTML in canonical form, its words, and where its sentences stand in them."""

    html: str
    text: str
    sentences: tuple[tuple[int, int], ...] = ()


class Prose:
    """The same sentences every time: they hang on nothing but this file and the demo's pieces."""

    def __init__(self) -> None:
        chance = random.Random("prose")  # noqa: S311  (nothing secret)
        chain = Chain(chance)
        #: What stands before and behind the one word that is another each time.
        self.sentences = [opened(chain.sentence(), chance) for _ in range(SENTENCES)]
        self.names = names(chance)
        self.weights = list(accumulate(1 / (rank + 4) for rank in range(NAMES)))

    def sentences_by(self, chance: random.Random, number: int) -> list[str]:
        """So many sentences; the few most used names stand in many pieces, most in a handful."""
        called = chance.choices(self.names, cum_weights=self.weights, k=number)
        return [
            f"{before}{name}{behind}"
            for (before, behind), name in zip(chance.choices(self.sentences, k=number), called, strict=True)
        ]

    def title(self, chance: random.Random) -> str:
        words = self.sentences_by(chance, 1)[0].split()[: chance.randint(4, 9)]
        return " ".join(words).rstrip(",;:.?!")

    def blocks(self, chance: random.Random, sentences: list[str]) -> Iterator[Block]:
        """Paragraphs of a few sentences, with a heading, a quotation or a list now and then."""
        at = 0
        while at < len(sentences):
            size = chance.randint(2, 5)
            few = sentences[at : at + size]
            at += size
            kind = chance.random()
            if kind < 0.12 and at > size:
                heading = few[0][:60].strip()
                yield Block(f"<h2>{heading}</h2>", heading)
            elif kind < 0.18:
                yield paragraph(few, "<blockquote><p>{}</p></blockquote>")
                continue
            elif kind < 0.24:
                items = "\n".join(f"<li>{one}</li>" for one in few)
                yield Block(f"<ul>{items}</ul>", "\n".join(few), spans(few))
                continue
            yield paragraph(few)


class Chain:
    """Each word is followed by one that follows it in the demo's pieces."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.beginnings: list[str] = []
        self.followers: dict[str, list[str]] = defaultdict(list)
        for piece in sorted(read_pieces(), key=lambda piece: piece.name):
            self.learn(TOKEN.findall(piece.body))

    def learn(self, tokens: list[str]) -> None:
        for before, word in zip([".", *tokens], tokens, strict=False):
            if before.endswith(SENTENCE_END):
                if word[0].isupper():
                    self.beginnings.append(word)
            else:
                self.followers[before].append(word)

    def sentence(self) -> list[str]:
        words = [self.chance.choice(self.beginnings)]
        while len(words) < LONGEST and self.followers[words[-1]] and not words[-1].endswith(SENTENCE_END):
            words.append(self.chance.choice(self.followers[words[-1]]))
        return words if len(words) >= SHORTEST else self.sentence()


def opened(words: list[str], chance: random.Random) -> tuple[str, str]:
    """The sentence around a place for a name, which stands behind one of its words."""
    at = chance.randint(1, len(words) - 1)
    end = words[-1].rstrip(",;:.?!")
    return f"{' '.join(words[:at])} ", f" {' '.join([*words[at:-1], end])}."


def names(chance: random.Random) -> list[str]:
    """Made-up names, each once."""
    syllables = SYLLABLES.split()
    made: dict[str, None] = {}
    while len(made) < NAMES:
        made["".join(chance.choices(syllables, k=chance.randint(2, 4))).capitalize()] = None
    return list(made)


def paragraph(sentences: list[str], form: str = "<p>{}</p>") -> Block:
    text = " ".join(sentences)
    return Block(form.format(text), text, spans(sentences))


def spans(sentences: list[str]) -> tuple[tuple[int, int], ...]:
    """Where the sentences stand, with one character between each two."""
    ends = list(accumulate((len(one) + 1 for one in sentences), initial=0))
    return tuple((start, start + len(one)) for start, one in zip(ends, sentences, strict=False))
