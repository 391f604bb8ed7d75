"""An import that is taken back: what it made goes, what somebody built on since stays, and the file may come again."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reader.accounts.models import Membership
from reader.claims.models import Claim
from reader.claims.proposing import propose, read_proposal
from reader.core.models import Event
from reader.core.visibility import Scope
from reader.highlights.models import Anchor, Highlight, Note, write_note
from reader.highlights.reactions import react
from reader.intake.imports import taking_back
from reader.intake.imports.made import Made, Stays
from reader.intake.imports.models import Import, State
from reader.intake.imports.taking_back import carry_on
from reader.intake.parcels.awaiting import Came, fetch_one, settle
from reader.intake.parcels.models import Awaited, KnownLetter, Plan
from reader.intake.reading import Form, read
from reader.library.models import Article, Reading, Revision
from reader.library.shelving import describe, details_of
from reader.search.models import SearchRecord
from tests.intake.exports.test_bookmarks import NETSCAPE
from tests.intake.exports.test_clippings import CLIPPINGS
from tests.intake.exports.test_tables import READWISE
from tests.intake.fetching.servers import network, page, site
from tests.intake.mail.post import body, box, mail
from tests.intake.parcels.parcels import bring, let_in
from tests.intake.parcels.test_exports import PIECE, URL, hypothesis, piece_at
from tests.library.pieces import as_text
from tests.world import World, make_highlight, newest

QUOTES = ("small models will matter", "herds", "Never written here at all")


def take_back(client: Client, work: Import) -> Import:
    answer = client.post(f"{work.get_absolute_url()}taking-back/")
    assert (answer.status_code, answer.headers["Location"]) == (303, work.get_absolute_url())
    work.refresh_from_db()
    assert work.state == State.TAKING
    assert carry_on(work, 60)
    work.refresh_from_db()
    assert work.state == State.TAKEN
    return work


def says(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def told(client: Client, work: Import) -> str:
    """What would go and what would stay, in words."""
    return says(client, f"{work.get_absolute_url()}taking-back/").partition("<h1>")[2].partition("<form")[0]


def everything() -> list[int]:
    """How many there are of all that an import makes."""
    kinds = (Article, Revision, Highlight, Anchor, Note, Awaited, KnownLetter, SearchRecord)
    return [kind._default_manager.count() for kind in kinds]


def letters(*titles: str) -> bytes:
    return box(*(mail(body(title, 2030 + number), subject=title) for number, title in enumerate(titles)))


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("annotations.json", hypothesis(*QUOTES)),
        ("My Clippings.txt", CLIPPINGS),
        ("letters.mbox", letters("One", "Two")),
        ("piece.html", PIECE.decode()),
        ("bookmarks.html", NETSCAPE),
    ],
)
def test_all_is_as_it_was_and_may_come_again(cleo: Client, world: World, name: str, file: str | bytes) -> None:
    before = everything()
    work = bring(cleo, (name, file))
    brought = everything()
    assert brought != before

    take_back(cleo, work)

    after = everything()
    assert after[:-1] == before[:-1]  # names of authors and publications may stay to be found
    again = bring(cleo, (name, file))
    assert (again.added, again.changed) == (work.added, work.changed)
    assert everything() == brought


def test_marks_in_a_piece_that_was_here_go_and_the_piece_stays(cleo: Client, world: World) -> None:
    piece = piece_at(URL, world)
    mine = make_highlight(piece, "clear", world.cleo)
    work = bring(cleo, ("annotations.json", hypothesis(*QUOTES)))

    taken = take_back(cleo, work)

    assert (taken.taken_pieces, taken.taken_marks) == (0, 3)
    assert list(Highlight.objects.filter(article=piece)) == [mine]
    assert "Went: 3 marks." in says(cleo, work.get_absolute_url())
    assert bring(cleo, ("annotations.json", hypothesis(*QUOTES))).changed == 1
    assert Highlight.objects.filter(article=piece).count() == 4


def test_a_note_that_came_to_a_mark_that_was_here_goes_alone(cleo: Client, world: World) -> None:
    piece = piece_at(URL, world)
    mine = make_highlight(piece, "It is becoming clear", world.cleo)
    own = write_note(mine, "Mine", world.cleo)
    work = bring(cleo, ("annotations.json", hypothesis("It is becoming clear")))
    assert Note.objects.filter(highlight=mine).exclude(pk=own.pk).count() == 1

    take_back(cleo, work)

    assert list(Note.objects.standing().filter(highlight=mine)) == [own]
    assert Highlight.objects.standing().filter(pk=mine.pk).exists()


def test_each_that_goes_is_an_event_and_leaves_the_search(cleo: Client, world: World) -> None:
    work = bring(cleo, ("annotations.json", hypothesis("A passage that is found", "Another one")))
    piece = Article.objects.get(canonical_url=URL)
    marks = set(Highlight.objects.filter(article=piece).values_list("pk", flat=True))
    notes = set(Note.objects.values_list("pk", flat=True))
    assert f"#h-{min(marks)}" in says(cleo, "/search/?q=passage")
    since = Event.objects.latest("pk").pk

    take_back(cleo, work)

    told = Event.objects.filter(pk__gt=since).values_list("subject_kind", "verb", "subject_id", "actor", "visibility")
    assert {row[2] for row in told if row[:2] == ("highlight", "deleted")} == marks
    assert {row[2] for row in told if row[:2] == ("note", "deleted")} == notes
    assert [row[2:] for row in told if row[:2] == ("article", "removed")] == [(piece.pk, world.cleo.pk, "private")]
    assert [row[1] for row in told if row[0] == "import"] == ["began to take back", "took back"]
    assert "#h-" not in says(cleo, "/search/?q=passage")
    assert cleo.get(piece.get_absolute_url()).status_code == 404


def mark_more(piece: Article, world: World) -> None:
    make_highlight(piece, "neither waits for the other", world.cleo)


def write_on_the_piece(piece: Article, world: World) -> None:
    write_note(piece, "Read this again", world.cleo)


def give_a_text(piece: Article, world: World) -> None:
    piece.revise(as_text("Another text, by hand."), world.cleo)


def correct_it(piece: Article, world: World) -> None:
    describe(piece, replace(details_of(piece), title="As it is really called"), world.cleo)


def tag_it(piece: Article, world: World) -> None:
    piece.label(["to be kept"], world.cleo, Scope(world.cleo.pk))


@pytest.mark.parametrize(
    ("build", "why"),
    [
        (correct_it, Stays.DETAIL),
        (tag_it, Stays.DETAIL),
        (mark_more, Stays.USED),
        (write_on_the_piece, Stays.USED),
        (give_a_text, Stays.TEXT),
    ],
)
def test_what_its_reader_built_on_stays(
    cleo: Client, world: World, build: Callable[[Article, World], None], why: Stays
) -> None:
    work = bring(cleo, ("piece.html", PIECE.decode()), ("letters.mbox", letters("One")))
    piece = Article.objects.get(title="The grid is the model")
    build(piece, world)
    said = says(cleo, f"{work.get_absolute_url()}taking-back/")
    assert "This goes: 1 piece." in said
    assert f"1 piece: {why.label}" in said

    taken = take_back(cleo, work)

    assert (taken.taken_pieces, Article.objects.filter(pk=piece.pk).count()) == (1, 1)
    assert not Article.objects.filter(title="One").exists()
    page_of_it = says(cleo, work.get_absolute_url())
    assert ("Went: 1 piece. Stays: 1 piece" in page_of_it, str(why.label) in page_of_it) == (True, True)
    assert f'href="{piece.get_absolute_url()}"' in page_of_it


def answer_it(mark: Highlight, world: World) -> None:
    write_note(mark, "Is it so?", world.cleo)


def answer_its_note(mark: Highlight, world: World) -> None:
    write_note(mark, "Yes", world.cleo, parent=mark.notes.get())


def rewrite_its_note(mark: Highlight, world: World) -> None:
    note = mark.notes.get()
    note.rewrite("Other words", note.version, world.cleo)


def claim_it(mark: Highlight, world: World) -> Claim:
    mark.change_kind("prediction", world.cleo)
    return propose(mark, read_proposal(mark.exact, mark.article), world.cleo)


@pytest.mark.parametrize(
    "build",
    [
        answer_it,
        answer_its_note,
        rewrite_its_note,
        claim_it,
        lambda mark, world: mark.label(["kept"], world.cleo),
        lambda mark, world: react(mark, "agree", world.cleo),
    ],
    ids=["note", "reply", "rewritten", "claim", "tag", "response"],
)
def test_a_mark_that_was_built_on_stays_with_its_piece(
    cleo: Client, world: World, build: Callable[[Highlight, World], object]
) -> None:
    work = bring(cleo, ("annotations.json", hypothesis("A first passage", "A second passage")))
    mark = Highlight.objects.get(exact="A first passage")
    build(mark, world)
    assert "1 piece: Something was marked" in says(cleo, f"{work.get_absolute_url()}taking-back/")

    taken = take_back(cleo, work)

    assert list(Highlight.objects.filter(article__canonical_url=URL)) == [mark]
    assert mark.notes.count() >= 1
    assert (taken.taken_pieces, taken.taken_marks) == (0, 1)
    assert Made.objects.get(work=work, highlight=mark).stays == Stays.MARK


def test_tags_and_details_of_the_import_itself_keep_nothing(cleo: Client, world: World) -> None:
    work = bring(cleo, ("readwise-data.csv", READWISE))
    assert Event.objects.filter(verb="tagged", subject_kind="article").exists()
    assert take_back(cleo, work).taken_pieces == work.added > 0


def test_what_another_import_found_here_is_counted(cleo: Client, world: World) -> None:
    first = bring(cleo, ("piece.html", PIECE.decode()), ("letters.mbox", letters("One")))
    assert "in another import" not in told(cleo, first)
    second = bring(cleo, ("by-another-name.html", PIECE.decode()))
    assert second.known == 1
    assert "This goes: 2 pieces. 1 of the pieces was in another import too." in told(cleo, first)


def test_tags_that_others_gave_for_themselves_are_not_told(cleo: Client, world: World) -> None:
    work = bring_for(cleo, f"team:{world.foundry.pk}", "piece.html", PIECE.decode())
    before = told(cleo, work)
    Article.objects.get(title="The grid is the model").label(["mine"], world.ben, Scope(world.ben.pk))
    assert told(cleo, work) == before


def test_a_mark_that_was_deleted_since_keeps_nothing(cleo: Client, world: World) -> None:
    work = bring(cleo, ("annotations.json", hypothesis("A first passage")))
    Highlight.objects.get(exact="A first passage").delete_by(world.cleo)
    assert take_back(cleo, work).taken_pieces == 1


def test_marks_of_another_import_keep_the_piece_until_that_is_taken_back(cleo: Client, world: World) -> None:
    first = bring(cleo, ("one.json", hypothesis("A first passage")))
    second = bring(cleo, ("two.json", hypothesis("A first passage", "A second passage")))
    assert told(cleo, first).count("1 piece: Something was marked") == 1
    assert take_back(cleo, second).taken_marks == 1
    assert take_back(cleo, first).taken_pieces == 1


def bring_for(client: Client, seen_by: str, *file: str) -> Import:
    made = SimpleUploadedFile(file[0], file[1].encode())
    assert client.post("/imports/new/", {"chosen": [made], "seen_by": seen_by}).status_code == 303
    return let_in(client, Plan.objects.latest("pk"))


def test_a_teams_piece_goes_while_nobody_else_has_read_it(cleo: Client, world: World) -> None:
    work = bring_for(cleo, f"team:{world.foundry.pk}", "piece.html", PIECE.decode())
    piece = Article.objects.get(title="The grid is the model")
    assert piece.team == world.foundry
    assert take_back(cleo, work).taken_pieces == 1


@pytest.mark.parametrize("what", ["read", "marked"])
def test_what_others_of_the_team_have_read_or_marked_stays(cleo: Client, world: World, what: str) -> None:
    work = bring_for(cleo, f"team:{world.foundry.pk}", "piece.html", PIECE.decode())
    piece = Article.objects.get(title="The grid is the model")
    if what == "read":
        Reading.objects.create(article=piece, reader=world.ben)
    else:
        make_highlight(piece, "neither waits for the other", world.ben)
    taken = take_back(cleo, work)
    assert (taken.taken_pieces, Made.objects.get(work=work).stays) == (0, Stays.OTHERS)


def test_a_piece_that_is_somebody_elses_by_now_stays(cleo: Client, world: World) -> None:
    work = bring(cleo, ("piece.html", PIECE.decode()))
    Article.objects.filter(title="The grid is the model").update(owner=world.ben)
    take_back(cleo, work)
    assert Made.objects.get(work=work).stays == Stays.RIGHTS


def leave_the_team(world: World) -> None:
    Membership.objects.filter(team=world.foundry, user=world.cleo).delete()


def test_who_left_the_team_learns_nothing_of_what_it_does(cleo: Client, world: World) -> None:
    work = bring_for(cleo, f"team:{world.foundry.pk}", "piece.html", PIECE.decode())
    leave_the_team(world)
    before = told(cleo, work)
    Reading.objects.create(article=Article.objects.get(title="The grid is the model"), reader=world.ben)
    assert told(cleo, work) == before
    assert f"1 piece: {Stays.RIGHTS.label}" in before


def test_rights_are_asked_anew_for_each_batch(cleo: Client, world: World) -> None:
    work = bring_for(cleo, f"team:{world.foundry.pk}", "piece.html", PIECE.decode())
    taking_back.begin(work)
    assert work.owner.roles  # known from an earlier batch
    leave_the_team(world)
    taking_back.take_some(work)
    assert Made.objects.get(work=work).stays == Stays.RIGHTS


def test_what_everyone_sees_stays_and_tells_nothing_of_others(cleo: Client, world: World) -> None:
    work = bring_for(cleo, "public", "piece.html", PIECE.decode())
    before = told(cleo, work)
    make_highlight(Article.objects.get(title="The grid is the model"), "neither waits for the other", world.dov)
    assert told(cleo, work) == before
    assert "1 piece: Everyone sees it." in before
    take_back(cleo, work)
    assert Made.objects.get(work=work).stays == Stays.PUBLIC


def test_a_text_that_came_later_by_itself_is_of_the_import(cleo: Client, world: World) -> None:
    work = bring(cleo, ("annotations.json", hypothesis("neither waits for the other")))
    with site(lambda line: [page(PIECE)]) as made:
        fetch_one(Awaited.objects.get(), network(made))
    assert newest(Article.objects.get(canonical_url=URL)).number == 2
    assert take_back(cleo, work).taken_pieces == 1


def test_a_piece_that_came_of_an_address_goes_too(cleo: Client, world: World) -> None:
    work = bring(cleo, ("bookmarks.html", NETSCAPE))
    one = Awaited.objects.exclude(notes=[]).get()
    Awaited.objects.filter(pk=one.pk).update(url=URL)
    one.refresh_from_db()
    with site(lambda line: [page(PIECE)]) as made:
        fetch_one(one, network(made))
    assert Article.objects.get(canonical_url=URL).notes.exists()
    taken = take_back(cleo, work)
    assert (taken.taken_pieces, taken.taken_addresses) == (1, 1)
    assert not Article.objects.filter(canonical_url=URL).exists()


def test_an_address_that_another_import_named_too_is_its_own_then(cleo: Client, world: World) -> None:
    first = bring(cleo, ("bookmarks.html", NETSCAPE))
    count = Awaited.objects.count()
    second = bring_for(cleo, "public", "again.html", f"{NETSCAPE}<!-- another file -->")
    assert "Nothing goes." in told(cleo, first)

    assert take_back(cleo, first).taken_addresses == 0

    assert second.still_awaited.filter(visibility="public").count() == Awaited.objects.count() == count
    assert f"This goes: {count} addresses to be fetched." in told(cleo, second)
    assert take_back(cleo, second).taken_addresses == count
    assert not Awaited.objects.exists()


def test_who_named_an_address_second_may_go_first(cleo: Client, world: World) -> None:
    first = bring(cleo, ("bookmarks.html", NETSCAPE))
    second = bring(cleo, ("again.html", f"{NETSCAPE}<!-- another file --><A HREF='https://x.example/new'>New</A>"))
    count = first.still_awaited.count()
    assert take_back(cleo, second).taken_addresses == 1
    assert first.still_awaited.count() == count
    assert take_back(cleo, first).taken_addresses == count


def test_an_address_that_an_import_revives_is_its_own(cleo: Client, world: World) -> None:
    first = bring(cleo, ("bookmarks.html", NETSCAPE))
    one = Awaited.objects.earliest("pk")
    assert one.take_off()
    second = bring(cleo, ("again.html", f"{NETSCAPE}<!-- another file -->"))
    assert list(second.still_awaited) == [one]
    take_back(cleo, first)
    assert one in second.still_awaited


def test_what_is_fetched_at_the_moment_is_of_the_import_that_waits_now(cleo: Client, world: World) -> None:
    first = bring(cleo, ("bookmarks.html", NETSCAPE))
    one = Awaited.objects.earliest("pk")
    came = Came(PIECE.decode(), URL, read(PIECE.decode(), Form.HTML, url=URL))
    second = bring(cleo, ("again.html", f"{NETSCAPE}<!-- another file -->"))
    take_back(cleo, first)
    settle(one, came)
    assert {made.work for made in Made.objects.all()} == {second}


def test_what_is_fetched_at_the_moment_does_not_come(cleo: Client, world: World) -> None:
    work = bring(cleo, ("bookmarks.html", NETSCAPE))
    one = Awaited.objects.earliest("pk")
    came = Came(PIECE.decode(), URL, read(PIECE.decode(), Form.HTML, url=URL))
    take_back(cleo, work)
    settle(one, came)
    assert not Article.objects.filter(canonical_url=URL).exists()


def test_it_goes_on_in_slices(cleo: Client, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking_back, "BATCH", 1)
    work = bring(cleo, ("letters.mbox", letters("One", "Two", "Three")))
    cleo.post(f"{work.get_absolute_url()}taking-back/")
    work.refresh_from_db()
    assert not carry_on(work, -1)
    work.refresh_from_db()
    assert (work.state, work.taken_pieces, work.percent) == (State.TAKING, 1, 33)
    assert "33 %" in says(cleo, work.get_absolute_url())
    assert "Being taken back, 33 %" in says(cleo, "/imports/")
    while not carry_on(work, -1):
        pass
    work.refresh_from_db()
    assert (work.state, work.taken_pieces) == (State.TAKEN, 3)


def test_nothing_is_taken_back_twice_or_while_it_comes_in(cleo: Client, world: World) -> None:
    work = bring(cleo, ("piece.html", PIECE.decode()))
    address = f"{work.get_absolute_url()}taking-back/"
    Import.objects.filter(pk=work.pk).update(state=State.RUNNING, ended_at=None)
    assert cleo.get(address).status_code == 303
    assert "Nothing was changed." in cleo.post(address, follow=True).content.decode()
    Import.objects.filter(pk=work.pk).update(state=State.DONE, ended_at=timezone.now())
    take_back(cleo, work)
    assert "Nothing was changed." in cleo.post(address, follow=True).content.decode()
    said = says(cleo, work.get_absolute_url())
    assert ("Take this import back" in said, "Try again" in said) == (False, False)


def test_one_without_anything_of_its_own_offers_nothing(cleo: Client, world: World) -> None:
    bring(cleo, ("piece.html", PIECE.decode()))
    again = bring(cleo, ("piece.html", PIECE.decode()))
    assert "Take this import back" not in says(cleo, again.get_absolute_url())


def test_another_reader_finds_no_such_page(cleo: Client, dov: Client, world: World) -> None:
    work = bring(cleo, ("piece.html", PIECE.decode()))
    address = f"{work.get_absolute_url()}taking-back/"
    assert (dov.get(address).status_code, dov.post(address).status_code) == (404, 404)


def test_more_pieces_and_marks_ask_no_more_queries(cleo: Client, world: World) -> None:
    def queries(titles: range) -> tuple[int, int]:
        pieces = [
            (f"{title}.json", hypothesis("First passage", "Second passage", url=f"http://site.example/{title}"))
            for title in titles
        ]
        work = bring(cleo, *pieces)
        with CaptureQueriesContext(connection) as looked:
            assert cleo.get(f"{work.get_absolute_url()}taking-back/").status_code == 200
        with CaptureQueriesContext(connection) as asked:
            take_back(cleo, work)
        return len(looked), len(asked)

    assert queries(range(2, 14)) == queries(range(2))


def test_the_worker_does_it(cleo: Client, world: World) -> None:
    work = bring(cleo, ("piece.html", PIECE.decode()))
    cleo.post(f"{work.get_absolute_url()}taking-back/")
    taking_back.take_back.func(import_id=work.pk)
    work.refresh_from_db()
    assert (work.state, work.taken_pieces) == (State.TAKEN, 1)
