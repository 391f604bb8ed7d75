"""Marks carried through twenty-one classes of edits, through real ones, and how long a thousand of them take.

The cases are cut from the demo library, from licences and from docstrings, with several seeds; no threshold was chosen
on these seeds. The limits are the best scheme known before (a diff of characters and a fuzzy search) and, for marks
without the old text, Hypothesis' client; the floor in the same run is a search for the very words.
`FORECITE_BENCH_HISTORY` names a git repository whose documentation gives real edits, instead of this one's own;
`FORECITE_BENCH_RELEASES` names folders with releases of one project, the oldest first, as PATH does: sdists, unpacked.
"""

import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from random import Random

from reader.anchoring import Anchor, carry
from tests.conftest import ROOT
from tests.performance.anchoring.cases import LENGTHS, ODD_LENGTHS, Edit, Sample, samples
from tests.performance.anchoring.classes import CLASSES, Case, paragraphs
from tests.performance.anchoring.history import folder_samples, real_samples
from tests.performance.anchoring.more_classes import MORE_CLASSES
from tests.performance.anchoring.scoring import Tally, by_find, by_words, tallied
from tests.performance.anchoring.texts import docstrings, library, licences, long_text
from tests.performance.anchoring.tracked import Tracked, each_word
from tests.performance.measuring import Figure, cpu_milliseconds

#: Cases of each class and length for each seed; passages of each length for each pair of versions, pairs for each file.
EACH, EACH_FOUND, PAIRS = 6, 3, 12
SEEDS = (20_261_101, 20_261_102, 20_261_103)
MARKS, LETTERS = 1_000, 100_000
WRONG = ("inexact", "elsewhere", "lost", "kept")
#: The most that may go wrong, in percent: not right, at a wrong place, and of what is gone the share given a place.
KNOWN, CLIENT = (0.2, 0.05, 2), (14.5, 7.7, 38)


def figures() -> Iterator[Figure]:
    cases = made(library(), EACH)
    tallies = tallied(cases)
    yield from summary("", tallies["all"], *KNOWN)
    yield Figure(
        "floor: the very words are searched for; not right", tallied(cases, by_words)["all"].share(*WRONG), unit="%"
    )
    for name in (*LENGTHS, *CLASSES):
        yield Figure(f"  {name}: not right", tallies[name].share(*WRONG), unit="%")
    for name, texts in {"licences": licences(), "docstrings": docstrings()}.items():
        if texts:
            yield from summary(f"{name}, ", tallied(made(texts, EACH_FOUND))["all"], None, 0.2, None)
    yield from further()
    yield from without_the_old_text()
    yield from real()
    yield from released()
    yield from times()


def further() -> Iterator[Figure]:
    """Changes of shape and order, at the ends and among copies; passages of a word or two, or of 2,000 letters."""
    tallies = tallied(made(library(), EACH_FOUND, MORE_CLASSES))
    yield from summary("further kinds, ", tallies["all"], None, 0.2, None)
    for name in MORE_CLASSES:
        yield Figure(f"  {name}: not right", tallies[name].share(*WRONG), unit="%")
    long = [text for text in library() if len(text) > 6_000]
    for length in ODD_LENGTHS:
        cases = [one for seed in SEEDS for one in samples(long, 1, seed, CLASSES, [length])]
        yield from summary(f"{length} ones, ", tallied(cases)["all"], None, None, None)


def made(texts: Sequence[str], each: int, classes: Mapping[str, Edit] = CLASSES) -> list[Sample]:
    return [sample for seed in SEEDS for sample in samples(texts, each, seed, classes)]


def without_the_old_text() -> Iterator[Figure]:
    tallies = tallied(made(library(), EACH_FOUND), by_find)
    yield from summary("without the old text, ", tallies["all"], *CLIENT)
    for name in (*LENGTHS, *CLASSES):
        yield Figure(f"  found, {name}: not right", tallies[name].share(*WRONG), unit="%")


def summary(
    prefix: str, tally: Tally, missed: float | None, wrong: float | None = 0.2, gone: float | None = None
) -> Iterator[Figure]:
    yield Figure(f"{prefix}{tally.of.total():,} marks: not right", tally.share(*WRONG), missed, "%")
    yield Figure(f"{prefix}at a wrong place", tally.share("elsewhere"), wrong, "%")
    yield Figure(f"{prefix}gone, but given a place", tally.share("kept", among=("gone", "kept")), gone, "%")


def real() -> Iterator[Figure]:
    """Real edits; nothing where there is no history to take them from (an archive, a shallow clone)."""
    repository = Path(os.environ.get("FORECITE_BENCH_HISTORY", ROOT))
    known = subprocess.run(["git", "log", "--format=%h", "-2"], cwd=repository, capture_output=True, text=True)
    if len(known.stdout.split()) < 2:
        print("real edits: skipped, for there is no history here (FORECITE_BENCH_HISTORY names one)")
        return
    tallies = tallied(real_samples(repository, PAIRS, SEEDS[0]))
    yield from summary("real edits, ", tallies["all"], missed=6)
    yield from summary("real edits that show, ", tallies["touched"], missed=7.6)


def released() -> Iterator[Figure]:
    """Edits from one release to the next, where folders are named."""
    folders = [Path(name) for name in os.environ.get("FORECITE_BENCH_RELEASES", "").split(os.pathsep) if name]
    if folders:
        tally = tallied(folder_samples(folders, 1, SEEDS[0]))["touched"]
        yield from summary("releases, edits that show, ", tally, missed=7.6)


def times() -> Iterator[Figure]:
    old, random = long_text(LETTERS), Random(SEEDS[0])
    anchors = [Anchor(at, at + random.choice((20, 100, 350))) for at in random.sample(range(LETTERS - 400), MARKS)]
    pieces = {
        "an edit of one word in twenty": edited(old, random),
        "its paragraphs shuffled": "\n".join(random.sample(old.split("\n"), old.count("\n") + 1)),
        "cut to a fifth": old[: LETTERS // 5],
        "another text": "\n".join((licences() or docstrings()) * 2)[:LETTERS],
    }
    yield Figure("floor: 1,000 marks, the same text", cpu_milliseconds(partial(carry, old, old[:], anchors), repeats=5))
    for name, new in pieces.items():
        milliseconds = cpu_milliseconds(partial(carry, old, new, anchors), repeats=5)
        yield Figure(f"1,000 marks, 100,000 letters, {name}", milliseconds, 800)


def edited(old: str, random: Random) -> str:
    """One word in twenty changed all over, and five paragraphs moved."""
    case = Case(old, (0, 1), Tracked(old), random, old)
    each_word(case.new, (0, len(old)), 0.05, random, case.word)
    for _ in range(5):
        start, end = random.choice(paragraphs(case.new.text)[1:-1])
        case.new.move(start, end + 1, 0)
    return case.new.text
