"""Mails that somebody passed on: the note on top is not the piece, and a piece that quotes a mail is not a mail."""

import pytest

from reader.core.sanitising import clean, text_of
from reader.intake.mailheads import NOTE
from reader.intake.reading import Form, Reading, Role, read

NOTE_LINES = ["FYI - the second paragraph is about us.", "Karl"]
BODY = "The first paragraph is a sentence of some length, so that the piece has clearly begun by now."
GMAIL = """---------- Forwarded message ---------
From: Jane Doe <jane@letter.example>
Date: Tue, 4 Nov 2025 at 07:15
Subject: Fwd: Tokens at noon
To: <karl@private.example>"""
OUTLOOK = """________________________________
From: Jane Doe <jane@letter.example>
Sent: Tuesday, November 4, 2025 7:15 AM
To: Karl Moss <karl@private.example>
Subject: FW: Tokens at noon"""
ORIGINAL = """-----Original Message-----
From: Jane Doe [mailto:jane@letter.example]
Sent: 4 November 2025 07:15
To: karl@private.example
Subject: Tokens at noon"""
APPLE = """Begin forwarded message:

From: Jane Doe <jane@letter.example>
Subject: Tokens at noon
Date: 4 November 2025 at 07:15:00 CET
To: karl@private.example"""
THUNDERBIRD = """-------- Forwarded Message --------
Subject: Tokens at noon
Date: Tue, 4 Nov 2025 07:15:00 +0100
From: Jane Doe <jane@letter.example>
To: karl@private.example"""
GERMAN = """-----Ursprüngliche Nachricht-----
Von: Jane Doe <jane@letter.example>
Gesendet: Dienstag, 4. November 2025 07:15
An: karl@private.example
Betreff: WG: Tokens at noon"""
FRENCH = """---------- Message transféré ---------
De : Jane Doe <jane@letter.example>
Date : mar. 4 nov. 2025 à 07:15
Objet : TR : Tokens at noon
À : <karl@private.example>"""
SPANISH = """---------- Mensaje reenviado ---------
De: Jane Doe <jane@letter.example>
Fecha: mar, 4 nov 2025
Asunto: RV: Tokens at noon
Para: <karl@private.example>"""
DUTCH = """Begin doorgestuurd bericht:

Van: Jane Doe <jane@letter.example>
Onderwerp: Tokens at noon
Datum: 4 november 2025 om 07:15
Aan: karl@private.example"""
UNMARKED = """From: Jane Doe <jane@letter.example>
Date: Tuesday, 4 November 2025 at 07:15
To: Karl Moss <karl@private.example>
Subject: Tokens at noon"""
HEADS = [GMAIL, OUTLOOK, ORIGINAL, APPLE, THUNDERBIRD, GERMAN, FRENCH, SPANISH, DUTCH, UNMARKED]


def body_of(reading: Reading) -> str:
    return text_of(clean(reading.html))


@pytest.mark.parametrize("note", [[], NOTE_LINES, ["Worth reading before the meeting on Monday, I think.", "K."]])
@pytest.mark.parametrize("head", HEADS, ids=lambda head: head.splitlines()[0])
def test_a_forwarded_mail_is_read_below_the_note(head: str, note: list[str]) -> None:
    reading = read("\n\n".join([*note, head, BODY]), Form.TEXT)
    assert (reading.title, reading.authors, reading.publication) == ("Tokens at noon", ["Jane Doe"], None)
    assert str(reading.published) == "2025-11-04"
    assert body_of(reading) == BODY


@pytest.mark.parametrize("head", HEADS, ids=lambda head: head.splitlines()[0])
def test_the_note_can_be_put_back(head: str) -> None:
    raw = "\n\n".join([*NOTE_LINES, head, BODY])
    notes = [line for line in read(raw, Form.TEXT).lines if line.reason == NOTE and line.text in NOTE_LINES]
    assert [line.text for line in notes] == NOTE_LINES
    assert NOTE_LINES[0] in body_of(read(raw, Form.TEXT, keep={notes[0].number}))


def test_the_innermost_of_several_mails_counts() -> None:
    outer = GMAIL.replace("Jane Doe", "Max Moe").replace("Tokens at noon", "see below")
    reading = read(f"FYI\n\n{outer}\n\nPlease read.\n\n{GMAIL}\n\n{BODY}", Form.TEXT)
    assert (reading.title, reading.authors, body_of(reading)) == ("Tokens at noon", ["Jane Doe"], BODY)


def test_a_head_without_line_breaks_is_read() -> None:
    lines = "<br>".join(GMAIL.replace("<", "&lt;").replace(">", "&gt;").splitlines())
    reading = read(f"<p>FYI</p><div>{lines}</div><p>{BODY}</p>", Form.HTML)
    assert (reading.title, reading.authors, body_of(reading)) == ("Tokens at noon", ["Jane Doe"], BODY)


def test_who_signs_the_piece_is_its_author_and_not_who_sent_it() -> None:
    reading = read(f"{UNMARKED}\n\nTokens at noon\n\nBy Max Moe\n\n{BODY}", Form.TEXT)
    assert reading.authors == ["Max Moe"]


@pytest.mark.parametrize("head", HEADS, ids=lambda head: head.splitlines()[0])
@pytest.mark.parametrize(
    "above",
    [
        ["How a leak travels", "By Nadia Verhoeven", BODY],
        ["How a leak travels", "Mar 3, 2024", BODY],
        ["How a leak travels", BODY],
        [BODY, BODY, BODY, BODY, BODY],
        ["A colleague sent me this mail on Friday, and I have thought about it ever since:"],
    ],
)
def test_a_piece_that_quotes_a_mail_keeps_it(head: str, above: list[str]) -> None:
    reading = read("\n\n".join([*above, head, BODY]), Form.TEXT)
    assert above[-1] in body_of(reading)
    assert "karl@private.example" in body_of(reading)


@pytest.mark.parametrize(
    "line",
    [
        "From: nobody. To: everybody.",
        "Re: invention of the wheel",
        "Write to me at jane@letter.example before Monday.",
        "Subject: you are wrong",
    ],
)
def test_a_line_that_looks_like_a_field_stays_in_the_text(line: str) -> None:
    assert line in body_of(read(f"Title\n\nBy Jane Doe\n\n{BODY}\n\n{line}\n\n{BODY}", Form.TEXT))


@pytest.mark.parametrize(
    ("sender", "authors"),
    [
        ("Ingrid Solberg, Chief Strategy Officer", ["Ingrid Solberg"]),
        ("Ingrid Solberg, VP, Growth, and Erik Brandt, Head of Treasury", ["Ingrid Solberg", "Erik Brandt"]),
        ("Ingrid Solberg, Erik Brandt", ["Ingrid Solberg", "Erik Brandt"]),
        ("Ingrid Solberg (Strategy)", ["Ingrid Solberg"]),
    ],
)
def test_an_office_is_no_author_of_a_memo(sender: str, authors: list[str]) -> None:
    memo = f"CONFIDENTIAL - DO NOT FORWARD\n\nMEMORANDUM\n\nTO: All\nFROM: {sender}\nDATE: April 9, 2024\nRE: Models"
    reading = read(f"{memo}\n\n{BODY}", Form.TEXT)
    assert (reading.authors, reading.title, str(reading.published)) == (authors, "Models", "2024-04-09")
    assert body_of(reading) == BODY
    assert all(line.role is not Role.BODY for line in reading.lines if "CONFIDENTIAL" in line.text)


@pytest.mark.parametrize("address", ["hi@token.example", "tokens@ledger.example"])
@pytest.mark.parametrize("button", ["Share Token Ledger", "Subscribe to Token Ledger"])
def test_a_sender_whom_a_button_names_is_the_publication(button: str, address: str) -> None:
    mail = GMAIL.replace("Jane Doe <jane@letter.example>", f"Token Ledger <{address}>")

    reading = read(f"{mail}\n\n{BODY}\n\n{button}\n\n{BODY}\n", Form.TEXT)

    assert (reading.publication, reading.authors) == ("Token Ledger", [])
    assert {line.text: line.role for line in reading.lines}[button] is Role.FURNITURE
    assert next(line.role for line in reading.lines if address in line.text) is Role.PUBLICATION


def test_a_sender_whom_no_button_names_is_the_author() -> None:
    reading = read(f"{GMAIL}\n\n{BODY}\n\nMessage Jane Doe\n\n{BODY}\n", Form.TEXT)

    assert (reading.publication, reading.authors) == (None, ["Jane Doe"])
