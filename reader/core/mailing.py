"""Sending a mail at most once.

The server is called first; if it does not answer, nothing has changed and the job is tried again. Then what is told is
marked as sent, and that is committed, and only then is the mail handed over. A worker that is killed between the two
has marked what it never sent: that mail is lost. The other order would send it twice. Where the server itself says no,
the mark is taken back and the job tried again; where it falls silent in the midst, nobody knows, and the mark stays.
"""

from collections.abc import Callable
from smtplib import SMTPRecipientsRefused, SMTPResponseException
from typing import Any

from django.core.mail import EmailMessage, get_connection
from django.db.models import QuerySet

#: Marks what waits as sent, so that no other worker takes it: its keys and the mail of it, none where none waits.
Take = Callable[[], tuple[list[int], EmailMessage | None]]


def send_once(waiting: "QuerySet[Any]", take: Take, put_back: Callable[[list[int]], object]) -> None:
    """Send the mail that `take` makes of what is waiting; see above for what a kill leaves behind.

    Raises:
        OSError: it was not sent (the errors of `smtplib` are such).
    """
    if not waiting.exists():
        return
    with get_connection() as server:
        keys, mail = take()
        if mail is None:
            return
        try:
            server.send_messages([mail])
        except (SMTPResponseException, SMTPRecipientsRefused):
            put_back(keys)
            raise
