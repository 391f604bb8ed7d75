"""Addresses and headers that the tests of the reading page share."""

from reader.library.models import Article

FRAGMENT = {"HX-Request": "true", "HX-Request-Type": "partial"}


def marks_of(article: Article) -> str:
    return f"{article.get_absolute_url()}highlights/"


def composer_of(article: Article) -> str:
    return f"{article.get_absolute_url()}highlights/new/"


def place_of(article: Article) -> str:
    return f"{article.get_absolute_url()}reading/"
