"""Pictures drawn anew: what a worker pays for each, once."""

import io
from collections.abc import Iterator
from functools import partial

from PIL import Image, ImageDraw

from reader.intake.images.drawing import draw
from tests.performance.measuring import Figure, cpu_milliseconds


def figures() -> Iterator[Figure]:
    yield Figure("draw a chart of 1200 × 640", cpu_milliseconds(partial(draw, chart()), repeats=5), 400)
    for size, most in (((1456, 970), 400), ((4000, 3000), 1500)):
        drawn = cpu_milliseconds(partial(draw, photograph(size)), repeats=3)
        yield Figure(f"draw a photograph of {size[0]} × {size[1]}", drawn, most)


def chart() -> bytes:
    drawn = Image.new("RGB", (1200, 640), "white")
    pen = ImageDraw.Draw(drawn)
    for number in range(9):
        pen.rectangle(
            (120 + number * 115, 560 - number * 50, 190 + number * 115, 560), fill=(40 + number * 20, 90, 160)
        )
    pen.text((110, 30), "Queue in years", fill="black", font_size=36)
    return saved(drawn, "PNG")


def photograph(size: tuple[int, int]) -> bytes:
    grain = Image.effect_noise((size[0] // 8, size[1] // 8), 80).resize(size)
    return saved(Image.merge("RGB", (grain, grain.rotate(180), grain.point(lambda value: 255 - value))), "JPEG")


def saved(drawn: Image.Image, form: str) -> bytes:
    out = io.BytesIO()
    drawn.save(out, form)
    return out.getvalue()
