"""How well a model finds predictions in pieces that none was ever trained on, so that two can be compared."""

from collections.abc import Sequence

from reader.spotting.labelled import CHECK, written_pieces
from reader.spotting.model import Model
from reader.spotting.spotter import score


def check(model: Model) -> float:
    """The average precision on the check set; what is arguable is left out."""
    known: list[tuple[float, bool]] = []
    for piece in written_pieces(CHECK):
        scores = score([one.text for one in piece.sentences], piece.said_on, piece.contexts, model=model)
        known += [(at, one.predicts) for at, one in zip(scores, piece.sentences, strict=True) if not one.is_borderline]
    return average_precision(known)


def average_precision(known: Sequence[tuple[float, bool]]) -> float:
    """The mean of the precision at each sentence that predicts, the likeliest first; 0 where none does."""
    found, total = 0, 0.0
    for place, (_, predicts) in enumerate(sorted(known, key=lambda one: -one[0]), 1):
        if predicts:
            found += 1
            total += found / place
    return total / found if found else 0.0
