"""Loading the demo library: people, pieces, marks and claims, through the same verbs that readers use."""

import re
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import cycle
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from reader.accounts.addresses import vouch_for
from reader.accounts.models import Membership, Role, Team, User
from reader.claims.models import Claim, Statement
from reader.claims.proposing import Proposal, propose
from reader.claims.stating import state_again
from reader.claims.taking_in import take_in
from reader.claims.timing import Horizon, read_horizon
from reader.claims.windows import WindowKind
from reader.core.environment import kept_secret
from reader.core.markdown import render_article_markdown
from reader.core.sanitising import clean, text_of
from reader.core.visibility import Visibility
from reader.foresight.looking import look
from reader.highlights.marking import Passage, locate, mark
from reader.highlights.models import Highlight, Kind
from reader.library.models import Article, Foresight, Reading, Revision, Text
from reader.library.shelving import Details, details_of, replace_text, shelve
from reader.notices.models import Kind as NoticeKind
from reader.notices.models import Post, prefer
from reader.pages.demo.lives import load_lives, load_work
from reader.pages.demo.pieces import Piece, read_pieces
from reader.pages.noting import write
from reader.search.indexing import reindex
from reader.tags.models import tags_named

LONG_READ = "the-other-transformer"
MARKS_IN_LONG_READ = 300
SENTENCE = re.compile(r"[^.!?…\n]+[.!?…]+[”’)]?")


@dataclass(frozen=True, slots=True)
class DemoPerson:
    name: str
    email: str
    team: str
    role: str
    is_admin: bool = False
    is_curator: bool = False


PEOPLE = [
    DemoPerson("Ada", "ada@example.org", "Foundry", Role.OWNER, is_admin=True, is_curator=True),
    DemoPerson("Ben", "ben@example.org", "Foundry", Role.CURATOR, is_curator=True),
    DemoPerson("Cleo", "cleo@example.org", "Foundry", Role.MEMBER),
    DemoPerson("Dov", "dov@example.org", "Harbour", Role.OWNER),
]


def demo_password() -> str:
    """The demo people's password: made once for this installation, kept beside its data."""
    return kept_secret(settings.DATA / "demo-password", new_password)


def new_password() -> str:
    return "-".join(secrets.token_hex(2) for _ in range(4))


def load_demo(tell: Callable[[str], object]) -> None:
    """Load what is not there yet; `tell` is called with the title of each piece. Calling it again changes nothing."""
    people = {person.name.lower(): find_or_make_person(person) for person in PEOPLE}
    foundry = Team.objects.get(slug="foundry")
    claims: dict[str, Claim] = {}
    for piece in read_pieces():
        tell(str(piece.front["title"]))
        with transaction.atomic():
            Shelf(piece, people, foundry, claims).load()
    with transaction.atomic():
        load_lives(claims, people)
        load_work(claims, people)
    for _ in reindex():  # tags and more are put there by no verb
        pass
    finished().touch()


def is_half_loaded() -> bool:
    """Whether loading was begun on this installation and did not come to its end."""
    return (settings.DATA / "demo-password").exists() and not finished().exists()


def finished() -> Path:
    return Path(settings.DATA / "demo-loaded")


def find_or_make_person(person: DemoPerson) -> User:
    with transaction.atomic():
        user = User.objects.filter(email=person.email).first() or make_person(person)
        team, _ = Team.objects.get_or_create(slug=person.team.lower(), defaults={"name": person.team})
        Membership.objects.get_or_create(team=team, user=user, defaults={"role": person.role})
    return user


def make_person(person: DemoPerson) -> User:
    user = User.objects.create_user(
        person.email,
        demo_password(),
        name=person.name,
        is_staff=person.is_admin,
        is_superuser=person.is_admin,
        is_curator=person.is_curator,
    )
    vouch_for(user)
    # Nobody reads what is sent to their addresses.
    prefer(user.pk, **dict.fromkeys(NoticeKind.values, Post.NEVER))
    return user


class Shelf:
    """One piece on its way into the library."""

    def __init__(self, piece: Piece, people: dict[str, User], foundry: Team, claims: dict[str, Claim]) -> None:
        self.piece, self.people, self.foundry, self.claims = piece, people, foundry, claims
        self.front, self.owner = piece.front, people["ada"]

    def load(self) -> None:
        first, *later = self.piece.bodies
        article, is_new = shelve(self.details, text_of_body(first), self.owner, *self.scope(self.front["visibility"]))
        if is_new:
            article.tags.set(tags_named(self.front.get("tags", []), article))
        waiting = dict(enumerate(self.front.get("highlights", [])))
        for body in (first, *later):
            revision = self.find_or_bring(article, text_of_body(body))
            for number in [at for at, entry in waiting.items() if entry["exact"] in revision.text]:
                self.load_highlight(article, revision, number, waiting.pop(number))
        if waiting:
            raise ValueError(f"{self.piece.name} has no such words: {[entry['exact'] for entry in waiting.values()]}")
        if is_new and self.piece.name == LONG_READ:
            mark_sentences(article.revisions.latest("number"), list(self.people.values())[:3], self.foundry)
        if is_new:
            self.begin_reading(article)
        if Article.objects.filter(pk=article.pk, foresight=Foresight.ASKED).exists():
            look(article)  # at once: whoever opens the demo first has no worker to wait for

    @property
    def details(self) -> Details:
        front = self.front
        published, precision = self.piece.published
        is_preview = "preview_ends_before" in front
        return Details(
            title=front["title"],
            subtitle=front.get("subtitle", ""),
            authors=front["authors"],
            publication=front["publication"],
            canonical_url=front.get("canonical_url"),
            published=published,
            published_precision=precision,
            audience=front.get("audience", Article.Audience.UNKNOWN),
            truncated=True if is_preview else front.get("truncated"),
            truncation_evidence=front.get("truncation_evidence", ""),
        )

    def find_or_bring(self, article: Article, text: Text) -> Revision:
        """This text of the piece; one that comes behind a preview is the whole of it."""
        found = article.revisions.filter(sha256=text.sha256).first()
        if found:
            return found
        whole = replace(details_of(article), truncated=False, truncation_evidence="")
        return replace_text(article, whole if article.truncated else details_of(article), text, self.owner)

    def scope(self, visibility: str) -> tuple[str, int | None]:
        return visibility, self.foundry.pk if visibility == Visibility.TEAM else None

    def load_highlight(self, article: Article, revision: Revision, number: int, entry: dict[str, Any]) -> None:
        by, kind = self.people[entry["by"]], entry["kind"]
        highlight, is_new = mark(locate(revision, entry["exact"]), kind, by, *self.scope(entry["visibility"]))
        if is_new:
            highlight.tags.set(tags_named(entry.get("tags", []), highlight))
            if entry.get("note"):
                write(highlight, entry["note"], by)
        if "claim" in entry:
            self.claims[f"{self.piece.name}#{number}"] = self.claim(article, highlight, entry["claim"], by)

    def claim(self, article: Article, highlight: Highlight, entry: dict[str, Any], by: User) -> Claim:
        stated = Statement.objects.filter(highlight=highlight).select_related("claim").first()
        if stated:
            return stated.claim
        proposal = Proposal(
            statement=entry["statement"],
            criteria=entry.get("criteria", ""),
            speaker=entry.get("speaker", ""),
            reported_by=self.piece.front["authors"][0] if entry["stance"] == "reports" else "",
            stance=entry["stance"],
            horizon=horizon_of(entry, highlight, article),
        )
        known = self.claims.get(entry.get("same_as", ""))
        if known:
            said = state_again(known, highlight, proposal, by)
            if said.waits and not entry.get("waits"):
                take_in(said, self.people["ben"])
            return known
        claim = propose(highlight, proposal, by)
        claim.set_state(entry["state"], self.people["ben"])
        claim.tags.set(highlight.tags.all())
        return claim

    def begin_reading(self, article: Article) -> None:
        """A shelf that is lived in: some pieces begun, some finished."""
        state, percent = READ_SO_FAR.get(self.piece.name, (Reading.State.UNREAD, 0))
        if percent:
            for reader in (self.people["ada"], self.people["cleo"]):
                Reading.objects.update_or_create(
                    article=article, reader=reader, defaults={"state": state, "percent": percent}
                )


def text_of_body(body: str) -> Text:
    html = clean(render_article_markdown(body))
    return Text(html=html, text=text_of(html), raw=body, source_kind="paste_markdown")


READ_SO_FAR = {
    "the-other-transformer": (Reading.State.READING, 35),
    "two-clock-rates-41": (Reading.State.READING, 60),
    "the-accent-tax": (Reading.State.FINISHED, 100),
    "ten-calls-for-2025": (Reading.State.FINISHED, 100),
}


def horizon_of(entry: dict[str, Any], highlight: Highlight, article: Article) -> Horizon:
    """The window that the file gives, with the rule by which the words say the same, where one does."""
    time_text = entry.get("time_text", "")
    if "window_end" not in entry:
        return Horizon(kind=WindowKind.VAGUE if entry.get("vague") else WindowKind.NONE, time_text=time_text)
    start, end = (date.fromisoformat(str(entry[edge])) for edge in ("window_start", "window_end"))
    read = read_horizon(highlight.exact, article)
    agrees = (read.start, read.end) == (start, end)
    return Horizon(
        kind=WindowKind.WINDOW,
        start=start,
        end=end,
        precision=read.precision if agrees else "",
        rule=read.rule if agrees else "",
        time_text=time_text,
    )


def mark_sentences(revision: Revision, readers: list[User], team: Team) -> None:
    """Cover a long read with marks by several people, sentence by sentence, overlapping here and there."""
    kinds = cycle([Kind.HIGHLIGHT, Kind.HIGHLIGHT, Kind.EVIDENCE, Kind.QUESTION, Kind.HIGHLIGHT])
    count = revision.anchors.count()
    for number, ((start, end), kind) in enumerate(zip(stretches(revision.text), kinds, strict=False)):
        if count == MARKS_IN_LONG_READ:
            return
        scope = (Visibility.TEAM, team.pk) if number % 3 else (Visibility.PUBLIC, None)
        _, is_new = mark(Passage(revision, start, end), kind, readers[number % len(readers)], *scope)
        count += is_new


def stretches(text: str) -> Iterator[tuple[int, int]]:
    """Spans to mark: every sentence, then each with its neighbour, then halves of sentences."""
    sentences = [found.span() for found in SENTENCE.finditer(text)]
    spans = [(start + leading(text, start), end) for start, end in sentences]
    yield from spans
    yield from ((first[0], second[1]) for first, second in zip(spans[::2], spans[1::2], strict=False))
    yield from ((start, start + (end - start) // 2) for start, end in spans if end - start > 20)


def leading(text: str, start: int) -> int:
    return len(text[start:]) - len(text[start:].lstrip())
