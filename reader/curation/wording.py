"""Moments and excerpts as the desk says them."""

from datetime import datetime

from django.utils import timezone

from reader.claims.windows import in_words


def when(at: datetime) -> str:
    """The day and the minute, in the time zone of the installation."""
    local = timezone.localtime(at)
    return f"{in_words(local.date())}, {local:%H:%M}"


def inside_quotes(words: str) -> str:
    """The words as they stand between double quotes: their own are single."""
    return words.replace("“", "‘").replace("”", "’")


def excerpt(text: str, most: int = 160) -> str:
    """The beginning of a text, in one line, cut between words."""
    words = " ".join(text[: 2 * most].split())
    return words if len(words) <= most else f"{words[:most].rpartition(' ')[0] or words[:most]} …"
