"""Bookmarks of browsers, of linkding and of Pocket."""

import pytest

from reader.intake.exports.bookmarks import read_bookmarks
from reader.intake.exports.recognising import reader_of
from reader.intake.exports.things import NotAnExport

NETSCAPE = """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE><H1>Bookmarks</H1>
<DL><p>
<DT><H3>Grids</H3><DL><p>
<DT><A HREF="https://k.example/g?a=1&amp;b=2" ADD_DATE="1747477380" PRIVATE="0" TOREAD="1"
TAGS="power,grids">The grid &amp; the model</A>
<DD>What limits the next run[linkding-notes]Mine: read twice[/linkding-notes]
<DT><A HREF="javascript:void(0)">A bookmarklet</A>
<DT><A HREF="file:///etc/passwd">A file</A>
<DT><A HREF="https://k.example/two">https://k.example/two</A>
</DL><p></DL><p>"""
POCKET = """<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />
<title>Pocket Export</title></head><body><h1>Unread</h1><ul>
<li><a href="https://k.example/g" time_added="1747477380" tags="power,grids">The grid</a></li></ul>
<h1>Read Archive</h1><ul><li><a href="https://k.example/two" time_added="1" tags="">Two</a></li></ul></body></html>"""


def test_linkding_and_browsers() -> None:
    assert reader_of(NETSCAPE) is read_bookmarks
    export = read_bookmarks(NETSCAPE)
    first, second = export.pieces
    assert export.app == "linkding"
    assert (first.url, first.title, first.tags) == (
        "https://k.example/g?a=1&b=2",
        "The grid & the model",
        ("power", "grids"),
    )
    assert first.notes == ["What limits the next run", "Mine: read twice"]
    assert (second.title, second.notes) == ("", [])
    assert [problem.name for problem in export.problems] == ["A file"]


def test_pocket() -> None:
    export = read_bookmarks(POCKET)
    assert [(piece.url, piece.archived, piece.saved_at is None) for piece in export.pieces] == [
        ("https://k.example/g", False, False),
        ("https://k.example/two", True, True),
    ]


def test_a_page_is_none() -> None:
    page = "<!DOCTYPE html><html><title>The grid</title><a href='https://k.example'>x</a></html>"
    assert reader_of(page) is None
    with pytest.raises(NotAnExport):
        read_bookmarks(page)
