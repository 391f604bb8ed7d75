"""What is made of the file of a picture: a WebP of our own, or a sentence."""

import io
import random
import resource
from collections.abc import Callable
from contextlib import suppress

import pytest
from PIL import Image, ImageCms

from reader.intake.images.drawing import (
    A_DRAWING,
    BROKEN,
    NO_PICTURE,
    TOO_MANY_PIXELS,
    WIDEST,
    Counter,
    Drawn,
    NotDrawn,
    draw,
)
from tests.intake.images.files import SVG, animated_webp_bomb, animation, bomb, picture, wide_colours


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


def colour_of(drawn: Drawn) -> tuple[int, ...]:
    seen = opened(drawn.data).convert("RGB").getpixel((10, 10))
    assert isinstance(seen, tuple)
    return seen


@pytest.mark.parametrize(("form", "mode"), [("JPEG", "RGB"), ("PNG", "RGB"), ("PNG", "RGBA"), ("WEBP", "RGB")])
def test_colours_of_a_wider_kind_stay_what_they_were(form: str, mode: str) -> None:
    """A green of Adobe's (60, 180, 60) is (0, 181, 42) on a usual screen."""
    out = io.BytesIO()
    shown = Image.new(mode, (40, 30), (60, 180, 60) if mode == "RGB" else (60, 180, 60, 255))
    shown.save(out, form, icc_profile=wide_colours(), **({"lossless": True} if form == "WEBP" else {}))
    red, green, blue = colour_of(draw(out.getvalue()))
    assert (red < 8, abs(green - 181) < 8, abs(blue - 42) < 10) == (True, True, True)


@pytest.mark.parametrize(
    "profile", [b"nothing", bytes(500), wide_colours()[:300], b"\xff" * 5_000, wide_colours() + bytes(5_000_000)]
)
@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_a_profile_that_does_not_fit_changes_nothing(profile: bytes, mode: str) -> None:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), (120, 120, 120)).convert(mode).save(out, "JPEG", icc_profile=profile, quality=95)
    assert all(abs(value - 120) < 8 for value in colour_of(draw(out.getvalue())))


def test_the_usual_profile_changes_nothing() -> None:
    usual = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert draw(picture(icc_profile=usual)) == draw(picture())


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
        (bomb(), TOO_MANY_PIXELS.format(24)),
        (bomb(4_001, 4_001), TOO_MANY_PIXELS.format(16)),
        (picture((6_100, 4_000), "JPEG"), TOO_MANY_PIXELS.format(24)),
        (animated_webp_bomb(), TOO_MANY_PIXELS.format(12)),
    ],
    ids=["svg", "page", "nothing", "pdf", "cut", "head", "bmp", "tiff", "eps", "bomb", "smaller bomb", "jpeg", "webp"],
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
