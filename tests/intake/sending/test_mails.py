"""Mails to a reader's own address: taken at the door or collected, politely refused, and brought in by the worker."""

import smtplib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test import Client, override_settings
from django_tasks_db.models import DBTaskResult

from reader.core.environment import BadSetting, Mailbox, mailbox
from reader.intake.mail.letters import MOST_BYTES
from reader.intake.sending import post
from reader.intake.sending.collecting import collect
from reader.intake.sending.models import WayIn
from reader.intake.sending.post import NotTaken, Received, bring_received, reader_at, receive
from reader.intake.sending.smtp import NOBODY, serve, take
from reader.library.models import Article
from tests.intake.mail.post import mail
from tests.world import World

HOST = "letters.example.org"


@pytest.fixture(autouse=True)
def inbox() -> Iterator[None]:
    with override_settings(INBOX_HOST=HOST):
        yield


def address(world: World) -> str:
    return f"{WayIn.make(world.cleo, WayIn.Door.MAIL).secret}@{HOST}"


def test_a_mail_comes_to_its_readers_shelf(world: World, cleo: Client) -> None:
    there, letter = address(world), mail()
    assert take([there, there], letter).startswith("250")
    one = Received.objects.get()
    assert DBTaskResult.objects.filter(task_path="reader.intake.sending.post.bring_received").count() == 1
    bring_received.func(received_id=one.pk)
    piece = Article.objects.get(title="The grid is the model")
    assert (piece.owner, piece.visibility) == (world.cleo, "private")
    one.refresh_from_db()
    assert (one.article, one.outcome, bytes(one.data)) == (piece, "added", b"")
    assert take([there], letter).startswith("250")
    assert Received.objects.count() == 1
    assert piece.get_absolute_url() in cleo.get("/mail-address/").content.decode()


def test_only_the_right_address_is_anybodys(world: World) -> None:
    there = address(world)
    secret = there.partition("@")[0]
    assert reader_at(there.upper()) == world.cleo
    assert reader_at(f"{secret}+kilowatt@{HOST}") == world.cleo
    page = WayIn.make(world.cleo, WayIn.Door.PAGE).secret
    wrong = [
        f"{secret}@elsewhere.example",
        f"{'0' * 32}@{HOST}",
        f"{secret[:-1]}@{HOST}",
        f"{page}@{HOST}",
        "",
        "@",
        f"cleo@{HOST}",
    ]
    assert [reader_at(one) for one in wrong] == [None] * len(wrong)
    WayIn.end(world.cleo, WayIn.Door.MAIL)
    assert reader_at(there) is None


@override_settings(SECRET_KEY="a key of a year ago")
def test_an_address_given_out_long_ago_is_still_its_readers(world: World) -> None:
    """Newsletters keep it: whatever makes its proof must go on making the same one."""
    WayIn.objects.create(person=world.cleo, door=WayIn.Door.MAIL, key="0123456789abcdef0123")
    assert reader_at(f"0123456789abcdef0123b323cec56534@{HOST}") == world.cleo


def test_what_goes_round_or_is_too_large_is_refused(world: World) -> None:
    loop = b"Received: from a by b; x\n" * 40 + mail()
    for data, code in [(loop, "554"), (b"X-Loop: forecite\n" + mail(), "554"), (mail() + b"x" * MOST_BYTES, "552")]:
        with pytest.raises(NotTaken, match=code):
            receive(world.cleo, data)
    assert not Received.objects.exists()


def test_a_flood_is_asked_to_come_later(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(post, "MOST_WAITING", 2)
    for number in range(2):
        receive(world.cleo, mail(subject=f"Letter {number}"))
    with pytest.raises(NotTaken, match="452"):
        receive(world.cleo, mail(subject="One more"))


def test_the_page_gives_the_address_and_takes_it_back(world: World, cleo: Client) -> None:
    assert cleo.post("/mail-address/").status_code == 303
    there = f"{WayIn.objects.get().secret}@{HOST}"
    assert there in cleo.get("/mail-address/").content.decode()
    assert cleo.post("/mail-address/").status_code == 303
    assert reader_at(there) is None
    with override_settings(INBOX_HOST=""):
        assert "This installation takes no mails." in cleo.get("/mail-address/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_the_server_speaks_with_other_servers() -> None:
    from tests.world import make_person

    cleo = make_person("Cleo")
    there = f"{WayIn.make(cleo, WayIn.Door.MAIL).secret}@{HOST}"
    server = serve("127.0.0.1", free_port())
    try:
        with smtplib.SMTP("127.0.0.1", server.port, timeout=20) as sender:
            sender.ehlo()
            assert int(sender.esmtp_features["size"]) == MOST_BYTES
            sender.mail("news@kilowatt.example", [f"size={30 * 1024**2}"])
            assert sender.rcpt(there)[0] == 503
        with smtplib.SMTP("127.0.0.1", server.port, timeout=20) as sender:
            with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
                sender.sendmail("news@kilowatt.example", [f"{'0' * 32}@{HOST}"], mail())
            assert refused.value.recipients[f"{'0' * 32}@{HOST}"] == (550, NOBODY[4:].encode())
            assert sender.sendmail("news@kilowatt.example", [there], mail()) == {}
        assert Received.objects.get().owner == cleo
    finally:
        server.stop()
        connection.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Letterbox:
    """A mailbox that speaks as much IMAP as is needed, and remembers what was marked as read."""

    def __init__(self, *mails: bytes) -> None:
        self.mails, self.seen = dict(enumerate(mails, 1)), set[int]()

    def talk(self, line: socket.socket) -> None:
        file = line.makefile("rwb")
        file.write(b"* OK ready\r\n")
        file.flush()
        while asked := file.readline():
            tag, _, command = asked.strip().partition(b" ")
            file.write(self.answer(command) + tag + b" OK done\r\n")
            file.flush()

    def answer(self, command: bytes) -> bytes:
        words = command.split()
        if words[0] == b"CAPABILITY":
            return b"* CAPABILITY IMAP4rev1\r\n"
        if words[0] == b"SELECT":
            return b"* %d EXISTS\r\n" % len(self.mails)
        if words[:2] == [b"UID", b"SEARCH"]:
            return b"* SEARCH %s\r\n" % b" ".join(b"%d" % uid for uid in self.mails if uid not in self.seen)
        if words[:2] == [b"UID", b"STORE"]:
            self.seen.add(int(words[2]))
        elif words[:2] == [b"UID", b"FETCH"] and b"SIZE" in command:
            return b"* 1 FETCH (UID %s RFC822.SIZE %d)\r\n" % (words[2], len(self.mails[int(words[2])]))
        elif words[:2] == [b"UID", b"FETCH"]:
            data = self.mails[int(words[2])]
            return b"* 1 FETCH (UID %s BODY[] {%d}\r\n%s)\r\n" % (words[2], len(data), data)
        return b"* BYE\r\n" if words[0] == b"LOGOUT" else b""


@contextmanager
def letterbox(*mails: bytes) -> Iterator[tuple[Letterbox, Mailbox]]:
    box = Letterbox(*mails)
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve_once() -> None:
            line, _ = listening.accept()
            with line:
                box.talk(line)

        threading.Thread(target=serve_once, daemon=True).start()
        yield box, Mailbox("127.0.0.1", listening.getsockname()[1], "u", "p", "INBOX", speaks_tls=False)


def test_letters_are_collected_once(world: World) -> None:
    there = address(world)
    mails = [
        mail(subject="One", Delivered_To=there),
        mail(subject="For nobody"),
        mail(subject="Two", Cc=f"Cleo <{there}>"),
    ]
    with letterbox(*mails) as (box, named):
        assert collect(named) == 2
    assert box.seen == {1, 2, 3}
    assert Received.objects.filter(owner=world.cleo).count() == 2


def test_a_mailbox_is_named_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(value: str) -> Any:
        monkeypatch.setenv("FORECITE_IMAP_URL", value)
        return mailbox("FORECITE_IMAP_URL")

    assert read("") is None
    assert read("imaps://letters%40x.example:p%3Aw@mail.example/News") == Mailbox(
        "mail.example", 993, "letters@x.example", "p:w", "News", speaks_tls=True
    )
    for wrong in ["pop://u:p@h", "imaps://h", "imaps://u:p@", "imaps://u:p@h:port/"]:
        with pytest.raises(BadSetting) as refused:
            read(wrong)
        assert ":p@" not in str(refused.value)
