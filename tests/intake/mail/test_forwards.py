"""A newsletter that somebody passed on is its own sender's."""

from email.message import EmailMessage

import pytest

from reader.intake.mail.forwards import unwrap
from reader.intake.mail.letters import read_letter
from reader.intake.mail.pieces import MailedPiece, understand
from tests.intake.mail import forwarded
from tests.intake.mail.post import body, mail

GMAIL = f"""<div dir="ltr">Have a look<br><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">----------
Forwarded message ---------<br>From: <strong class="gmail_sendername" dir="auto">Freya Lund from Kilowatt
Review</strong> <span dir="auto">&lt;<a href="mailto:kilowatt@substack.com">kilowatt@substack.com</a>&gt;</span><br>
Date: Tue, 3 Nov 2026 at 09:12<br>Subject: The grid is the model<br>
To:  &lt;<a href="mailto:cleo@example.org">cleo@example.org</a>&gt;<br>
</div><br><br>{body()}</div></div>"""
APPLE = f"""<html><body>For you.<br><div><br><blockquote type="cite"><div>Begin forwarded message:</div><br>
<div style="margin:0"><span><b>From: </b></span>
<span>Freya Lund from Kilowatt Review
&lt;<a href="mailto:kilowatt@substack.com">kilowatt@substack.com</a>&gt;<br></span></div>
<div><span><b>Subject: </b></span><span><b>The grid is the model</b><br></span></div>
<div><span><b>Date: </b></span><span>3 November 2026 at 09:12:00 CET<br></span></div>
<div><span><b>To: </b></span><span>cleo@example.org<br></span></div><br>
<div>{body()}</div></blockquote></div></body></html>"""
OUTLOOK = f"""<html><body><div>See below</div><hr tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri">
<b>From:</b> Freya Lund from Kilowatt Review &lt;kilowatt@substack.com&gt;<br>
<b>Sent:</b> Tuesday, November 3, 2026 9:12 AM<br>
<b>To:</b> Cleo &lt;cleo@example.org&gt;<br><b>Subject:</b> The grid is the model</font><div>&nbsp;</div></div>
<div>{body()}</div></body></html>"""
GERMAN = f"""<html><body><p>Lies mal</p>
<div><p><b>Von:</b> Freya Lund from Kilowatt Review [mailto:kilowatt@substack.com]<br>
<b>Gesendet:</b> Dienstag, 3. November 2026 09:12<br><b>An:</b> Cleo<br><b>Betreff:</b> The grid is the model</p></div>
{body()}</body></html>"""


@pytest.mark.parametrize(
    ("html", "subject"),
    [
        (GMAIL, "Fwd: The grid is the model"),
        (APPLE, "Fwd: The grid is the model"),
        (OUTLOOK, "FW: The grid is the model"),
        (GERMAN, "WG: The grid is the model"),
    ],
    ids=["gmail", "apple", "outlook", "german"],
)
def test_the_letter_inside_is_the_piece(html: str, subject: str) -> None:
    found = understand(
        mail(html, subject=subject, sender="Cleo <cleo@example.org>", Date="Fri, 06 Nov 2026 10:00:00 +0000")
    )

    assert isinstance(found, MailedPiece)
    assert found.letter.sender.key == "mail:kilowatt@substack.com"
    assert found.letter.forwarded_by == "cleo@example.org"
    extracted = found.extracted()
    assert (extracted.title, extracted.published) == ("The grid is the model", "2026-11-03")
    assert extracted.authors == ["Freya Lund"]
    assert extracted.text.startswith("Ask a modeller")
    assert "Forwarded" not in extracted.text


def test_plain_text_is_unwrapped_too() -> None:
    quoted = (
        "FYI\n\n> Begin forwarded message:\n> \n> From: Freya Lund <freya@kilowatt.example>\n"
        "> Subject: Power\n> Date: 3 November 2026\n> \n> Words of hers."
    )
    letter = unwrap(read_letter(mail(text=quoted, subject="Fwd: Power")))
    assert (letter.sender.address, letter.subject) == ("freya@kilowatt.example", "Power")


def test_one_that_was_passed_on_twice_is_the_innermost() -> None:
    twice = (
        GMAIL.replace(body(), "")
        .replace("kilowatt@substack.com", "ben@example.org")
        .replace("Freya Lund from Kilowatt Review", "Ben")
        + GMAIL
    )
    letter = unwrap(read_letter(mail(twice, subject="Fwd: Fwd: The grid is the model")))
    assert letter.sender.address == "kilowatt@substack.com"


def test_an_attached_mail_is_the_piece() -> None:
    outer = EmailMessage()
    outer["From"], outer["Subject"] = "cleo@example.org", "For the shelf"
    outer.set_content("See the attachment.")
    inner = EmailMessage()
    inner["From"], inner["Subject"], inner["List-ID"] = "k@substack.com", "The grid", "<kilowatt.substack.com>"
    inner.set_content(f"<html><body>{body()}</body></html>", subtype="html")
    outer.add_attachment(inner)
    letter = read_letter(outer.as_bytes())
    assert (letter.sender.key, letter.subject, letter.forwarded_by) == (
        "list:kilowatt.substack.com",
        "The grid",
        "cleo@example.org",
    )


def test_a_letter_that_quotes_a_mail_is_its_own() -> None:
    quoting = (
        body() + "<p>He wrote to me:</p><blockquote><p>From: Sam &lt;sam@lab.example&gt;</p>"
        "<p>Subject: Scale</p><p>No.</p></blockquote>"
    )
    letter = read_letter(mail(quoting, subject="On scale"))
    assert unwrap(letter) is letter


def passed_on(made: str, subject: str, *, plain: bool = False) -> MailedPiece:
    words = {"text": made} if plain else {"html": made}
    day = "Fri, 06 Nov 2026 10:00:00 +0000"
    found = understand(mail(**words, subject=subject, sender="Cleo <cleo@example.org>", Date=day))
    assert isinstance(found, MailedPiece)
    return found


def assert_is_the_newsletter(found: MailedPiece) -> None:
    letter, extracted = found.letter, found.extracted()
    assert (letter.sender.key, letter.forwarded_by) == (f"mail:{forwarded.ADDRESS}", "cleo@example.org")
    assert (extracted.title, extracted.published, extracted.authors, extracted.publication) == (
        forwarded.TITLE,
        "2026-11-03",
        ["Freya Lund"],
        "Kilowatt Review",
    )
    assert extracted.text.startswith("Ask a modeller")
    assert extracted.text.endswith("neither waits for the other.")


@pytest.mark.parametrize("language", forwarded.LABELS)
@pytest.mark.parametrize("program", forwarded.HTML)
def test_whatever_program_passed_it_on(program: str, language: str) -> None:
    made = forwarded.HTML[program](language)
    assert_is_the_newsletter(passed_on(made, f"{forwarded.SUBJECT[language]}{forwarded.TITLE}"))


@pytest.mark.parametrize("language", forwarded.LABELS)
@pytest.mark.parametrize("program", forwarded.PLAIN)
def test_whatever_program_passed_it_on_as_plain_text(program: str, language: str) -> None:
    made = forwarded.PLAIN[program](language)
    assert_is_the_newsletter(passed_on(made, f"{forwarded.SUBJECT[language]}{forwarded.TITLE}", plain=True))


@pytest.mark.parametrize("outer", ["gmail", "outlook", "thunderbird", "proton", "yahoo"])
@pytest.mark.parametrize("inner", ["gmail", "outlook web", "apple", "iphone", "samsung"])
def test_one_that_two_programs_passed_on(outer: str, inner: str) -> None:
    around = forwarded.HTML[outer]("english")
    for ours, theirs in ((forwarded.NAME, "Ben Ortiz"), (forwarded.ADDRESS, "ben@example.org"), ("November 3", "5")):
        around = around.replace(ours, theirs)
    made = around.replace(body(), forwarded.HTML[inner]("english"))
    assert_is_the_newsletter(passed_on(made, f"Fwd: FW: {forwarded.TITLE}"))


def test_its_source_is_kept_with_what_stood_above() -> None:
    found = passed_on(forwarded.gmail("english"), f"Fwd: {forwarded.TITLE}")
    assert "Have a look" in found.raw
    assert "Have a look" not in found.extracted().text


def test_a_long_note_above_it_is_not_thrown_away() -> None:
    note = " ".join(["I disagree with every word of this, and here is why I do."] * 12)
    found = passed_on(forwarded.gmail("english").replace("Have a look", note), f"Fwd: {forwarded.TITLE}")
    assert "here is why" in found.extracted().text


@pytest.mark.parametrize(
    ("label", "said", "day"),
    [
        ("From", "11/3/26  9:12 AM  (GMT+01:00)", "2026-11-03"),
        ("From", "25/11/26  9:12 AM", "2026-11-25"),
        ("From", "03/11/2026  09:12  (GMT+01:00)", None),
        ("De ", "03/11/2026  09:12", "2026-11-03"),
        ("Von", "03.11.26  09:12", "2026-11-03"),
        ("From", "31/31/26", None),
        ("From", "On Tuesday, November 3rd, 2026 at 9:12 AM", "2026-11-03"),
    ],
)
def test_a_day_in_numbers_is_read_where_one_can_tell(label: str, said: str, day: str | None) -> None:
    lines = f"{label}: Freya <freya@kilowatt.example>\nDate: {said}\nSubject: Power\n\nWords of hers.\n"
    letter = unwrap(read_letter(mail(text=lines, subject="Fwd: Power", Date="Fri, 06 Nov 2026 10:00:00 +0000")))
    assert letter.sent is not None
    assert letter.sent.date().isoformat() == (day or "2026-11-06")
