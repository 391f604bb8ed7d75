"""Pictures that stand in a page themselves, as `data:` addresses: kept as those that come from elsewhere are."""

import time
from base64 import b64encode, urlsafe_b64encode
from urllib.parse import quote

import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult

from reader.intake import extract
from reader.intake.details import as_details, as_text
from reader.intake.images.drawing import A_DRAWING, NO_PICTURE
from reader.intake.images.embedded import FEWEST, embedded_in
from reader.intake.images.jobs import fetch_images
from reader.intake.images.models import State
from reader.intake.models import Draft
from reader.intake.reading import Form, read
from reader.library.models import Article
from reader.library.shelving import shelve
from tests.intake.images.files import SVG, bomb, picture
from tests.intake.images.test_bringing import address_of, body, bring, states
from tests.intake.images.test_enclosed import letter
from tests.intake.parcels import parcels
from tests.world import World

CHART = picture((600, 300))
WORDS = "<p>Ask a modeller what limits the next run, and you hear about data; ask who signs the lease.</p>" * 3
DOT = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"


def data(file: bytes = CHART, kind: str = "png") -> str:
    return f"data:image/{kind};base64,{b64encode(file).decode()}"


def page(*sources: str) -> str:
    shown = "".join(f'<p><img src="{source}" alt="Queue {n}"></p>' for n, source in enumerate(sources))
    return f"<article><h1>The queue</h1>{WORDS}{shown}{WORDS}</article>"


def piece(world: World, raw: str) -> Article:
    reading = read(raw, Form.HTML)
    return shelve(as_details(reading), as_text(reading, raw), world.cleo)[0]


def test_it_is_kept_and_shown(cleo: Client, world: World) -> None:
    article = piece(world, page(data()))
    assert DBTaskResult.objects.filter(task_path=fetch_images.module_path).count() == 1

    bring(article)

    drawn = body(cleo, article)
    assert f'src="{address_of(article)}" alt="Queue 0" width="600" height="300"' in drawn
    assert ("data:image" in drawn, "enclosed.invalid" in drawn) == (False, False)
    assert cleo.get(address_of(article))["Content-Type"] == "image/webp"


def test_a_pasted_page_brings_its_pictures(cleo: Client, world: World) -> None:
    draft = Draft.objects.create(owner=world.cleo, raw=page(data()), form=Form.HTML)
    assert "Queue 0" in cleo.get(draft.get_absolute_url()).content.decode()
    fields = {"action": "save", "title": "The queue", "audience": "unknown", "truncated": "", "seen_by": "private"}
    cleo.post(draft.get_absolute_url(), fields)
    article = Article.objects.get(title="The queue")

    bring(article)

    assert states(article) == [State.HERE]


def test_a_letter_brings_those_in_its_words_and_those_beside_them(cleo: Client, world: World) -> None:
    html = f'{WORDS}<img src="cid:chart@1" alt="Beside"><img src="{data(picture((500, 200)))}" alt="In the words">'
    parcels.bring(cleo, ("a.eml", letter(("chart@1", CHART), html=html)))
    article = Article.objects.get(title="The queue")

    bring(article)

    assert states(article) == [State.HERE, State.HERE]


@pytest.mark.parametrize(
    "source",
    [
        f"data:image/png;base64,{quote(b64encode(CHART).decode(), safe='')}",
        f"data:image/png;base64,{urlsafe_b64encode(CHART).decode().rstrip('=')}",
        data().replace("+", "&#43;").replace("/9", "&#x2F;9"),
        "\n".join(data()[start : start + 76] for start in range(0, len(data()), 76)),
        data().replace("image/png;", "image/png;charset=utf-8;"),
        data().replace("data:image/png", "data:image/PNG"),
    ],
    ids=["percent", "url-safe", "entities", "lines", "charset", "capitals"],
)
def test_however_it_is_written_it_has_one_name(source: str) -> None:
    assert list(embedded_in(page(source)).values()) == [CHART]
    assert extract(page(source)).images[0]["src"] == extract(page(data())).images[0]["src"]


def test_a_dot_is_no_picture_and_hides_none() -> None:
    waiting = f'<article>{WORDS}<img src="{DOT}" data-src="https://a.example/b.png" alt="B">{WORDS}</article>'
    blurred = f'<article>{WORDS}<img src="{data()}" srcset="https://a.example/b.png 2x" alt="B">{WORDS}</article>'
    chosen = f'<picture><source srcset="https://a.example/b.png 2x"><img src="{data()}" alt="B"></picture>'
    for raw in (waiting, blurred, f"<article>{WORDS}{chosen}{WORDS}</article>"):
        assert [image["src"] for image in extract(raw).images] == ["https://a.example/b.png"]
    assert embedded_in(page(DOT)) == {}
    assert len(DOT) < FEWEST


def test_what_is_no_picture_is_refused_with_a_sentence(world: World) -> None:
    article = piece(world, page(data(SVG * 4), data(b"nothing " * 99), data(bomb())))

    bring(article)

    assert states(article) == [State.FAILED] * 3
    assert {A_DRAWING, NO_PICTURE} <= set(article.images.values_list("sentence", flat=True))


def test_a_drawing_or_broken_letters_leave_nothing_behind(world: World) -> None:
    article = piece(world, page(data(SVG * 4, "svg+xml"), f"data:image/png;base64,{'A' * 401}=!"))
    assert states(article) == []


def test_a_claimed_name_gives_no_strangers_picture(world: World) -> None:
    """The name is that of its content, so a page could name what another piece came with."""
    name = next(iter(embedded_in(page(data()))))
    bring(piece(world, page(data())))

    thief = piece(world, page(name).replace("lease", "cheque"))
    bring(thief)

    assert states(thief) == []


def test_many_are_read_in_time() -> None:
    raw = page(*(data(picture((300 + n, 200))) for n in range(60)), "data:image/png;base64," * 20_000)
    started = time.process_time()
    assert len(embedded_in(raw)) == 60
    assert len(extract(raw).images) == 61
    assert time.process_time() - started < 6
