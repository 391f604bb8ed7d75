"""Tables of other apps, told apart by their columns."""

from datetime import UTC, datetime
from time import process_time

import pytest

from reader.intake.exports.recognising import reader_of
from reader.intake.exports.tables import read_table
from reader.intake.exports.things import Export, NotAnExport

COLUMNS = "Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type,Location,Highlighted at"
READWISE = f"""{COLUMNS},Document tags
"Prices fall by half, within ""eighteen"" months.",The year of the small model,"Castell, Mira",,\
Doubtful,yellow,"power,#prices",order,3,2026-05-17 10:23:00+00:00,"ai,letters"
A second passage,The year of the small model,"Castell, Mira",,,,,order,4,,
,The year of the small model,"Castell, Mira",,only a note,,,order,5,,
Of a book,The Long Grid,Freya Lund and Sam Osei,B00ABC,,,,location,77,1970-01-01 00:00:00+00:00,
"""
READER = """Title,URL,ID,Document tags,Saved date,Reading progress,Location,Seen
The grid is the model,https://kilowatt.example/p/grid,01h,"['power', 'grids']",2026-05-17 10:23:00+00:00,0,archive,True
A file of mine,private://read/01abc,01i,[],2026-05-17 10:23:00+00:00,0,new,False
"""
HYPOTHESIS = """Created at,Author,Page,URL,Group,Type,Quote,Comment,Tags
2026-05-17T10:23:00Z,cleo,,https://kilowatt.example/p/grid,Public,Annotation,Ask a modeller,I did,"power,ask"
2026-05-17T10:24:00Z,cleo,,https://kilowatt.example/p/grid,Public,Highlight,a substation takes four years,,
2026-05-17T10:25:00Z,cleo,,https://kilowatt.example/p/grid,Public,Page note,,On the whole,
2026-05-17T10:25:00Z,ben,,https://kilowatt.example/p/grid,Public,Reply,,No,
"""
HYPOTHESIS_OF_2023 = """Creation Date,URL,Group,Annotation/Reply Type,Quote,User,Body,Tags,Page
2026-05-17 10:23,https://kilowatt.example/p/grid,Public,Annotation,Ask a modeller,cleo,I did,"power,ask",
2026-05-17 10:25,https://kilowatt.example/p/grid,Public,Annotation,,cleo,On the whole,,
2026-05-17 10:25,https://kilowatt.example/p/grid,Public,Reply,,ben,No,,
"""
INSTAPAPER = """URL,Title,Selection,Folder,Timestamp,Tags
https://kilowatt.example/p/grid,The grid,Ask a modeller,Archive,1747477380,"[""power"",""grids""]"
instapaper-private://email/1,Mine,,Unread,1747477380,[]
"""
POCKET = """title,url,time_added,tags,status
The grid,https://kilowatt.example/p/grid,1747477380,power|grids,archive
https://kilowatt.example/p/two,https://kilowatt.example/p/two,1747477380,,unread
"""


def read(text: str) -> Export:
    reader = reader_of(text)
    assert reader is not None
    return reader(text)


def test_readwise() -> None:
    export = read(READWISE)
    article, book = export.pieces
    assert (export.app, export.marks) == ("Readwise", 3)
    assert (article.title, article.authors, article.tags) == (
        "The year of the small model",
        ("Castell", "Mira"),
        ("ai", "letters"),
    )
    first, second = article.marks
    assert first.exact == 'Prices fall by half, within "eighteen" months.'
    assert (first.note, first.tags, first.made_at) == (
        "Doubtful",
        ("power", "prices"),
        datetime(2026, 5, 17, 10, 23, tzinfo=UTC),
    )
    assert second.made_at is None
    assert (book.kind, book.authors, book.marks[0].made_at) == ("book", ("Freya Lund", "Sam Osei"), None)
    assert [(problem.row, problem.sentence) for problem in export.problems] == [(4, "There are no words in this row.")]


def test_readwise_reader() -> None:
    export = read(READER)
    (piece,) = export.pieces
    assert (export.app, piece.url, piece.archived) == ("Readwise Reader", "https://kilowatt.example/p/grid", True)
    assert piece.tags == ("power", "grids")
    assert piece.saved_at is not None
    assert [problem.name for problem in export.problems] == ["A file of mine"]


def test_hypothesis() -> None:
    export = read(HYPOTHESIS)
    (piece,) = export.pieces
    assert [(mark.exact, mark.note, mark.tags) for mark in piece.marks] == [
        ("Ask a modeller", "I did", ("power", "ask")),
        ("a substation takes four years", "", ()),
    ]
    assert piece.notes == ["On the whole"]
    assert [problem.row for problem in export.problems] == [5]


def test_hypothesis_of_2023() -> None:
    export = read(HYPOTHESIS_OF_2023)
    (piece,) = export.pieces
    assert [(mark.exact, mark.note, mark.tags) for mark in piece.marks] == [
        ("Ask a modeller", "I did", ("power", "ask"))
    ]
    assert piece.marks[0].made_at == datetime(2026, 5, 17, 10, 23, tzinfo=UTC)
    assert (piece.notes, [problem.row for problem in export.problems]) == (["On the whole"], [4])


def test_instapaper_and_pocket() -> None:
    (kept,) = read(INSTAPAPER).pieces
    assert (kept.marks[0].exact, kept.tags, kept.archived) == ("Ask a modeller", ("power", "grids"), True)
    first, second = read(POCKET).pieces
    assert (first.tags, first.archived, second.title, second.archived) == (("power", "grids"), True, "", False)
    assert first.saved_at == datetime(2025, 5, 17, 10, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Highlight,Book Author,Note,Color,Tags\na,b,c,d,e\n", "“book title”"),
        ("URL,Selection,Folder,Timestamp\na,b,c,d\n", "“title”"),
        ("name,amount\nrent,3\n", "these columns: name, amount"),
        ("", "no column has a name"),
        ("\x00,\x00\n", "columns"),
    ],
)
def test_a_column_that_is_missing_is_named(text: str, says: str) -> None:
    with pytest.raises(NotAnExport, match=says):
        read_table(text)


def test_other_separators_marks_and_ends_of_lines() -> None:
    swapped = "\ufeff" + POCKET.replace(",", ";").replace("\n", "\r\n")
    assert len(read_table(swapped).pieces) == 2


def test_a_broken_row_is_a_problem_and_the_rest_is_read() -> None:
    export = read_table(POCKET + 'Lost,"https://kilowatt.example/three\n' + "x" * 100 + "\n")
    assert len(export.pieces) == 2
    export = read_table(
        "title,url,time_added,tags,status\n" + "a" * (9 * 1024 * 1024) + ",b\n" + POCKET.partition("\n")[2]
    )
    assert len(export.pieces) == 2
    assert "broken" in export.problems[0].sentence


ROWS = [f"Piece {n},https://kilowatt.example/{n},1747477380,power,unread" for n in range(1, 7)]


def with_row(at: int, row: str, *others: tuple[int, str]) -> Export:
    rows = list(ROWS)
    for place, other in others:
        rows[place] = other
    rows.insert(at, row)
    return read_table("\n".join(["title,url,time_added,tags,status", *rows, ""]))


@pytest.mark.parametrize("at", range(6))
def test_a_quotation_mark_that_is_not_closed_costs_its_own_row_alone(at: int) -> None:
    export = with_row(at, '"Lost,https://kilowatt.example/lost,1747477380,power,unread')
    assert [piece.title for piece in export.pieces] == [f"Piece {n}" for n in range(1, 7)]
    assert [(problem.row, "not closed" in problem.sentence) for problem in export.problems] == [(at + 2, True)]


def test_nor_does_it_take_rows_with_honest_ones_along() -> None:
    honest = '"Piece 4, the ""long"" one",https://kilowatt.example/4,1747477380,"a|b",unread'
    export = with_row(1, 'Lost,"https://kilowatt.example/lost,1747477380,power,unread', (3, honest))
    assert [piece.title for piece in export.pieces] == [
        *("Piece 1", "Piece 2", "Piece 3", 'Piece 4, the "long" one', "Piece 5", "Piece 6")
    ]
    assert [problem.row for problem in export.problems] == [3]


def test_a_cell_of_several_lines_is_one() -> None:
    export = read_table(READWISE.replace("Doubtful", '"Doubtful,\n\nand ""so"" on"'))
    assert export.pieces[0].marks[0].note == 'Doubtful,\n\nand "so" on'


def test_many_that_are_not_closed_take_no_longer() -> None:
    rows = "\n".join(f'"Lost {n},https://kilowatt.example/{n},1747477380,power,unread' for n in range(20_000))
    begun = process_time()
    export = read_table(f"title,url,time_added,tags,status\n{rows}\n")
    assert process_time() - begun < 5
    assert len(export.problems) + len(export.pieces) >= 19_999


@pytest.mark.parametrize("told", ["0", "1", "1970-01-01T00:00:00Z", "2999-05-17 10:23:00", "4102444800"])
def test_a_date_that_cannot_be_is_kept_as_doubtful(told: str) -> None:
    (piece,) = read_table(f"title,url,time_added,tags,status\nOne,https://k.example/1,{told},,unread\n").pieces
    assert (piece.saved_at, piece.doubtful) == (None, [told])


def test_no_date_and_one_that_cannot_be_read_are_not_doubtful() -> None:
    export = read_table(
        "title,url,time_added,tags,status\nOne,https://k.example/1,,,\nTwo,https://k.example/2,soon,,\n"
    )
    assert [piece.doubtful for piece in export.pieces] == [[], []]
