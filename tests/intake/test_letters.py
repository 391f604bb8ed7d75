"""What letters have around their text: a preheader, a number and a date on top, a signature at the end."""

import pytest

from reader.core.sanitising import clean, text_of
from reader.intake.bylines import parse_byline
from reader.intake.reading import Form, read

BODY = "The first paragraph is a sentence of some length, so that the piece has clearly begun by now."


@pytest.mark.parametrize(
    ("line", "published", "precision"),
    [
        ("Issue #47 | 2 June 2025", "2025-06-02", "day"),
        ("No. 12 · March 2024", "2024-03-01", "month"),
        ("Vol. 3, Issue 4 — Tuesday, 4 June 2024", "2024-06-04", "day"),
        ("Issue No. 5 // 3 May 2024", "2024-05-03", "day"),
        ("4 June 2024 - Issue 31", "2024-06-04", "day"),
        ("Volume 3 • Number 12 • Spring 2024", "2024-01-01", "year"),
        ("Ausgabe 12 | 3. Mai 2024", "2024-05-03", "day"),
        ("Working Paper No. 7, October 2024", "2024-10-01", "month"),
    ],
)
def test_the_line_with_the_number_dates_the_issue(line: str, published: str, precision: str) -> None:
    reading = read(f"The Stone Review\n{line}\n\nWhat 2030 will bring\n\n{BODY}\n\n{BODY}", Form.TEXT)
    assert (str(reading.published), reading.published_precision) == (published, precision)
    assert (reading.title, reading.publication) == ("What 2030 will bring", "The Stone Review")
    assert line not in text_of(clean(reading.html))


@pytest.mark.parametrize(
    "line", ["The 2024 Issue", "No. 12 of March 2024 was great", "Models | 2024", "Issue 12 was the best of 2024."]
)
def test_other_lines_with_numbers_date_nothing(line: str) -> None:
    assert parse_byline(line) is None


@pytest.mark.parametrize(
    ("top", "title", "publication"),
    [
        ("Signals for the week\nView this email in your browser\nThe Stone Brief\nIssue #4 | 2 June 2025",
         "Signals for the week", "The Stone Brief"),
        ("Plus: why slate is back.\nView in browser\nThe Stone Review\nNo. 4 · June 2025\n\nSlate is back",
         "Slate is back", "The Stone Review"),
        ("Plus: why slate is back.\nView in browser\nSlate is back\nBy Jane Doe\n2 June 2025", "Slate is back", None),
    ],
)  # fmt: skip
def test_a_preheader_is_told_from_the_title(top: str, title: str, publication: str | None) -> None:
    reading = read(f"{top}\n\nDear reader,\n\n{BODY}\n\n{BODY}", Form.TEXT)
    assert (reading.title, reading.publication) == (title, publication)
    assert text_of(clean(reading.html)) == f"Dear reader,\n{BODY}\n{BODY}"


@pytest.mark.parametrize("formula", ["Warm regards,", "Best,", "Until next week,", "Mit freundlichen Grüßen"])
def test_a_full_signature_names_the_author_and_goes(formula: str) -> None:
    reading = read(f"{BODY}\n\n{BODY}\n\n{formula}\nAnneke de Wit\nSenior Fellow, Stone Institute", Form.TEXT)
    assert reading.authors == ["Anneke de Wit"]
    assert text_of(clean(reading.html)) == f"{BODY}\n{BODY}"


@pytest.mark.parametrize(
    "ending",
    [
        "Warm regards,\nAnneke",
        "Best,\nthe machine wrote, and signed.",
        "Best of all was the view.",
        "Anneke de Wit\nnever came back.",
    ],
)
def test_other_endings_stay(ending: str) -> None:
    reading = read(f"{BODY}\n\n{BODY}\n\n{ending}", Form.TEXT)
    assert (reading.authors, text_of(clean(reading.html))) == ([], f"{BODY}\n{BODY}\n{ending}")


def test_a_letter_that_somebody_else_signs_is_kept() -> None:
    quoted = "Warm regards,\nMax Moe\nChief Engineer"
    reading = read(f"Title\n\nBy Jane Doe\n\n{BODY}\n\n{BODY}\n\n{quoted}", Form.TEXT)
    assert (reading.authors, text_of(clean(reading.html))) == (["Jane Doe"], f"{BODY}\n{BODY}\n{quoted}")


def test_a_postscript_keeps_the_signature_above_it() -> None:
    reading = read(f"{BODY}\n\n{BODY}\n\nBest,\nJane Doe\n\nP.S. The slate is back.", Form.TEXT)
    assert reading.authors == ["Jane Doe"]
    assert text_of(clean(reading.html)).endswith("Best,\nJane Doe\nP.S. The slate is back.")
