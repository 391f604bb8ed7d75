"""The words of the library: what a beginning may go on as, and what a slip of the key was meant to be.

What is answered from here is only tried: it is shown where it finds something that the reader may see.
"""

from collections import Counter
from collections.abc import Collection, Iterable

from django.db import connection

from reader.search.models import SearchWord

#: Shorter words are too near to too many others, and nobody mistypes a longer one by a single key.
SHORTEST, LONGEST = 4, 24
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
MOST_MEANT = 5
BATCH = 2000
#: Dozens of words come with each change, and a statement for rows of models takes ten times as long to be put together.
LEARN = "INSERT INTO reader_searchword (word, uses) VALUES (%s, 0) ON CONFLICT DO NOTHING"


def learn(words: Iterable[str]) -> None:
    """Remember these words; in one order, so that of two who learn at once neither waits for the other."""
    with connection.cursor() as cursor:
        cursor.executemany(LEARN, [(word,) for word in sorted(set(words))])


def count(uses: Counter[str]) -> None:
    """Remember how often each of these is used."""
    words = [SearchWord(word=word, uses=min(number, 2**31 - 1)) for word, number in sorted(uses.items())]
    SearchWord.objects.bulk_create(
        words, batch_size=BATCH, update_conflicts=True, unique_fields=["word"], update_fields=["uses"]
    )


def beginning(prefix: str, most: int) -> list[str]:
    """The words that begin so, the most used first."""
    rows = SearchWord.objects.filter(word__gte=prefix, word__lt=f"{prefix}\U0010ffff")
    return list(rows.order_by("-uses", "word").values_list("word", flat=True)[:most])


def meant(word: str) -> list[str]:
    """The words of the library that are one slip of the key away: a letter too many, too few, wrong, or two swapped."""
    if not SHORTEST <= len(word) <= LONGEST:
        return []
    rows = SearchWord.objects.filter(word__in=slips(word)).order_by("-uses", "word")
    return list(rows.values_list("word", flat=True)[:MOST_MEANT])


def slips(word: str) -> Collection[str]:
    parts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    letters = dict.fromkeys(LETTERS + word)
    found = {left + right[1:] for left, right in parts if right}
    found |= {left + right[1] + right[0] + right[2:] for left, right in parts if len(right) > 1}
    found |= {left + letter + right[1:] for left, right in parts if right for letter in letters}
    found |= {left + letter + right for left, right in parts for letter in letters}
    found.discard(word)
    return found
