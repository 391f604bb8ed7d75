"""The colours of tokens.css keep the promises of contrast, in all three themes (WCAG 2.2, relative luminance)."""

import math
import re
from collections.abc import Iterator

import pytest

from tests.conftest import ROOT

Colour = tuple[float, float, float]

THEMES = ("day", "sepia", "night")
KINDS = ("highlight", "prediction", "evidence", "question")
TOKENS = (ROOT / "static/css/tokens.css").read_text()

#: A mark of somebody else's lies at two thirds of its strength (cards.css).
OTHERS = 2 / 3


def srgb(lightness: float, chroma: float, hue: float) -> Colour:
    """OKLCH to sRGB from 0 to 1 (Björn Ottosson, "A perceptual color space for image processing", 2020)."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    red, green, blue = (encoded(min(1, max(0, part))) for part in linear)
    return red, green, blue


def encoded(part: float) -> float:
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


def decoded(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def contrast(one: Colour, other: Colour) -> float:
    darker, lighter = sorted(luminance(colour) for colour in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: Colour) -> float:
    red, green, blue = (decoded(part) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def washed(pencil: Colour, ground: Colour, strength: float) -> Colour:
    red, green, blue = (p * strength + g * (1 - strength) for p, g in zip(pencil, ground, strict=True))
    return red, green, blue


def colour(theme: str, name: str) -> Colour:
    found = re.search(rf"--{theme}-{name}: oklch\(([\d.]+) ([\d.]+) ([\d.]+)\);", TOKENS)
    assert found, f"--{theme}-{name}"
    lightness, chroma, hue = map(float, found.groups())
    return srgb(lightness, chroma, hue)


def strengths() -> Iterator[float]:
    for percent in re.findall(r"--strength-\d: (\d+)%", TOKENS):
        yield int(percent) / 100
        yield int(percent) / 100 * OTHERS


def test_the_measure_is_that_of_the_standard() -> None:
    assert contrast((0, 0, 0), (1, 1, 1)) == pytest.approx(21)
    assert srgb(0.5998, 0, 0) == pytest.approx((0.5, 0.5, 0.5), abs=0.01)
    assert len(list(strengths())) == 6


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("theme", THEMES)
def test_words_and_shapes_stand_out_on_every_wash(theme: str, kind: str) -> None:
    paper, ink, shape = colour(theme, "paper"), colour(theme, "ink"), colour(theme, f"shape-{kind}")
    washes = [washed(colour(theme, f"pencil-{kind}"), paper, strength) for strength in strengths()]

    assert min(contrast(ink, wash) for wash in washes) >= 7
    assert min(contrast(shape, ground) for ground in [paper, *washes]) >= 3


@pytest.mark.parametrize("ground", ["paper", "raised", "sunk"])
@pytest.mark.parametrize("theme", THEMES)
def test_words_are_read_on_every_ground(theme: str, ground: str) -> None:
    behind = colour(theme, ground)

    assert contrast(colour(theme, "ink"), behind) >= 7
    assert min(contrast(colour(theme, name), behind) for name in ("muted", "accent", "danger", "good")) >= 4.5
    assert contrast(colour(theme, "edge"), behind) >= 3


@pytest.mark.parametrize("theme", THEMES)
def test_words_are_read_on_a_primary_button(theme: str) -> None:
    words = colour(theme, "on-accent")

    assert contrast(words, colour(theme, "accent")) >= 4.5
    assert contrast(words, colour(theme, "accent-strong")) >= 4.5
