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
from typing import cast
from urllib.parse import unquote, urlencode

import pytest
from django.contrib import admin
from django.core import mail
from django.core.mail import EmailMessage
from django.http import HttpResponse
from django.urls import reverse
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoDbBlocker

from reader.accounts.inviting import invite
from reader.accounts.models import Role, Team, User
from reader.claims.models import Claim
from reader.core.jobs.clock import declared
from reader.core.models import Event
from reader.core.visibility import Scope, Visibility
from reader.curation import note_rulings
from reader.curation.claim_rulings import send_back
from reader.curation.models import Flag, flag
from reader.exchange.models import SecretAddress
from reader.highlights.models import Anchor, Highlight, Mention, Note, write_note
from reader.highlights.reactions import Response, react
from reader.library.models import Article
from reader.notices.jobs import mail_at_once
from reader.notices.models import Kind, Notice, Post, prefer
from reader.pages.noting import write
from reader.pages.views.live import TAG
from reader.search.models import SavedSearch
from tests.claims.predictions import make_claim
from tests.pages.asking import FRAGMENT
from tests.routes import ADMIN_ROW, ROLES, VISIBILITIES, Cast, Line, Things, make_things, staged, table
from tests.world import make_highlight, make_person, newest

pytestmark = pytest.mark.django_db

ADA = frozenset({"owner"})
FOUNDRY = frozenset({"viewer", "member", "team curator", "owner"})
OUTSIDE = tuple(role for role in ROLES if role not in FOUNDRY)

#: Who may see the words that begin so: of pieces of Ada's and of Foundry's, and of both on the piece that all read; of
#: what was deleted; of notes that a curator hid, on a public mark and on Foundry's; of a flag; of an invitation's
#: address; and of somebody who is in Foundry, whom administrators see among all people.
STEMS = {
    "qzprivate": ADA,
    "qzteam": FOUNDRY,
    "qzmine": ADA,
    "qzours": FOUNDRY,
    "qzgone": frozenset[str](),
    "qzhidden": frozenset({"owner", "site curator", "admin"}),
    "qzveiled": frozenset({"member", "team curator", "owner"}),
    "qzflag": frozenset({"site curator", "admin"}),
    "qzletter": frozenset({"team curator", "owner"}),
    "qzmate": FOUNDRY,
}
WORD = re.compile(rf"(?:{'|'.join(STEMS)})[a-z]*")
#: What a piece with all that belongs to it says, and what is put on a piece of others.
OF_A_PIECE = ("title", "text", "claim", "author", "series", "label", "tag", "note", "echo", "reason", "settled")
ON_A_PIECE = ("claim", "criteria", "claimtag", "tag", "label", "note", "reply", "reason")
KNOWN = {f"{stem}{kind}" for stem in ("qzprivate", "qzteam") for kind in OF_A_PIECE}
KNOWN |= {f"{stem}{kind}" for stem in ("qzmine", "qzours") for kind in ON_A_PIECE} | {
    "qzprivatedraft",
    "qzprivatefetch",
    "qzprivateimport",
    "qzprivatesweep",
    "qzprivatefeed",
}
KNOWN |= {"qzmatename"}
KNOWN |= {"qzteamname", "qzteamslug", "qzoursverdict", "qzhiddennote", "qzveilednote", "qzletter", "qzflagwords"}
#: The ids of a mark of Ada's own, and of one that she deleted: what is in a mark is in the text for all to read.
HIDDEN_MARK, DELETED_MARK = 918_273_645, 918_273_646
#: Lists and suggestions, asked for what the words begin with.
ASKED = ["/articles/?q=qz", "/tags/?after=qz", "/tags/suggestions/?tags=qz", "/people/suggestions/?author=qz"]
ASKED += ["/publications/suggestions/?publication=qz", "/claims/?speaker=Mira", "/articles/?sort=title"]
ASKED += ["/mentions/?audience=public&q=qz", "/desk/tags/all/?q=qz"]
ASKED += ["/decisions/?of=mine", "/decisions/?of=qzteamslug"]
#: The search: all that begins so, all of a kind with its counts, slips of the key, filters and their completions.
SEARCHED = ["qz*", "by:me", "after:2020", "tag:label", "author:mira", "-qz* Ledger", "Here", "team:foundry"]
SEARCHED += [f"kind:{kind}" for kind in ("article", "mark", "note", "claim", "person", "publication", "tag")]
SEARCHED += ["zqprivatetitle", "zqteamtext", "zqoursnote"]
ASKED += [f"/search/?{urlencode({'q': text})}" for text in SEARCHED]
ASKED += [
    f"/search/completions/?q={start}:{typed}" for start in ("tag", "author", "publication") for typed in ("", "qz")
]
#: What allauth shows is each one's own, and partly made up anew each time; and the letter of an invitation tells
#: whoever has it what team it leads to.
NOT_ASKED = ("admin", "account_", "mfa_", "invitation")
#: So many events are looked at one by one.
FEW = 5
#: What every answer has of its own.
TOKEN = re.compile(rb"\b[A-Za-z0-9]{64}\b")


class Stage:
    """The cast with what is hidden in place, and how the others saw everything before that."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        name_the_team(cast.things["public"].team)
        hidden_note = hide_from_all(cast)
        self.before = {role: pages(cast, role, cast.things["public"]) for role in OUTSIDE}
        self.seen_event = Event.objects.latest("pk").pk
        ada, foundry = cast.people["owner"], cast.things["public"].team
        hidden = {kind: make_things(ada, foundry, kind, f"qz{kind}") for kind in ("private", "team")}
        self.planted = replace(cast, things={**cast.things, **hidden}, answers={})
        self.things = (*self.planted.things.values(), *hide_on(cast.things["public"], cast), hidden_note)


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Stage]:
    with staged(django_db_blocker) as cast:
        yield Stage(cast)


def name_the_team(team: Team) -> None:
    """And let somebody be in it of whom nobody else knows that."""
    team.name, team.slug = "The qzteamname", "qzteamslug"
    team.save()
    team.memberships.create(user=make_person("qzmatename"), role=Role.MEMBER)


def hide_from_all(cast: Cast) -> Things:
    """A note that all could read until a curator hid it; what somebody says of another one to the curators alone."""
    read_by_all = cast.things["public"]
    note = write_note(read_by_all.highlight, "Noted: qzhiddennote.", read_by_all.owner)
    note_rulings.hide(note, cast.people["site curator"], reason="It gives away too much.")
    prefer(cast.people["outsider"].pk, due=Post.AT_ONCE)  # his choice, which his own page shows
    flag(read_by_all.note, Flag.Kind.OTHER, "It says qzflagwords.", cast.people["viewer"])
    return replace(read_by_all, note=note)


def hide_on(read_by_all: Things, cast: Cast) -> Iterator[Things]:
    """Put what is Ada's alone and what is Foundry's on a piece that everybody reads."""
    article, ada, foundry = read_by_all.article, read_by_all.owner, read_by_all.team
    for stem, visibility, team in [("qzmine", Visibility.PRIVATE, None), ("qzours", Visibility.TEAM, foundry)]:
        claim = make_claim(article, "By 2030 claim will be so", ada, visibility, team)
        claim.amend(f"It will be so, says {stem}claim", f"Only if {stem}criteria", {}, ada)
        claim.label([f"{stem}claimtag", "tag"], ada)
        highlight = make_highlight(article, "Here is text", ada, visibility=visibility, team=team)
        highlight.label([f"{stem}tag", "tag"], ada)
        lost = make_highlight(article, "Here", ada, visibility=visibility, team=team)
        lost.anchors.update(state=Anchor.State.ORPHANED, score=0.5)
        note = write(highlight, f"Noted: {stem}note, @vera and @dov.", ada)
        write(highlight, f"Answered: {stem}reply.", cast.people["member"] if team else ada, note)
        send_back(claim, ada, question=f"Who says so, {stem}reason?")
        write_note(highlight, "Taken back: qzgonenote.", ada).delete_by(ada)
        article.label([f"{stem}label", "label"], ada, Scope(ada.pk, team.pk if team else None, visibility))
        yield replace(read_by_all, claim=claim, highlight=highlight, note=note)
        if team:
            yield replace(read_by_all, note=happens_in_the_team(highlight, claim, note, cast))
    yield replace(read_by_all, highlight=mark_by_number(article, HIDDEN_MARK, ada))
    deleted = mark_by_number(article, DELETED_MARK, ada)
    deleted.delete_by(ada)
    yield replace(read_by_all, highlight=deleted)


def happens_in_the_team(highlight: Highlight, claim: Claim, note: Note, cast: Cast) -> Note:
    """What people do there with a mark; the note that was hidden in it.

    Dov was told of it while he was in the team: but for that he sees it no more, the notices would be his.
    """
    ada, dov = cast.people["owner"], cast.people["outsider"]
    react(highlight, Response.AGREE, User.objects.get(name="qzmatename"))
    veiled = write(highlight, "Noted: qzveilednote.", cast.people["member"])
    note_rulings.hide(veiled, cast.people["team curator"], reason="The qzoursverdict on it.")
    Mention.objects.create(note=note, person=dov)
    told = [{"kind": Kind.MENTION, "note": note, "actor": ada}, {"kind": Kind.DUE, "claim": claim}]
    for about in told:
        mail_at_once.enqueue(Notice.objects.create(recipient=dov, key="told", **about).pk)
    invite(cast.things["public"].team, Role.MEMBER, ada, days=7, email="qzletter@example.org")
    return veiled


def mark_by_number(article: Article, number: int, by: User) -> Highlight:
    revision = newest(article)
    at = revision.text.index("Here")
    mark = Highlight(pk=number, article=article, owner=by)
    mark.select(revision, at, at + 4)
    mark.save(force_insert=True)
    Anchor.objects.create(highlight=mark, revision=revision, start=at, end=at + 4)
    return mark


def pages(cast: Cast, role: str, *things: Things) -> dict[tuple[str, bool], HttpResponse]:
    """Everything that this role can ask about these things, by address: whole, and in part where they are let in."""
    lines = [line for line in table() if line.method == "GET" and not line.route.startswith(NOT_ASKED)]
    addresses = [line.address(one) for line in lines for one in about(line, things)] + ASKED
    found = {}
    for address in dict.fromkeys(addresses):
        found[address, False] = whole = cast.ask(role, "GET", address)
        if whole.status_code < 400:
            found[address, True] = cast.ask(role, "GET", address, fragment=True)
    return found


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
        # Of events only the list says anything: what happened in detail is on none of their pages.
        rows = model._default_manager.order_by("-pk")[: FEW if model is Event else None]
        for pk in rows.values_list("pk", flat=True):
            whole = cast.ask("admin", "GET", reverse(f"{name}_change", args=[pk]))
            yield whole
            if whole.status_code == 200:
                yield cast.ask("admin", "GET", reverse(f"{name}_history", args=[pk]))


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


def exported(cast: Cast, role: str) -> HttpResponse:
    """All that this role takes along."""
    return cast.ask_anew(role, "POST", "/settings/export/", fragment=False)


def told_to_programs(cast: Cast, role: str) -> Iterator[HttpResponse]:
    """What the calendar and the feed reader of this role are given, though they do not sign in."""
    if role in cast.people:
        secret = SecretAddress.make(cast.people[role]).secret
        for name in ("due-calendar", "my-verdicts-feed"):
            yield cast.ask_anew("nobody", "GET", reverse(name, args=[secret]), fragment=False)
        saved, _ = SavedSearch.objects.get_or_create(reader=cast.people[role], text="qz*", defaults={"name": "All"})
        yield cast.ask_anew("nobody", "GET", reverse("saved-search-feed", args=[secret, saved.pk]), fragment=False)


def news(stage: Stage, role: str) -> HttpResponse:
    """What is drawn into the piece that all read, for somebody who has had it open since before anything was hidden."""
    stage.cast.be(role)
    address = f"{stage.cast.things['public'].article.get_absolute_url()}changes/"
    return cast(HttpResponse, stage.cast.client.get(address, headers={**FRAGMENT, TAG: str(stage.seen_event)}))


def may_see(word: str, role: str) -> bool:
    return role in next(roles for stem, roles in STEMS.items() if word.startswith(stem))


@pytest.fixture(params=ROLES)
def role(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_a_word_is_found_by_those_alone_who_may_see_it(stage: Stage, role: str) -> None:
    cast = stage.planted
    texts = [said(answer, address) for (address, _), answer in pages(cast, role, *stage.things).items()]
    texts += map(said, [marked_by(cast, role), exported(cast, role), news(stage, role)])
    texts += map(said, told_to_programs(cast, role))
    if role == "admin":
        texts += (said(answer).replace("qzmate", "") for answer in administration(cast, *stage.things))
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
    assert {role: news(stage, role).status_code for role in OUTSIDE} == dict.fromkeys(OUTSIDE, 304)


def test_mails_tell_nobody_what_they_may_not_see(stage: Stage) -> None:
    people = {user.email: role for role, user in stage.cast.people.items()}
    mail.outbox.clear()
    for email in people:
        stage.planted.send("nobody", reverse("account_reset_password"), {"email": email})
    work_off()

    told = {(address, word) for letter in mail.outbox for address in letter.recipients() for word in words_of(letter)}

    assert {address for letter in mail.outbox for address in letter.recipients()} == set(people)
    assert ("vera@example.org", "qzoursnote") in told
    assert {(address, word) for address, word in told if not may_see(word, people[address])} == set()


def words_of(letter: EmailMessage) -> set[str]:
    return set(WORD.findall(letter.message().as_string()))


def work_off() -> None:
    """Run what the clock would run tonight, and what is queued."""
    for planned in declared():
        import_string(planned.path).func()
    for waiting in DBTaskResult.objects.filter(status="READY").order_by("enqueued_at"):
        given = waiting.args_kwargs
        import_string(waiting.task_path).func(*given["args"], **given["kwargs"])
