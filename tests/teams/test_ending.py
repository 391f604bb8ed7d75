"""The end of a team, and of a membership: nothing that anybody marked or wrote is lost."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from reader.accounts.models import Membership, Team
from reader.claims.disbanding import depart, disband
from reader.claims.models import Claim
from reader.claims.moving import move_highlight
from reader.core.models import Event
from reader.core.visibility import Visibility
from reader.curation.claim_rulings import accept, merge
from reader.highlights.models import Highlight, Kind, Note, write_note
from reader.library.models import Article, Person, Publication
from reader.tags.models import Tag
from tests.claims.predictions import make_claim, one_window
from tests.claims.test_moving import QUOTE, assert_lawful
from tests.teams.moved import again, audience, copies_of, marks_seen, notes_seen
from tests.world import World, make_article, make_highlight

DELETE = "/teams/foundry/deletion/"
TEAM = Visibility.TEAM


def live_in(world: World) -> None:
    """Things of the team in its own piece, in a public one, and in one that was the team's and is public now."""
    team = world.foundry
    world.shared.label(["plans"], world.ada, world.shared)
    claim = make_claim(world.shared, QUOTE, world.cleo, TEAM, team)
    claim.label(["plans"], world.cleo)
    for who in (world.ada, world.ben):
        write_note(Highlight.objects.get(owner=world.cleo), f"{who} on Cleo's", who)
        write_note(claim, f"{who} on the claim", who)
    make_claim(world.public, QUOTE, world.ben, TEAM, team)
    mark = make_highlight(world.public, "everything", world.cleo, visibility=TEAM, team=team)
    mark.label(["plans"], world.cleo)
    write_note(mark, "Ada on Cleo's public one", world.ada)
    write_note(mark, "Cleo on her own", world.cleo)


def assert_nothing_left(team_id: int) -> None:
    for model in (Article, Highlight, Note, Claim, Tag, Person, Publication):
        assert not model.objects.filter(team=team_id).exists(), model


def written(world: World) -> dict[str, list[str]]:
    return {who: sorted(notes_seen(getattr(world, who))) for who in ("ada", "ben", "cleo")}


def test_its_pieces_go_back_to_those_who_added_them(world: World, ada: Client) -> None:
    live_in(world)
    hers = make_article("Cleo's own", world.cleo, TEAM, world.foundry)
    before, team_id = written(world), world.foundry.pk

    answer = ada.post(DELETE, {"goes_to": "back"})

    assert (answer.status_code, answer["Location"]) == (303, "/teams/")
    assert not Team.objects.filter(slug="foundry").exists()
    assert_nothing_left(team_id)
    assert_lawful()
    assert written(world) == before
    assert audience(Article.objects.get(pk=hers.pk)) == ("private", None)
    assert Article.objects.get(pk=hers.pk).owner == world.cleo
    assert len(copies_of(world.shared, world.cleo)) == 1
    assert ("everything", world.public.title) in marks_seen(world.cleo)


def test_its_pieces_go_to_another_team(world: World, ada: Client) -> None:
    live_in(world)
    for who in (world.ada, world.cleo):
        Membership.objects.create(team=world.harbour, user=who, role="member")
    before, team_id = written(world), world.foundry.pk

    answer = ada.post(DELETE, {"goes_to": str(world.harbour.pk)})

    assert answer.status_code == 303
    assert_nothing_left(team_id)
    assert_lawful()
    assert written(world) == before
    shared = Article.objects.get(pk=world.shared.pk)
    assert audience(shared) == (TEAM, world.harbour.pk)
    assert [tag.team for tag in shared.tags.all()] == [world.harbour]
    assert len(copies_of(world.shared, world.ben)) == 1
    assert world.shared in Article.objects.visible_to(again(world.dov))


def test_a_claim_of_the_team_on_a_public_mark_leaves_everybody_their_notes(world: World) -> None:
    claim = make_claim(world.public, QUOTE, world.cleo, TEAM, world.foundry)
    Highlight.objects.update(team=None, visibility=Visibility.PUBLIC)
    for who in (world.ada, world.cleo):
        write_note(claim, f"{who} on the claim", who)

    disband(world.foundry, world.ada)

    claim.refresh_from_db()
    assert audience(claim) == ("private", None)
    assert (notes_seen(world.ada), notes_seen(world.cleo)) == (["Ada on the claim"], ["Cleo on the claim"])
    assert Claim.objects.exclude(pk=claim.pk).get().statements.get().highlight.owner == world.ada
    assert_lawful()


def test_everybody_is_told_for_themselves(world: World) -> None:
    disband(world.foundry, world.ada)

    told = Event.objects.filter(verb="disbanded")
    assert {event.owner for event in told} == {world.ada, world.ben, world.cleo, world.vera}
    assert {event.visibility for event in told} == {"private"}
    assert {event.detail["name"] for event in told} == {"Foundry"}
    assert "Foundry" not in repr([event.detail for event in Event.objects.visible_to(world.dov)])


def test_it_asks_first(world: World, ada: Client) -> None:
    page = ada.get(DELETE).content.decode()
    assert "1 piece." in page
    assert "Back to those who added them" in page
    assert "Harbour" not in page
    make_highlight(world.shared, "everything", world.cleo, visibility=TEAM, team=world.foundry)
    assert "1 mark of one person who no longer sees it goes to a private copy" in ada.get(DELETE).content.decode()

    answer = ada.post(DELETE, {})

    assert answer.status_code == 422
    assert "Choose where the pieces go." in answer.content.decode()
    assert Team.objects.filter(slug="foundry").exists()


@pytest.mark.parametrize(
    ("more", "asked"), [(0, "The team has 1 piece. Where does it go?"), (1, "The team has 2 pieces. Where do they go?")]
)
def test_it_asks_in_whole_sentences(world: World, ada: Client, more: int, asked: str) -> None:
    for number in range(more):
        make_article(f"One more {number}", world.ada, "team", world.foundry)

    assert asked in ada.get(DELETE).content.decode()


def test_it_goes_to_no_team_for_which_the_owner_may_not_write(world: World, ada: Client) -> None:
    assert ada.post(DELETE, {"goes_to": str(world.harbour.pk)}).status_code == 422
    Membership.objects.create(team=world.harbour, user=world.ada, role="viewer")
    assert ada.post(DELETE, {"goes_to": str(world.harbour.pk)}).status_code == 422
    with pytest.raises(PermissionDenied):
        disband(world.foundry, again(world.ada), world.harbour)

    assert Team.objects.filter(slug="foundry").exists()


def test_an_address_that_both_teams_have_ends_no_deletion(world: World) -> None:
    Membership.objects.create(team=world.harbour, user=world.ada, role="member")
    url = "https://example.com/both"
    Article.objects.filter(pk__in=[world.shared.pk, world.elsewhere.pk]).update(canonical_url=url)

    disband(world.foundry, again(world.ada), world.harbour)

    assert sorted(filter(None, Article.objects.values_list("canonical_url", flat=True))) == [url]


def test_a_team_of_nothing_ends_too(world: World, dov: Client) -> None:
    world.elsewhere.delete()

    assert dov.post("/teams/harbour/deletion/", {"goes_to": "back"}).status_code == 303
    assert not Team.objects.filter(slug="harbour").exists()


@pytest.mark.parametrize("who", ["cleo", "ada"])
def test_whoever_goes_keeps_what_they_kept_for_themselves(world: World, who: str) -> None:
    make_claim(world.shared, QUOTE, world.cleo)
    write_note(Highlight.objects.get(), "For myself", world.cleo)
    team_mark = make_highlight(world.shared, "everything", world.cleo, visibility=TEAM, team=world.foundry)
    mine = Membership.objects.select_related("team", "user").get(user=world.cleo)

    depart(mine, getattr(world, who))

    (copy,) = copies_of(world.shared, world.cleo)
    assert marks_seen(world.cleo) == [(QUOTE, copy.title)]
    assert notes_seen(world.cleo) == ["For myself"]
    assert Claim.objects.get().statements.get().highlight.article == copy
    team_mark.refresh_from_db()
    assert (team_mark.article, audience(team_mark)) == (world.shared, (TEAM, world.foundry.pk))
    assert_lawful()


def test_whoever_kept_nothing_takes_nothing(world: World) -> None:
    depart(Membership.objects.select_related("team", "user").get(user=world.cleo), world.cleo)

    assert copies_of(world.shared, world.cleo) == []


def test_an_owner_of_a_piece_who_left_is_not_told_the_teams_new_name(world: World, cleo: Client) -> None:
    hers = make_article("Cleo's own", world.cleo, TEAM, world.foundry)
    depart(Membership.objects.select_related("team", "user").get(user=world.cleo), world.cleo)
    Team.objects.filter(slug="foundry").update(name="Secret smithy")

    for address in ("/articles/", hers.get_absolute_url(), "/"):
        assert "Secret smithy" not in cleo.get(address).content.decode()
    assert "A team that you left" in cleo.get("/articles/").content.decode()


def test_a_note_for_oneself_on_a_mark_that_the_team_sees_goes_along(world: World) -> None:
    mark = make_highlight(world.shared, "everything", world.cleo, Kind.QUESTION)
    for words in ("For my eyes", "And these"):
        write_note(mark, words, world.cleo)
    move_highlight(mark, TEAM, world.foundry.pk, world.cleo)

    depart(Membership.objects.get(user=world.cleo, team=world.foundry), world.cleo)

    assert notes_seen(world.cleo) == ["For my eyes", "And these"]
    own = Highlight.objects.get(notes__body="For my eyes")
    assert (own.exact, own.kind, audience(own), own.notes.count()) == ("everything", "question", ("private", None), 2)
    assert [own.article] == copies_of(world.shared, world.cleo)
    assert audience(Highlight.objects.get(pk=mark.pk)) == (TEAM, world.foundry.pk)
    assert_lawful()


def test_a_claim_for_oneself_that_was_merged_into_the_teams_comes_back(world: World) -> None:
    kept = make_claim(world.shared, QUOTE, world.ada, TEAM, world.foundry)
    accept(kept, world.ada)
    claim = make_claim(world.shared, "Nobody trains from scratch before 2030", world.cleo)
    one_window(claim, kept)
    merge(claim, Claim.objects.get(pk=kept.pk), world.cleo)

    depart(Membership.objects.get(user=world.cleo, team=world.foundry), world.cleo)

    claim.refresh_from_db()
    assert (claim.state, claim.merged_into) == ("proposed", None)
    assert [claim.statements.get().highlight.article] == copies_of(world.shared, world.cleo)
    assert kept.statements.count() == 1
    assert_lawful()
