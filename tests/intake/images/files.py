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


def endless_jpeg(side: int = 4_800, scans: int = 60_000) -> bytes:
    """A progressive JPEG that repeats one of its scans: few bytes each, all of the picture each time."""
    out = io.BytesIO()
    Image.new("L", (side, side), 90).save(out, "JPEG", progressive=True, quality=50)
    data = out.getvalue()
    last = data.rfind(b"\xff\xda")
    return data[:last] + data[last:-2] * scans + data[-2:]


def wide_colours() -> bytes:
    """A profile like Adobe's of 1998, whose numbers mean more saturated colours than a screen's usual ones."""
    adobe = {
        "rXYZ": (0.60974, 0.31111, 0.01947),
        "gXYZ": (0.20528, 0.62567, 0.06087),
        "bXYZ": (0.14919, 0.06322, 0.74457),
    }
    gamma = b"curv" + bytes(4) + struct.pack(">IH", 1, round(2.19921875 * 256)) + bytes(2)
    name = b"Wide of the tests\0"
    tags = {
        "desc": b"desc" + bytes(4) + struct.pack(">I", len(name)) + name + bytes(78),
        "cprt": b"text" + bytes(4) + b"none\0",
        "wtpt": coordinates(0.9642, 1.0, 0.8249),
        **{tag: coordinates(*place) for tag, place in adobe.items()},
        **{f"{colour}TRC": gamma for colour in "rgb"},
    }
    start, table, body = 128 + 4 + 12 * len(tags), b"", b""
    for tag, data in tags.items():
        padded = data + bytes(-len(data) % 4)
        table += tag.encode() + struct.pack(">II", start + len(body), len(data))
        body += padded
    head = struct.pack(
        ">I4sI4s4s4s12s4s4s", start + len(body), b"", 0x02400000, b"mntr", b"RGB ", b"XYZ ", bytes(12), b"acsp", b""
    )
    light = struct.pack(">III", 0xF6D6, 0x10000, 0xD32D)
    return (head.ljust(68, b"\0") + light).ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + body


def coordinates(*place: float) -> bytes:
    return b"XYZ " + bytes(4) + struct.pack(">iii", *(round(value * 65536) for value in place))
