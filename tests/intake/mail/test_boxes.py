"""Many mails in a file, and what is left alone in an archive."""

import io
import tracemalloc
import zipfile
from collections.abc import Iterator

import pytest

from reader.intake.archives import BOMB, BROKEN, LOCKED, NO_ZIP, OUTSIDE, Unopened, archive_in
from reader.intake.mail.boxes import is_box, mails_in
from reader.intake.mail.letters import MOST_BYTES, read_letter
from tests.intake.mail.post import box, mail


def test_each_mail_comes_by_itself() -> None:
    words = mail(
        text="First words.\n\nFrom here on it is said otherwise, at 12:30 in 2026.\n\nFrom my desk.\n", subject="One"
    )
    mails = list(mails_in(io.BytesIO(box(words, mail(subject="Two"), mail(subject="Three")))))

    letters = [read_letter(one.data) for one in mails if one.data]
    assert [letter.subject for letter in letters] == ["One", "Two", "Three"]
    assert "\nFrom my desk." in letters[0].text


def test_a_box_is_told_from_a_mail() -> None:
    assert is_box(box(mail()))
    assert is_box(b"From - Mon Nov 02 10:00:00 2026\r\nFrom: a@b.example\r\n")
    assert not is_box(mail())
    assert not is_box(b"From my desk, some words.")


def test_line_ends_of_windows_are_read() -> None:
    data = box(mail(subject="One"), mail(subject="Two")).replace(b"\n", b"\r\n")
    first, second = mails_in(io.BytesIO(data))
    assert (first.start, first.next, second.next) == (0, second.start, len(data))
    box_of_the_rest = io.BytesIO(data)
    box_of_the_rest.seek(second.start)
    assert list(mails_in(box_of_the_rest, second.start)) == [second]
    assert len(list(mails_in(io.BytesIO(data)))) == 2


class Endless(io.RawIOBase):
    """A mailbox of many megabytes that is never whole anywhere."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self.chunks, self.left = chunks, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]  # what io asks for
        self.left = self.left or next(self.chunks, b"")
        given, self.left = self.left[: len(buffer)], self.left[len(buffer) :]
        buffer[: len(given)] = given
        return len(given)


def test_a_large_box_is_never_held_whole() -> None:
    one = box(mail(text="word " * 20_000))
    number = 30 * 1024**2 // len(one)
    tracemalloc.start()
    count = sum(1 for data in mails_in(io.BufferedReader(Endless(one for _ in range(number)))) if data.data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == number
    assert peak < 3 * 1024**2


def test_a_mail_that_is_too_large_is_passed_over() -> None:
    huge = b"From: a@b.example\nSubject: Huge\n\n" + b"x" * (MOST_BYTES + 10) + b"\n"
    mails = list(mails_in(io.BytesIO(box(mail(subject="One"), huge, mail(subject="Three")))))
    assert [one.data is None for one in mails] == [False, True, False]


def packed(**files: bytes) -> io.BytesIO:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    made.seek(0)
    return made


def refusals(made: io.BytesIO) -> dict[str, str]:
    with archive_in(made) as entries:
        return {entry.name: entry.refusal for entry in entries}


def test_what_is_dangerous_is_refused_and_the_rest_is_read() -> None:
    made = packed(
        **{
            "letters/a.eml": mail(),
            "../../etc/cron.d/x.eml": mail(),
            "/root/b.eml": mail(),
            "..\\c.eml": mail(),
            "C:/d.eml": mail(),
            "more.zip": b"PK",
            "more.tar.gz": b"\x1f\x8b",
            "bomb.mbox": b"\0" * 30_000_000,
            "__MACOSX/._a.eml": b"x",
            ".DS_Store": b"x",
        }
    )
    assert refusals(made) == {
        "letters/a.eml": "",
        "../../etc/cron.d/x.eml": OUTSIDE,
        "/root/b.eml": OUTSIDE,
        "../c.eml": OUTSIDE,
        "C:/d.eml": OUTSIDE,
        "more.zip": "",
        "more.tar.gz": NO_ZIP,
        "bomb.mbox": BOMB,
    }


def test_a_locked_or_damaged_entry_says_so() -> None:
    made = packed(**{"a.eml": mail(), "b.eml": mail(text="other words " * 40)})
    data = bytearray(made.getvalue())
    at = data.find(b"b.eml") + 20
    data[at : at + 8] = b"\xff" * 8
    with archive_in(io.BytesIO(bytes(data))) as (_, bad), pytest.raises(Unopened, match=BROKEN), bad.opened() as file:
        file.read()
    flags = bytearray(made.getvalue())
    flags[flags.find(b"PK\x01\x02") + 8] |= 1
    assert LOCKED in refusals(io.BytesIO(bytes(flags))).values()


def test_a_size_that_lies_gives_no_more_than_it_says() -> None:
    data = bytearray(packed(**{"a.mbox": b"a" * 3000}).getvalue())
    at = data.find(b"PK\x01\x02") + 24
    data[at : at + 4] = (100).to_bytes(4, "little")
    with archive_in(io.BytesIO(bytes(data))) as (entry,), pytest.raises(Unopened), entry.opened() as file:
        file.read()


def test_what_is_no_archive_says_so() -> None:
    with pytest.raises(Unopened), archive_in(io.BytesIO(b"PK\x03\x04 and then nothing")):
        pass
