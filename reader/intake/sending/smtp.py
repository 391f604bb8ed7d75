"""The mail server of readers' addresses: takes what is for one of them, and hands nothing on."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any, TypeVar

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import DatabaseError, close_old_connections

from reader.intake.mail.letters import MOST_BYTES
from reader.intake.sending.post import NotTaken, reader_at, receive

log = logging.getLogger(__name__)

Answer = TypeVar("Answer")

MOST_RECIPIENTS, MOST_CONNECTIONS, PATIENCE = 10, 20, 60.0  # of a mail, at once, in seconds
NOBODY = "550 5.1.1 Nobody here has this address"
BUSY = "421 4.3.2 Too many are talking at once, try again later"
TROUBLE = "451 4.3.0 This server has trouble of its own just now, try again later"
TAKEN = "250 2.0.0 Taken"


class Doorman:
    """Asks of each address whose it is, before any mail is sent; the same answer for every address that is nobody's."""

    async def handle_RCPT(  # noqa: N802  (the library's name)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return "452 4.5.3 Too many recipients, send it again for the others"
        if not await asyncio.to_thread(with_connection, lambda: reader_at(address) is not None):
            return NOBODY
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 Go on"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  (the library's name)
        content = envelope.content
        data = content if isinstance(content, bytes) else str(content or "").encode()
        addresses = list(dict.fromkeys(envelope.rcpt_tos))
        return await asyncio.to_thread(with_connection, lambda: take(addresses, data))


def with_connection(call: Callable[[], Answer]) -> Answer:
    """Call it in a thread of the server, which has a connection of its own to the database."""
    close_old_connections()
    try:
        return call()
    finally:
        close_old_connections()


def take(addresses: list[str], data: bytes) -> str:
    """Keep the mail for each of these readers; what the sending server is told."""
    try:
        for address in addresses:
            reader = reader_at(address)
            if reader is not None:
                receive(reader, data)
    except NotTaken as refusal:
        return str(refusal)
    except DatabaseError:  # the sender keeps the mail and comes again
        log.exception("a mail was not taken")
        return TROUBLE
    return TAKEN


class Talk(SMTP):
    """One connection; there are never too many."""

    open = 0  # the server has one thread
    line_length_limit = 1 << 16  # a thousand by the standard, which newsletters do not keep

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        Talk.open += 1
        if Talk.open <= MOST_CONNECTIONS:
            super().connection_made(transport)
        elif isinstance(transport, asyncio.Transport):
            transport.write(f"{BUSY}\r\n".encode())
            transport.close()

    def connection_lost(self, error: Exception | None) -> None:
        Talk.open -= 1
        if self.transport is not None:
            super().connection_lost(error)


class Server(Controller):
    def factory(self) -> SMTP:
        return Talk(self.handler, **self.SMTP_kwargs)


def serve(host: str, port: int) -> Controller:
    """A running server; stop it with `stop()`."""
    options: dict[str, Any] = {
        "data_size_limit": MOST_BYTES,
        "enable_SMTPUTF8": True,
        "timeout": PATIENCE,
        "ident": "Forecite",
        "auth_required": False,
    }
    server = Server(Doorman(), hostname=host, port=port, **options)
    server.start()
    return server
