"""The administration: a place to look things up, not a way around who sees what."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reader.accounts.inviting import invite
from reader.accounts.models import Invitation, Membership, Team, User
from reader.claims.assessing import assess, close_round, open_round
from reader.claims.disputing import dispute
from reader.claims.evidence import Source, add_evidence
from reader.claims.forecasting import forecast, look_at_crowd
from reader.claims.models import Claim
from reader.claims.relating import relate
from reader.claims.replying import reply
from reader.claims.scale import Grade
from reader.core.jobs import job
from reader.core.jobs.models import Lease
from reader.core.limits import Tally
from reader.curation.claim_rulings import accept
from reader.curation.jobs import look_for_duplicates
from reader.curation.models import Hold, flag
from reader.exchange.models import SecretAddress
from reader.foresight.models import Answer, Spotter, Suggestion
from reader.foresight.sweeps.models import Finding, Sweep, Wording
from reader.highlights.models import Highlight, Mention, write_note
from reader.highlights.reactions import react
from reader.intake.addresses import Fetch
from reader.intake.feeds.models import Feed, FeedEntry
from reader.intake.feeds.rules import FeedRule
from reader.intake.images.models import ArticleImage, Image
from reader.intake.imports.made import Made
from reader.intake.imports.models import Door, Import, ImportChunk, ImportItem
from reader.intake.models import Draft
from reader.intake.parcels.models import Awaited, Confirmation, KnownLetter, Plan, Sender
from reader.intake.reading import Form
from reader.intake.sending.models import WayIn
from reader.intake.sending.post import Received
from reader.library.identifying import identify
from reader.library.models import Article, Person, Publication, Reading, find_or_make
from reader.notices.models import MailPreference, Notice
from reader.search.models import RecentSearch, SavedSearch, SearchWord
from reader.tags.models import Tag
from tests.claims.ledger import AHEAD, judged, public_claim, source
from tests.claims.predictions import make_claim
from tests.curation.desk import SMALL, proposal, public_note
from tests.world import World, make_article, make_highlight, make_team

#: The search's vocabulary holds words of every text there is: that is for nobody to leaf through.
MODELS = [
    model
    for model in apps.get_app_config("reader").get_models()
    if not model._meta.auto_created and model is not SearchWord
]


def name(model: type[Model]) -> str:
    return str(model._meta.model_name)


def test_it_lists_only_what_the_administrator_may_read(world: World, ada: Client) -> None:
    make_claim(world.private, "Nobody trains from scratch before 2030", world.cleo)

    articles = ada.get("/admin/reader/article/").content.decode()

    assert "Notes for the Foundry" in articles
    assert "For Cleo alone" not in articles
    assert "Nobody trains" not in ada.get("/admin/reader/claim/").content.decode()
    assert ada.get(f"/admin/reader/article/{world.private.pk}/change/").status_code == 302


@pytest.mark.parametrize("model", [Team, Membership, Invitation], ids=name)
def test_it_tells_of_no_team_that_the_administrator_is_not_in(world: World, ada: Client, model: type[Model]) -> None:
    invite(world.harbour, "viewer", world.dov, days=7, email="eda@example.org")

    page = ada.get(f"/admin/reader/{name(model)}/").content.decode()

    assert "Harbour" not in page
    assert "eda@example.org" not in page


@pytest.mark.parametrize("action", ["add/", "{pk}/delete/"])
def test_it_changes_nothing(world: World, ada: Client, action: str) -> None:
    assert ada.get(f"/admin/reader/article/{action.format(pk=world.public.pk)}").status_code == 403


def test_it_requires_staff(world: World, cleo: Client) -> None:
    assert cleo.get("/admin/reader/article/").status_code == 302


@pytest.mark.parametrize("model", MODELS, ids=name)
def test_every_model_is_there_and_can_be_searched(model: type[Model]) -> None:
    assert admin.site.is_registered(model)
    assert admin.site.get_model_admin(model).search_fields


@job
def chore(number: int) -> None:
    pass


def fill(world: World, count: int) -> None:
    """Some more of everything that there is, each of its own owner."""
    for number in range(count):
        made = User.objects.count()
        person = User.objects.create_user(f"person{made}@example.org", name=f"Person {made}")
        article = make_article(f"Piece {made}", person, "public")
        claim = make_claim(article, SMALL, person, "public")
        claim.label([f"subject {made} matter", f"subject-{made} matter"], person)
        herds = make_highlight(article, "herds", person, visibility="public")
        note = write_note(herds, "Fools.", person)
        flag(note, "abuse", "", world.ada)
        world.foundry.memberships.create(user=person)
        Reading.objects.create(article=article, reader=world.ada)
        Draft.objects.create(owner=world.ada, raw=f"Text {number}", form=Form.TEXT, article=article)
        accept(claim, world.ben)
        live_through(claim, person, world)
        Hold.take("claim", claim.pk, person)
        chore.enqueue(number=number)
        Lease.take(f"worker {number}")
        make_team(f"Team {made}", owner=person, viewer=world.ada)
        identify(find_or_make(Person, f"Author {made}", article), person, world.ben)
        find_or_make(Publication, f"Letter {made}", article)
        react(herds, "agree", person)
        Mention.objects.create(note=note, person=person)
        SecretAddress.make(person)
        suggest(article, herds, world.ada)
        sweep(article, world.ada)
        picture = Image.objects.create(sha256=f"{made}", data=b"RIFF", width=1, height=1)
        ArticleImage.objects.create(article=article, address=f"{made}", key=f"{made}", image=picture, state="here")
        Fetch.objects.create(owner=world.ada, url=f"https://site.example/{made}")
        feed = Feed.objects.create(owner=world.ada, url=f"https://site.example/{made}")
        FeedRule.objects.create(owner=world.ada, words="grid", act="drop")
        FeedEntry.objects.create(feed=feed, key=f"{made}", title="A piece", article=article, state="brought")
        work = Import.objects.create(owner=world.ada, door=Door.MAIL, source=f"letters-{made}.mbox")
        Made.objects.create(work=work, article=article, highlight=herds)
        ImportItem.objects.create(work=work, step=f"{made}", name="A letter", outcome="added", article=article)
        ImportChunk.objects.create(work=work, number=0, data=b"From: x")
        Plan.objects.create(work=work, mails=1)
        Sender.objects.create(owner=world.ada, key=f"list:{made}", publication=f"Letter {made}")
        Confirmation.objects.create(owner=world.ada, key=f"{made}", sender="L", subject=f"Confirm {made}")
        KnownLetter.objects.create(owner=world.ada, key=f"{made}", article=article)
        Awaited.objects.create(owner=world.ada, url=f"https://site.example/{made}", article=article)
        Received.objects.create(owner=world.ada, key=f"{made}", data=b"From: x", article=article)
        WayIn.make(person, WayIn.Door.MAIL)
        Tally.objects.create(person=person, deed="note", empty_at=timezone.now())
        Notice.objects.create(recipient=person, kind="reply", key=f"{made}", note=note)
        SavedSearch.objects.create(reader=world.ada, name=f"Search {made}", text=f"kind:claim {made}")
        RecentSearch.objects.create(reader=world.ada, text=f"kind:note {made}")
        MailPreference.objects.create(person=person, kind="reply", post="never")
        Invitation.objects.create(
            team=world.foundry, invited_by=world.ada, token_hash=f"{made}", expires_at=timezone.now()
        )
    look_for_duplicates.call()


def suggest(article: Article, mark: Highlight, reader: User) -> None:
    """A sentence in the gutter, what a reader answered to it, and a model fitted to that."""
    place = mark.anchors.get()
    words = {"revision": place.revision, "key": f"{article.pk}", "start": place.start, "end": place.end, "score": 0.5}
    Suggestion.objects.create(rank=0, **words)
    Answer.objects.create(
        **words, article=article, reader=reader, predicts=False, source="likely", features=1, model="shipped"
    )
    Spotter.objects.create(
        text="{}", features=1, answers=20, precision=0.8, rival="shipped", rival_precision=0.8, state="resting"
    )


def sweep(article: Article, reader: User) -> None:
    """A piece that was looked through with others, and what was found in it."""
    made = Sweep.begin(reader, "Some pieces", "", [article.pk])
    wording = Wording.objects.create(sweep=made, best=0.5)
    Finding.objects.create(sweep=made, wording=wording, article=article, key="one", words="It will be.", score=0.5)


def live_through(claim: Claim, person: User, world: World) -> None:
    """All that happens to a claim, with its verdict given early."""
    Claim.objects.filter(pk=claim.pk).update(kind="event", window_end=AHEAD)
    look_at_crowd(claim, world.ada)
    forecast(claim, 60, person)
    round_ = open_round(claim, world.ben)
    assess(round_, Grade(), person)
    close_round(round_, world.ben)
    verdict = judged(claim, world.ben)
    dispute(verdict, "No.", person)
    speaker = claim.statements.get().speaker
    assert speaker
    reply(claim, speaker, f"Reply {claim.pk}", world.ben)
    other = Claim.objects.exclude(pk=claim.pk).order_by("pk").last()
    relate(claim, other or make_claim(world.public, SMALL, person, "public"), "updates", world.ben)


@pytest.fixture
def lists(world: World, ada: Client) -> tuple[World, Client]:
    fill(world, 2)  # of one of each there are no two that look alike
    return world, ada


@pytest.mark.parametrize("model", MODELS, ids=name)
def test_a_list_answers_with_as_many_queries_for_many_rows(lists: tuple[World, Client], model: type[Model]) -> None:
    world, ada = lists
    address = f"/admin/reader/{name(model)}/"

    def ask(query: str = "") -> tuple[int, int]:
        with CaptureQueriesContext(connection) as queries:
            page = ada.get(f"{address}{query}")
        assert page.status_code == 200
        return len(queries), page.context["cl"].result_count

    few, rows = ask()
    fill(world, 4)
    many, more_rows = ask()

    assert more_rows > rows
    assert many == few <= 12
    assert ask("?q=nothing-like-it")[1] == 0


@pytest.mark.parametrize("model", MODELS, ids=name)
def test_every_row_can_be_looked_at(lists: tuple[World, Client], model: type[Model]) -> None:
    _, ada = lists
    row = ada.get(f"/admin/reader/{name(model)}/").context["cl"].result_list[0]

    assert ada.get(f"/admin/reader/{name(model)}/{row.pk}/change/").status_code == 200


@pytest.mark.parametrize("model", MODELS, ids=name)
def test_no_list_shows_what_is_others_alone(world: World, ada: Client, model: type[Model]) -> None:
    """Cleo's own words, in every table that holds some."""
    secret = "Xylophon"
    article = make_article(f"{secret} piece", world.cleo, html=f"<p>The {secret} will come in 2030.</p>")
    claim = make_claim(article, f"The {secret} will come in 2030", world.cleo)
    claim.label([f"{secret} tag", f"{secret}-tag"], world.cleo)
    write_note(article, f"{secret} note", world.cleo)
    forecast(claim, 60, world.cleo, f"{secret} reason")
    source(claim, world.cleo, url=f"https://{secret}.example/")
    assess(open_round(claim, world.cleo), Grade(), world.cleo, f"{secret} reasons")
    Draft.objects.create(owner=world.cleo, raw=secret, form=Form.TEXT, article=article)
    Reading.objects.create(article=article, reader=world.cleo)

    page = ada.get(f"/admin/reader/{name(model)}/").content.decode()
    found = ada.get(f"/admin/reader/{name(model)}/?q={secret}").context["cl"].result_list

    assert secret not in page
    assert list(found) == []


def test_what_was_deleted_is_brought_back_by_the_verb_that_tells_of_it(world: World, ada: Client) -> None:
    mark = make_highlight(world.public, "herds", world.cleo, visibility="public")
    mark.delete_by(world.cleo)

    ada.post("/admin/reader/highlight/", {"action": "bring_back", "_selected_action": [mark.pk]})

    assert Highlight.objects.get(pk=mark.pk).deleted_at is None


def test_a_hold_is_let_go_of(world: World, ada: Client) -> None:
    hold = Hold.take("claim", proposal(world).pk, world.ben)

    ada.post("/admin/reader/hold/", {"action": "let_go", "_selected_action": [hold.pk]})

    assert not Hold.objects.exists()


def test_the_ledger_is_given_and_taken_and_people_shut_out(world: World, ada: Client) -> None:
    def act(action: str, *people: User) -> None:
        ada.post("/admin/reader/user/", {"action": action, "_selected_action": [person.pk for person in people]})
        for person in people:
            person.refresh_from_db()

    act("give_the_ledger", world.cleo)
    assert world.cleo.is_curator
    act("take_the_ledger", world.cleo)
    assert not world.cleo.is_curator
    act("shut_out", world.cleo, world.ada)
    assert (world.cleo.is_active, world.ada.is_active) == (False, True)


def test_no_list_offers_to_delete(world: World, ada: Client) -> None:
    public_note(world)

    for model in MODELS:
        page = ada.get(f"/admin/reader/{name(model)}/").content.decode()
        assert 'value="delete_selected"' not in page, model
    assert Tag.objects.count() == 0


def test_a_dispute_shows_no_passage_that_was_narrowed_since(world: World, ada: Client) -> None:
    claim = public_claim(world)
    mark = make_highlight(world.public, "everything", world.cleo, "evidence", "public")
    named = add_evidence(claim, Source(bearing="against", highlight=mark), world.cleo)
    objection = dispute(judged(claim, world.ben), "No.", world.cleo, named)
    Highlight.objects.filter(pk=mark.pk).update(visibility="private")

    assert named.title not in ada.get(f"/admin/reader/dispute/{objection.pk}/change/").content.decode()


def test_whose_account_somebody_is_stands_on_their_page_alone(world: World, ada: Client) -> None:
    made = identify(find_or_make(Person, "Mira Castell", world.public), world.dov, world.ben, email="dov@example.org")

    page = ada.get(f"/admin/reader/identification/{made.pk}/change/").content.decode()
    assert "Mira Castell" in page
    assert "dov@example.org" not in page
