"""A mail's words and its sender, however a server wrapped them."""

import base64
import quopri
from datetime import date

import pytest

from reader.intake.mail.letters import MOST_BYTES, NO_MAIL, NO_WORDS, TOO_LARGE, TOO_NESTED, NoLetter, read_letter
from reader.intake.mail.pieces import Confirmation, MailedPiece, understand
from tests.intake.mail.post import PAGES, body, mail


def piece(data: bytes) -> MailedPiece:
    found = understand(data)
    assert isinstance(found, MailedPiece)
    return found


def test_a_newsletter_is_a_piece() -> None:
    extracted = piece(mail(List_ID="Kilowatt Review <kilowatt.substack.com>")).extracted()

    assert (extracted.title, extracted.authors, extracted.publication) == (
        "The grid is the model",
        ["Freya Lund"],
        "Kilowatt Review",
    )
    assert (extracted.published, extracted.published_precision) == ("2026-11-03", "day")
    assert extracted.source_kind == "mail_html"
    assert extracted.body_first.startswith("Ask a modeller")
    assert extracted.body_paragraphs == 3


def test_a_post_of_substack_keeps_every_block() -> None:
    html = (PAGES / "substack-mail.html").read_text()
    wanted = (PAGES / "substack-mail.body").read_text().split("\n")

    kept = piece(mail(html)).extracted().html.split("\n")

    assert [line for line in wanted if line and line not in kept] == []


def test_the_words_are_taken_from_html_where_there_is_some() -> None:
    letter = read_letter(mail(html=body(), text="Only a teaser."))
    assert "substation" in letter.html
    assert letter.text == ""


def test_a_plain_mail_is_read_as_text() -> None:
    words = (
        "The grid is the model\n\nAsk a modeller what limits the next run, and you hear about data.\n\nA second line.\n"
    )
    extracted = piece(mail(text=words)).extracted()
    assert extracted.source_kind == "mail_text"
    assert "Ask a modeller" in extracted.text


@pytest.mark.parametrize(
    ("head", "raw"),
    [
        (
            b'text/html; charset="iso-8859-1"\nContent-Transfer-Encoding: quoted-printable',
            quopri.encodestring("<p>Caf\xe9 prices, at 5 o'clock.</p>".encode("latin-1")),
        ),
        (
            b"text/html; charset=utf-8\nContent-Transfer-Encoding: base64",
            base64.encodebytes("<p>Café prices.</p>".encode()),
        ),
        (b"text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit", "<p>Café prices.</p>".encode("cp1252")),
        (b"text/html; charset=x-unknown-1\nContent-Transfer-Encoding: 8bit", "<p>Café prices.</p>".encode()),
        (b"text/html\nContent-Transfer-Encoding: 8bit", "<p>Café prices.</p>".encode()),
        (b'text/html; charset="koi8-r"\nContent-Transfer-Encoding: base64', base64.encodebytes("<p>Café</p>".encode())),
    ],
    ids=["quoted", "base64", "another than it says", "unknown", "none", "another, base64"],
)
def test_the_charset_is_found(head: bytes, raw: bytes) -> None:
    data = b"From: a@b.example\nSubject: Prices\nContent-Type: " + head + b"\n\n" + raw
    assert "Café" in read_letter(data).html


def test_encoded_heads_are_read() -> None:
    data = (
        b"From: =?utf-8?q?Mar=C3=ADa_=22Mia=22_L=C3=B3pez=2C_PhD?= <Mia@News.Example>\n"
        b"Subject: =?utf-8?b?VGhlIHllYXIgb2Yg8J+mmQ==?=\n =?utf-8?q?_herds_at_caf=C3=A9s?=\n\nSome words."
    )
    letter = read_letter(data)
    assert letter.subject == "The year of 🦙 herds at cafés"
    assert (letter.sender.address, letter.sender.name) == ("mia@news.example", 'María "Mia" López, PhD')


def test_the_sender_is_the_list_then_the_address_never_the_name() -> None:
    def key(**head: str) -> str:
        return read_letter(mail(**head)).sender.key

    lists = {
        key(sender=f"{name} <x{number}@mg.example>", List_ID="<Gradient.substack.com>")
        for number, name in enumerate("ABCD")
    }
    assert lists == {"list:gradient.substack.com"}
    assert {key(sender=f"{name} <News@Letter.Example>") for name in "ABCD"} == {"mail:news@letter.example"}
    assert key(sender="Same Name <a@x.example>") != key(sender="Same Name <b@x.example>")


@pytest.mark.parametrize(
    "wrong", ["Thu, 01 Jan 1970 00:00:00 +0000", "Fri, 1 Jan 2100 00:00:00 +0000", "yesterday", "32 Foo 99999"]
)
def test_a_wrong_clock_gives_no_date(wrong: str) -> None:
    assert read_letter(mail(Date=wrong)).sent is None
    known = read_letter(mail(Date=wrong, Received="from a by b; Wed, 4 Nov 2026 10:00:00 +0000")).sent
    assert known is not None
    assert known.date() == date(2026, 11, 4)


def test_the_address_on_the_web_is_that_of_the_list_post() -> None:
    address = "https://kilowatt.substack.com/p/the-grid"
    assert piece(mail(List_Post=f"<{address}>")).extracted().url == address
    assert read_letter(mail(List_Post="<mailto:list@lists.example>")).url is None


def test_what_is_no_letter_says_why() -> None:
    for data, why in [
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, NO_MAIL),
        (b"Dear diary", NO_MAIL),
        (b"From: a@b.example\nSubject: Nothing\n\n", NO_WORDS),
        (b"From: a@b.example\n\n" + b"x" * MOST_BYTES, TOO_LARGE),
        (nested(3000), TOO_NESTED),
    ]:
        with pytest.raises(NoLetter, match=why[:20]):
            understand(data)


def nested(depth: int) -> bytes:
    head = b"From: a@b.example\nSubject: Deep\n"
    for number in range(depth):
        head += b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (number, number)
    return head + b"Content-Type: text/plain\n\nwords\n"


def test_confirmations_are_no_pieces() -> None:
    asks = (
        '<p>Thanks for signing up to Kilowatt Review.</p><a href="https://x.example/c/1">Confirm your subscription</a>'
    )
    found = understand(mail(asks, subject="Please confirm your subscription"))
    assert isinstance(found, Confirmation)
    assert found.link == "https://x.example/c/1"
    plain = understand(
        mail(text="Click https://x.example/confirm/2 to confirm.\n", subject="Confirm your email address")
    )
    assert isinstance(plain, Confirmation)
    assert plain.link == "https://x.example/confirm/2"
    assert isinstance(
        understand(mail(body() * 10, subject="Studies confirm: your subscription is a habit")), MailedPiece
    )
