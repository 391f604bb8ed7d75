"""The demo library as labelled sentences: `predictions.toml` says how those that predict begin."""

import tomllib
from collections.abc import Iterator

from reader.core.markdown import render_article_markdown
from reader.core.sanitising import clean, text_of
from reader.pages.demo.pieces import FOLDER, Piece, read_pieces
from reader.spotting.labelled import Piece as Labelled
from reader.spotting.labelled import Sentence
from reader.spotting.sentences import split


def labelled_library() -> list[Labelled]:
    """Every piece of the demo library, sentence by sentence."""
    labels = tomllib.loads((FOLDER / "predictions.toml").read_text(encoding="utf-8"))
    return [
        Labelled(piece.name, piece.published[0], list(_sentences(piece, labels.get(piece.name, {}))))
        for piece in read_pieces()
    ]


def _sentences(piece: Piece, labels: dict[str, list[str]]) -> Iterator[Sentence]:
    text = text_of(clean(render_article_markdown(piece.body)))
    sure, arguable = (tuple(labels.get(key, ())) for key in ("predicts", "arguable"))
    for start, end in split(text):
        sentence = text[start:end]
        is_arguable = sentence.startswith(arguable)
        yield Sentence(sentence, is_arguable or sentence.startswith(sure), is_arguable)
