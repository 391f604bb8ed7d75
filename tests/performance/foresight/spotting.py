"""The spotter on sentences of pieces that it did not learn from: on ours, on the check set, and on real ones.

The real ones are not in the repository; they are measured where `../shared` holds them, or `FORECITE_BENCH_SENTENCES`
names a file like it. Probabilities for them come from models that saw other real articles, or none.
"""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from reader.pages.demo.labelling import labelled_library
from reader.spotting import score
from reader.spotting.labelled import CHECK, Piece, read_rows, written_pieces
from reader.spotting.model import FOLDER, Model, load
from reader.spotting.training import PREVALENCE, Example, cross_probabilities, examples, fitted
from tests.conftest import ROOT
from tests.performance.foresight.measures import (
    Judged,
    at_prevalence,
    average_precision,
    best_f1,
    calibration_error,
    top_five_recall,
)
from tests.performance.measuring import Figure

REAL = Path(os.environ.get("FORECITE_BENCH_SENTENCES", ROOT.parent / "shared/foresight/train.jsonl"))
FOLDS = 5


def figures() -> Iterator[Figure]:
    written = written_pieces() + labelled_library()
    judged = at_prevalence([_judged(written, row, p) for row, p in cross_probabilities(written)], PREVALENCE)
    yield from summary(f"{len(judged):,} sentences written here, by piece", judged)
    yield Figure("  in the top five of a piece with five or fewer", 100 * top_five_recall(judged), 80, "%", True)
    check = written_pieces(CHECK)
    yield from summary("the check set, as shipped", at_prevalence(_scored(check, load()), PREVALENCE))
    if REAL.is_file():
        yield from real(written)
    else:
        print(f"real sentences: skipped, for there are none at {REAL}")
    yield from costs(labelled_library())


def summary(
    title: str, judged: Sequence[Judged], floors: tuple[float | None, float | None] = (None, None)
) -> Iterator[Figure]:
    sure = [row for row in judged if not row.is_borderline]
    yield Figure(f"{title}: average precision", average_precision(judged), floors[0], "", True)
    yield Figure("  without what is arguable", average_precision(sure), unit="")
    yield Figure("  at real prevalence", average_precision(judged, is_weighted=True), floors[1], "", True)
    yield Figure("  at real prevalence, without what is arguable", average_precision(sure, is_weighted=True), unit="")
    yield Figure("  best F1", best_f1(judged), unit="")
    yield Figure("  best F1, at real prevalence", best_f1(judged, is_weighted=True), unit="")
    yield Figure("  calibration error", calibration_error(judged), unit="")
    yield Figure("  calibration error, at real prevalence", calibration_error(judged, is_weighted=True), unit="")


def real(written: Sequence[Piece]) -> Iterator[Figure]:
    """Sentences of real articles: by a model that saw none of them, and by models that saw other articles."""
    pieces = read_rows(REAL)
    known = examples(written)
    count = sum(len(piece.sentences) for piece in pieces)
    yield from summary(f"{count} real sentences, none seen", _scored(pieces, fitted(known)))
    judged: list[Judged] = []
    rows = examples(pieces)
    for fold in range(FOLDS):
        others = [row for row in rows if row.piece % FOLDS != fold]
        apart = [Example(-1 - row.piece, *row[1:]) for row in others]
        judged += _scored(pieces[fold::FOLDS], fitted(known + apart))
    yield from summary(f"{count} real sentences, by article", judged, (0.73, 0.52))


def _scored(pieces: Sequence[Piece], model: Model) -> list[Judged]:
    return [
        Judged(piece.name, sentence.predicts, sentence.is_borderline, probability, sentence.weight)
        for piece in pieces
        for sentence, probability in zip(
            piece.sentences,
            score([sentence.text for sentence in piece.sentences], piece.said_on, piece.contexts, model=model),
            strict=True,
        )
    ]


def _judged(pieces: Sequence[Piece], row: Example, probability: float) -> Judged:
    sentence = row.sentence
    return Judged(pieces[row.piece].name, sentence.predicts, sentence.is_borderline, probability, sentence.weight)


def costs(pieces: Sequence[Piece]) -> Iterator[Figure]:
    yield Figure("sentences of articles a second (CPU)", _per_second(pieces), 5_000, "", True)
    if REAL.is_file():
        yield Figure("  of real ones picked for their cues", _per_second(read_rows(REAL)), unit="")
    yield Figure("size of the model", (FOLDER / "spotter.json").stat().st_size / 1000, 200, "kB")


def _per_second(pieces: Sequence[Piece]) -> float:
    texts = [([sentence.text for sentence in piece.sentences], piece) for piece in pieces]

    def once() -> None:
        for sentences, piece in texts:
            score(sentences, piece.said_on, piece.contexts)

    return sum(len(sentences) for sentences, _ in texts) / min(_seconds(once) for _ in range(5))


def _seconds(call: Callable[[], None]) -> float:
    before = time.process_time()
    call()
    return time.process_time() - before
