"""What somebody may not see leaks nowhere.

Each hidden thing holds a word that stands nowhere else. Every route is asked by every role, as a page and as a part of
one, and so are suggestions, filters, JSON, mails and the administration: each word must be there for those who may see
it, and for nobody else. And what is hidden must not change a byte of what others are shown: not a count, not an order.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import unquote

import pytest
from django.contrib import admin
from django.core import mail
from django.core.mail import EmailMessage
from django.http import HttpResponse
from django.urls import reverse
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoDbBlocker

from reader.accounts.models import User
from reader.core.jobs.clock import Nightly
from reader.core.visibility import Scope, Visibility
from reader.highlights.models import Anchor, Highlight, write_note
from reader.library.models import Article
from tests.claims.predictions import make_claim
from tests.routes import ADMIN_ROW, ROLES, VISIBILITIES, Cast, Line, Things, make_things, staged, table
from tests.world import make_highlight, newest

pytestmark = pytest.mark.django_db

ADA = frozenset({"owner"})
FOUNDRY = frozenset({"viewer", "member", "team curator", "owner"})
OUTSIDE = tuple(role for role in ROLES if role not in FOUNDRY)

#: Who may see the words that begin so: of pieces of Ada's and of Foundry's, and of both on the piece that all read.
STEMS = {"qzprivate": ADA, "qzteam": FOUNDRY, "qzmine": ADA, "qzours": FOUNDRY, "qzgone": frozenset[str]()}
WORD = re.compile(rf"(?:{'|'.join(STEMS)})[a-z]*")
#: What a piece with all that belongs to it says, and what is put on a piece of others.
OF_A_PIECE = ("title", "text", "claim", "author", "series", "label", "tag", "note")
ON_A_PIECE = ("claim", "criteria", "claimtag", "tag", "label", "note", "reply")
KNOWN = {f"{stem}{kind}" for stem in ("qzprivate", "qzteam") for kind in OF_A_PIECE}
KNOWN |= {f"{stem}{kind}" for stem in ("qzmine", "qzours") for kind in ON_A_PIECE} | {"qzprivatedraft"}
#: The ids of a mark of Ada's own, and of one that she deleted: what is in a mark is in the text for all to read.
HIDDEN_MARK, DELETED_MARK = 918_273_645, 918_273_646
#: Lists and suggestions, asked for what the words begin with.
ASKED = ["/articles/?q=qz", "/tags/?after=qz", "/tags/suggestions/?tags=qz", "/people/suggestions/?author=qz"]
ASKED += ["/publications/suggestions/?publication=qz", "/claims/?speaker=Mira", "/articles/?sort=title"]
NOT_OURS = ("admin", "account_", "mfa_")
#: What every answer has of its own.
TOKEN = re.compile(rb"\b[A-Za-z0-9]{64}\b")


class Stage:
    """The cast with what is hidden in place, and how the others saw everything before that."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.before = {role: pages(cast, role, cast.things["public"]) for role in OUTSIDE}
        ada, foundry = cast.people["owner"], cast.things["public"].team
        hidden = {kind: make_things(ada, foundry, kind, f"qz{kind}") for kind in ("private", "team")}
        self.planted = replace(cast, things={**cast.things, **hidden}, answers={})
        self.things = (*self.planted.things.values(), *hide_on(cast.things["public"], cast))


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Stage]:
    with staged(django_db_blocker) as cast:
        yield Stage(cast)


def hide_on(read_by_all: Things, cast: Cast) -> Iterator[Things]:
    """Put what is Ada's alone and what is Foundry's on a piece that everybody reads."""
    article, ada, foundry = read_by_all.article, read_by_all.owner, read_by_all.team
    for stem, visibility, team in [("qzmine", Visibility.PRIVATE, None), ("qzours", Visibility.TEAM, foundry)]:
        claim = make_claim(article, "By 2030 claim will be so", ada, visibility, team)
        claim.amend(f"It will be so, says {stem}claim", f"Only if {stem}criteria", {}, ada, article.pk)
        claim.label([f"{stem}claimtag", "tag"], ada)
        highlight = make_highlight(article, "Here is text", ada, visibility=visibility, team=team)
        highlight.label([f"{stem}tag", "tag"], ada)
        note = write_note(highlight, f"Noted: {stem}note.", ada)
        write_note(highlight, f"Answered: {stem}reply.", cast.people["member"] if team else ada, note)
        write_note(highlight, "Taken back: qzgonenote.", ada).delete_by(ada)
        article.label([f"{stem}label", "label"], ada, Scope(ada.pk, team.pk if team else None, visibility))
        yield replace(read_by_all, claim=claim, highlight=highlight, note=note)
    yield replace(read_by_all, highlight=mark_by_number(article, HIDDEN_MARK, ada))
    deleted = mark_by_number(article, DELETED_MARK, ada)
    deleted.delete_by(ada)
    yield replace(read_by_all, highlight=deleted)


def mark_by_number(article: Article, number: int, by: User) -> Highlight:
    revision = newest(article)
    at = revision.text.index("Here")
    mark = Highlight(pk=number, article=article, owner=by)
    mark.select(revision, at, at + 4)
    mark.save(force_insert=True)
    Anchor.objects.create(highlight=mark, revision=revision, start=at, end=at + 4)
    return mark


def pages(cast: Cast, role: str, *things: Things) -> dict[tuple[str, bool], HttpResponse]:
    """Everything that this role can ask about these things, whole and in part, by address.

    What allauth shows is each one's own, and partly made up anew each time.
    """
    lines = [line for line in table() if line.method == "GET" and not line.route.startswith(NOT_OURS)]
    addresses = [line.address(one) for line in lines for one in about(line, things)] + ASKED
    asked = [(address, part) for address in dict.fromkeys(addresses) for part in (False, True)]
    return {(address, part): cast.ask(role, "GET", address, fragment=part) for address, part in asked}


def about(line: Line, things: tuple[Things, ...]) -> tuple[Things, ...]:
    """The things that a route is asked about: the first of them where all are one to it."""
    return things if len(line.cells) == len(VISIBILITIES) else things[:1]


def administration(cast: Cast, *things: Things) -> Iterator[HttpResponse]:
    """Its lists, and its forms for every row."""
    for line in table():
        if line.route.startswith("admin") and line.method == "GET" and line.object != ADMIN_ROW:
            yield from (cast.ask("admin", "GET", line.address(one)) for one in about(line, things))
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        for pk in model._default_manager.values_list("pk", flat=True):
            yield from (
                cast.ask("admin", "GET", reverse(f"{name}_{page}", args=[pk])) for page in ("change", "history")
            )


def said(answer: HttpResponse, address: str = "") -> str:
    """All that an answer tells: its headers, and its body with what is packed in it, but not what was asked."""
    body = b"".join(answer) if answer.streaming else answer.content
    if zipfile.is_zipfile(io.BytesIO(body)):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            body = b"\n".join(name.encode() + b" " + packed.read(name) for name in packed.namelist())
    told = "\n".join([*answer.headers.values(), body.decode(errors="replace")])
    return unquote(told).replace(address, "") if address else told


def marked_by(cast: Cast, role: str) -> HttpResponse:
    """What JSON says to whoever marks the words that Ada has marked for herself."""
    article = cast.things["public"].article
    return cast.send(role, f"{article.get_absolute_url()}highlights/", {"exact": "Here is text", "kind": "highlight"})


def may_see(word: str, role: str) -> bool:
    return role in next(roles for stem, roles in STEMS.items() if word.startswith(stem))


@pytest.fixture(params=ROLES)
def role(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_a_word_is_found_by_those_alone_who_may_see_it(stage: Stage, role: str) -> None:
    cast = stage.planted
    texts = [said(answer, address) for (address, _), answer in pages(cast, role, *stage.things).items()]
    texts.append(said(marked_by(cast, role)))
    if role == "admin":
        texts += map(said, administration(cast, *stage.things))
    found = {word for text in texts for word in WORD.findall(text)}

    assert {word for word in found if not may_see(word, role)} == set()
    assert {word for word in KNOWN if may_see(word, role)} - found == set()
    assert any(str(HIDDEN_MARK) in text for text in texts) == (role in ADA)
    assert not any(str(DELETED_MARK) in text for text in texts)


def test_what_is_hidden_changes_no_byte_of_what_others_see(stage: Stage) -> None:
    changed = []
    for role in OUTSIDE:
        now = pages(stage.planted, role, stage.planted.things["public"])
        was = stage.before[role]
        changed += [(role, *key) for key in was if TOKEN.sub(b"", was[key].content) != TOKEN.sub(b"", now[key].content)]

    assert changed == []


def test_mails_tell_nobody_what_they_may_not_see(stage: Stage) -> None:
    people = {user.email: role for role, user in stage.cast.people.items()}
    mail.outbox.clear()
    for email in people:
        stage.planted.send("nobody", reverse("account_reset_password"), {"email": email})
    work_off()

    told = {(address, word) for letter in mail.outbox for address in letter.recipients() for word in words_of(letter)}

    assert {address for letter in mail.outbox for address in letter.recipients()} == set(people)
    assert {(address, word) for address, word in told if not may_see(word, people[address])} == set()


def words_of(letter: EmailMessage) -> set[str]:
    return set(WORD.findall(letter.message().as_string()))


def work_off() -> None:
    """Run what is queued, and what the clock would run tonight."""
    for waiting in DBTaskResult.objects.filter(status="READY").order_by("enqueued_at"):
        given = waiting.args_kwargs
        import_string(waiting.task_path).func(*given["args"], **given["kwargs"])
    for nightly in Nightly.declared:
        import_string(nightly.path).func()
