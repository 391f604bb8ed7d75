"""Pictures of pieces: fetched by the worker, kept once, seen by those who read the piece and by nobody else."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from reader.accounts.models import User
from reader.core.visibility import Visibility
from reader.intake.images import bringing
from reader.intake.images.apart import Apart
from reader.intake.images.drawing import A_DRAWING, draw
from reader.intake.images.jobs import (
    fetch_due_images,
    fetch_images,
    forget_unused_images,
    look_for_due_images,
)
from reader.intake.images.models import BACK_OFF, GIVEN_UP, ArticleImage, Image, State
from reader.library.models import Article, Revision, Text
from tests.intake.feeds.test_polling import Press, press
from tests.intake.fetching.servers import page
from tests.intake.images.files import SVG, bomb, picture
from tests.pages.asking import FRAGMENT
from tests.world import World, make_article, newest

__all__ = ["press"]

KIND = "image/png"


@pytest.fixture(autouse=True)
def pictures_of_home(settings: Settings) -> None:
    """The sites of the tests are on loopback."""
    settings.IMAGES_OF_HOME = True


def figure(press: Press, path: str = "/chart.png", alt: str = "Queues by region") -> str:
    return f'<figure><img src="{press.url(path)}" alt="{alt}"><figcaption>The queue.</figcaption></figure>'


def piece(by: User, press: Press, *paths: str, title: str = "Pictures", **more: Any) -> Article:
    html = "".join(figure(press, path) for path in paths or ("/chart.png",))
    return make_article(title, by, html=f"<p>Words before.</p>{html}<p>Words after.</p>", **more)


def bring(article: Article) -> None:
    fetch_images.func(article_id=article.pk)


def text_of_piece(revision: Revision) -> Text:
    return Text(html=revision.html, text=revision.text, raw=revision.raw, source_kind=revision.source_kind)


def states(article: Article) -> list[str]:
    return list(article.images.order_by("pk").values_list("state", flat=True))


def body(client: Client, article: Article) -> str:
    return client.get(article.get_absolute_url()).content.decode()


def address_of(article: Article) -> str:
    image = article.images.get().image
    assert image
    return f"{article.get_absolute_url()}images/{image.sha256}/"


def test_it_comes_from_here_and_from_nowhere_else(cleo: Client, world: World, press: Press) -> None:
    press.print("/chart.png", picture((3200, 800)), KIND)
    article = piece(world.cleo, press)
    before = body(cleo, article)
    assert "<img" not in before
    assert 'data-alt="Picture: Queues by region"' in before

    bring(article)

    drawn = body(cleo, article)
    assert f'<img loading="lazy" decoding="async" src="{address_of(article)}" alt="Queues by region"' in drawn
    assert 'width="1600" height="400"' in drawn
    assert press.url("/chart.png") not in drawn
    assert "Accept: image/webp" in press.asked("/chart.png")[0]
    answer = cleo.get(address_of(article))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert answer.content == draw(picture((3200, 800))).data
    assert answer["Cache-Control"] == "private, max-age=31536000, immutable"
    assert (answer["X-Content-Type-Options"], answer["Cross-Origin-Resource-Policy"]) == ("nosniff", "same-origin")
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_the_policy_lets_no_other_site_show_anything(cleo: Client, world: World) -> None:
    assert "img-src 'self' data:;" in cleo.get("/")["Content-Security-Policy"]


def test_the_stored_text_is_what_it_was(world: World, press: Press) -> None:
    press.print("/chart.png", picture(), KIND)
    article = piece(world.cleo, press)
    before = newest(article).html
    bring(article)
    assert newest(article).html == before
    assert f'src="{press.url("/chart.png")}"' in before


def test_the_page_that_a_browser_kept_is_an_old_one_then(cleo: Client, world: World, press: Press) -> None:
    press.print("/chart.png", picture(), KIND)
    article = piece(world.cleo, press)
    etag = cleo.get(article.get_absolute_url())["ETag"]
    assert cleo.get(article.get_absolute_url(), headers={"If-None-Match": etag}).status_code == 304
    bring(article)
    assert cleo.get(article.get_absolute_url(), headers={"If-None-Match": etag}).status_code == 200


def test_who_may_not_read_the_piece_sees_nothing(
    cleo: Client, vera: Client, dov: Client, client: Client, world: World, press: Press
) -> None:
    press.print("/chart.png", picture(), KIND)
    private = piece(world.cleo, press)
    shared = piece(world.cleo, press, title="Shared", visibility=Visibility.TEAM, team=world.foundry)
    public = piece(world.cleo, press, title="Public", visibility=Visibility.PUBLIC)
    for article in (private, shared, public):
        bring(article)
    seen = {
        name: [one.get(address_of(article)).status_code for article in (private, shared, public)]
        for name, one in (("cleo", cleo), ("vera", vera), ("dov", dov), ("nobody", client))
    }
    assert seen == {
        "cleo": [200, 200, 200],
        "vera": [404, 200, 200],
        "dov": [404, 404, 200],
        "nobody": [404, 404, 200],
    }
    nothing = dov.get("/articles/no-such-piece/images/abc/")
    assert dov.get(address_of(private)).content == nothing.content
    other = f"{public.get_absolute_url()}images/{'0' * 64}/"
    assert cleo.get(other).status_code == 404


def test_a_picture_that_another_reader_has_is_no_sooner_here(cleo: Client, world: World, press: Press) -> None:
    press.print("/chart.png", picture(), KIND)
    bring(piece(world.dov, press, title="Of Dov"))
    mine = piece(world.cleo, press)
    assert states(mine) == [State.WAITING]
    assert "<img" not in body(cleo, mine)
    bring(mine)
    assert len(press.asked("/chart.png")) == 2
    assert Image.objects.count() == 1


def test_a_new_text_asks_for_new_pictures_alone(world: World, press: Press) -> None:
    press.print("/chart.png", picture(), KIND)
    press.print("/second.png", picture((80, 40)), KIND)
    article = piece(world.cleo, press)
    bring(article)
    article.revise(
        text_of_piece(newest(piece(world.cleo, press, "/chart.png", "/second.png", title="Longer"))), world.cleo
    )
    bring(article)
    assert (states(article), len(press.asked("/chart.png"))) == ([State.HERE, State.HERE], 1)


def test_the_worker_is_asked_in_the_transaction_that_brings_the_text(world: World, press: Press) -> None:
    article = piece(world.cleo, press)
    task = DBTaskResult.objects.get(task_path=fetch_images.module_path)
    assert (task.args_kwargs["kwargs"], task.priority) == ({"article_id": article.pk}, -5)
    make_article("Without", world.cleo)
    assert DBTaskResult.objects.filter(task_path=fetch_images.module_path).count() == 1


@pytest.mark.parametrize(
    ("file", "kind", "sentence"),
    [
        (SVG, "image/svg+xml", A_DRAWING),
        (SVG, "image/png", A_DRAWING),
        (b"<p>Sign in", "text/html", "no picture"),
        (bomb(), KIND, "24 million"),
    ],
    ids=["svg", "svg that says png", "page", "bomb"],
)
def test_what_is_no_picture_is_told_and_not_asked_for_again(
    cleo: Client, world: World, press: Press, file: bytes, kind: str, sentence: str
) -> None:
    press.print("/chart.png", file, kind)
    article = piece(world.cleo, press)
    bring(article)
    found = article.images.get()
    assert found.state == State.FAILED
    assert sentence in found.sentence
    assert not ArticleImage.objects.due().exists()
    assert 'class="picture-place"' in body(cleo, article)


def test_a_counter_is_dropped(cleo: Client, world: World, press: Press) -> None:
    press.print("/chart.png", picture((1, 1), "GIF"), "image/gif")
    article = piece(world.cleo, press)
    bring(article)
    assert states(article) == [State.COUNTER]
    drawn = body(cleo, article)
    assert press.url() not in drawn
    assert "picture-place" not in drawn


def test_no_redirect_leads_into_a_private_network(world: World, press: Press, settings: Settings) -> None:
    press.pages["/chart.png"] = page(b"", status="302 Found", headers=["Location: http://169.254.169.254/latest"])
    article = piece(world.cleo, press)
    bring(article)
    assert states(article) == [State.FAILED]
    settings.IMAGES_OF_HOME = False
    other = piece(world.cleo, press, title="Another", visibility=Visibility.PUBLIC)
    bring(other)
    assert states(other) == [State.FAILED]
    assert len(press.asked("/chart.png")) == 1


def test_the_home_network_is_not_asked_though_its_pages_may_be(world: World, press: Press, settings: Settings) -> None:
    settings.IMAGES_OF_HOME = False
    assert settings.ALLOW_PRIVATE_FETCH
    article = piece(world.cleo, press)
    bring(article)
    assert (states(article), press.asked("/chart.png")) == ([State.FAILED], [])


def test_a_site_in_trouble_is_asked_later_and_at_last_left_alone(world: World, press: Press) -> None:
    press.pages["/chart.png"] = page(b"", status="503 Busy")
    article = piece(world.cleo, press)
    with time_machine.travel(timezone.now(), tick=True) as clock:
        bring(article)
        assert states(article) == [State.WAITING]
        for wait in BACK_OFF:
            fetch_due_images.func()
            clock.shift(wait + timedelta(seconds=1))
            fetch_due_images.func()
    assert (states(article), len(press.asked("/chart.png"))) == ([State.FAILED], 1 + len(BACK_OFF))


def test_a_killed_worker_loses_none(world: World, press: Press) -> None:
    press.print("/chart.png", picture(), KIND)
    article = piece(world.cleo, press)
    assert len(ArticleImage.objects.all().take(9)) == 1  # and there it dies
    bring(article)
    assert states(article) == [State.WAITING]
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        look_for_due_images.func()
        assert DBTaskResult.objects.filter(task_path=fetch_due_images.module_path).exists()
        fetch_due_images.func()
    assert states(article) == [State.HERE]


def test_a_file_that_kills_each_worker_is_given_up(world: World, press: Press) -> None:
    article = piece(world.cleo, press, "/one.png", "/two.png")
    with time_machine.travel(timezone.now(), tick=True) as clock:
        assert len(ArticleImage.objects.all().take(9)) == 2
        for _ in BACK_OFF:
            clock.shift(timedelta(minutes=6))
            assert len(ArticleImage.objects.all().take(9)) == 1
        ArticleImage.objects.update(tries=4)
        clock.shift(timedelta(minutes=6))
        fetch_due_images.func()
    assert set(article.images.values_list("state", "sentence")) == {(State.FAILED, GIVEN_UP)}
    assert press.asked("/one.png") == []


def test_what_is_not_begun_in_time_is_put_back(world: World, press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    press.print("/chart.png", picture(), KIND)
    article = piece(world.cleo, press)
    monkeypatch.setattr(bringing, "together", lambda errands, *rest: iter(()))
    assert bringing.bring(article.images.all(), seconds=0.01)
    assert list(article.images.values_list("tries", flat=True)) == [0]


def test_twice_at_once_keeps_one(world: World, press: Press) -> None:
    article = piece(world.cleo, press)
    first, second = article.images.get(), article.images.get()
    with Apart() as apart:
        bringing.settle(first, picture(), apart)
        bringing.settle(second, SVG, apart)
    assert states(article) == [State.HERE]


def test_the_setting_keeps_them_off(cleo: Client, world: World, press: Press, settings: Settings) -> None:
    press.print("/chart.png", picture(), KIND)
    shown = piece(world.cleo, press, title="Before")
    bring(shown)
    settings.IMAGES = False
    article = piece(world.cleo, press)
    bring(article)
    fetch_due_images.func()
    look_for_due_images.func()
    assert len(press.asked("/chart.png")) == 1
    assert "<img" not in body(cleo, shown) + body(cleo, article)
    listed = cleo.get("/imports/images/").content.decode()
    assert (listed.count("switched off"), "Waiting for a worker" in listed) == (1, False)

    settings.IMAGES = True
    fetch_due_images.func()
    assert "<img" in body(cleo, article)


def test_with_the_piece_goes_what_nothing_else_shows(world: World, press: Press) -> None:
    press.print("/chart.png", picture(), KIND)
    press.print("/own.png", picture((90, 90)), KIND)
    kept, gone = piece(world.cleo, press), piece(world.cleo, press, "/chart.png", "/own.png", title="Gone")
    bring(kept)
    bring(gone)
    gone.delete()
    forget_unused_images.func()
    assert Image.objects.count() == 2  # a day of grace
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        forget_unused_images.func()
    assert [use.article_id for image in Image.objects.all() for use in image.uses.all()] == [kept.pk]


def test_a_mark_leaves_the_pictures_of_its_block_in_place(cleo: Client, world: World, press: Press) -> None:
    press.print("/chart.png", picture(), KIND)
    html = f'<p>Look here <img src="{press.url("/chart.png")}" alt="a queue"> and there.</p>'
    article = make_article("Inline", world.cleo, html=html)
    bring(article)
    said = {"revision": newest(article).pk, "exact": "Look here", "kind": "highlight", "start": 0, "end": 9}
    answer = cleo.post(f"{article.get_absolute_url()}highlights/", said, headers=FRAGMENT)
    assert f'src="{address_of(article)}"' in answer.content.decode()


def test_an_older_text_shows_them_too(cleo: Client, world: World, press: Press) -> None:
    press.print("/chart.png", picture(), KIND)
    article = piece(world.cleo, press)
    bring(article)
    article.revise(text_of_piece(newest(world.public)), world.cleo)
    old = cleo.get(f"{article.get_absolute_url()}revisions/1/").content.decode()
    both = cleo.get(f"{article.get_absolute_url()}revisions/2/comparison/").content.decode()
    assert address_of(article) in old
    assert press.url("/chart.png") not in old + both


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_a_piece_without_pictures_asks_for_none_and_one_with_many_once(
    cleo: Client, world: World, press: Press
) -> None:
    press.print("/chart.png", picture(), KIND)
    plain = make_article("Plain", world.cleo)
    few, many = piece(world.cleo, press), piece(world.cleo, press, *(f"/{n}.png" for n in range(30)), title="Many")
    bring(few)
    for article in (plain, few, many):
        queries(cleo, article.get_absolute_url())
    asked = [queries(cleo, article.get_absolute_url()) for article in (plain, few, many)]
    assert asked == [asked[0], asked[0] + 1, asked[0] + 2]  # of places it asks whether something comes


def test_what_did_not_come_is_listed_for_its_owner_and_tried_again(
    cleo: Client, dov: Client, world: World, press: Press
) -> None:
    article = piece(world.cleo, press, title="The queue of May")
    listed = cleo.get("/imports/images/").content.decode()
    assert "Waiting for a worker" in listed
    bring(article)
    assert "1 did not come" in cleo.get("/imports/").content.decode()
    listed = cleo.get("/imports/images/").content.decode()
    assert "There is no picture at that address." in listed
    assert article.title not in dov.get("/imports/images/").content.decode()

    press.print("/chart.png", picture(), KIND)
    assert dov.post("/imports/images/").status_code == 303
    assert states(article) == [State.FAILED]
    assert cleo.post("/imports/images/").status_code == 303
    fetch_due_images.func()
    assert states(article) == [State.HERE]
    assert "Every picture is here" in cleo.get("/imports/images/").content.decode()


def test_its_number_of_queries_does_not_grow(cleo: Client, world: World, press: Press) -> None:
    piece(world.cleo, press)
    before = queries(cleo, "/imports/images/"), queries(cleo, "/imports/")
    piece(world.cleo, press, *(f"/{n}.png" for n in range(20)), title="Many")
    assert (queries(cleo, "/imports/images/"), queries(cleo, "/imports/")) == before
    part = cleo.get("/imports/images/", headers=FRAGMENT).content.decode()
    assert "<html" not in part


def test_an_open_page_hears_when_they_have_come(cleo: Client, dov: Client, world: World, press: Press) -> None:
    press.print("/chart.png", picture(), KIND)
    article = piece(world.cleo, press)
    asks = f'hx-get="{article.get_absolute_url()}images/"'
    address = f"{article.get_absolute_url()}images/"
    assert asks in body(cleo, article)
    assert (cleo.get(address).status_code, dov.get(address).status_code) == (304, 404)
    bring(article)
    assert "have come" in cleo.get(address).content.decode()
    assert asks not in body(cleo, article)


def test_it_does_not_wait_for_what_was_put_off_nor_without_a_worker(cleo: Client, world: World, press: Press) -> None:
    press.pages["/chart.png"] = page(b"", status="503 Busy")
    article = piece(world.cleo, press)
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert "have come" not in cleo.get(f"{article.get_absolute_url()}images/").content.decode()
    bring(article)
    assert "have come" not in cleo.get(f"{article.get_absolute_url()}images/").content.decode()
    ArticleImage.objects.get().refuse("There is none.")
    assert "have come" not in cleo.get(f"{article.get_absolute_url()}images/").content.decode()
