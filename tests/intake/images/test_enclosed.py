"""Pictures that come along with a mail: kept as it comes in, and named in its words by their content."""

from email.message import EmailMessage

from django.test import Client
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from reader.intake.images.jobs import fetch_images
from reader.intake.images.models import State
from reader.library.models import Article
from tests.intake.images.files import picture
from tests.intake.images.test_bringing import address_of, body, states
from tests.intake.parcels.parcels import bring, log_of
from tests.world import World


def letter(*pictures: tuple[str, bytes], html: str) -> bytes:
    """A mail with its pictures beside the words that name them."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Kilowatt <a@x.example>", "cleo@example.org", "The queue"
    message.set_content("Only words.")
    message.add_alternative(html, subtype="html")
    _, words = message.iter_parts()
    assert isinstance(words, EmailMessage)
    for name, data in pictures:
        words.add_related(data, "image", "png", cid=f"<{name}>")
    return message.as_bytes()


def test_pictures_that_came_with_a_mail_are_kept(cleo: Client, world: World) -> None:
    words = "<p>Ask a modeller what limits the next run, and you hear about data; ask who signs the lease.</p>" * 3
    html = f'{words}<img src="cid:chart@1" alt="The queue" width="300"><img src="cid:gone@1">'
    data = letter(("chart@1", picture((600, 300))), ("other@1", picture()), html=html)
    work = bring(cleo, ("a.eml", data))
    article = Article.objects.get(title="The queue")
    assert log_of(work) == [("The queue", "added", "1 enclosed picture was missing.")]
    assert states(article) == [State.HERE]
    drawn = body(cleo, article)
    assert f'src="{address_of(article)}" alt="The queue" width="300" height="150"' in drawn
    assert "enclosed.invalid" not in drawn
    assert not DBTaskResult.objects.filter(task_path=fetch_images.module_path).exists()

    again = bring(cleo, ("again.eml", data))
    assert (again.known, article.images.count()) == (1, 1)


def test_with_pictures_off_those_of_a_mail_are_places_without_a_link(
    cleo: Client, world: World, settings: Settings
) -> None:
    settings.IMAGES = False
    words = "<p>Ask a modeller what limits the next run, and you hear about data; ask who signs the lease.</p>" * 3
    bring(cleo, ("a.eml", letter(("c@1", picture()), html=f'{words}<img src="cid:c@1" alt="The queue">')))
    article = Article.objects.get(title="The queue")
    assert '<span class="picture-place" data-alt="Picture: The queue"' in body(cleo, article)
    assert states(article) == []
