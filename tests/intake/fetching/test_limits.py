"""What a site may do to us: nothing that lasts, nothing that is large, nothing without an end."""

import gzip
import os
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator

import pytest

from reader.intake.fetching import NotFetched, fetch
from reader.intake.fetching.pages import MOST_BYTES
from tests.conftest import ROOT
from tests.intake.fetching.servers import Answer, network, page, site

ENDLESS = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def refusal(answer: Answer, seconds: float = 10, url: str = "http://site.example/") -> str:
    with site(answer) as made, pytest.raises(NotFetched) as refused:
        fetch(url, network(made, seconds=seconds))
    return str(refused.value)


def drip(head: bytes, byte: bytes = b".") -> Iterator[bytes]:
    yield head
    while True:
        time.sleep(0.05)
        yield byte


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nX: ",
        ENDLESS + b"\r\n",
        ENDLESS + b"Content-Length: 100000\r\n\r\n",
        ENDLESS + b"Transfer-Encoding: chunked\r\n\r\n1;x=",
    ],
)
def test_a_drip_is_cut_off(head: bytes) -> None:
    began = time.monotonic()
    assert "longer than" in refusal(lambda line: drip(head), seconds=0.6)
    assert time.monotonic() - began < 5


def test_a_drip_in_the_handshake_is_cut_off() -> None:
    began = time.monotonic()
    refusal(lambda line: drip(b"\x16\x03\x03\x40\x00", b"\x02"), seconds=0.6, url="https://site.example/")
    assert time.monotonic() - began < 5


def never(host: str, port: int) -> list[str]:
    time.sleep(30)
    return []


def test_redirects_share_one_time() -> None:
    def slowly(line: bytes) -> Iterator[bytes]:
        time.sleep(0.25)
        yield b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: /again\r\n\r\n"

    assert "longer than" in refusal(slowly, seconds=0.6)


def test_a_silent_resolver_is_not_waited_for() -> None:
    with site(lambda line: [page(b"never")]) as made:
        mute = network(made, seconds=0.3)
        mute.resolve = never
        with pytest.raises(NotFetched, match="No site of that name"):
            fetch("http://site.example/", mute)


def test_a_circle_of_redirects_ends() -> None:
    answer = b"HTTP/1.1 301 Moved\r\nContent-Length: 0\r\nLocation: /\r\n\r\n"
    assert "without an end" in refusal(lambda line: [answer])


def test_what_says_that_it_is_too_large_is_not_read() -> None:
    head = ENDLESS + f"Content-Length: {MOST_BYTES + 1}\r\n\r\n".encode()
    assert "larger than 15 MB" in refusal(lambda line: [head])


def test_what_never_ends_is_cut_off() -> None:
    def endless(line: bytes) -> Iterator[bytes]:
        yield ENDLESS + b"\r\n"
        while True:
            yield b"x" * 1024 * 1024

    assert "larger than 15 MB" in refusal(endless)


@pytest.mark.parametrize("name", ["gzip", "deflate"])
def test_a_bomb_is_cut_off(name: str) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31 if name == "gzip" else 15)
    bomb = b"".join(packer.compress(bytes(1024 * 1024)) for _ in range(200)) + packer.flush()
    assert len(bomb) < MOST_BYTES
    assert "larger than 15 MB" in refusal(lambda line: [page(bomb, headers=[f"Content-Encoding: {name}"])])


def test_a_header_without_an_end_is_refused() -> None:
    assert "could not be read" in refusal(lambda line: [ENDLESS + b"X: " + b"y" * 300_000])


@pytest.mark.parametrize("encoding", ["br", "gzip, gzip", "rot13"])
def test_what_is_packed_otherwise_is_refused(encoding: str) -> None:
    assert "could not be read" in refusal(lambda line: [page(b"?", headers=[f"Content-Encoding: {encoding}"])])


def test_what_only_claims_to_be_packed_is_refused() -> None:
    assert "could not be read" in refusal(lambda line: [page(b"<p>plain", headers=["Content-Encoding: gzip"])])


@pytest.mark.parametrize(
    ("packed", "name"),
    [
        (gzip.compress(b"<p>Words</p>"), "gzip"),
        (zlib.compress(b"<p>Words</p>"), "deflate"),
        (zlib.compress(b"<p>Words</p>")[2:-4], "deflate"),
        (b"<p>Words</p>", "identity"),
    ],
    ids=["gzip", "zlib", "bare deflate", "as it is"],
)
def test_what_is_packed_is_unpacked(packed: bytes, name: str) -> None:
    with site(lambda line: [page(packed, headers=[f"Content-Encoding: {name}"])]) as made:
        assert fetch("http://site.example/", network(made)).body == b"<p>Words</p>"


@pytest.mark.parametrize("answer", [b"", b"SSH-2.0-OpenSSH\r\n", b"HTTP/1.1 999999 ?\r\n\r\n", b"\x00" * 100])
def test_what_is_no_answer_is_told(answer: bytes) -> None:
    assert "broke off or could not be read" in refusal(lambda line: [answer])


def test_a_certificate_that_nobody_vouches_for_is_told() -> None:
    assert refusal(lambda line: [b"not a handshake"], url="https://site.example/")


def test_the_last_address_is_told() -> None:
    def answer(line: bytes) -> list[bytes]:
        if b" /old " in line:
            return [b"HTTP/1.1 301 Moved\r\nContent-Length: 0\r\nLocation: ../new?a=b#c\r\n\r\n"]
        return [page(b"here")]

    with site(answer) as made:
        assert fetch("http://Site.example/old", network(made)).url == "http://site.example/new?a=b"


def test_no_name_and_no_cookie_is_sent() -> None:
    with site(lambda line: [page(b"x", headers=["Set-Cookie: a=b"])]) as made:
        fetch("http://münchen.example/straße?q=ü", network(made))
        head = made.asked[0].lower()
    assert head.startswith(b"get /stra%c3%9fe?q=%c3%bc http/1.1\r\nhost: xn--mnchen-3ya.example\r\n")
    assert b"cookie" not in head
    assert b"referer" not in head


def test_the_largest_page_leaves_a_process_small() -> None:
    """The most that may come, packed, in a process of its own: what it takes at its height stays under 100 MB.

    The kernel's own mark is read: what `getrusage` says is inherited from the process that started this one.
    """
    script = """
import re, zlib
from pathlib import Path
from tests.intake.fetching.servers import network, page, site
from reader.intake.fetching import fetch, NotFetched
from reader.intake.fetching.landing import words_of
packer = zlib.compressobj(6, zlib.DEFLATED, 31)
words = "<p>Ein Wort – und noch eins.</p>".encode() * 1000
body = b"".join(packer.compress(words) for _ in range(440)) + packer.flush()
with site(lambda line: [page(body, headers=["Content-Encoding: gzip"])]) as made:
    try:
        words_of(fetch("http://site.example/", network(made)))
    except NotFetched as refusal:
        print(refusal)
print(int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1]) // 1024)
"""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment, check=True)
    *_, sentence, megabytes = told.stdout.splitlines()
    assert "5 MB" in sentence
    assert int(megabytes) < 100
