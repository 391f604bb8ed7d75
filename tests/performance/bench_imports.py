"""What comes in by the thousand: mails read and shelved, and a year of highlights put in their places."""

import json
import time
from collections.abc import Iterator
from random import Random

from reader.accounts.models import User
from reader.intake.imports import Door, Import, keep, queue
from reader.intake.imports.running import carry_on
from reader.intake.mail.pieces import understand
from reader.library.models import Article
from reader.library.shelving import Details, shelve
from tests.intake.mail.post import mail
from tests.library.pieces import as_text
from tests.performance.bench_extraction import WORDS
from tests.performance.measuring import Figure

MAILS, PIECES, MARKS_IN_EACH = 100, 100, 100
FEWEST_MAILS, MOST_SECONDS = 20, 60


def figures() -> Iterator[Figure]:
    letters = [letter(seed) for seed in range(MAILS)]
    before = time.process_time()
    for data in letters:
        understand(data)
    took = time.process_time() - before
    yield Figure(
        f"mails of {len(letters[0]) // 1000} kB understood", MAILS / took, FEWEST_MAILS, "a second", more_is_better=True
    )
    reader = User.objects.create_user("importer@example.org", "a password of the bench", name="Importer")
    dice = Random(5)
    texts = [prose(dice) for _ in range(PIECES)]
    for number, sentences in enumerate(texts):
        details = Details(title=f"Piece {number}", canonical_url=f"https://bench.example/{number}")
        shelve(details, as_text(" ".join(sentences)), reader)
    export = json.dumps([entry(number, sentences) for number, sentences in enumerate(texts)])
    yield Figure("10,000 highlights of another app, first time", seconds(reader, export), MOST_SECONDS, "s CPU")
    yield Figure("the same 10,000 again", seconds(reader, export), MOST_SECONDS, "s CPU")
    Article.objects.filter(owner=reader).delete()


def seconds(reader: User, export: str) -> float:
    work = Import.begin(reader, Door.EXPORT, "highlights.json")
    keep(work, [export.encode()])
    queue(work)
    before = time.process_time()
    while work.take_up() and not carry_on(work):
        pass
    return time.process_time() - before


def entry(number: int, sentences: list[str]) -> dict[str, object]:
    marks = [{"quote": sentence, "created_at": 1_747_477_380} for sentence in sentences[: 2 * MARKS_IN_EACH : 2]]
    return {"url": f"https://bench.example/{number}", "title": f"Piece {number}", "highlights": marks}


def prose(dice: Random) -> list[str]:
    return [" ".join(dice.choices(WORDS, k=dice.randint(8, 24))).capitalize() + "." for _ in range(2 * MARKS_IN_EACH)]


def letter(seed: int) -> bytes:
    """A newsletter in the manner of large senders: tables, counted links, and a thousand words."""
    dice = Random(seed)
    link = "https://click.convertkit-mail.com/a/b/aHR0cHM6Ly9zaXRlLmV4YW1wbGUvcGllY2U"
    parts = "".join(
        f'<tr><td style="padding:0 24px;font:16px Georgia"><p>{" ".join(dice.choices(WORDS, k=40)).capitalize()} '
        f'<a style="color:#123" href="{link}">{dice.choice(WORDS)}</a>.</p></td></tr>'
        for _ in range(25)
    )
    pixel = '<img src="https://open.example/o/1.gif" width="1" height="1">'
    html = f'<table role="presentation" width="100%">{parts}</table><p>Unsubscribe</p>{pixel}'
    return mail(html, subject=f"Letter {seed}", List_ID="<letters.example>")
