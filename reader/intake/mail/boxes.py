"""Many mails in one file, one at a time: a mailbox of any size is never held whole."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from reader.intake.mail.letters import MOST_BYTES

OPENING = re.compile(rb"From \S.*\d{1,2}:\d{2}.*\d{4}|From \S+@\S+\s|From -\s|From MAILER|From nobody|From \d+@xxx")
QUOTED = re.compile(rb"^>+From ")
LINE = 1 << 16


@dataclass(frozen=True, slots=True)
class Found:
    """A mail of a box: none where it is too large; where it begins, and where the next one does."""

    data: bytes | None
    start: int
    next: int


def mails_in(file: IO[bytes], at: int = 0) -> Iterator[Found]:
    """The mails of an mbox file in order; one that is too large is passed over. The file stands at `at`."""
    lines: list[bytes] = []
    start, size, begun, blank = at, 0, False, True
    while line := file.readline(LINE):
        if blank and line.startswith(b"From ") and OPENING.match(line):
            if begun:
                yield Found(mail_of(lines, size), start, at)
            lines, size, begun, start = [], 0, True, at
        elif begun:
            size += len(line)
            if size > MOST_BYTES:
                lines = []
            else:
                lines.append(line[1:] if QUOTED.match(line) else line)
        at += len(line)
        blank = line in (b"\n", b"\r\n")
    if begun:
        yield Found(mail_of(lines, size), start, at)


def mail_of(lines: list[bytes], size: int) -> bytes | None:
    return None if size > MOST_BYTES else b"".join(lines)


def is_box(start: bytes) -> bool:
    """Whether a file that begins so is a mailbox."""
    return start.lstrip(b"\r\n").startswith(b"From ") and OPENING.match(start.lstrip(b"\r\n")) is not None
