"""Files of pictures that the tests make: honest ones, and those that were made to hurt."""

import io
import struct
import zlib
from typing import Any

from PIL import Image

SVG = b"""<?xml version="1.0"?>
<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(2)</script></svg>"""


def picture(size: tuple[int, int] = (640, 400), form: str = "PNG", mode: str = "RGB", **options: Any) -> bytes:
    """Two colours, one over the other."""
    drawn = Image.new(mode, size, "steelblue" if mode != "L" else 90)
    drawn.paste("white" if mode != "L" else 250, (0, 0, size[0], size[1] // 2))
    out = io.BytesIO()
    drawn.save(out, form, **options)
    return out.getvalue()


def animation() -> bytes:
    first, second = Image.new("RGB", (40, 30), "red"), Image.new("RGB", (40, 30), "blue")
    out = io.BytesIO()
    first.save(out, "GIF", save_all=True, append_images=[second], duration=100)
    return out.getvalue()


def bomb(width: int = 60_000, height: int = 60_000) -> bytes:
    """A PNG of a few kilobytes that says it is this large, and unpacks to it."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    packer = zlib.compressobj(9)
    row = b"\0" * (1 + width // 8)
    rows = b"".join(packer.compress(row) for _ in range(min(height, 2_000))) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def animated_webp_bomb() -> bytes:
    """The head alone: its decoder would ask for two gigabytes before it says how large the picture is."""
    side = (16_383 - 1).to_bytes(3, "little")
    extended = b"VP8X" + struct.pack("<I", 10) + b"\x02\0\0\0" + side + side
    anim = b"ANIM" + struct.pack("<I", 6) + b"\0" * 6
    body = b"WEBP" + extended + anim
    return b"RIFF" + struct.pack("<I", len(body)) + body


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
