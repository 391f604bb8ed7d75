"""A site of many feeds for measuring, in a process of its own: each number is a feed, whose pieces move on by one."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

ENTRIES = 20
WORDS = "Whoever signs the lease says that the grid is the model, and that by 2030 half of it will stand abroad. "


def feed(number: int, first: int) -> bytes:
    """A feed of twenty pieces of 400 words, from the piece of this number on."""
    items = "".join(
        f"<item><title>Piece {piece} of {number}</title><link>https://site{number}.example/{piece}</link>"
        f"<guid>{number}-{piece}</guid><pubDate>Tue, 03 Nov 2026 08:00:00 +0100</pubDate>"
        f"<dc:creator>Freya Lund</dc:creator>"
        f"<content:encoded><![CDATA[{f'<p>{WORDS}{piece} and {number}.</p>' * 20}]]></content:encoded></item>"
        for piece in range(first + ENTRIES - 1, first - 1, -1)
    )
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Site {number}</title>{items}</channel></rss>'
    ).encode()


class Press(BaseHTTPRequestHandler):
    moved: int = 0

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        if "move" in parse_qs(asked.query):
            Press.moved += 1
        body = feed(int(asked.path.strip("/") or 0), Press.moved)
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *said: object) -> None:
        """Nobody reads what is asked of it."""


@contextmanager
def running() -> Iterator[int]:
    """Its port, while it runs."""
    process = subprocess.Popen([sys.executable, "-m", "tests.performance.press"], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        yield int(process.stdout.readline())
    finally:
        process.kill()
        process.wait()


if __name__ == "__main__":
    server = HTTPServer(("127.0.0.1", 0), Press)
    print(server.server_port, flush=True)
    server.serve_forever()
