"""Drawing in a process of its own, which may have so much memory and time and no more.

A file that a stranger wrote can make its decoder ask for all memory there is, turn for an hour or break down. Here it
does that to a child, and its picture is refused; the worker goes on.
"""

import resource
import struct
import time
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from types import TracebackType
from typing import Self

from PIL import AvifImagePlugin

from reader.intake.images.drawing import Counter, Drawn, NotDrawn, draw

MOST_MEMORY = 768 * 1024 * 1024  # bytes of addresses, of which a large honest picture fills a third
SECONDS = 15  # of work for one picture
PATIENCE = 90.0  # seconds on the clock, where the machine is busy
TOO_MUCH = "That picture would take more memory or time to draw than one may have."
SIZE = struct.Struct(">II")
DRAWN, REFUSED, COUNTS = b"d", b"r", b"c"
#: A child knows nothing of its parent's threads and connections, which a copy of it would.
spawned = get_context("spawn")


class Apart:
    """The child, made when the first picture comes, and anew after one that was its end."""

    def __init__(self) -> None:
        self.child: SpawnProcess | None = None
        self.line: Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def draw(self, data: bytes) -> Drawn:
        """As `drawing.draw` does.

        Raises:
            NotDrawn: there is no picture, or it is too large or takes too long.
            Counter: it is a point or a line.
        """
        answer = self.ask(data)
        kind, rest = answer[:1], answer[1:]
        if kind == DRAWN:
            return Drawn(rest[SIZE.size :], *SIZE.unpack_from(rest))
        if kind == COUNTS:
            raise Counter
        if kind == REFUSED:
            raise NotDrawn(rest.decode())
        self.end()
        raise NotDrawn(TOO_MUCH)

    def ask(self, data: bytes) -> bytes:
        """What the child says of a file; nothing where that was its end."""
        line = self.line or self.start()
        try:
            line.send_bytes(data)
            return line.recv_bytes() if line.poll(PATIENCE) else b""
        except (OSError, EOFError):
            return b""

    def start(self) -> Connection:
        self.line, theirs = spawned.Pipe()
        self.child = spawned.Process(target=serve, args=(theirs,), daemon=True)
        self.child.start()
        theirs.close()
        return self.line

    def end(self) -> None:
        if self.line:
            self.line.close()
        if self.child:
            self.child.kill()
            self.child.join()
        self.child = self.line = None


def serve(line: Connection) -> None:
    """Draw what comes, until nothing comes any more."""
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1  # each would reserve memory of its own
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    while (data := next_of(line)) is not None:
        allowed = int(time.process_time()) + 1 + SECONDS
        resource.setrlimit(resource.RLIMIT_CPU, (allowed, resource.RLIM_INFINITY))
        line.send_bytes(answered(data))


def next_of(line: Connection) -> bytes | None:
    try:
        return line.recv_bytes()
    except (EOFError, OSError):
        return None


def answered(data: bytes) -> bytes:
    try:
        drawn = draw(data)
    except Counter:
        return COUNTS
    except NotDrawn as refusal:
        return REFUSED + str(refusal).encode()
    return DRAWN + SIZE.pack(drawn.width, drawn.height) + drawn.data
