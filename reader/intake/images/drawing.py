"""A picture from elsewhere, drawn anew: of the file that came nothing is kept but what it shows."""

import hashlib
import io
import struct
import warnings
import zlib
from dataclasses import dataclass

from PIL import Image as Pillow
from PIL import ImageCms, UnidentifiedImageError

FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "AVIF")
#: Of these a picture is drawn as it is, where it is small and of few colours: text and lines in them stay sharp.
OF_LINES, FEW_COLOURS = ("PNG", "GIF"), 8_192
#: Millions of points. A JPEG is decoded at a half or a quarter of its size; WebP and AVIF are held several times over.
MOST_PIXELS = {"JPEG": 24, "PNG": 16, "GIF": 16, "WEBP": 12, "AVIF": 12}
WIDEST, TALLEST = 1_600, 8_000
#: Colours that can be made smaller as they are, and how a profile calls them.
SCALED = {"RGB": "RGB", "RGBA": "RGB", "L": "GRAY", "CMYK": "CMYK"}
MOST_OF_A_PROFILE = 4 * 1024 * 1024
#: What is thinner is a line or counts who reads.
THIN = 2
MOST_BYTES = 2 * 1024 * 1024
MOST_EXACT_PIXELS, MOST_EXACT_BYTES = 2_500_000, 400 * 1024
#: From the one that nobody tells from the original to the one that is better than no picture.
QUALITIES = (82, 60, 40)
NO_PICTURE = "What is there is no picture that is taken in: PNG, JPEG, GIF, WebP and AVIF are."
A_DRAWING = "That is an SVG, a drawing that can carry a program, and such are not taken in."
BROKEN = "The file of that picture is broken."
TOO_MANY_PIXELS = "That picture has more than {} million points."
TOO_HEAVY = "That picture stays larger than 2 MB, however it is drawn."
#: What its decoders raise for files that are not what they say.
FAILURES = (
    *(OSError, ValueError, SyntaxError, EOFError, LookupError, TypeError, ArithmeticError, RuntimeError, MemoryError),
    *(struct.error, zlib.error),
)
BOMBS = (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning)


class NotDrawn(Exception):
    """The file gives no picture; the message is a sentence for the reader."""


class Counter(Exception):
    """It shows nothing: it was there to count."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A WebP."""

    data: bytes
    width: int
    height: int

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def draw(data: bytes) -> Drawn:
    """The picture in a file: the first one of an animation, no wider than it is ever shown.

    Raises:
        NotDrawn: there is none, or it is too large.
        Counter: it is a point or a line.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Pillow.DecompressionBombWarning)
            return _drawn(data)
    except UnidentifiedImageError:
        raise NotDrawn(A_DRAWING if b"<svg" in data[:2048].lower() else NO_PICTURE) from None
    except BOMBS:
        raise NotDrawn(TOO_MANY_PIXELS.format(max(MOST_PIXELS.values()))) from None
    except FAILURES:
        raise NotDrawn(BROKEN) from None


def _drawn(data: bytes) -> Drawn:
    _refuse_size(_canvas_of_webp(data), "WEBP")
    with Pillow.open(io.BytesIO(data), formats=FORMATS) as picture:
        _refuse_size(picture.size, picture.format or "")
        is_exact = picture.format in OF_LINES
        turn = TURNS.get(picture.getexif().get(ORIENTATION, 1))
        picture.draft(None, _as_shown(picture.size))
        picture.load()
        # A large picture is made smaller before anything copies it.
        shown = picture if picture.mode in SCALED else _in_plain_colours(picture)
        shown.thumbnail((WIDEST, TALLEST), reducing_gap=2.0)
        plain = _in_plain_colours(_in_srgb(shown, picture.info.get("icc_profile")))
    return _written(plain.transpose(turn) if turn is not None else plain, is_exact=is_exact)


ORIENTATION = 0x0112
#: How a camera was held, and what puts its picture upright.
TURNS = {
    2: Pillow.Transpose.FLIP_LEFT_RIGHT,
    3: Pillow.Transpose.ROTATE_180,
    4: Pillow.Transpose.FLIP_TOP_BOTTOM,
    5: Pillow.Transpose.TRANSPOSE,
    6: Pillow.Transpose.ROTATE_270,
    7: Pillow.Transpose.TRANSVERSE,
    8: Pillow.Transpose.ROTATE_90,
}


def _canvas_of_webp(data: bytes) -> tuple[int, int]:
    """What the head of an animation says: its decoder asks for the memory before anybody can look at the size."""
    if data[:4] != b"RIFF" or data[12:16] != b"VP8X":
        return THIN + 1, THIN + 1
    return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1


def _as_shown(size: tuple[int, int]) -> tuple[int, int]:
    """How much of a large JPEG is worth decoding: no less, and at most twice as much on either side."""
    scale = min(1, WIDEST / size[0], TALLEST / size[1])
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _refuse_size(size: tuple[int, int], form: str) -> None:
    (width, height), millions = size, MOST_PIXELS[form]
    if width * height > millions * 1_000_000:
        raise NotDrawn(TOO_MANY_PIXELS.format(millions))
    if min(width, height) <= THIN:
        raise Counter


def _in_srgb(picture: Pillow.Image, profile: bytes | None) -> Pillow.Image:
    """The colours as a browser shows them that is told of no profile; as they are, where there is none to be read."""
    if not profile or len(profile) > MOST_OF_A_PROFILE or picture.mode not in SCALED:
        return picture
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if (
            own.profile.xcolor_space.strip() != SCALED[picture.mode]
            or "srgb" in str(own.profile.profile_description).lower()
        ):
            return picture
        wanted = "RGBA" if picture.mode == "RGBA" else "RGB"
        return ImageCms.profileToProfile(picture, own, ImageCms.createProfile("sRGB"), outputMode=wanted) or picture
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return picture


def _in_plain_colours(picture: Pillow.Image) -> Pillow.Image:
    if picture.mode in ("RGB", "RGBA") and "transparency" not in picture.info:
        return picture
    if picture.mode.startswith(("I", "F")):  # sixteen bits for each point
        return picture.point(lambda value: value / 256).convert("L").convert("RGB")
    return picture.convert("RGBA" if picture.has_transparency_data else "RGB")


def _written(picture: Pillow.Image, *, is_exact: bool) -> Drawn:
    width, height = picture.size
    if is_exact and width * height <= MOST_EXACT_PIXELS and picture.getcolors(FEW_COLOURS):
        exact = _webp(picture, lossless=True, quality=40, method=2)
        if len(exact) <= MOST_EXACT_BYTES:
            return Drawn(exact, width, height)
    for quality in QUALITIES:
        data = _webp(picture, quality=quality, method=4)
        if len(data) <= MOST_BYTES:
            return Drawn(data, width, height)
    raise NotDrawn(TOO_HEAVY)


def _webp(picture: Pillow.Image, **options: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "WEBP", **options)
    return out.getvalue()
