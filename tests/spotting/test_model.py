"""The shipped model: whole or refused, small, and good enough on pieces that it never saw."""

import json
import shutil
from pathlib import Path

import pytest

from reader.spotting import score
from reader.spotting.features import VERSION
from reader.spotting.labelled import CHECK, written_pieces
from reader.spotting.model import FOLDER, BrokenModel, Model, checksum, load, parsed, save


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return shutil.copytree(FOLDER, tmp_path / "model")


def resealed(folder: Path, text: str) -> Path:
    (folder / "spotter.json").write_text(text, encoding="utf-8")
    (folder / "spotter.sha256").write_text(f"{checksum(text)}  spotter.json\n", encoding="utf-8")
    return folder


def test_it_works(copy: Path) -> None:
    model = load(copy)

    assert len(model.weights) > 1_000
    assert 0 < model.unseen < 0.02


def test_a_changed_model_is_refused(copy: Path) -> None:
    path = copy / "spotter.json"
    path.write_text(path.read_text(encoding="utf-8").replace("0.1", "9.1", 1), encoding="utf-8")

    with pytest.raises(BrokenModel, match=r"spotter\.json cannot be used: its checksum"):
        load(copy)


@pytest.mark.parametrize("name", ["spotter.json", "spotter.sha256"])
def test_a_missing_file_is_named(copy: Path, name: str) -> None:
    (copy / name).unlink()

    with pytest.raises(BrokenModel, match=name):
        load(copy)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"features": 0}', f'{{"features": {VERSION}, "weights": []}}', "\x00"]
)
def test_a_model_that_holds_something_else_is_refused(copy: Path, text: str) -> None:
    with pytest.raises(BrokenModel, match=r"train_spotter"):
        load(resealed(copy, text))


def test_an_empty_checksum_is_refused(copy: Path) -> None:
    (copy / "spotter.sha256").write_text("")

    with pytest.raises(BrokenModel):
        load(copy)


def test_what_is_saved_is_what_is_loaded(tmp_path: Path) -> None:
    model = Model({"will": 1.25, "“so": -0.5}, -2.0, 0.75, 0.002)

    save(model, tmp_path)

    assert load(tmp_path) == model == parsed(model.dumped())


def test_a_score_beyond_all_bounds_is_still_a_probability() -> None:
    model = Model({"a": 1e6, "b": -1e6}, 0.0, 1.0, 0.002)

    assert 0.999 < model.probability({"a": 1.0}) <= 1
    assert 0 <= model.probability({"b": 1.0}) < 0.001


def test_it_is_small() -> None:
    assert (FOLDER / "spotter.json").stat().st_size <= 200_000


def test_it_holds_features_and_no_sentences() -> None:
    names = json.loads((FOLDER / "spotter.json").read_text(encoding="utf-8"))["weights"]

    assert max(len(name.split()) for name in names) <= 5


def test_it_finds_the_predictions_of_pieces_that_it_never_saw() -> None:
    """The floor is well below what is measured (docs/foresight.md), so that a retrained model can differ."""
    rows = [
        (probability, sentence.predicts)
        for piece in written_pieces(CHECK)
        for sentence, probability in zip(
            piece.sentences, score([sentence.text for sentence in piece.sentences], piece.said_on), strict=True
        )
    ]
    likeliest = sorted(rows, reverse=True)[: sum(predicts for _, predicts in rows)]

    assert len(rows) > 150
    assert sum(predicts for _, predicts in likeliest) / len(likeliest) >= 0.65
    assert abs(sum(probability - predicts for probability, predicts in rows)) / len(rows) <= 0.1
