"""Training: the same model from the same sentences, and a clear word where it cannot be done."""

import subprocess
import sys
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from reader.spotting import score
from reader.spotting.labelled import CHECK, Piece, Sentence, written_pieces
from reader.spotting.training import FEWEST_PIECES, cross_probabilities, examples, trained

SAID_ON = date(2024, 5, 17)


def small() -> list[Piece]:
    """Seven pieces: training again and again on more would take a minute."""
    return written_pieces(CHECK)[:7]


def test_it_learns_what_it_is_told() -> None:
    learnt = trained(small())

    prediction, fact = score(["By 2027 agents will do this.", "We will look at the code."], SAID_ON, model=learnt)

    assert prediction > 0.5 > fact


def test_the_same_sentences_make_the_same_model() -> None:
    assert trained(small()).dumped() == trained(small()).dumped()


def test_what_only_one_piece_says_is_not_learnt() -> None:
    pieces = [
        Piece(f"piece {number}", SAID_ON, [Sentence("It will rain soon.", True), Sentence("It was dry.", False)])
        for number in range(FEWEST_PIECES)
    ]
    pieces.append(
        Piece("odd", SAID_ON, [Sentence("Zebras will vote soon.", True), Sentence("Zebras will not.", False)])
    )

    weights = trained(pieces).weights

    assert "will" in weights
    assert "zebras" not in weights


def test_sentences_behind_the_gate_are_learnt_from_and_never_suggested() -> None:
    pieces = [Piece("one", SAID_ON, [Sentence("The office is green.", False), Sentence("It will fall.", True)])]

    behind, through = examples(pieces)

    assert behind.features
    assert not behind.passes
    assert through.passes


def test_each_sentence_is_judged_by_a_model_that_saw_nothing_of_its_piece() -> None:
    judged = cross_probabilities(small())

    assert [row.sentence for row, _ in judged] == [sentence for piece in small() for sentence in piece.sentences]
    assert all(0 <= probability <= 1 for _, probability in judged)


def test_a_missing_library_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "sklearn", None)

    with pytest.raises(CommandError, match="needs scikit-learn, which reading does not"):
        call_command("train_spotter", into=tmp_path, stdout=StringIO())

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", [None, "not json", '{"sentence": "It will rain."}'])
def test_sentences_that_cannot_be_read_are_said(tmp_path: Path, text: str | None) -> None:
    rows = tmp_path / "rows.jsonl"
    if text is not None:
        rows.write_text(text)

    with pytest.raises(CommandError, match=r"rows\.jsonl holds no labelled sentences"):
        call_command("train_spotter", also=rows, into=tmp_path, stdout=StringIO())


def test_reading_an_article_needs_no_library_of_training() -> None:
    code = (
        "import sys; sys.modules['sklearn'] = sys.modules['numpy'] = sys.modules['scipy'] = None\n"
        "from datetime import date\n"
        "from reader.spotting import score\n"
        "print(score(['By 2027 agents will do this.'], date(2024, 5, 17)))"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=Path(__file__).parents[2])

    assert answer.stderr == ""
    assert answer.stdout.startswith("[0.")
