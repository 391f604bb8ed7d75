"""Exports that are JSON."""

import json

import pytest

from reader.intake.exports.annotations import BROKEN, UNKNOWN, read_json
from reader.intake.exports.things import NotAnExport

QUOTE = {"type": "TextQuoteSelector", "exact": "Ask a modeller", "prefix": "The grid. ", "suffix": " what limits"}
ANNOTATION = {
    "id": "a1",
    "created": "2026-05-17T10:23:00.123456+00:00",
    "user": "acct:cleo@hypothes.is",
    "uri": "https://kilowatt.example/p/grid",
    "text": "I did",
    "tags": ["power"],
    "target": [
        {
            "source": "x",
            "selector": [{"type": "RangeSelector"}, {"type": "TextPositionSelector", "start": 412, "end": 426}, QUOTE],
        }
    ],
    "document": {"title": ["The grid is the model"]},
}


@pytest.mark.parametrize(
    "shape", [lambda rows: {"annotations": rows}, lambda rows: {"total": 1, "rows": rows}, lambda rows: rows]
)
def test_hypothesis_keeps_the_selectors(shape: "object") -> None:
    assert callable(shape)
    note = {**ANNOTATION, "id": "a2", "target": [{"source": "x"}], "text": "On the whole"}
    answer = {**ANNOTATION, "id": "a3", "references": ["a1"]}
    file = {**ANNOTATION, "id": "a4", "uri": "urn:x-pdf:123"}
    export = read_json(json.dumps(shape([ANNOTATION, note, answer, file, 7])))
    (piece,) = export.pieces
    (mark,) = piece.marks
    assert (mark.exact, mark.prefix, mark.suffix, mark.start) == ("Ask a modeller", "The grid. ", " what limits", 412)
    assert (piece.title, piece.notes, mark.note, mark.tags) == (
        "The grid is the model",
        ["On the whole"],
        "I did",
        ("power",),
    )
    assert [problem.row for problem in export.problems] == [3, 4, 5]


def test_karakeep() -> None:
    rows = [
        {
            "createdAt": 1747477380,
            "title": "The grid",
            "tags": ["power"],
            "content": {"type": "link", "url": "https://k.example/g"},
            "note": "Read",
            "archived": True,
        },
        {
            "createdAt": 1747477380,
            "title": "A thought",
            "tags": [],
            "content": {"type": "text", "text": "One <b>line</b>\nAnother"},
            "note": None,
        },
        {"createdAt": 1747477380, "title": "A scan", "tags": [], "content": {"type": "asset"}, "note": None},
    ]
    export = read_json(json.dumps({"bookmarks": rows}))
    link, text = export.pieces
    assert (link.url, link.tags, link.notes, link.archived) == ("https://k.example/g", ("power",), ["Read"], True)
    assert text.html == "<p>One &lt;b>line&lt;/b></p><p>Another</p>"
    assert [problem.name for problem in export.problems] == ["A scan"]


def test_pocket_highlights() -> None:
    rows = [
        {
            "url": "https://k.example/g",
            "title": "The grid",
            "highlights": [{"quote": "Ask a modeller", "created_at": 1747477380}, {"quote": ""}],
        }
    ]
    (piece,) = read_json(json.dumps(rows)).pieces
    assert [mark.exact for mark in piece.marks] == ["Ask a modeller"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", BROKEN),
        ("[" * 100_000, BROKEN),
        ("{}", UNKNOWN),
        ('[{"a": 1}]', UNKNOWN),
        ('"words"', UNKNOWN),
        ("[null]", UNKNOWN),
    ],
)
def test_what_is_no_export_says_so(text: str, says: str) -> None:
    with pytest.raises(NotAnExport, match=says[:30]):
        read_json(text)
