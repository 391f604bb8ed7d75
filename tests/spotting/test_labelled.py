"""The labelled sentences: enough, well formed, apart from the check set, and none of them from outside."""

import json
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from reader.pages.demo.labelling import labelled_library
from reader.pages.demo.pieces import FOLDER
from reader.spotting.labelled import CHECK, CORPUS, TRUST_IN_REAL, read_rows, written_pieces

OUTSIDE = Path(__file__).resolve().parents[3] / "shared/foresight/train.jsonl"


def test_there_are_enough_of_them() -> None:
    sentences = [sentence for piece in written_pieces() for sentence in piece.sentences]

    assert len(sentences) >= 1_500
    assert 0.15 < sum(sentence.predicts for sentence in sentences) / len(sentences) < 0.4
    assert Counter(sentence.text for sentence in sentences).most_common(1)[0][1] <= 3


def test_each_piece_has_a_name_of_its_own() -> None:
    names = [piece.name for piece in written_pieces() + written_pieces(CHECK) + labelled_library()]

    assert len(names) == len(set(names)) > 100


def test_nothing_of_the_check_set_is_learnt() -> None:
    learnt = {sentence.text for piece in written_pieces() + labelled_library() for sentence in piece.sentences}
    checked = [sentence.text for piece in written_pieces(CHECK) for sentence in piece.sentences]

    assert len(checked) > 150
    assert [text for text in checked if text in learnt and len(text) > 30] == []


def test_every_label_of_the_demo_library_finds_its_sentence() -> None:
    labels = tomllib.loads((FOLDER / "predictions.toml").read_text(encoding="utf-8"))
    openings = sum(len(part) for piece in labels.values() for part in piece.values())
    labelled = [sentence for piece in labelled_library() for sentence in piece.sentences if sentence.predicts]

    assert set(labels) <= {piece.name for piece in labelled_library()}
    assert len(labelled) == openings > 200


def test_a_line_without_a_mark_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("# a | 2024-01-01 | blog\n+ It will rain.\nThis has no mark.\n")

    with pytest.raises(ValueError, match="This has no mark"):
        written_pieces(tmp_path)


def test_rows_of_one_article_make_one_piece(tmp_path: Path) -> None:
    row = {"repo": "a/b", "path": "c.md", "published": "2024-01-02", "borderline": False, "weight": 26.5}
    rows = [
        row | {"sentence": "It will rain.", "context": "Look. It will rain. So.", "is_prediction": True},
        row | {"sentence": "It rained.", "context": "It rained.", "is_prediction": False},
    ]
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)))

    [piece] = read_rows(tmp_path / "rows.jsonl")

    assert piece.name == "a/b/c.md"
    assert piece.contexts == ["Look. It will rain. So.", "It rained."]
    assert [sentence.predicts for sentence in piece.sentences] == [True, False]
    assert [sentence.weight for sentence in piece.sentences] == [26.5, 26.5]
    assert piece.trust == TRUST_IN_REAL


@pytest.mark.skipif(not OUTSIDE.is_file(), reason=f"the labelled sentences are not at {OUTSIDE}")
def test_no_sentence_from_outside_is_in_the_repository() -> None:
    ours = "\n".join(path.read_text(encoding="utf-8") for folder in (CORPUS, CHECK) for path in folder.glob("*.txt"))
    theirs = [json.loads(line)["sentence"] for line in OUTSIDE.read_text(encoding="utf-8").splitlines()]

    assert [sentence for sentence in theirs if len(sentence) > 25 and sentence[:60] in ours] == []
