"""All that is somebody's own, in one zip."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils import timezone

from reader.exchange import belongings
from reader.exchange.papers import papers
from reader.exchange.streaming import Member, json_list, json_text, zipped

if TYPE_CHECKING:
    from reader.accounts.models import User

README = """# What is in here

All that was yours in Forecite, as far as you could read it when you took it.

- `you.json`: your account, its settings, and your teams
- `articles.json`: what is known of the pieces that you added
- `highlights.json`: your marks, with the words, what stands around them, and their places (code points of the text)
- `notes.json`: your notes, in Markdown; `claims.json`: your claims, with your statements of them
- `forecasts.json`, `evidence.json`, `assessments.json`, `verdicts.json`: what you said of anybody's claims; outcomes
  and readings from 0, did not happen, to 100, happened
- `disputes.json`, `answers.json` (to the disputes of others), `replies.json`: what you said of verdicts
- `tags.json`, `readings.json` (how far you have read), `drafts.json` (what you handed in and have not saved)
- `articles/`: a page for each piece that you added, marked or wrote on, with your marks and notes; the text is there
  where you added the piece

Nothing of others is in here but the names of authors, publications and teams.
"""

LISTS = {
    "articles": belongings.my_articles,
    "highlights": belongings.my_highlights,
    "notes": belongings.my_notes,
    "claims": belongings.my_claims,
    "forecasts": belongings.my_forecasts,
    "evidence": belongings.my_evidence,
    "assessments": belongings.my_assessments,
    "verdicts": belongings.my_verdicts,
    "disputes": belongings.my_disputes,
    "answers": belongings.my_answers,
    "replies": belongings.my_replies,
    "tags": belongings.my_tags,
    "readings": belongings.my_readings,
    "drafts": belongings.my_drafts,
}


def everything(user: "User") -> Iterator[bytes]:
    """The zip, in pieces as they are made: neither memory nor a disk ever holds the whole."""
    return zipped(members(user), timezone.localtime())


def members(user: "User") -> Iterator[Member]:
    yield "README.md", [README]
    yield "you.json", [json_text(belongings.oneself(user))]
    for name, rows in LISTS.items():
        yield f"{name}.json", json_list(rows(user))
    yield from papers(user)
