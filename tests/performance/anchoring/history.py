"""Real edits: what became of documentation from one commit to another, followed commit by commit.

The truth comes from the steps between, each a small change that difflib aligns by paragraphs and then by words; what is
tested sees the first and the last text only.
"""

import re
import subprocess
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path
from random import Random

from .cases import GONE, LENGTHS, THERE, Sample, chosen, place_of
from .texts import lined
from .tracked import Tracked

TOKEN = re.compile(r"\w+\s*|[^\w\s]\s*|^\s+")
#: Shorter texts hardly hold a passage, longer ones take difflib minutes.
SHORTEST, LONGEST = 2_500, 80_000
PROSE = ("*.md", "*.txt", "*.rst")


def real_samples(repository: Path, each: int, seed: int) -> Iterator[Sample]:
    """Passages of every file of prose that was changed, between two versions of it."""
    for path in git(repository, "ls-files", *PROSE).split("\n")[:-1]:
        versions = list(versions_of(repository, path))
        random = Random(f"{seed} {path}")
        for _ in range(each if len(versions) > 1 else 0):
            first = random.randrange(len(versions) - 1)
            last = random.randrange(first + 1, len(versions))
            yield from between(versions[first : last + 1], random)


def folder_samples(folders: Sequence[Path], each: int, seed: int) -> Iterator[Sample]:
    """The same of folders that hold one project's documentation, a folder for each release, the oldest first."""
    for path in sorted(found for ending in PROSE for found in folders[0].rglob(ending)):
        files = [folder / path.relative_to(folders[0]) for folder in folders]
        texts = [lined(file.read_text(errors="replace")) for file in files if file.exists()]
        versions = [text for before, text in pairwise(["", *texts]) if text != before]
        if len(versions) > 1 and all(SHORTEST <= len(text) <= LONGEST for text in versions):
            random = Random(f"{seed} {path.name}")
            for _ in range(each):
                yield from between(versions, random)


def versions_of(repository: Path, path: str) -> Iterator[str]:
    """The different texts of a file, the oldest first."""
    before = ""
    for commit in git(repository, "log", "--first-parent", "--reverse", "--format=%H", "--", path).split():
        shown = subprocess.run(["git", "show", f"{commit}:{path}"], cwd=repository, capture_output=True)
        text = lined(shown.stdout.decode(errors="replace"))
        if shown.returncode == 0 and SHORTEST <= len(text) <= LONGEST and text != before:
            yield text
            before = text


def between(versions: Sequence[str], random: Random) -> Iterator[Sample]:
    tracked = Tracked(versions[0])
    for text in versions[1:]:
        step(tracked, text)
    for length in LENGTHS:
        for _ in range(4):
            passage = chosen(versions[0], length, random)
            truth = tracked.truth(*passage)
            torn = truth.end - truth.start > 3 * (passage[1] - passage[0]) + 300
            if not GONE <= truth.left < THERE and not torn:
                yield Sample("real edits", length, versions[0], versions[-1], passage, place_of(truth))


def step(tracked: Tracked, text: str) -> None:
    """Change a text into its next version, the way difflib says; a paragraph that stands elsewhere now was moved."""
    was, now = tracked.text.splitlines(keepends=True), text.splitlines(keepends=True)
    origins, stands = tracked.origins, tracked.stands
    starts = [0]
    for line in was:
        starts.append(starts[-1] + len(line))
    moved = {
        line: starts[at] for at, line in enumerate(was) if len(line) > 40 and was.count(line) == now.count(line) == 1
    }
    new_origins, new_stands = list[int](), list[int]()
    for tag, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag == "equal":
            new_origins += origins[starts[a] : starts[b]]
            new_stands += stands[starts[a] : starts[b]]
            continue
        gone = Tracked("".join(was[a:b]))
        rewrite(gone, "".join(now[c:d]))
        base = starts[a]
        fresh = [origins[base + at] if at >= 0 else -1 for at in gone.origins]
        standing = [
            stands[base + at] if at >= 0 else max(origins[base + there], stands[base + there]) if there >= 0 else -1
            for at, there in zip(gone.origins, gone.stands, strict=True)
        ]
        place = 0
        for line in now[c:d]:
            if line in moved:
                fresh[place : place + len(line)] = origins[moved[line] : moved[line] + len(line)]
                standing[place : place + len(line)] = stands[moved[line] : moved[line] + len(line)]
            place += len(line)
        new_origins += fresh
        new_stands += standing
    tracked.text, tracked.origins, tracked.stands = text, new_origins, new_stands


def rewrite(tracked: Tracked, text: str) -> None:
    """Change a text into another, word by word."""
    was, now = TOKEN.findall(tracked.text), TOKEN.findall(text)
    if "".join(was) != tracked.text or "".join(now) != text:
        raise ValueError("tokens leave something out")
    starts = [0]
    for word in was:
        starts.append(starts[-1] + len(word))
    for tag, a, b, c, d in reversed(SequenceMatcher(None, was, now, autojunk=False).get_opcodes()):
        if tag == "replace":
            tracked.replace(starts[a], starts[b], "".join(now[c:d]))
        elif tag == "insert":
            tracked.insert(starts[a], "".join(now[c:d]))
        elif tag == "delete":
            tracked.cut(starts[a], starts[b])


def git(repository: Path, *command: str) -> str:
    return subprocess.run(["git", *command], cwd=repository, capture_output=True, text=True, check=True).stdout
