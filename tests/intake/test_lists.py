"""Lists and tables as people type them: nested by two blanks, begun with hyphens, cut with tabs."""

import pytest

from reader.core.sanitising import clean
from reader.intake.reading import Form, Role, read

BEFORE = "A first paragraph that is long enough to be running text, with a stop at its end."


def body(raw: str, form: Form) -> str:
    return clean(read(raw, form).html).replace("\n", "").replace("<p>", "").replace("</p>", "")


@pytest.mark.parametrize("indent", ["  ", "   ", "    "])
def test_a_list_inside_a_list_stays_there(indent: str) -> None:
    raw = f"# Prices\n\n{BEFORE}\n\n- one\n{indent}- other\n{indent}{indent}- third\n- two\n"

    inner = "<ul><li>other<ul><li>third</li></ul></li></ul>"
    assert body(raw, Form.MARKDOWN).endswith(f"<ul><li>one{inner}</li><li>two</li></ul>")


def test_bullets_inside_a_numbered_list_stay_there() -> None:
    assert body(f"{BEFORE}\n\n1. one\n  - a\n2. two\n", Form.MARKDOWN).endswith(
        "<ol><li>one<ul><li>a</li></ul></li><li>two</li></ol>"
    )


def test_the_paragraph_after_a_list_and_code_are_left_alone() -> None:
    html = clean(read(f"{BEFORE}\n\n- one\n  - two\n\n{BEFORE}\n\n```\n  - code\n```\n", Form.MARKDOWN).html)

    assert f"</ul>\n<p>{BEFORE}</p>" in html
    assert "<code>  - code</code>" in html


def test_an_item_of_a_nested_list_is_no_button() -> None:
    reading = read(f"# Prices\n\n{BEFORE}\n\n- one\n  - other\n", Form.MARKDOWN)

    assert [line.role for line in reading.lines if line.text == "other"] == [Role.BODY]


def test_lines_begun_with_hyphens_are_a_list() -> None:
    assert f"{BEFORE}<ul><li>small - and cheap</li><li>large</li></ul>" in body(
        f"Prices\n\n{BEFORE}\n\n- small - and cheap\n- large\n\n{BEFORE}\n", Form.TEXT
    )


def test_lines_begun_with_stars_are_a_list() -> None:
    html = body(f"Prices\n\n{BEFORE}\n\n* small * and cheap\n* large\n\n{BEFORE}\n", Form.TEXT)

    assert f"{BEFORE}<ul><li>small * and cheap</li><li>large</li></ul>" in html


@pytest.mark.parametrize("word", ["cheap*", "cheap*.", "(cheap*)"])
def test_stars_that_words_point_to_are_footnotes(word: str) -> None:
    html = body(f"Prices\n\nIt is {word} {BEFORE}\n\n* Without tax.\n* In euros.\n", Form.TEXT)

    assert "<ul>" not in html
    assert "* Without tax.* In euros." in html


def test_a_single_star_is_a_footnote() -> None:
    assert "<ul>" not in body(f"Prices\n\n{BEFORE}\n\n* Without tax.\n\n{BEFORE}\n", Form.TEXT)


def test_a_single_hyphen_is_speech() -> None:
    assert "<ul>" not in body(f"Prices\n\n{BEFORE}\n\n- Nobody knows, she said.\n\n{BEFORE}\n", Form.TEXT)


def test_lines_cut_with_tabs_are_a_table() -> None:
    row = "<tr><td>{}</td><td>{}</td></tr>"
    html = body(f"Prices\n\n{BEFORE}\n\nModel\tPrice\nSmall\t3 <EUR>\nLarge\t\n\n{BEFORE}\n", Form.TEXT)

    rows = row.format("Model", "Price") + row.format("Small", "3 &lt;EUR&gt;") + row.format("Large", "")
    assert f"<table><tbody>{rows}</tbody></table>" in html


def test_an_indented_paragraph_is_no_table() -> None:
    assert "<td>" not in body(f"Prices\n\n\t{BEFORE}\n\t{BEFORE}\n{BEFORE}\t\n{BEFORE}\t\n", Form.TEXT)
