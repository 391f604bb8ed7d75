"""What changes is found otherwise from that moment, and by nobody who may not see it."""

import gc
from collections.abc import Callable, Generator
from dataclasses import replace
from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from reader.accounts.models import User
from reader.claims.disbanding import depart
from reader.claims.moving import move_article, move_highlight
from reader.core.collecting import SELDOM
from reader.core.visibility import Visibility
from reader.curation import note_rulings
from reader.curation.tag_rulings import merge, rename
from reader.highlights.models import Kind, write_note
from reader.library.models import Article, Text
from reader.library.searching import is_behind
from reader.library.shelving import describe, details_of
from reader.search import queries
from reader.search.engine import Rows, engine
from reader.search.faceting import facets_of
from reader.search.indexing import reindex
from reader.search.language import parse
from reader.search.models import SearchRecord
from reader.search.postgresql import AT_ONCE, INDEX
from reader.search.queries import find, hits_of
from reader.tags.models import Tag
from tests.claims.predictions import make_claim
from tests.search.records import drift, kept, words_without_record
from tests.world import World, make_article, make_highlight

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 1)


def found(text: str, user: User) -> list[str]:
    return [row.kind for row, _ in hits_of(find(parse(text), user, TODAY).rows, user)]


def test_a_new_text_replaces_the_old(world: World) -> None:
    world.private.revise(Text("<p>Of quinces.</p>", "Of quinces.", "", "paste_html"), world.cleo)

    assert found("quinces", world.cleo) == ["article"]
    assert found("herds kind:article by:me", world.cleo) == []
    assert drift() == {}


def test_another_title_and_author(world: World) -> None:
    make_highlight(world.private, "herds", world.cleo)
    details = replace(details_of(world.private), title="Of quinces", authors=["Ada Quince"])

    describe(world.private, details, world.cleo)

    assert found("kind:article quinces", world.cleo) == ["article"]
    assert found("author:quince kind:highlight", world.cleo) == ["highlight"]
    assert found("kind:person quince", world.dov) == []
    assert drift() == {}


def test_a_deletion_and_its_undoing(world: World) -> None:
    mark = make_highlight(world.private, "herds", world.cleo)
    write_note(mark, "Of quinces.", world.cleo)

    mark.delete_by(world.cleo)
    assert found("kind:highlight herds", world.cleo) == found("quinces", world.cleo) == []
    assert drift() == {}

    mark.restore(world.cleo)
    assert found("kind:highlight herds", world.cleo) == ["highlight"]
    assert found("quinces", world.cleo) == ["note"]
    assert drift() == {}


def test_a_narrowing(world: World) -> None:
    mark = make_highlight(world.public, "herds", world.ada, visibility=Visibility.PUBLIC)
    assert found("kind:highlight herds", world.dov) == ["highlight"]

    move_highlight(mark, Visibility.TEAM, world.foundry.pk, world.ada)
    assert found("kind:highlight herds", world.dov) == []
    assert found("kind:highlight herds", world.vera) == ["highlight"]

    move_article(world.public, Visibility.PRIVATE, None, world.ada)
    assert found("kind:highlight herds", world.vera) == []
    assert found('"ends the year of"', world.vera) == found('"ends the year of"', world.dov) == []
    assert drift() == {}


def test_the_removal_of_a_member(world: World) -> None:
    make_highlight(world.shared, "herds", world.cleo, visibility=Visibility.TEAM, team=world.foundry)
    make_highlight(world.shared, "everything", world.cleo)
    note = write_note(world.shared, "Of quinces.", world.cleo)
    assert found("foundry kind:article", world.cleo) == ["article"]

    depart(world.foundry.memberships.get(user=world.cleo), world.ada)
    cleo = User.objects.get(pk=world.cleo.pk)

    assert found("herds kind:highlight", cleo) == []
    assert found("quinces", cleo) == []
    assert found("herds kind:highlight", world.vera) == ["highlight"]
    assert found("quinces", world.vera) == ["note"]
    assert note.owner_id == cleo.pk
    # what she kept to herself stands in a copy of her own
    assert found("everything kind:highlight", cleo) == ["highlight"]
    assert drift() == {}


def test_what_a_curator_hid_is_its_writers_alone(world: World) -> None:
    note = write_note(world.public, "Of quinces.", world.cleo)

    note_rulings.hide(note, world.ben, reason="It gives away too much.")

    assert found("quinces", world.cleo) == ["note"]
    assert found("quinces", world.ada) == found("quinces", world.dov) == []
    assert drift() == {}


def test_tags_are_renamed_and_merged(world: World) -> None:
    make_highlight(world.public, "herds", world.cleo).label(["Pears"], world.cleo)
    make_highlight(world.public, "everything", world.cleo).label(["Quinces"], world.cleo)
    pears, quinces = Tag.objects.get(name="Pears"), Tag.objects.get(name="Quinces")

    rename(pears, "Apples", world.cleo)
    assert found("tag:pears", world.cleo) == []
    assert found("tag:apples", world.cleo) == ["highlight"]

    merge(quinces, Tag.objects.get(pk=pears.pk), world.cleo)
    assert found("tag:apples", world.cleo) == ["highlight", "highlight"]
    assert found("kind:tag quinces", world.cleo) == []
    assert drift() == {}


def test_a_claim_goes_with_its_passage(world: World) -> None:
    claim = make_claim(world.public, "Nobody trains from scratch before 2030", world.ada, Visibility.PUBLIC)
    mark = claim.statements.get().highlight
    assert found("kind:claim scratch", world.dov) == ["claim"]

    mark.change_kind(Kind.HIGHLIGHT, world.ada)
    assert found("kind:claim scratch", world.dov) == []

    mark.change_kind(Kind.PREDICTION, world.ada)
    claim.set_state("rejected", world.ada)
    assert found("kind:claim scratch", world.dov) == []
    assert drift() == {}


def test_others_tags_on_what_all_read_leak_nowhere(world: World) -> None:
    world.public.label(["Quinces"], world.ada, make_highlight(world.public, "herds", world.ada))

    rows = find(parse('"ends the year of" kind:article'), world.dov, TODAY).rows

    assert len(rows) == 1
    assert facets_of(rows, world.dov)["tag"] == []
    assert found("tag:quinces", world.dov) == []
    assert found("tag:quinces", world.ada) == ["article"]


def test_a_change_that_fails_leaves_what_is_found(world: World) -> None:
    before = kept()

    with transaction.atomic():
        make_article("Of quinces", world.cleo)
        transaction.set_rollback(True)

    assert kept() == before
    assert found("quinces", world.cleo) == []
    assert words_without_record() == 0


def test_everything_can_be_made_anew(world: World) -> None:
    write_note(make_highlight(world.public, "herds", world.cleo), "Of quinces.", world.cleo)
    before = kept()
    SearchRecord.objects.filter(kind="article").delete()
    SearchRecord.objects.filter(kind="highlight").update(visibility=Visibility.PUBLIC)
    assert is_behind()

    call_command("reindex", verbosity=0)

    assert not is_behind()
    assert kept() == before
    assert found("quinces", world.cleo) == ["note"]
    assert words_without_record() == 0
    call_command("reindex", "note", verbosity=0)
    assert kept() == before


def test_what_is_kept_as_it_should_be_is_not_written_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    make_highlight(world.public, "herds", world.cleo)
    call_command("reindex", verbosity=0)
    Article.objects.filter(pk=world.public.pk).update(title="Of quinces")
    SearchRecord.objects.filter(kind="highlight").update(visibility=Visibility.PUBLIC)
    written: list[str] = []
    write = engine().write

    def written_down(rows: Rows) -> None:
        written.extend(row.kind for row, _ in rows)
        write(rows)

    monkeypatch.setattr(engine(), "write", written_down)

    call_command("reindex", verbosity=0)

    assert written == ["article", "highlight"]
    assert drift() == {}
    assert found("quinces", world.cleo) == ["article"]
    written.clear()
    call_command("reindex", "--all", verbosity=0)
    assert len(written) == SearchRecord.objects.count()
    assert drift() == {}


def test_python_collects_seldom_while_all_is_made_anew(world: World) -> None:
    usual = gc.get_threshold()
    steps = reindex()
    next(steps)
    assert gc.get_threshold()[0] == SELDOM

    list(steps)

    assert gc.get_threshold() == usual


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no such settings")
@pytest.mark.parametrize("end", [list, lambda steps: steps.close()], ids=["all of it", "broken off"])
def test_the_database_is_as_it_was_when_all_is_made_anew(
    world: World, end: Callable[[Generator[tuple[str, int]]], object]
) -> None:
    def settings() -> tuple[str, object]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('work_mem'), reloptions FROM pg_class WHERE relname = %s", [INDEX])
            memory, options = cursor.fetchone()
            return memory, options

    call_command("reindex", verbosity=0)
    before = settings()
    steps = reindex()
    next(steps)
    assert settings()[0] == AT_ONCE
    assert settings()[1] != before[1]

    end(steps)

    assert settings() == before


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps the words in the row")
def test_the_trigger_is_there() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name = 'reader_searchwords_go'")
        assert cursor.fetchone() == (1,)


def test_few_are_found_among_many_that_are_hidden(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the newest are all hidden, what may be seen is found behind them; and is counted alone."""
    mine = make_article("Of quinces", world.cleo)
    for number in range(8):
        make_article(f"Of quinces {number}", world.dov)
    monkeypatch.setattr(queries, "MOST_COUNTED", 3)
    monkeypatch.setattr(queries, "MOST_TITLES", 3)

    answer = find(parse("quinces after:2020-01-02"), world.cleo, TODAY)

    assert [(row.object_id, answer.count_in_words) for row in answer.rows] == [(mine.pk, "1")]
    assert find(parse("quinces after:2020-01-02"), world.dov, TODAY).is_more
