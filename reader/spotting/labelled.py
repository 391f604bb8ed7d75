"""Sentences with a label, in reading order: what the spotter learns from.

`corpus/*.txt` holds pieces written for this. A piece begins with `# name | date | genre`; then a sentence is a line:
`+` predicts, `-` does not, `+~` and `-~` could be argued either way.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).parent / "corpus"
#: Pieces that no model is trained on, so that two models can be compared on them.
CHECK = Path(__file__).parent / "check"
#: A sentence of a real article teaches more than one that was written to teach.
TRUST_IN_REAL = 2.0


@dataclass(frozen=True, slots=True)
class Sentence:
    text: str
    predicts: bool
    is_borderline: bool = False
    weight: float = 1.0  #: how many sentences of real articles it stands for, in measuring


@dataclass(frozen=True, slots=True)
class Piece:
    name: str
    said_on: date
    sentences: Sequence[Sentence]
    contexts: Sequence[str] | None = None  #: where the sentences are not neighbours
    trust: float = 1.0  #: how much each of its sentences counts in training


def written_pieces(folder: Path = CORPUS) -> list[Piece]:
    """The pieces of the corpus, in the order of their files."""
    return [piece for path in sorted(folder.glob("*.txt")) for piece in _pieces(path.read_text(encoding="utf-8"))]


def read_rows(path: Path) -> list[Piece]:
    """Labelled sentences of real articles: JSON lines with `sentence`, `context`, `published`, `is_prediction` …"""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    by_article: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows:
        by_article.setdefault((f"{row['repo']}/{row['path']}", row["published"]), []).append(row)
    return [_piece_of_rows(name, said_on, rows) for (name, said_on), rows in by_article.items()]


def _piece_of_rows(name: str, said_on: str, rows: list[dict[str, Any]]) -> Piece:
    sentences = [
        Sentence(row["sentence"], row["is_prediction"], row["borderline"], float(row["weight"])) for row in rows
    ]
    return Piece(name, date.fromisoformat(said_on), sentences, [row["context"] for row in rows], TRUST_IN_REAL)


def _pieces(text: str) -> Iterator[Piece]:
    for part in text.removeprefix("# ").split("\n# "):
        heading, *lines = part.strip().split("\n")
        name, said_on, _genre = heading.split(" | ")
        yield Piece(name, date.fromisoformat(said_on), [_sentence(line) for line in lines if line])


def _sentence(line: str) -> Sentence:
    mark, text = line.split(" ", 1)
    if mark not in ("+", "-", "+~", "-~"):
        raise ValueError(f"A sentence begins with + or -, but this one does not: {line[:60]}")
    return Sentence(text, mark[0] == "+", mark.endswith("~"))
