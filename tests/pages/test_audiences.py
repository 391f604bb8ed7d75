"""Asking who sees a piece, several pieces or a mark, and saying before what each answer means."""

import re
import threading

import pytest
from django.db import connection, transaction
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reader.accounts.membership import found_team
from reader.claims.moving import move_article
from reader.core.visibility import Visibility
from reader.highlights.marking import locate, mark
from reader.highlights.models import Highlight, write_note
from reader.library.models import Article
from tests.library.pieces import shelve_piece
from tests.pages.asking import FRAGMENT, composer_of
from tests.teams.moved import audience
from tests.world import World, make_article, make_highlight, make_world, newest

TEAM, PUBLIC = Visibility.TEAM, Visibility.PUBLIC


def asks(article: Article) -> str:
    return f"{article.get_absolute_url()}visibility/"


def choices(page: str) -> list[str]:
    return re.findall(r'name="audience" value="([^"]+)"', page)


def consequence(page: str, key: str) -> str:
    found = re.search(rf'value="{key}".*?<span class="consequence">([^<]*)</span>', page, re.DOTALL)
    assert found
    return found[1]


def test_it_works(world: World, cleo: Client, vera: Client) -> None:
    key = f"team-{world.foundry.pk}"
    assert key in choices(cleo.get(asks(world.private)).content.decode())

    answer = cleo.post(asks(world.private), {"audience": key})

    assert (answer.status_code, answer["Location"]) == (303, world.private.get_absolute_url())
    assert audience(Article.objects.get(pk=world.private.pk)) == (TEAM, world.foundry.pk)
    assert "seen by the team Foundry now" in cleo.get(answer["Location"]).content.decode()
    assert vera.get(answer["Location"]).status_code == 200


def test_it_names_who_will_see(world: World, cleo: Client) -> None:
    page = cleo.get(asks(world.private)).content.decode()

    assert "only you" in page
    assert "the team Foundry" in page
    assert "you, Ada, Ben and Vera" in page
    assert "everyone" in page
    assert "Harbour" not in page


def test_it_says_how_much_of_others_goes_to_copies(world: World, ada: Client) -> None:
    key = f"team-{world.foundry.pk}"
    mark = make_highlight(world.public, "everything", world.dov, visibility=PUBLIC)
    make_highlight(world.public, "small models", world.ben, visibility=PUBLIC)
    write_note(mark, "Of Dov", world.dov)
    write_note(mark, "Of Cleo", world.cleo)

    page = ada.get(asks(world.public)).content.decode()

    assert consequence(page, "public") == "As it is now."
    assert "1 mark and 1 note of one person who no longer sees it go to private copies" in consequence(page, key)
    assert "2 marks and 2 notes of 3 people" in consequence(page, "private")


def test_what_others_keep_for_themselves_is_not_counted(world: World, ada: Client) -> None:
    before = ada.get(asks(world.public)).content.decode()
    make_highlight(world.public, "everything", world.dov)
    make_highlight(world.public, "everything", world.dov, visibility=TEAM, team=world.harbour)

    after = ada.get(asks(world.public)).content.decode()

    assert [consequence(page, "private") for page in (before, after)] == [consequence(before, "private")] * 2
    assert "Whatever others keep there for themselves goes with them too." in consequence(after, "private")


def test_it_checks_ownership(world: World, cleo: Client, vera: Client, dov: Client, client: Client) -> None:
    said = {"audience": "private"}

    assert cleo.post(asks(world.public), said).status_code == 403
    assert vera.post(asks(world.shared), said).status_code == 403
    assert dov.post(asks(world.shared), said).status_code == 404
    assert dov.get(asks(world.private)).status_code == 404
    assert client.post(asks(world.public), said).status_code == 302


@pytest.mark.parametrize("key", ["", "team-999999", "team-harbour", "nobody", "team-"])
def test_a_choice_that_is_not_offered_is_refused(world: World, cleo: Client, key: str) -> None:
    wanted = f"team-{world.harbour.pk}" if key == "team-harbour" else key

    answer = cleo.post(asks(world.private), {"audience": wanted})

    assert answer.status_code == 422
    assert "This choice is not there for it" in answer.content.decode()
    assert Article.objects.get(pk=world.private.pk).visibility == "private"


def test_a_curator_decides_about_what_is_the_teams(world: World, ben: Client, cleo: Client) -> None:
    hers = make_article("Cleo's own", world.cleo, TEAM, world.foundry)
    page = ben.get(asks(hers)).content.decode()
    assert "only Cleo, whose it is" in page
    assert "You do not see it any more yourself." in consequence(page, "private")

    answer = ben.post(asks(hers), {"audience": "private"})

    assert answer["Location"] == "/articles/"
    assert cleo.get(hers.get_absolute_url()).status_code == 200


def test_a_site_curator_takes_back_what_is_public_and_no_more(world: World, ben: Client) -> None:
    piece = make_article("Dov's public one", world.dov, PUBLIC)

    assert choices(ben.get(asks(piece)).content.decode()) == ["private", "public"]
    assert ben.post(asks(piece), {"audience": f"team-{world.foundry.pk}"}).status_code == 422


def test_an_address_that_is_taken_there_is_told(world: World, ada: Client) -> None:
    url = "https://example.com/one"
    shelve_piece(world.ben, "The first", TEAM, world.foundry, canonical_url=url)
    mine = shelve_piece(world.ada, "The second", words="Not the same.")
    Article.objects.filter(pk=mine.pk).update(canonical_url=url)

    answer = ada.post(asks(mine), {"audience": f"team-{world.foundry.pk}"})

    assert answer.status_code == 422
    assert "“The first” comes from the same address" in answer.content.decode()


def test_several_at_once(world: World, ada: Client) -> None:
    pieces = [make_article(f"Piece {number}", world.ada) for number in range(3)]
    ids = [piece.pk for piece in pieces]
    key = f"team-{world.foundry.pk}"
    page = ada.get("/articles/visibility/", {"piece": ids}).content.decode()
    assert page.count('name="piece"') == 3

    answer = ada.post("/articles/visibility/", {"piece": ids, "audience": key})

    assert (answer.status_code, answer["Location"]) == (303, "/articles/")
    assert {audience(one) for one in Article.objects.filter(pk__in=ids)} == {(TEAM, world.foundry.pk)}


def test_of_several_those_of_others_stay_and_hidden_ones_are_not_told_of(world: World, cleo: Client) -> None:
    ids = [world.private.pk, world.public.pk, world.elsewhere.pk, 10**17]

    page = cleo.get("/articles/visibility/", {"piece": [*map(str, ids), "x"]}).content.decode()
    cleo.post("/articles/visibility/", {"piece": ids, "audience": f"team-{world.foundry.pk}"})

    assert world.public.title in page
    assert "It stays as it is." in page
    assert world.elsewhere.title not in page
    assert [audience(Article.objects.get(pk=one.pk))[0] for one in (world.private, world.public, world.elsewhere)] == [
        "team",
        "public",
        "team",
    ]


def test_none_chosen_leads_back_to_the_shelf(world: World, cleo: Client) -> None:
    page = cleo.get("/articles/visibility/").content.decode()
    assert "No piece is chosen" in page
    assert cleo.post("/articles/visibility/", {"audience": "private"}).status_code == 422


def test_the_shelf_offers_to_choose(world: World, cleo: Client, client: Client) -> None:
    assert "Choose several" in cleo.get("/articles/").content.decode()
    assert "Choose several" not in client.get("/articles/?choose=1").content.decode()

    page = cleo.get("/articles/?choose=1&q=e").content.decode()

    assert re.findall(r'name="piece" value="(\d+)"', page) == [str(world.private.pk)]
    assert 'action="/articles/visibility/"' in page


def test_a_mark_answers_fragment(world: World, cleo: Client) -> None:
    mark = make_highlight(world.shared, "everything", world.cleo)
    address = f"/highlights/{mark.pk}/visibility/"
    form = cleo.get(address, headers=FRAGMENT).content.decode()
    assert "<html" not in form
    assert choices(form) == ["private", f"team-{world.foundry.pk}"]

    answer = cleo.post(address, {"audience": f"team-{world.foundry.pk}", "along": "on"}, headers=FRAGMENT)

    page = answer.content.decode()
    assert f'hx-target="#cards" hx-swap="place"><li class="card" id="highlight-{mark.pk}"' in page
    assert "the team Foundry" in page
    assert audience(Highlight.objects.get(pk=mark.pk)) == (TEAM, world.foundry.pk)


def test_a_mark_without_script(world: World, cleo: Client) -> None:
    mark = make_highlight(world.shared, "everything", world.cleo)

    answer = cleo.post(f"/highlights/{mark.pk}/visibility/", {"audience": f"team-{world.foundry.pk}"})

    assert (answer.status_code, answer["Location"]) == (303, mark.get_absolute_url())


def test_a_mark_that_goes_out_of_sight_leaves_the_margin(world: World, ben: Client) -> None:
    mark = make_highlight(world.shared, "everything", world.cleo, visibility=TEAM, team=world.foundry)

    answer = ben.post(f"/highlights/{mark.pk}/visibility/", {"audience": "private"}, headers=FRAGMENT)

    page = answer.content.decode()
    start, end = mark.anchors.values_list("start", "end").get()
    assert f'hx-target="[data-passage=&#x27;{start}-{end}&#x27;]" hx-swap="delete"' in page
    assert f'data-highlight="{mark.pk}"' not in page


def test_a_mark_checks_ownership(world: World, cleo: Client, vera: Client, dov: Client) -> None:
    mark = make_highlight(world.shared, "everything", world.ada, visibility=TEAM, team=world.foundry)
    address = f"/highlights/{mark.pk}/visibility/"

    assert [client.post(address, {"audience": "private"}).status_code for client in (cleo, vera, dov)] == [
        403,
        403,
        404,
    ]


def test_a_mark_goes_no_wider_than_its_piece(world: World, ada: Client) -> None:
    mark = make_highlight(world.shared, "everything", world.ada)

    assert ada.post(f"/highlights/{mark.pk}/visibility/", {"audience": "public"}).status_code == 422


def test_a_reader_of_several_teams_sees_which_one_a_mark_goes_to(world: World, cleo: Client) -> None:
    team = found_team("Night readers", world.cleo)
    page = cleo.get(f"{composer_of(world.public)}?exact=everything").content.decode()

    assert choices(page) == ["private", f"team-{world.foundry.pk}", f"team-{team.pk}", "public"]
    said = {"exact": "everything", "kind": "highlight", "visibility": "team"}
    assert cleo.post(f"{world.public.get_absolute_url()}highlights/", said).status_code == 422
    answer = cleo.post(f"{world.public.get_absolute_url()}highlights/", said | {"team": team.pk}, follow=True)

    assert "Highlight saved for the team Night readers." in answer.content.decode()


def test_queries_do_not_grow_with_rows(world: World, ada: Client) -> None:
    ids = [world.public.pk]

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            ada.get("/articles/visibility/", {"piece": [str(pk) for pk in ids]})
        return len(asked)

    ids.append(make_article("One more", world.ada, PUBLIC).pk)
    few = count()
    for number in range(12):
        piece = make_article(f"Piece {number}", world.ada, PUBLIC)
        write_note(make_highlight(piece, "everything", world.dov, visibility=PUBLIC), "Note", world.cleo)
        ids.append(piece.pk)

    assert count() == few


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_nobody_marks_what_is_taken_out_of_sight_meanwhile() -> None:
    world = make_world()
    passage = locate(newest(world.public), "everything")
    moved, refused = threading.Event(), []

    def mark_it() -> None:
        try:
            assert passage.revision.article.visibility == PUBLIC  # as the page was opened
            moved.wait(10)
            mark(passage, "highlight", world.dov, PUBLIC)
        except Http404:
            refused.append("mark")
        finally:
            connection.close()

    marking = threading.Thread(target=mark_it)
    marking.start()
    with transaction.atomic():
        move_article(world.public, "private", None, world.ada)
        moved.set()
        marking.join(0.5)
    marking.join(10)

    assert refused == ["mark"]
    assert not Highlight.objects.exists()


def test_a_note_written_on_a_page_that_was_open_before_goes_to_those_who_see_it_now(world: World) -> None:
    opened = make_highlight(world.public, "everything", world.ben, visibility=PUBLIC)
    move_article(world.public, TEAM, world.foundry.pk, world.ada)

    note = write_note(opened, "Late", world.ben)

    assert audience(note) == (TEAM, world.foundry.pk)
    with pytest.raises(Http404):
        write_note(opened, "Later", world.dov)
