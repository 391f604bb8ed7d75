"""Fitting a model anew where people use it: from the one that is there, the shipped sentences, and their own answers.

No library is needed for it. The weights start from those of the model that is there and are held near them, so that a
few answers move what they speak of and leave the rest; the shipped sentences are rehearsed, so that nothing of them is
forgotten.
"""

from collections.abc import Sequence
from math import exp, sqrt
from random import Random
from typing import NamedTuple

from reader.spotting.features import Features
from reader.spotting.model import Model

PASSES = 3
STEP = 0.02
#: How hard a weight is held where it was.
HOLD = 0.02
SEED = 7


class Lesson(NamedTuple):
    features: Features
    predicts: bool
    weight: float = 1.0


def refitted(model: Model, lessons: Sequence[Lesson]) -> Model:
    """The model after these lessons; the same for the same lessons in the same order."""
    start = {name: weight * model.slope for name, weight in model.weights.items()}
    weights, bias = dict(start), model.bias
    pace: dict[str, float] = {}
    order = list(lessons)
    chance = Random(SEED)  # noqa: S311  (nothing is secret here: it must be the same again)
    for _ in range(PASSES):
        chance.shuffle(order)
        for lesson in order:
            bias -= STEP * _learn(lesson, weights, bias, start, pace) / sqrt(len(order))
    kept = {name: weight / model.slope for name, weight in weights.items() if weight}
    return Model(kept, bias, model.slope, model.unseen)


def _learn(
    lesson: Lesson, weights: dict[str, float], bias: float, start: dict[str, float], pace: dict[str, float]
) -> float:
    """Move the weights of what the lesson shows, each the slower the oftener it was moved; returns the error."""
    total = bias + sum([weights.get(name, 0.0) * value for name, value in lesson.features.items()])
    error = (1 / (1 + exp(-min(max(total, -30.0), 30.0))) - lesson.predicts) * lesson.weight
    for name, value in lesson.features.items():
        now = weights.get(name, 0.0)
        slope = error * value + HOLD * (now - start.get(name, 0.0))
        pace[name] = pace.get(name, 1e-6) + slope * slope
        weights[name] = now - STEP * slope / sqrt(pace[name])
    return error
