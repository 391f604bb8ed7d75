"""What is said of a list of probabilities, each with what was true and how many sentences it stands for."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sklearn.metrics import average_precision_score


class Judged(NamedTuple):
    piece: str
    predicts: bool
    is_borderline: bool
    probability: float
    weight: float


def average_precision(judged: Sequence[Judged], is_weighted: bool = False) -> float:
    weights = [row.weight if is_weighted else 1.0 for row in judged]
    truths, probabilities = [row.predicts for row in judged], [row.probability for row in judged]
    return float(average_precision_score(truths, probabilities, sample_weight=weights))


def best_f1(judged: Sequence[Judged], is_weighted: bool = False) -> float:
    """At the threshold that is best on these very sentences, in steps of a twentieth."""
    return max(_f1(judged, step / 20, is_weighted) for step in range(1, 20))


def _f1(judged: Sequence[Judged], threshold: float, is_weighted: bool) -> float:
    def total(rows: Iterable[Judged]) -> float:
        return sum(row.weight if is_weighted else 1.0 for row in rows)

    found = [row for row in judged if row.probability >= threshold]
    right = total(row for row in found if row.predicts)
    return 2 * right / max(total(found) + total(row for row in judged if row.predicts), 1e-9)


def calibration_error(judged: Sequence[Judged], is_weighted: bool = False) -> float:
    """The mean distance between what was said and what was true, over ten bins of equal width."""
    error = everything = 0.0
    for low in range(10):
        rows = [row for row in judged if min(int(row.probability * 10), 9) == low]
        weights = [row.weight if is_weighted else 1.0 for row in rows]
        said = sum(row.probability * weight for row, weight in zip(rows, weights, strict=True))
        true = sum(row.predicts * weight for row, weight in zip(rows, weights, strict=True))
        error += abs(said - true)
        everything += sum(weights)
    return error / everything


def top_five_recall(judged: Sequence[Judged]) -> float:
    """Of the predictions in pieces with five or fewer, how many are among the five likeliest of their piece."""
    found = all_of_them = 0
    for name in {row.piece for row in judged}:
        rows = sorted((row for row in judged if row.piece == name), key=lambda row: -row.probability)
        count = sum(row.predicts for row in rows)
        if 1 <= count <= 5:
            found += sum(row.predicts for row in rows[:5])
            all_of_them += count
    return found / max(all_of_them, 1)


def at_prevalence(judged: Sequence[Judged], prevalence: float) -> list[Judged]:
    """The same, with what predicts nothing weighted until predictions are as rare as in real articles."""
    positive = sum(row.predicts for row in judged)
    factor = positive * (1 - prevalence) / (prevalence * (len(judged) - positive))
    return [row._replace(weight=1.0 if row.predicts else factor) for row in judged]
