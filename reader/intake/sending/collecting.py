"""Collecting the letters to readers' addresses from a mailbox, where another server takes them in."""

import contextlib
import imaplib
import logging
import re
import threading
from collections.abc import Iterator
from email.parser import BytesHeaderParser
from email.utils import getaddresses

from django.conf import settings
from django.db import close_old_connections

from reader.accounts.models import User
from reader.core.environment import Mailbox
from reader.intake.mail.letters import MOST_BYTES
from reader.intake.sending.post import NotTaken, reader_at, receive

log = logging.getLogger(__name__)

EVERY, PATIENCE, MOST_AT_ONCE = 300.0, 60.0, 500  # seconds, seconds, mails
ADDRESSED_BY = ("Delivered-To", "X-Original-To", "Envelope-To", "X-Forwarded-To", "To", "Cc")
SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


def collect(box: Mailbox) -> int:
    """Take in what is unread in the mailbox, and mark it as read there; answers how many letters had a reader."""
    kind = imaplib.IMAP4_SSL if box.speaks_tls else imaplib.IMAP4
    with kind(box.host, box.port, timeout=PATIENCE) as server:
        server.login(box.user, box.password)
        server.select(f'"{box.folder}"')
        _, found = server.uid("SEARCH", "UNSEEN")
        uids = (found[0] or b"").split()[:MOST_AT_ONCE]
        return sum(take(server, uid.decode()) for uid in uids)


def take(server: imaplib.IMAP4, uid: str) -> bool:
    """Take one mail; it stays unread there only if it is to be asked for again."""
    _, told = server.uid("FETCH", uid, "(RFC822.SIZE)")
    size = SIZE.search(b" ".join(part for part in told if isinstance(part, bytes)))
    taken = False
    if size is None or int(size[1]) <= MOST_BYTES:
        _, parts = server.uid("FETCH", uid, "(BODY.PEEK[])")
        data = next((part[1] for part in parts if isinstance(part, tuple)), b"")
        for reader in readers_of(data):
            try:
                receive(reader, data)
                taken = True
            except NotTaken as refusal:
                log.warning("a collected mail was not taken: %s", refusal)
                if str(refusal).startswith("4"):
                    return False
    server.uid("STORE", uid, "+FLAGS", r"(\Seen)")
    return taken


def readers_of(data: bytes) -> Iterator[User]:
    """The readers to whose addresses it was sent, each once."""
    head = BytesHeaderParser().parsebytes(data[:200_000])
    values = [str(value) for name in ADDRESSED_BY for value in head.get_all(name, [])]
    seen: set[int] = set()
    for _, address in getaddresses(values)[:100]:
        reader = reader_at(address)
        if reader and reader.pk not in seen:
            seen.add(reader.pk)
            yield reader


def keep_collecting(box: Mailbox, over: threading.Event) -> None:
    """Collect every few minutes until it is over; a mailbox that does not answer is asked again."""
    while True:
        close_old_connections()
        try:
            collect(box)
        except (imaplib.IMAP4.error, OSError) as error:
            log.warning("the mailbox at %s does not answer: %s", box.host, error)
        close_old_connections()
        if over.wait(EVERY):
            return


@contextlib.contextmanager
def collecting() -> Iterator[None]:
    """Collect beside what else the process does, where a mailbox is named."""
    over = threading.Event()
    if settings.MAILBOX:
        threading.Thread(target=keep_collecting, args=(settings.MAILBOX, over), daemon=True).start()
    try:
        yield
    finally:
        over.set()
