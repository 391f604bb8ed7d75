"""The queues: who has a desk, what is on it, and what it costs."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reader.claims.models import Claim, Statement
from reader.claims.proposing import Proposal
from reader.claims.stating import state_again
from reader.curation.jobs import look_for_duplicates
from reader.curation.models import Decision, flag
from reader.highlights.models import Anchor, Kind
from reader.library.models import Article
from tests.conftest import signed_in
from tests.curation.desk import HERDS, SMALL, accepted, again, proposal, public_note, undo_last
from tests.curation.test_tags import public_tag
from tests.pages.asking import FRAGMENT
from tests.world import World, make_article, make_highlight, make_person, newest

QUEUES = [
    "/desk/",
    "/desk/statements/",
    "/desk/duplicates/",
    "/desk/notes/",
    "/desk/articles/",
    "/desk/highlights/",
    "/desk/tags/",
    "/desk/tags/all/",
]


@pytest.mark.parametrize("address", QUEUES)
def test_it_requires_curator(
    world: World, address: str, client: Client, cleo: Client, vera: Client, dov: Client
) -> None:
    refused = cleo.get(address)

    assert refused.status_code == vera.get(address).status_code == 403
    assert "The desk is for curators" in refused.content.decode()
    assert client.get(address)["Location"] == f"/accounts/login/?next={address}"
    assert dov.get(address).status_code == 200


@pytest.mark.parametrize("address", QUEUES)
def test_it_rejects_post(world: World, address: str, ben: Client) -> None:
    assert ben.post(address).status_code == 405


def test_the_masthead_leads_there_for_curators_alone(world: World, ben: Client, dov: Client, cleo: Client) -> None:
    for who, there in ((ben, True), (dov, True), (cleo, False)):
        assert ('href="/desk/"' in who.get("/articles/").content.decode()) == there


def test_each_curator_sees_what_is_theirs_to_decide(world: World, ben: Client, dov: Client) -> None:
    proposal(world, SMALL)
    proposal(world, HERDS, "team")
    proposal(world, "small models", "private")
    site = make_person("Sita", is_curator=True)

    def listed(who: Client) -> list[bool]:
        page = who.get("/desk/").content.decode()
        return [words in page for words in (SMALL, HERDS, "It is becoming clear")]

    assert listed(ben) == [True, True, False]
    assert listed(dov) == [False, False, False]
    assert listed(signed_in(site)) == [True, False, False]


def test_the_oldest_comes_first_with_its_quote_speaker_and_piece(world: World, ben: Client) -> None:
    first, second = proposal(world), proposal(world, HERDS)

    page = ben.get("/desk/").content.decode()

    assert page.index(f'id="claim-{first.pk}"') < page.index(f'id="claim-{second.pk}"')
    assert "Mira Castell" in page
    assert f"/articles/{world.public.slug}/#h-" in page
    assert "proposed by Cleo" in page
    assert "seen by everyone" in page


def test_what_is_marked_no_longer_waits_no_longer(world: World, ben: Client) -> None:
    proposal(world).statements.get().highlight.change_kind(Kind.QUESTION, world.cleo)

    assert "Nothing waits for a decision" in ben.get("/desk/").content.decode()


def test_tabs_count_up_to_a_number_that_one_reads(world: World, ben: Client) -> None:
    many_claims(world, 120)

    assert '<span class="count">99+</span>' in ben.get("/desk/").content.decode()


def many_claims(world: World, count: int) -> None:
    highlight = make_highlight(world.public, SMALL, world.cleo, Kind.PREDICTION, "public")
    for number in range(count):
        claim = Claim.objects.create(statement=f"No. {number}", state="proposed", owner=world.cleo, visibility="public")
        Statement.objects.create(claim=claim, highlight=highlight, quote=highlight.exact)


def many_notes(world: World, count: int) -> None:
    for number in range(count):
        flag(public_note(world, f"Note {number}"), "spam", "", world.cleo)


def many_articles(world: World, count: int) -> None:
    for number in range(count):
        make_article(f"Gap {number} {Article.objects.count()}", world.ada, "public")


def many_duplicates(world: World, count: int) -> None:
    for number in range(count):
        again(world, SMALL, f"Echo {number} {Article.objects.count()}")
    look_for_duplicates.call()


def many_lost(world: World, count: int) -> None:
    for _ in range(count):
        mark = make_highlight(
            world.public, "herds", make_person(f"Reader {Anchor.objects.count()}"), visibility="public"
        )
        mark.anchors.update(state=Anchor.State.ORPHANED, score=0.4)


def many_tags(world: World, count: int) -> None:
    for number in range(count):
        for spelling in ("", "-", "s"):
            public_tag(
                world, f"subject {number} matter{spelling}" if spelling == "s" else f"subject{spelling} {number} matter"
            )
    look_for_duplicates.call()


def many_statements(world: World, count: int) -> None:
    claim = accepted(world, HERDS)
    for number in range(count):
        piece = make_article(f"Said again {number} of {count}", world.cleo, "public")
        mark = make_highlight(piece, SMALL, world.cleo, "prediction", "public")
        state_again(claim, mark, Proposal(statement=""), world.cleo)


FILL: dict[str, Callable[[World, int], None]] = {
    "/desk/": many_claims,
    "/desk/statements/": many_statements,
    "/desk/duplicates/": many_duplicates,
    "/desk/notes/": many_notes,
    "/desk/articles/": many_articles,
    "/desk/highlights/": many_lost,
    "/desk/tags/": many_tags,
    "/desk/tags/all/": many_tags,
}


@pytest.mark.parametrize("address", QUEUES)
def test_queries_do_not_grow_with_rows(world: World, ben: Client, address: str) -> None:
    def ask() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as queries:
            page = ben.get(address)
        return len(queries), page.content.count(b"<li id=") + page.content.count(b"row-title")

    FILL[address](world, 2)
    few, rows = ask()
    FILL[address](world, 6)
    many, more_rows = ask()

    assert more_rows > rows > 0
    assert many == few


def test_pages_follow_each_other_without_gap_or_overlap(world: World, ben: Client) -> None:
    many_claims(world, 70)
    seen: list[str] = []
    after = 0

    while True:
        page = ben.get(f"/desk/?after={after}", headers=FRAGMENT)
        seen += [line.split('"')[1] for line in page.content.decode().split("<li id=")[1:]]
        after = page.context["next"]
        if not after:
            break

    assert len(seen) == len(set(seen)) == 70


@pytest.mark.parametrize("after", ["", "x", "-1", "9" * 40, "\x00"])
def test_a_cursor_nobody_made_is_the_start_of_the_list(world: World, ben: Client, after: str) -> None:
    proposal(world)

    assert SMALL in ben.get("/desk/", {"after": after}).content.decode()


def test_an_article_is_listed_with_what_it_lacks(world: World, ben: Client) -> None:
    article = world.public
    article.published, article.published_precision = date(2023, 5, 1), "month"
    article.save()
    article.authorships.all().delete()

    page = ben.get("/desk/articles/").content.decode()

    assert "no author, only “May 2023” for a date, not known who may read the original" in page
    assert f'href="/articles/{article.slug}/details/"' in page
    assert "For Cleo alone" not in page


def test_an_article_left_as_it_is_leaves_the_list(world: World, ben: Client) -> None:
    assert ben.post(f"/desk/articles/{world.public.pk}/exemption/").status_code == 303

    assert world.public.title not in ben.get("/desk/articles/").content.decode()
    assert ben.post(f"/desk/articles/{world.public.pk}/exemption/").status_code == 409
    assert undo_last(ben) == 303
    assert world.public.title in ben.get("/desk/articles/").content.decode()
    assert ben.post(f"/desk/articles/{world.public.pk}/exemption/").status_code == 303


def test_an_article_of_which_all_is_known_is_not_listed(world: World, ben: Client) -> None:
    Article.objects.update(audience="everyone")

    assert "Every piece is described" in ben.get("/desk/articles/").content.decode()


def test_a_lost_mark_is_listed_with_its_likeliest_place(world: World, ben: Client, dov: Client) -> None:
    mark = make_highlight(world.public, "small models will matter", world.ada, visibility="public")
    text = newest(world.public).text
    at = text.index("everything")
    mark.anchors.update(state=Anchor.State.ORPHANED, start=at, end=at + len("everything accelerated"), score=0.42)

    page = ben.get("/desk/highlights/").content.decode()

    assert "small models will matter" in page
    assert "everything accelerated" in page
    assert "42% alike" in page
    assert "small models will matter" not in dov.get("/desk/highlights/").content.decode()


def test_a_mark_lost_in_an_older_text_is_not_lost(world: World, ben: Client) -> None:
    mark = make_highlight(world.public, "herds", world.ada, visibility="public")
    mark.anchors.update(state=Anchor.State.ORPHANED, score=0)
    assert "Nothing like it in the newest text." in ben.get("/desk/highlights/").content.decode()

    world.public.revisions.create(
        number=2, html="<p>herds</p>", text="herds", sha256="0" * 64, words=1, source_kind="paste_text", raw=""
    )

    assert "No mark is lost" in ben.get("/desk/highlights/").content.decode()


def test_a_claim_has_a_place_on_the_desk_with_what_was_decided(world: World, ben: Client, cleo: Client) -> None:
    claim = proposal(world)
    ben.post(f"/desk/claims/{claim.pk}/question/", {"sentence": "Which model?"})

    page = ben.get(f"/desk/claims/{claim.pk}/").content.decode()

    assert "Needs work" in page
    assert "Which model?" in page
    assert cleo.get(f"/desk/claims/{claim.pk}/").status_code == 403
    assert ben.get("/desk/claims/0/").status_code == 404


def test_hostile_words_do_no_harm(world: World, ben: Client) -> None:
    claim = proposal(world)
    claim.amend('"><script>alert(1)</script> שלום 🦙', "", {}, world.cleo)

    page = ben.get("/desk/").content.decode()

    assert "<script>alert" not in page
    assert "שלום 🦙" in page
    ben.post(f"/desk/claims/{claim.pk}/rejection/", {"sentence": "<img src=x onerror=alert(1)>"})
    assert "<img src=x" not in ben.get("/decisions/").content.decode()
    assert Decision.objects.get().reason == "<img src=x onerror=alert(1)>"
