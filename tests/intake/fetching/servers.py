"""A site on loopback that stands for the public network: what it is asked is counted, what it answers is told."""

import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpcore

from reader.intake.fetching.network import Deadline, Network

PUBLIC = "93.184.215.14"
Answer = Callable[[bytes], Iterable[bytes]]


@dataclass
class Site:
    """Answers each request by what `answer` yields for its first line."""

    answer: Answer
    asked: list[bytes] = field(default_factory=list)
    connections: int = 0
    port: int = 0

    def serve(self, listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self.talk, args=(connection,), daemon=True).start()

    def talk(self, connection: socket.socket) -> None:
        with connection:
            connection.settimeout(30)
            try:
                head = b""
                while b"\r\n\r\n" not in head and (more := connection.recv(65536)):
                    head += more
                self.asked.append(head)
                for part in self.answer(head.partition(b"\r\n")[0]):
                    connection.sendall(part)
            except OSError:
                pass


@contextmanager
def site(answer: Answer) -> Iterator[Site]:
    """A site that runs for as long as the block."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        made = Site(answer, port=listener.getsockname()[1])
        threading.Thread(target=made.serve, args=(listener,), daemon=True).start()
        yield made
        listener.shutdown(socket.SHUT_RDWR)


@dataclass
class ToSite(httpcore.NetworkBackend):
    """Connects to the site, whichever address was chosen, and notes it."""

    site: Site
    chosen: list[str] = field(default_factory=list)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        self.chosen.append(host)
        return httpcore.SyncBackend().connect_tcp("127.0.0.1", self.site.port, timeout)


def network(made: Site, names: dict[str, list[str]] | None = None, seconds: float = 10) -> Network:
    """The public network with this one site on it; a name that is not told is one of its."""

    def resolve(host: str, port: int) -> list[str]:
        return (names or {}).get(host, [PUBLIC])

    return Network(resolve=resolve, inner=ToSite(made), deadline=Deadline(seconds))


def page(
    body: bytes, kind: str = "text/html; charset=utf-8", status: str = "200 OK", headers: Iterable[str] = ()
) -> bytes:
    head = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body
