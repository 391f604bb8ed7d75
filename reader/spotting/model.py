"""The shipped model: named weights in JSON, with a checksum beside it. No pickle, no NumPy."""

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from math import exp
from pathlib import Path

from reader.spotting.features import VERSION, Features

FOLDER = Path(__file__).parent / "model"


class BrokenModel(Exception):
    """The model cannot be used. The message says which file, and what to do."""


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic regression over named features, and the line that makes its score a probability."""

    weights: dict[str, float]
    bias: float
    slope: float
    unseen: float  #: the probability of a sentence that the gate turned away

    def probability(self, features: Features) -> float:
        weight = self.weights.get
        total = sum([weight(name, 0.0) * value for name, value in features.items()])
        return 1 / (1 + exp(-min(max(self.bias + self.slope * total, -30.0), 30.0)))

    def dumped(self) -> str:
        """The JSON text, the same bytes for the same model."""
        fields = {
            "features": VERSION,
            "bias": round(self.bias, 4),
            "slope": round(self.slope, 4),
            "unseen": round(self.unseen, 5),
            "weights": {name: round(self.weights[name], 3) for name in sorted(self.weights)},
        }
        return json.dumps(fields, ensure_ascii=False, indent=None, separators=(",", ":")) + "\n"


def parsed(text: str) -> Model:
    fields = json.loads(text)
    if fields["features"] != VERSION:
        raise ValueError(f"it was trained for features {fields['features']}, not {VERSION}")
    weights = {str(name): float(value) for name, value in fields["weights"].items()}
    return Model(weights, float(fields["bias"]), float(fields["slope"]), float(fields["unseen"]))


def save(model: Model, folder: Path = FOLDER) -> None:
    text = model.dumped()
    (folder / "spotter.json").write_text(text, encoding="utf-8")
    (folder / "spotter.sha256").write_text(f"{checksum(text)}  spotter.json\n", encoding="utf-8")


@cache
def load(folder: Path = FOLDER) -> Model:
    """The model in this folder. Raise `BrokenModel` where it is missing, changed, or not of this version."""
    path = folder / "spotter.json"
    try:
        text = path.read_text(encoding="utf-8")
        promised = (folder / "spotter.sha256").read_text(encoding="utf-8").split()[0]
        if checksum(text) != promised:
            raise ValueError("its checksum is not the one in spotter.sha256")
        return parsed(text)
    except (OSError, ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        raise BrokenModel(
            f"The model in {path} cannot be used: {error}. Restore both files, or run manage.py train_spotter."
        ) from error


def checksum(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
