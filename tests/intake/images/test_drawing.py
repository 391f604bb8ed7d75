"""What is made of the file of a picture: a WebP of our own, or a sentence."""

import io
import random
import resource
from collections.abc import Callable
from contextlib import suppress

import pytest
from PIL import Image

from reader.intake.images.drawing import (
    A_DRAWING,
    BROKEN,
    NO_PICTURE,
    TOO_MANY_PIXELS,
    WIDEST,
    Counter,
    NotDrawn,
    draw,
)
from tests.intake.images.files import SVG, animated_webp_bomb, animation, bomb, picture


def opened(data: bytes) -> Image.Image:
    found = Image.open(io.BytesIO(data))
    found.load()
    return found


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP", "AVIF"])
def test_each_form_becomes_a_webp(form: str) -> None:
    drawn = draw(picture(form=form))
    found = opened(drawn.data)
    assert (found.format, found.size, (drawn.width, drawn.height)) == ("WEBP", (640, 400), (640, 400))
    assert min(found.convert("L").crop((0, 0, 20, 20)).tobytes()) > 240


@pytest.mark.parametrize(
    ("form", "mode"), [("PNG", "L"), ("PNG", "RGBA"), ("PNG", "P"), ("PNG", "1"), ("PNG", "I;16"), ("JPEG", "CMYK")]
)
def test_each_kind_of_colour_is_drawn(form: str, mode: str) -> None:
    out = io.BytesIO()
    Image.new("RGB", (30, 20), "white").convert("L" if mode == "I;16" else mode).convert(mode).save(out, form)
    assert draw(out.getvalue()).width == 30


def test_what_shines_through_stays_so() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (30, 20), (0, 0, 0, 0)).save(out, "PNG")
    assert opened(draw(out.getvalue()).data).convert("RGBA").getpixel((1, 1))[3] == 0  # type: ignore[index]


def test_a_wide_one_is_made_smaller_and_a_small_one_no_larger() -> None:
    assert (draw(picture((4000, 1000))).width, draw(picture((4000, 1000), "JPEG")).height) == (WIDEST, 400)
    assert draw(picture((320, 90))).width == 320


def test_the_same_picture_has_the_same_hash() -> None:
    assert draw(picture()).sha256 == draw(picture()).sha256 != draw(picture((640, 401))).sha256


def test_it_stands_upright_and_tells_nothing_of_its_camera() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x8825] = 6, "A camera", {1: "N"}
    drawn = draw(picture((60, 40), "JPEG", exif=exif))
    assert (drawn.width, drawn.height) == (40, 60)
    assert b"camera" not in drawn.data
    assert not opened(drawn.data).getexif()


def test_of_an_animation_the_first_picture_is_kept() -> None:
    found = opened(draw(animation()).data)
    assert (getattr(found, "n_frames", 1), found.convert("RGB").getpixel((3, 3))) == (1, (255, 0, 0))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (SVG, A_DRAWING),
        (b"<!doctype html><p>Not found", NO_PICTURE),
        (b"", NO_PICTURE),
        (b"%PDF-1.7 ...", NO_PICTURE),
        (picture()[:-40], BROKEN),
        (picture(form="JPEG")[:200], NO_PICTURE),
        (picture(form="BMP"), NO_PICTURE),
        (picture(form="TIFF"), NO_PICTURE),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", NO_PICTURE),
        (bomb(), TOO_MANY_PIXELS),
        (bomb(6_000, 6_000), TOO_MANY_PIXELS),
        (animated_webp_bomb(), TOO_MANY_PIXELS),
    ],
    ids=["svg", "page", "nothing", "pdf", "cut", "head", "bmp", "tiff", "eps", "bomb", "smaller bomb", "webp"],
)
def test_what_is_refused(data: bytes, sentence: str) -> None:
    with pytest.raises(NotDrawn) as refused:
        draw(data)
    assert str(refused.value) in (sentence, BROKEN if sentence == NO_PICTURE else sentence)


@pytest.mark.parametrize("size", [(1, 1), (2, 2), (600, 1), (1, 4000)])
def test_a_point_and_a_line_are_no_pictures(size: tuple[int, int]) -> None:
    with pytest.raises(Counter):
        draw(picture(size, "GIF"))


def test_bombs_take_no_memory() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for data in (bomb(), bomb(100_000, 100_000), animated_webp_bomb()):
        with pytest.raises(NotDrawn):
            draw(data)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 40_000  # kilobytes


def broken_somewhere(data: bytes, seed: int) -> bytes:
    chance, bad = random.Random(seed), bytearray(data)
    for _ in range(chance.randint(1, 12)):
        bad[chance.randrange(len(bad))] = chance.randrange(256)
    return bytes(bad[: chance.randint(len(bad) // 2, len(bad))])


@pytest.mark.parametrize("make", [picture, animation], ids=["picture", "animation"])
@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF", "AVIF"])
def test_broken_files_are_refused_or_drawn_and_nothing_else(make: Callable[..., bytes], form: str) -> None:
    whole = animation() if make is animation else picture((90, 60), form)
    for seed in range(60):
        with suppress(NotDrawn, Counter):
            draw(broken_somewhere(whole, seed))
