"""Training the spotter, where scikit-learn is installed. Nothing here is needed to read an article."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from reader.spotting.features import Features
from reader.spotting.gate import passes
from reader.spotting.labelled import Piece, Sentence
from reader.spotting.model import Model
from reader.spotting.spotter import described
from reader.spotting.tokens import tokenised

#: A feature must occur in so many pieces: what occurs in fewer belongs to a subject, not to predicting.
FEWEST_PIECES = 3
STRENGTH = 0.5  # the inverse of the penalty on weights
SMALLEST = 0.015  # weights below are left out of the model
FOLDS = 6
#: Predictions per sentence: in the articles that `train.jsonl` was drawn from.
PREVALENCE = 0.027


class MissingLibrary(Exception):
    """scikit-learn is not installed."""


class Example(NamedTuple):
    piece: int
    sentence: Sentence
    trust: float
    features: Features
    passes: bool  #: the gate


def examples(pieces: Sequence[Piece]) -> list[Example]:
    """Every sentence with its features; those behind the gate too, for they show what does not predict."""
    return [example for number, piece in enumerate(pieces) for example in _examples(number, piece)]


def _examples(number: int, piece: Piece) -> Iterator[Example]:
    texts = [sentence.text for sentence in piece.sentences]
    open_gate = described(texts, piece.said_on, piece.contexts, gate=lambda tokens: True)
    for sentence, known in zip(piece.sentences, open_gate, strict=True):
        passing = passes(tokenised(sentence.text, piece.said_on.year))
        yield Example(number, sentence, piece.trust, known or {}, known is not None and passing)


def trained(pieces: Sequence[Piece]) -> Model:
    """A model of all these pieces."""
    _library("sklearn")
    return fitted(examples(pieces))


def fitted(rows: Sequence[Example]) -> Model:
    """A model of these sentences; its probabilities are fitted on scores of sentences that were held out."""
    slope, bias = _calibration(rows, _cross_scores(rows))
    weights, intercept = _fitted(rows)
    kept = {name: weight for name, weight in weights.items() if abs(weight) >= SMALLEST}
    return Model(kept, bias + slope * intercept, slope, _unseen(rows))


def cross_probabilities(pieces: Sequence[Piece]) -> list[tuple[Example, float]]:
    """Each sentence with the probability that a model gives it which saw nothing of its piece."""
    rows = examples(pieces)
    found: dict[int, float] = {}
    for training, held_out in _folds([row.piece for row in rows]):
        model = fitted([rows[at] for at in training])
        for at in held_out:
            found[at] = model.probability(rows[at].features) if rows[at].passes else model.unseen
    return [(row, found[at]) for at, row in enumerate(rows)]


def _unseen(rows: Sequence[Example]) -> float:
    """What is left to expect behind the gate, at the prevalence of real articles."""
    turned_away = [row for row in rows if not row.passes]
    missed = sum(row.sentence.predicts for row in turned_away)
    share = sum(row.sentence.predicts for row in rows) / max(len(rows), 1)
    return min(1.0, (missed + 0.5) / (len(turned_away) + 1) * PREVALENCE / max(share, PREVALENCE))


def _fitted(rows: Sequence[Example]) -> tuple[dict[str, float], float]:
    """The weight of each feature, and the intercept."""
    names = _names(rows)
    columns = {name: at for at, name in enumerate(names)}
    classifier = _library("sklearn.linear_model").LogisticRegression(C=STRENGTH, max_iter=1000, tol=1e-5)
    labels = [row.sentence.predicts for row in rows]
    classifier.fit(_matrix(rows, columns), labels, sample_weight=[_importance(row) for row in rows])
    return dict(zip(names, map(float, classifier.coef_[0]), strict=True)), float(classifier.intercept_[0])


def _importance(row: Example) -> float:
    return row.trust * (0.5 if row.sentence.is_borderline else 1.0)


def _names(rows: Sequence[Example]) -> list[str]:
    pieces: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        for name in row.features:
            pieces[name].add(row.piece)
    return sorted(name for name, where in pieces.items() if len(where) >= FEWEST_PIECES)


def _matrix(rows: Sequence[Example], columns: dict[str, int]) -> Any:
    values: list[float] = []
    across: list[int] = []
    starts = [0]
    for row in rows:
        known = [(columns[name], value) for name, value in row.features.items() if name in columns]
        across += [column for column, _ in known]
        values += [value for _, value in known]
        starts.append(len(across))
    return _library("scipy.sparse").csr_matrix((values, across, starts), shape=(len(rows), len(columns)))


def _cross_scores(rows: Sequence[Example]) -> list[float]:
    """The score of each row, without the final line, by a model that saw nothing of its piece."""
    scores = [0.0] * len(rows)
    for training, held_out in _folds([row.piece for row in rows]):
        weights, intercept = _fitted([rows[at] for at in training])
        for at in held_out:
            known = rows[at].features.items()
            scores[at] = intercept + sum(weights.get(name, 0.0) * value for name, value in known)
    return scores


def _folds(groups: Sequence[int]) -> Iterator[tuple[list[int], list[int]]]:
    splitter = _library("sklearn.model_selection").GroupKFold(min(FOLDS, len(set(groups))))
    for training, held_out in splitter.split(groups, groups=groups):
        yield [int(at) for at in training], [int(at) for at in held_out]


def _calibration(rows: Sequence[Example], scores: Sequence[float]) -> tuple[float, float]:
    """The line from scores to log-odds (Platt's), on what was held out."""
    known = [(score, row) for score, row in zip(scores, rows, strict=True) if row.passes]
    line = _library("sklearn.linear_model").LogisticRegression(C=1e6)
    labels = [row.sentence.predicts for _, row in known]
    line.fit([[score] for score, _ in known], labels, sample_weight=[row.trust for _, row in known])
    return float(line.coef_[0][0]), float(line.intercept_[0])


def _library(name: str) -> Any:
    from importlib import import_module

    try:
        return import_module(name)
    except ImportError as error:
        raise MissingLibrary(
            "Training needs scikit-learn, which reading does not: install it with the lock file for developers, "
            "requirements-dev.txt (make test does)."
        ) from error
