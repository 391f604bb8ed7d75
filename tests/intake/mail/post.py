"""Mails as servers send them, made of a few words."""

from email.message import EmailMessage
from pathlib import Path

PAGES = Path(__file__).parent.parent / "pages"
BODY = """<h1>{title}</h1>
<p>Ask a modeller what limits the next run and you hear about data. Ask whoever signs the lease.</p>
<p>We expect that at least one lab moves its largest cluster abroad before {year}, and that nobody says so aloud.</p>
<p>The rest is arithmetic: a substation takes four years, a model takes one, and neither waits for the other.</p>"""


def body(title: str = "The grid is the model", year: int = 2027) -> str:
    return BODY.format(title=title, year=year)


def mail(
    html: str = "",
    text: str = "",
    subject: str = "The grid is the model",
    sender: str = "Freya Lund from Kilowatt Review <kilowatt@substack.com>",
    **head: str,
) -> bytes:
    made = EmailMessage()
    fields = {
        "Date": "Tue, 03 Nov 2026 09:12:00 +0100",
        "Message-ID": f"<{abs(hash((subject, html, text)))}@mail.example>",
    }
    for name, value in ({"From": sender, "To": "cleo@example.org", "Subject": subject} | fields).items():
        made[name] = head.pop(name.replace("-", "_"), value)
    for name, value in head.items():
        made[name.replace("_", "-")] = value
    made.set_content(text or "Open this mail in a program that shows HTML.")
    if html or not text:
        made.add_alternative(f"<html><body>{html or body()}</body></html>", subtype="html")
    return made.as_bytes()


def box(*mails: bytes) -> bytes:
    return b"".join(
        b"From sender@example.org Tue Nov  3 09:12:00 2026\n" + one.replace(b"\nFrom ", b"\n>From ") + b"\n\n"
        for one in mails
    )
