"""Archives of Substack, Omnivore and Pocket."""

import io
import json
import zipfile
from typing import IO

import pytest

from reader.intake.archives import archive_in
from reader.intake.exports.recognising import export_in
from reader.intake.exports.things import Export

POSTS = """post_id,post_date,is_published,email_sent_at,inbox_sent_at,type,audience,title,subtitle,podcast_url
101.the-grid,2026-05-17T10:23:00.000Z,true,,,newsletter,everyone,"The grid, again",On power,
102.paid,2026-05-18T10:23:00.000Z,true,,,newsletter,only_paid,For those who pay,,
103,2026-05-19T10:23:00.000Z,false,,,newsletter,everyone,A draft,,
104.gone,2026-05-20T10:23:00.000Z,true,,,newsletter,everyone,Without text,,
"""
SUBSTACK = {
    "posts.csv": POSTS,
    "posts/101.the-grid.html": "<p>Ask a modeller.</p>",
    "posts/102.paid.html": "<p>Whole.</p>",
    "posts/103.a-draft.html": "<p>Not yet.</p>",
    "posts/101.opens.csv": "post_id,email\n101,secret@example.org\n",
    "email_list.kilowatt.csv": "email,active\nsecret@example.org,true\n",
}


#: As Omnivore's own job wrote them: an empty line of a quote became a mark, its other lines have none.
OMNIVORE_MARKS = (
    "> Ask a modeller\n> what limits it. \n\n#power #to do\n\nI did\n\nTwice\n\n"
    "> Another\nthat goes on \n\nOf the piece itself\n\n\n\n> The last \n\n#power"
)


def packed(files: dict[str, str]) -> io.BytesIO:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    made.seek(0)
    return made


def read(files: dict[str, str]) -> Export | None:
    with archive_in(packed(files)) as entries:
        return export_in(entries)


def test_substack_gives_posts_and_never_subscribers(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    with archive_in(packed(SUBSTACK)) as entries:
        archive = entries[0].archive
        real = archive.open

        def open_and_tell(info: zipfile.ZipInfo) -> IO[bytes]:
            opened.append(info.filename)
            return real(info)

        monkeypatch.setattr(archive, "open", open_and_tell)
        export = export_in(entries)
    assert export is not None
    first, paid = export.pieces
    assert (first.title, first.url, first.audience) == (
        "The grid, again",
        "https://kilowatt.substack.com/p/the-grid",
        "everyone",
    )
    assert first.published is not None
    assert "<p>Ask a modeller.</p>" in first.html
    assert paid.audience == "only_paid"
    assert [problem.name for problem in export.problems] == ["A draft", "Without text"]
    assert sorted(opened) == ["posts.csv", "posts/101.the-grid.html", "posts/102.paid.html"]
    assert "secret" not in repr(export)


def test_omnivore_keeps_words_and_marks() -> None:
    row = {
        "id": "1",
        "slug": "the-grid-abc",
        "title": "The grid",
        "author": "Freya Lund",
        "url": "https://k.example/g",
        "state": "ARCHIVED",
        "labels": ["power"],
        "savedAt": "2026-05-17T10:23:00.000Z",
        "publishedAt": None,
    }
    export = read(
        {
            "metadata_0_to_20.json": json.dumps([row, {**row, "slug": "two", "url": "https://k.example/two"}]),
            "content/the-grid-abc.html": "<p>Ask a modeller what limits it.</p>",
            "highlights/the-grid-abc.md": OMNIVORE_MARKS,
            "highlights/two.md": "On the whole, no.\n\n\n\n> Ask \n\nMine\n\nAlso on the whole\n\n",
        }
    )
    assert export is not None
    first, second = export.pieces
    assert (first.authors, first.tags, first.archived, second.html) == (("Freya Lund",), ("power",), True, "")
    assert "modeller" in first.html
    assert [(mark.exact, mark.note, mark.tags) for mark in first.marks] == [
        ("Ask a modeller\nwhat limits it.", "I did\n\nTwice", ("power", "to do")),
        ("Another\nthat goes on", "", ()),
        ("The last", "", ("power",)),
    ]
    assert (first.notes, second.notes) == (["Of the piece itself"], ["On the whole, no.", "Also on the whole"])
    assert [(mark.exact, mark.note) for mark in second.marks] == [("Ask", "Mine")]


def test_pocket_joins_links_and_marks() -> None:
    export = read(
        {
            "pocket/part_000000.csv": "title,url,time_added,tags,status\nThe grid,https://k.example/g,1747477380,power,unread\n",
            "pocket/annotations/part_000000.json": json.dumps(
                [
                    {
                        "url": "https://k.example/g",
                        "title": "The grid",
                        "highlights": [{"quote": "Ask", "created_at": 1747477380}],
                    }
                ]
            ),
        }
    )
    assert export is not None
    (piece,) = export.pieces
    assert (piece.tags, [mark.exact for mark in piece.marks]) == (("power",), ["Ask"])


def test_another_archive_is_none() -> None:
    assert read({"a.eml": "From: a@b.example"}) is None
