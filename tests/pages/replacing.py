"""Handing in the new text of a piece."""

from typing import Any

from django.test import Client

from reader.library.models import Article


def hand_in(client: Client, article: Article, words: str) -> str:
    """The address of the review of these words, under a headline as if they had been copied from the page."""
    copied = "Chips\n\nMira Castell\n\n" + words.replace("\n", "\n\n")
    answer = client.post(f"{article.get_absolute_url()}revisions/new/", {"text": copied})
    assert answer.status_code == 303
    return answer.headers["Location"]


def said(**changes: Any) -> dict[str, Any]:
    """What the form of the review sends, as it came but for these."""
    return {"action": "save", "title": "Chips", "subtitle": "", "audience": "unknown", "truncated": "no"} | changes
