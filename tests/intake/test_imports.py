"""Many things at once: brought in by the worker, watched at /imports/, stopped and tried again."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from reader.accounts.models import Membership
from reader.core.limits import LIMITS, Deed
from reader.core.models import Event
from reader.core.refusals import Refused
from reader.intake.imports import Door, Import, Item, NotBrought, Outcome, Step, keep, open_kept, queue
from reader.intake.imports.files import CHUNK
from reader.intake.imports.models import SILENCE, ImportChunk, ImportItem
from reader.intake.imports.running import UNFORESEEN, WALKS, carry_on, run_import
from reader.intake.jobs import forget_old_imports
from tests.pages.asking import FRAGMENT
from tests.world import World


class Box:
    """A door of letters, each named by a word; what is done with each is told, and counted."""

    def __init__(self, *letters: str) -> None:
        self.letters, self.brought, self.failing = list(letters), list[str](), set[str]()
        self.ends_with: Exception | None = None

    def walk(self, work: Import) -> Iterator[Step]:
        work.expect(len(self.letters))
        for letter in self.letters:
            yield Step(letter, letter, partial(self.bring, letter))
        if self.ends_with:
            raise self.ends_with

    def bring(self, letter: str) -> Iterable[Item]:
        self.brought.append(letter)
        if letter in self.failing:
            raise Refused("It is empty.")
        return [Item(name=letter, outcome=Outcome.ADDED, sentence="Of May.")]


@pytest.fixture
def box(monkeypatch: pytest.MonkeyPatch) -> Box:
    made = Box("one", "two", "three")
    monkeypatch.setitem(WALKS, Door.MAIL, made.walk)
    return made


def begin(world: World, source: str = "letters.mbox") -> Import:
    work = Import.begin(world.cleo, Door.MAIL, source)
    queue(work)
    return work


def worked(work: Import) -> Import:
    run_import.func(import_id=work.pk)
    work.refresh_from_db()
    return work


def count_queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


def events_of(work: Import) -> list[str]:
    return list(
        Event.objects.filter(subject_kind="import", subject_id=work.pk).order_by("pk").values_list("verb", flat=True)
    )


def test_it_works(cleo: Client, world: World, box: Box) -> None:
    work = begin(world)
    shown = cleo.get(work.get_absolute_url()).content.decode()
    assert "Waiting for its turn" in shown
    assert 'hx-trigger="every 1s"' in shown

    worked(work)

    assert (work.state, work.done, work.total, work.percent) == ("done", 3, 3, 100)
    shown = cleo.get(work.get_absolute_url()).content.decode()
    assert "3 added" in shown
    assert "Of May." in shown
    assert "every 1s" not in shown
    assert "letters.mbox" in cleo.get("/imports/").content.decode()
    assert events_of(work) == ["began", "ended"]


def test_what_is_in_it_twice_comes_in_once_and_is_told(world: World, box: Box) -> None:
    box.letters += ["one"]
    work = worked(begin(world))
    assert (work.state, work.done, work.total, box.brought) == ("done", 4, 4, ["one", "two", "three"])
    assert (work.added, work.known) == (3, 1)
    assert work.items.get(outcome=Outcome.KNOWN).sentence == "The same is in it twice."


def test_what_fails_is_told_and_the_rest_comes_in(cleo: Client, world: World, box: Box) -> None:
    box.failing = {"two"}
    work = worked(begin(world))
    assert (work.state, work.added, work.failed) == ("done", 2, 1)
    shown = cleo.get(work.get_absolute_url()).content.decode()
    assert "It is empty." in shown
    assert "Repeats the 1 that did not come in" in shown
    only = cleo.get(f"{work.get_absolute_url()}?only=failed").content.decode()
    assert only.count("Not brought in</strong>") == 1
    assert "Of May." not in only


def test_what_nobody_foresaw_ends_one_part_alone(world: World, box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(letter: str) -> Iterable[Item]:
        raise KeyError(letter)

    monkeypatch.setattr(box, "bring", stumble)
    work = worked(begin(world))
    assert (work.state, work.failed) == ("done", 3)
    assert set(work.items.values_list("sentence", flat=True)) == {UNFORESEEN}


def test_trying_again_repeats_what_failed_alone(cleo: Client, world: World, box: Box) -> None:
    box.failing = {"two"}
    work = worked(begin(world))
    box.brought, box.failing = [], set()

    answer = cleo.post(f"{work.get_absolute_url()}repetition/")
    worked(work)

    assert answer.status_code == 303
    assert box.brought == ["two"]
    assert (work.state, work.added, work.failed) == ("done", 3, 0)
    assert work.items.count() == 3
    assert events_of(work) == ["began", "ended", "began again", "ended"]


def test_trying_again_what_is_whole_changes_nothing(cleo: Client, world: World, box: Box) -> None:
    work = worked(begin(world))
    answer = cleo.post(f"{work.get_absolute_url()}repetition/", follow=True)
    assert "nothing to try again" in answer.content.decode()
    assert worked(work).state == "done"


def test_it_stops_when_its_reader_says_so(
    cleo: Client, world: World, box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    work, bring = begin(world), box.bring

    def stopping(letter: str) -> Iterable[Item]:
        cleo.post(f"{work.get_absolute_url()}cancellation/")
        return bring(letter)

    monkeypatch.setattr(box, "bring", stopping)
    worked(work)

    assert (work.state, box.brought, work.added) == ("cancelled", ["one"], 1)
    monkeypatch.setattr(box, "bring", bring)
    cleo.post(f"{work.get_absolute_url()}repetition/")
    assert worked(work).state == "done"
    assert box.brought == ["one", "two", "three"]


def test_a_stopped_one_is_not_taken_up(cleo: Client, world: World, box: Box) -> None:
    work = begin(world)
    cleo.post(f"{work.get_absolute_url()}cancellation/")
    assert (worked(work).state, box.brought) == ("cancelled", [])


def test_a_large_one_lets_others_go_first_and_goes_on(world: World, box: Box) -> None:
    work = begin(world)
    work.take_up()
    assert not carry_on(work, seconds=-1)
    assert box.brought == ["one"]
    worked(work)
    assert (work.state, box.brought) == ("done", ["one", "two", "three"])


def test_a_slice_that_is_over_is_queued_again(world: World, box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.intake.imports.running.carry_on", lambda work: False)
    worked(begin(world))
    assert DBTaskResult.objects.filter(task_path="reader.intake.imports.running.run_import").count() == 2


def test_a_killed_worker_leaves_nothing_twice(world: World, box: Box) -> None:
    work = begin(world)
    work.take_up()
    work.note("one", box.bring("one"))
    worked(work)
    assert (work.added, work.items.count(), box.brought) == (3, 3, ["one", "two", "three"])


def test_a_step_noted_again_counts_once(world: World, box: Box) -> None:
    work = begin(world)
    work.take_up()
    work.note("one", [Item(name="one", outcome=Outcome.FAILED)])
    work.note("one", [Item(name="one", outcome=Outcome.ADDED), Item(name="another", outcome=Outcome.KNOWN)])
    work.refresh_from_db()
    assert (work.failed, work.added, work.known, work.items.count()) == (0, 1, 1, 2)


def test_what_cannot_be_read_says_why_and_keeps_what_came(cleo: Client, world: World, box: Box) -> None:
    box.ends_with = NotBrought("The file breaks off after the third letter.")
    work = worked(begin(world))
    assert (work.state, work.added) == ("failed", 3)
    assert "breaks off after the third" in cleo.get(work.get_absolute_url()).content.decode()


def test_one_whose_worker_is_gone_can_be_begun_again(cleo: Client, world: World, box: Box) -> None:
    work = begin(world)
    work.take_up()
    Import.objects.filter(pk=work.pk).update(heard_at=timezone.now() - SILENCE - timedelta(minutes=1))
    assert "Stands still" in cleo.get(work.get_absolute_url()).content.decode()
    cleo.post(f"{work.get_absolute_url()}repetition/")
    assert worked(work).state == "done"


def test_its_file_is_read_from_anywhere(world: World) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        made.writestr("long.txt", bytes(range(256)) * 10_000)
        made.writestr("a.txt", "A letter.")
    work = begin(world)
    keep(work, iter([packed.getvalue()[:1000], packed.getvalue()[1000:]]))
    work.refresh_from_db()

    assert work.size == len(packed.getvalue())
    assert ImportChunk.objects.count() == work.size // CHUNK + 1
    with zipfile.ZipFile(open_kept(work)) as kept:
        assert kept.read("a.txt") == b"A letter."
        assert kept.read("long.txt") == bytes(range(256)) * 10_000


def test_its_file_goes_once_all_of_it_is_in(world: World, box: Box) -> None:
    work = begin(world)
    keep(work, [b"letters"])
    box.failing = {"one"}
    assert worked(work).chunks.exists()
    box.failing = set()
    work.begin_again()
    assert not worked(work).chunks.exists()


def test_without_its_file_it_is_not_tried_again(world: World, box: Box) -> None:
    work = begin(world)
    keep(work, [b"letters"])
    box.failing = {"one"}
    worked(work)
    Import.objects.update(ended_at=timezone.now() - timedelta(days=31))
    forget_old_imports.func()
    with pytest.raises(Refused):
        work.begin_again()


def test_the_place_in_the_file_tells_the_progress(world: World) -> None:
    work = begin(world)
    keep(work, [b"x" * 200])
    work.take_up()
    work.note("one", [Item(name="one", outcome=Outcome.ADDED)], place=50)
    work.refresh_from_db()
    assert (work.percent, work.place) == (25, 50)


def test_its_pieces_go_to_the_team_only_while_its_reader_writes_there(world: World) -> None:
    work = Import.begin(world.cleo, Door.MAIL, "x", visibility="team", team_of_pieces=world.foundry)
    assert work.audience == ("team", world.foundry.pk)
    Membership.objects.filter(user=world.cleo).update(role="viewer")
    assert Import.objects.get(pk=work.pk).audience == ("private", None)


def test_a_piece_that_its_reader_sees_no_more_is_no_link(cleo: Client, world: World) -> None:
    work = begin(world)
    work.take_up()
    work.note("one", [Item(name="The memo", outcome=Outcome.KNOWN, article=world.elsewhere)])
    work.note("two", [Item(name="Mine", outcome=Outcome.ADDED, article=world.private)])
    shown = cleo.get(work.get_absolute_url()).content.decode()
    assert world.private.get_absolute_url() in shown
    assert world.elsewhere.slug not in shown


def test_it_answers_a_fragment(cleo: Client, world: World, box: Box) -> None:
    work = worked(begin(world))
    part = cleo.get(work.get_absolute_url(), headers=FRAGMENT).content.decode()
    assert '<section id="work"' in part
    assert "<html" not in part
    assert "<html" not in cleo.get("/imports/", headers=FRAGMENT).content.decode()


def test_more_lines_come_by_a_cursor(cleo: Client, world: World, box: Box) -> None:
    box.letters = [f"letter {number}" for number in range(40)]
    work = worked(begin(world))
    shown = cleo.get(work.get_absolute_url()).content.decode()
    cursor = shown.split("after=")[1].split('"')[0]
    more = cleo.get(f"{work.get_absolute_url()}?only=&after={cursor}", headers=FRAGMENT).content.decode()
    assert more.count("<li") == 10
    assert "<section" not in more


def test_its_number_of_queries_does_not_grow(cleo: Client, world: World, box: Box) -> None:
    box.letters = [f"letter {number}" for number in range(25)]
    few = begin(world)
    few.take_up()
    few.note("one", [Item(name="one", outcome=Outcome.ADDED, article=world.private)])
    few.finish()
    many = worked(begin(world))
    ImportItem.objects.filter(work=many).update(article=world.private)
    assert count_queries(cleo, many.get_absolute_url()) <= count_queries(cleo, few.get_absolute_url())
    before = count_queries(cleo, "/imports/")
    for _ in range(5):
        worked(begin(world))
    assert count_queries(cleo, "/imports/") == before


def test_an_empty_list_says_what_it_is_for(cleo: Client) -> None:
    assert "Nothing is on its way" in cleo.get("/imports/").content.decode()


def test_addresses_that_were_asked_for_stand_there(cleo: Client) -> None:
    cleo.post("/articles/new/fetches/", {"url": "https://site.example/grid"})
    assert "site.example/grid" in cleo.get("/imports/").content.decode()


def test_it_checks_ownership(cleo: Client, ben: Client, world: World) -> None:
    address = begin(world).get_absolute_url()
    missing = ben.get("/imports/999999/")
    for answer in (ben.get(address), ben.post(f"{address}cancellation/"), ben.post(f"{address}repetition/")):
        assert (answer.status_code, answer.content) == (404, missing.content)
    assert "letters.mbox" not in ben.get("/imports/").content.decode()


def test_it_rejects_the_wrong_method(cleo: Client, world: World) -> None:
    address = begin(world).get_absolute_url()
    assert cleo.post(address).status_code == 405
    assert cleo.get(f"{address}cancellation/").status_code == 405


def test_too_many_are_told_to_wait(world: World) -> None:
    for _ in range(LIMITS[Deed.IMPORT].most):
        begin(world)
    with pytest.raises(Exception, match="imports in 10 minutes"):
        begin(world)
