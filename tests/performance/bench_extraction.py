"""Pages read: a news page of 110 kB with all that stands around a piece there, and one of each platform's shapes."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from random import Random

from reader.intake import extract
from tests.performance.measuring import Figure, cpu_milliseconds

SHAPES = Path(__file__).parent.parent / "intake" / "pages"
MOST = 50  # ms: twenty pages a second
NAMES = "power model lease cluster forecast river chip memo lab price queue grid rack region office summer number"
WORDS = [*NAMES.split(" ")]


def figures() -> Iterator[Figure]:
    pages = [news(seed) for seed in range(8)]
    took = sum(cpu_milliseconds(partial(extract, page), repeats=5) for page in pages) / len(pages)
    yield Figure(f"extract a news page of {len(pages[0]) // 1000} kB", took, MOST)
    yield Figure("pages a second of CPU", 1000 / took, unit="")
    shapes = [path.read_text("utf-8") for path in sorted(SHAPES.glob("*.html"))]
    small = sum(cpu_milliseconds(partial(extract, page), repeats=5) for page in shapes) / len(shapes)
    yield Figure("extract a small page of a platform", small, MOST)


def news(seed: int) -> str:
    """A page in the manner of large sites: scripts, menus, teasers, comments, and a piece of 700 words."""
    dice = Random(seed)

    def said(number: int) -> str:
        return " ".join(dice.choices(WORDS, k=number)).capitalize() + "."

    menu = "".join(f'<li class="menu__item"><a href="/{n}" class="menu__link">{said(2)}</a></li>' for n in range(60))
    body = "".join(
        f"<p class='story__p'>{said(22)} <a href='https://a.example/{n}'>{said(3)}</a> {said(20)}</p>"
        + (f"<h2>{said(4)}</h2>" if n % 5 == 4 else "")
        for n in range(16)
    )
    teasers = "".join(
        f'<div class="teaser"><a href="/t/{n}"><img src="/{n}.jpg" alt=""><h3>{said(8)}</h3></a><p>{said(14)}</p></div>'
        for n in range(24)
    )
    comments = "".join(f'<li class="comment"><b>{said(2)}</b><p>{said(25)}</p></li>' for n in range(20))
    script = f"<script>{'var state = {items: [1, 2, 3], on: function () { return true }};' * 500}</script>"
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>{said(7)} | The Ledger</title>'
        f"<style>{'.a{color:red}' * 1500}</style>"
        f'<meta name="author" content="Dana Okafor"></head><body><header><nav><ul>{menu}</ul></nav></header>{script}'
        f"<main><article class='story'><h1>{said(7)}</h1><div class='byline'>By Dana Okafor</div>{body}</article>"
        f"<aside>{teasers}</aside><section id='comments'><ol>{comments}</ol></section></main>"
        f"<footer><ul>{menu}</ul><p>© 2027 The Ledger</p></footer></body></html>"
    )
