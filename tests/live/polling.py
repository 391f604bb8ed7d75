"""Asking what has changed, as an open page does."""

from typing import TYPE_CHECKING

from django.test import Client

from reader.core.models import Event
from reader.library.models import Article
from tests.pages.asking import FRAGMENT
from tests.world import newest

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse


def now() -> int:
    """The cursor of a page that was opened just now."""
    latest: int = Event.objects.latest("id").pk
    return latest


def poll(client: Client, article: Article, cursor: int, **narrowed: int | str) -> "_MonkeyPatchedWSGIResponse":
    said = {"revision": newest(article).pk, **narrowed}
    address = f"{article.get_absolute_url()}changes/"
    return client.get(address, said, headers={**FRAGMENT, "HX-PTag": str(cursor)})


def news(client: Client, article: Article, cursor: int, **narrowed: int | str) -> str:
    """The parts of the page that have changed."""
    answer = poll(client, article, cursor, **narrowed)
    assert answer.status_code == 200
    return answer.content.decode()
