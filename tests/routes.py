"""Every route and every role: what the proofs of authorisation and of secrecy walk through.

Ada owns one of everything, once for herself alone, once for the team Foundry, once for everyone. She has no right but
that. The others stand around her, one for each role that somebody can have towards what is hers.
"""

import fnmatch
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, cast
from urllib.parse import urlencode, urlsplit

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from reader.accounts.addresses import vouch_for
from reader.accounts.inviting import hash_of
from reader.accounts.models import Invitation, Role, Team, User
from reader.claims.models import Claim
from reader.core.visibility import Visibility
from reader.curation.claim_rulings import accept, send_back
from reader.curation.models import Decision, Duplicate, Lookalike
from reader.exchange.models import SecretAddress
from reader.foresight.models import Suggestion
from reader.foresight.sweeps.models import Finding, Sweep, Wording
from reader.highlights.models import Highlight, Note, write_note
from reader.intake.addresses import Fetch
from reader.intake.feeds.models import Feed, FeedEntry
from reader.intake.feeds.rules import FeedRule
from reader.intake.images.drawing import Drawn
from reader.intake.images.models import ArticleImage, Image
from reader.intake.imports import Door, Import, Item, Outcome
from reader.intake.imports.models import State
from reader.intake.models import Draft
from reader.intake.parcels.models import Awaited, Confirmation, Plan, Sender
from reader.intake.sending.models import WayIn
from reader.library.identifying import Identification
from reader.library.models import Article, Person, Publication
from reader.notices.mails import EVERYTHING, stop_token
from reader.notices.models import Kind, Notice
from reader.search.models import SavedSearch
from reader.tags.models import Tag
from tests.claims.ledger import Judged, make_judged
from tests.claims.predictions import make_claim
from tests.e2e.scene import credential, just_confirmed
from tests.library.pieces import as_text, shelve_piece
from tests.pages.asking import FRAGMENT
from tests.world import make_highlight, make_person, make_team

#: In the order of a cell of the table.
ROLES = ("nobody", "reader", "viewer", "member", "outsider", "team curator", "site curator", "admin", "owner")
VISIBILITIES = tuple(str(visibility) for visibility in Visibility)
TABLE = Path(__file__).with_name("authorisation.txt")
#: The object of a route that has none.
NO_OBJECT = "-"
#: The objects of pages of the administration: our app, some row of a model.
ADMIN_APP, ADMIN_ROW = "app", "row"
#: The secret of the invitation in a letter to Rita.
LETTER = "what-stands-in-the-letter"
SIGN_IN = ("/accounts/login/", "/admin/login/")
REFUSALS = {403: "-", 404: "0", 405: "."}
#: Let in, though empty data were not enough.
UNDERSTOOD = (400, 409, 422)


@dataclass(frozen=True)
class Things:
    """One of everything that Ada has, all of one visibility."""

    visibility: str
    owner: User
    team: Team
    article: Article
    highlight: Highlight
    note: Note
    claim: Claim
    settled: Claim
    author: Person
    publication: Publication
    draft: Draft
    fetch: Fetch
    work: Import
    feed: Feed
    plan: Plan
    wording: Wording
    confirmation: Confirmation
    awaited: Awaited
    tag: Tag
    lookalike: Lookalike
    duplicate: Duplicate
    decision: Decision
    notice: Notice
    judged: Judged


Arguments = tuple[int | str, ...]
Choice = dict[str, int | str]


@cache
def stop_mails_of(person_id: int) -> str:
    """The same each time, though it is signed with the hour."""
    return stop_token(person_id, EVERYTHING)


#: How the object of a route is named in the table, and what its address is made of.
OBJECTS: dict[str, Callable[[Things], Arguments]] = {
    "article": lambda things: (things.article.slug,),
    "image": lambda things: (things.article.slug, Image.objects.get(uses__article=things.article).sha256),
    "old-text": lambda things: (things.article.slug, 1),
    "new-text": lambda things: (things.article.slug, 2),
    "replacement": lambda things: (things.article.slug, Draft.objects.get(replaces=things.article).pk),
    "highlight": lambda things: (things.highlight.pk,),
    "note": lambda things: (things.note.pk,),
    "claim": lambda things: (things.claim.pk,),
    "settled": lambda things: (things.settled.pk,),
    "statement": lambda things: (things.claim.statements.get().pk,),
    "person": lambda things: (things.author.slug,),
    "publication": lambda things: (things.publication.slug,),
    "draft": lambda things: (things.draft.pk,),
    "fetch": lambda things: (things.fetch.pk,),
    "feed": lambda things: (things.feed.pk,),
    "feed-entry": lambda things: (FeedEntry.objects.filter(feed=things.feed).latest("pk").pk,),
    "feed-rule": lambda things: (FeedRule.objects.get(feed=things.feed).pk,),
    "import": lambda things: (things.work.pk,),
    "plan": lambda things: (things.plan.work_id,),
    "sweep": lambda things: (things.wording.sweep_id,),
    "wording": lambda things: (things.wording.pk,),
    "confirmation": lambda things: (things.confirmation.pk,),
    "awaited": lambda things: (things.awaited.pk,),
    "page-secret": lambda things: (WayIn.objects.get(person__name="Rita", door=WayIn.Door.PAGE).secret,),
    "team": lambda things: (things.team.slug,),
    "member": lambda things: (things.team.slug, things.team.memberships.get(role=Role.VIEWER).pk),
    "invitation": lambda things: (things.team.slug, Invitation.objects.get(token_hash=hash_of(LETTER)).pk),
    "letter": lambda things: (LETTER,),
    "told": lambda things: (Invitation.objects.get(token_hash=hash_of(LETTER)).pk,),
    "pieces": lambda things: (),
    "tag": lambda things: (things.tag.pk,),
    "label": lambda things: (things.tag.slug,),
    "lookalike": lambda things: (things.lookalike.pk,),
    "duplicate": lambda things: (things.duplicate.pk,),
    "chosen": lambda things: ("claims",),
    "in-hand": lambda things: ("claims", things.claim.pk),
    "act": lambda things: ("notes", things.note.pk, "hiding"),
    "decision": lambda things: (things.decision.pk,),
    "notice": lambda things: (things.notice.pk,),
    "evidence": lambda things: (things.judged.evidence.pk,),
    "round": lambda things: (things.judged.round.pk,),
    "verdict": lambda things: (things.judged.verdict.pk,),
    "dispute": lambda things: (things.judged.dispute.pk,),
    "reply": lambda things: (things.judged.reply.pk,),
    "identification": lambda things: (Identification.objects.get(person=things.author).pk,),
    "relation": lambda things: (things.judged.relation.pk,),
    "stop": lambda things: (stop_mails_of(things.owner.pk),),
    "secret": lambda things: (SecretAddress.objects.get(person__name="Rita").secret,),
    "saved": lambda things: (SavedSearch.objects.get(reader__name="Rita").pk,),
    "found": lambda things: (
        SecretAddress.objects.get(person__name="Rita").secret,
        SavedSearch.objects.get(reader__name="Rita").pk,
    ),
    "passkey": lambda things: (Authenticator.objects.get(user=things.owner).pk,),
    "key": lambda things: ("no-such-key",),
    "reset": lambda things: ("1", "no-such-key"),
    "link": lambda things: (ContentType.objects.get_for_model(Article).pk, things.article.pk),
}


#: What is sent along to those that are told by a form which things they are about.
CHOICES: dict[str, Callable[[Things], Choice]] = {
    "pieces": lambda things: {"piece": things.article.pk},
    "chosen": lambda things: {"act": "acceptance", "item": things.claim.pk},
}


class Asker(Client):
    """A client that keeps nothing of how an answer was made: to copy the contexts of templates takes a third longer."""

    def request(self, **request: Any) -> Any:
        return self.handler(self._base_environ(**request))  # type: ignore[attr-defined]  # the request factory's


@dataclass(frozen=True)
class Cast:
    people: dict[str, User]
    sessions: dict[str, str]
    things: dict[str, Things]

    #: One for all, for each would build the chain of middleware anew; its cookies are those of whoever asks.
    client: Client = field(default_factory=Asker)
    answers: dict[tuple[str, str, str, bool], HttpResponse] = field(default_factory=dict)

    def ask(self, role: str, method: str, address: str, *, fragment: bool = False) -> HttpResponse:
        """What this role is answered; whatever it changed is undone, so that it is asked once.

        All that is sent is what stands behind a question mark in the address.
        """
        question = (role, method, address, fragment)
        if question not in self.answers:
            self.answers[question] = self.ask_anew(*question)
        return self.answers[question]

    def ask_anew(self, role: str, method: str, address: str, fragment: bool) -> HttpResponse:
        self.be(role)
        path, _, said = address.partition("?")
        with transaction.atomic():
            send = getattr(self.client, method.lower())
            answer = whole(send(path, QueryDict(said).dict(), headers=FRAGMENT if fragment else {}))
            transaction.set_rollback(True)
        return answer

    def send(self, role: str, address: str, data: dict[str, str]) -> HttpResponse:
        """What a script of this role is answered to a form, in JSON where there is any; nothing is undone."""
        self.be(role)
        return cast(HttpResponse, self.client.post(address, data, headers={"Accept": "application/json"}))

    def be(self, role: str) -> None:
        self.client.cookies.clear()
        if session := self.sessions.get(role):
            self.client.cookies[settings.SESSION_COOKIE_NAME] = session


def whole(answer: HttpResponseBase) -> HttpResponse:
    """An answer that can be looked at more than once: what streams is gathered while the rows are there."""
    if isinstance(answer, StreamingHttpResponse):
        return HttpResponse(b"".join(answer), status=answer.status_code, headers=answer.headers)
    return cast(HttpResponse, answer)


@contextmanager
def staged(blocker: DjangoDbBlocker) -> Iterator[Cast]:
    """The cast for a whole module of tests: what a request changes is undone, so that one is enough.

    A thousand refusals are not worth a thousand lines of log.
    """
    logging.disable()
    try:
        # The module lasts longer than allauth takes a password for just shown, where the machine is busy.
        long = override_settings(ACCOUNT_REAUTHENTICATION_TIMEOUT=86_400)
        with blocker.unblock(), transaction.atomic(), long:
            yield make_cast()
            transaction.set_rollback(True)
    finally:
        logging.disable(logging.NOTSET)


def make_cast() -> Cast:
    ada, tess, cleo, vera, dov = (make_person(name) for name in ("Ada", "Tess", "Cleo", "Vera", "Dov"))
    foundry = make_team("Foundry", owner=ada, curator=tess, member=cleo, viewer=vera)
    make_team("Harbour", owner=dov)
    rita = make_person("Rita")
    vouch_for(rita)
    letter = {"email": "rita@example.org", "role": Role.MEMBER, "token_hash": hash_of(LETTER)}
    Invitation.objects.create(team=foundry, invited_by=ada, expires_at=timezone.now() + timedelta(days=7), **letter)
    people = {
        "reader": rita,
        "viewer": vera,
        "member": cleo,
        "outsider": dov,
        "team curator": tess,
        "site curator": make_person("Sol", is_curator=True),
        "admin": make_person("Max", is_staff=True, is_superuser=True, is_curator=True),
        "owner": ada,
    }
    sessions = {role: session_of(user) for role, user in people.items()}
    SecretAddress.make(people["reader"])
    WayIn.make(people["reader"], WayIn.Door.PAGE)
    SavedSearch.objects.create(reader=rita, name="What comes by 2030", text="2030")
    passkey = {"name": "Blue key", "credential": credential()}
    Authenticator.objects.create(user=ada, type=Authenticator.Type.WEBAUTHN, data=passkey)
    return Cast(people, sessions, {visibility: make_things(ada, foundry, visibility) for visibility in VISIBILITIES})


def session_of(user: User) -> str:
    """A session in which the password was given a moment ago, so that no page asks for it again."""
    return str(just_confirmed(user).cookies[settings.SESSION_COOKIE_NAME].value)


def make_things(owner: User, foundry: Team, visibility: str, stem: str = "") -> Things:
    """One of everything; each thing's words hold a word of its own that begins with `stem`.

    Make private ones before public ones, or their authors would be those that all know already.
    """
    team = foundry if visibility == Visibility.TEAM else None
    article = shelve_piece(
        owner,
        f"A {visibility} piece {stem}title",
        visibility,
        team,
        words=f"By 2030 {stem}claim will be so. Here is {stem}text for {visibility}. By 2030 {stem}echo will be so. "
        f"By 2031 it is {stem}settled.",
        authors=[f"Mira {stem}author"],
        publication=f"The Ledger {stem}series",
        published=date(2023, 5, 17),
        published_precision="day",
    )
    article.label([f"{stem}label"], owner, article)
    claim = make_claim(article, f"By 2030 {stem}claim will be so", owner, visibility, team)
    highlight = make_highlight(article, f"{stem}text", owner, visibility=visibility, team=team)
    highlight.label([f"{stem}tag"], owner)
    echo = make_claim(article, f"By 2030 {stem}echo will be so", owner, visibility, team)
    settled = make_claim(article, f"By 2031 it is {stem}settled", owner, visibility, team)
    accept(settled, owner)
    article.revise(as_text(f"{article.revisions.get().text} So it was said."), owner)
    Draft.objects.create(owner=owner, raw=f"Another text\n\nOf {stem}draft.", form="text", replaces=article)
    make_images(article, stem)
    label, tag = article.tags.get(), highlight.tags.get()
    publication = article.publication
    assert publication
    Identification.objects.create(person=article.authors.get(), user=owner, by=owner)
    return Things(
        visibility=visibility,
        owner=owner,
        team=foundry,
        article=article,
        highlight=highlight,
        note=write_note(highlight, f"Noted: {stem}note.", owner),
        claim=claim,
        settled=settled,
        author=article.authors.get(),
        publication=publication,
        draft=Draft.objects.create(owner=owner, raw=f"A draft\n\nPasted {stem}draft here.", form="text"),
        fetch=Fetch.objects.create(owner=owner, url=f"https://site.example/{stem}fetch"),
        work=make_import(owner, f"{stem}import", article),
        feed=make_feed(owner, f"{stem}feed", article),
        plan=make_plan(owner, f"{stem}plan"),
        wording=make_wording(owner, stem, article),
        confirmation=make_confirmation(owner, stem, visibility),
        awaited=make_awaited(owner, stem, visibility),
        tag=tag,
        lookalike=Lookalike.objects.create(first=label, second=tag, score=0.9),
        duplicate=Duplicate.objects.create(first=claim, second=echo, score=0.9),
        decision=send_back(echo, owner, question=f"Who says so, {stem}reason?"),
        notice=Notice.objects.create(recipient=owner, kind=Kind.DUE, key=f"claim-{claim.pk}", claim=claim),
        judged=make_judged(claim, article.authors.get(), echo, owner),
    )


def make_images(article: Article, stem: str) -> None:
    """A picture that is here, the same in all pieces, and one that did not come."""
    ArticleImage.expect(article.pk, [f"https://site.example/{stem}here.png", f"https://site.example/{stem}image.png"])
    here, missing = article.images.order_by("pk")
    here.receive(Drawn(b"a picture", 30, 20))
    missing.refuse("There is no picture at that address.")


def make_feed(owner: User, name: str, article: Article) -> Feed:
    """A feed that is followed, with what was seen in it."""
    later = timezone.now() + timedelta(hours=1)
    address = f"https://site.example/{name}{article.pk}"
    feed = Feed.objects.create(owner=owner, url=address, title=f"The {name}", polled_at=timezone.now(), next_at=later)
    FeedRule.objects.create(owner=owner, feed=feed, words=f"{name} words", act="tag", tag="small")
    FeedEntry.objects.create(feed=feed, key="1", title=article.title, article=article, state="brought")
    FeedEntry.objects.create(
        feed=feed,
        key="2",
        title=f"Of the {name}",
        url="https://site.example/2",
        state="failed",
        sentence="It is empty.",
    )
    return feed


def make_import(owner: User, name: str, article: Article) -> Import:
    """An import that a worker has, with a line in its log."""
    work = Import.begin(owner, Door.MAIL, f"{name}.mbox")
    work.take_up()
    work.note("first", [Item(name=f"The {name}", outcome=Outcome.ADDED, sentence="It came in.", article=article)])
    work.note("second", [Item(name=f"Not the {name}", outcome=Outcome.FAILED, sentence="It is empty.")])
    return work


def make_plan(owner: User, name: str) -> Plan:
    """A file that waits for its owner's yes."""
    work = Import.objects.create(owner=owner, door=Door.MAIL, source=f"{name}.mbox", state=State.ASKED)
    return Plan.objects.create(work=work, mails=1, problems=[f"The {name}: it is empty."], problem_count=1)


def make_wording(owner: User, stem: str, article: Article) -> Wording:
    """What was found in a piece that was looked through with others."""
    sweep = Sweep.begin(owner, f"The {stem}sweep", f"q={stem}title", [article.pk])
    revision, words = article.revisions.latest("number"), f"Here is {stem}text"
    start = revision.text.index(words)
    place = {"start": start, "end": start + len(words), "rank": 0, "score": 0.9, "key": "here"}
    made = Wording.objects.create(sweep=sweep, best=0.9)
    Finding.objects.create(
        sweep=sweep,
        wording=made,
        article=article,
        suggestion=Suggestion.objects.create(revision=revision, **place),
        key="here",
        words=words,
        score=0.9,
    )
    return made


def make_awaited(owner: User, stem: str, visibility: str) -> Awaited:
    url = f"https://site.example/{visibility}/{stem}awaited"
    return Awaited.objects.create(owner=owner, url=url, title=f"The {stem}awaited")


def make_confirmation(owner: User, stem: str, visibility: str) -> Confirmation:
    """A mail in the tray, and who sent it."""
    Sender.objects.create(owner=owner, key=f"list:{visibility}.{stem}sender", publication=f"The {stem}sender")
    subject = f"Confirm {stem}confirmation"
    return Confirmation.objects.create(owner=owner, key=visibility + stem, sender="A letter", subject=subject)


class Line(NamedTuple):
    """A line of the table: what each role is answered for each visibility of the object, or at all."""

    route: str
    method: str
    object: str
    cells: tuple[str, ...]

    def expected(self, role: str) -> Iterator[tuple[str, str]]:
        """The visibilities to ask about, with the outcome."""
        for visibility, cell in zip(VISIBILITIES, self.cells, strict=False):
            yield visibility, cell[ROLES.index(role)]

    def address(self, things: Things) -> str:
        return with_choice(reverse(self.route, args=self.arguments(things)), self.choice(things))

    def choice(self, things: Things) -> Choice:
        return CHOICES[self.object](things) if self.object in CHOICES else {}

    def arguments(self, things: Things) -> Arguments:
        if self.object == ADMIN_APP:
            return ("reader",)
        if self.object == ADMIN_ROW:
            return (any_row(self.route),)
        return OBJECTS[self.object](things) if self.object != NO_OBJECT else ()

    def address_of_nothing(self, things: Things) -> str:
        """An address of the same form that leads nowhere."""
        nothing: dict[type, int | str] = {int: 999_999_999, str: "no-such-thing"}
        address = reverse(self.route, args=[nothing[type(argument)] for argument in self.arguments(things)])
        return with_choice(address, {name: nothing[type(value)] for name, value in self.choice(things).items()})


def with_choice(address: str, choice: Choice) -> str:
    return f"{address}?{urlencode(choice)}" if choice else address


@cache
def table() -> tuple[Line, ...]:
    """The table, a line for each method; a name with a star stands for all that no line names itself."""
    written = [text.split() for text in TABLE.read_text().splitlines() if text.strip() and not text.startswith("#")]
    named = {name for name, *_ in written}
    return tuple(
        Line(route, method, kind, tuple(cells))
        for name, methods, kind, *cells in written
        for route in (fnmatch.filter(sorted(routes().keys() - named), name) if "*" in name else [name])
        for method in methods.split(",")
    )


@cache
def routes() -> dict[str, URLPattern]:
    """Every address by its name, the administration's with its namespace; its redirects alone have none."""
    return {name: pattern for name, pattern in walk(get_resolver().url_patterns, "") if not name.endswith(":None")}


def walk(patterns: list[URLPattern | URLResolver], namespace: str) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from walk(pattern.url_patterns, namespace + inner)
        else:
            yield f"{namespace}{pattern.name}", pattern


def any_row(route: str) -> str:
    """The key of a row that a page of the administration is about."""
    labels = {f"{model._meta.app_label}_{model._meta.model_name}": model for model in admin.site._registry}
    model = labels.get(route.removeprefix("admin:").rpartition("_")[0], User)
    return str(model._default_manager.order_by("pk").values_list("pk", flat=True).first() or 0)


def outcome(answer: HttpResponse) -> str:
    """An answer as the table writes it."""
    if answer.status_code in REFUSALS:
        return REFUSALS[answer.status_code]
    if answer.status_code == 302 and urlsplit(answer.headers["Location"]).path in SIGN_IN:
        return ">"
    return "+" if answer.status_code < 400 or answer.status_code in UNDERSTOOD else f"<{answer.status_code}>"
