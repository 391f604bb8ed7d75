"""All that is one's own, in one zip."""

import gc
import io
import json
from datetime import timedelta
from secrets import token_hex
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reader.accounts.addresses import vouch_for
from reader.accounts.models import Membership
from reader.claims.disputing import dispute, uphold
from reader.claims.replying import reply
from reader.core import limits
from reader.core.limits import Deed, Limit
from reader.exchange.everything import everything
from reader.exchange.streaming import BATCH, CHUNK, in_turn, json_list, zipped
from reader.highlights.models import Highlight, write_note
from reader.intake.models import Draft
from reader.library.models import Person, Reading
from reader.tags.models import tags_named
from tests.claims.ledger import again, judged, teams_claim
from tests.claims.predictions import make_claim
from tests.conftest import signed_in
from tests.world import World, make_highlight


def taken(client: Client) -> ZipFile:
    response = client.post("/settings/export/")
    assert response.status_code == 200
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]  # it streams
    archive = ZipFile(io.BytesIO(content))
    assert archive.testzip() is None
    return archive


def rows(archive: ZipFile, name: str) -> Any:
    return json.loads(archive.read(f"{name}.json"))


def all_of(archive: ZipFile) -> str:
    return "\n".join(archive.read(name).decode() for name in archive.namelist())


def test_it_works(cleo: Client, world: World) -> None:
    vouch_for(world.cleo)
    mark = make_highlight(world.private, "2024 will be the year", world.cleo)
    mark.label(["herds"], world.cleo)
    write_note(mark, "A **note** of 🦙.", world.cleo)
    write_note(world.private, "On all of it.", world.cleo)
    make_claim(world.private, "Prices fall by half within eighteen months", world.cleo)
    Reading.objects.create(article=world.shared, reader=world.cleo, state="reading", percent=40)
    Draft.objects.create(owner=world.cleo, raw="Handed in.", form="text")

    archive = taken(cleo)

    you = rows(archive, "you")
    assert (you["name"], you["email"], you["handle"]) == ("Cleo", "cleo@example.org", "cleo")
    assert you["teams"][0]["team__name"] == "Foundry"
    assert you["addresses"] == [{"email": "cleo@example.org", "verified": True, "primary": True}]
    assert you["notices_by_mail"]["mention"] == "at_once"
    assert [article["title"] for article in rows(archive, "articles")] == ["For Cleo alone"]
    first, second = rows(archive, "highlights")
    assert (first["exact"], first["tags"], first["visibility"]) == ("2024 will be the year", ["herds"], "private")
    text = world.private.revisions.get().text
    assert text[first["place"]["start"] : first["place"]["end"]] == first["exact"]
    assert second["kind"] == "prediction"
    assert [note["body"] for note in rows(archive, "notes")] == ["A **note** of 🦙.", "On all of it."]
    (claim,) = rows(archive, "claims")
    assert claim["statements"][0]["speaker"] == "Mira Castell"
    assert claim["statements"][0]["highlight_id"] == second["id"]
    assert [tag["name"] for tag in rows(archive, "tags")] == ["herds"]
    assert rows(archive, "readings")[0]["percent"] == 40
    assert rows(archive, "drafts")[0]["raw"] == "Handed in."


def test_what_one_said_of_verdicts_is_in_ones_own(world: World) -> None:
    claim = teams_claim(world)
    made = dispute(judged(claim, world.ben), "The source says otherwise.", world.cleo)
    reply(again(claim), Person.objects.get(name="Mira Castell"), "I never said so.", world.ben)
    uphold(made, world.ada, "It does not.")

    hers, his, the_answer = (taken(signed_in(who)) for who in (world.cleo, world.ben, world.ada))

    assert [(one["reason"], one["ending"]) for one in rows(hers, "disputes")] == [(made.reason, "upheld")]
    assert [(one["person"], one["text"]) for one in rows(his, "replies")] == [("Mira Castell", "I never said so.")]
    assert [one["answer"] for one in rows(the_answer, "answers")] == ["It does not."]
    assert "It does not." not in all_of(hers)
    assert rows(his, "disputes") == rows(his, "answers") == rows(hers, "replies") == []


def test_it_can_be_read_by_people(cleo: Client, world: World) -> None:
    later = make_highlight(world.private, "Prices fall by half", world.cleo)
    earlier = make_highlight(world.private, "small models will matter", world.cleo)
    write_note(earlier, "I *doubt* it.", world.cleo)

    page = taken(cleo).read(f"articles/{world.private.slug}.md").decode()

    assert page.startswith("# For Cleo alone\n\n- Mira Castell\n- The Gradient Ledger\n- 17 May 2023\n")
    assert page.index("> small models will matter") < page.index("I *doubt* it.") < page.index(f"> {later.exact}")
    assert "## The text\n\nIt is becoming clear that small models will matter.\n\nIn February" in page


def test_a_piece_of_others_comes_without_its_text(cleo: Client, world: World) -> None:
    make_highlight(world.shared, "small models will matter", world.cleo)

    page = taken(cleo).read(f"articles/{world.shared.slug}.md").decode()

    assert "> small models will matter" in page
    assert "In February" not in page


def test_nothing_of_others_is_in_it(cleo: Client, world: World) -> None:
    mark = make_highlight(world.shared, "2024 will be the year", world.cleo, visibility="team", team=world.foundry)
    first = write_note(mark, "Mine.", world.cleo)
    write_note(mark, "The word is zanzibar.", world.ben, parent=first)
    mark.label(["ours"], world.ben)
    make_highlight(world.shared, "Thus ends Notes", world.ben, visibility="team", team=world.foundry)
    tags_named(["xanadu"], world.elsewhere)

    said = all_of(taken(cleo))

    for word in ("zanzibar", "Thus ends Notes", "xanadu", "ben@example.org", "A Harbour memo"):
        assert word not in said
    assert "Mine." in said


def test_what_i_may_read_no_longer_is_not_in_it(cleo: Client, world: World) -> None:
    make_highlight(world.shared, "2024 will be the year", world.cleo, visibility="team", team=world.foundry)
    Reading.objects.create(article=world.shared, reader=world.cleo)
    Membership.objects.filter(user=world.cleo).delete()

    said = all_of(taken(cleo))

    assert "2024 will be the year of" in said  # of her own piece
    assert "Notes for the Foundry" not in said
    assert '"exact"' not in said


def test_deleted_marks_and_notes_are_not_in_it(cleo: Client, world: World) -> None:
    mark = make_highlight(world.private, "Prices fall by half", world.cleo)
    write_note(mark, "The word is zanzibar.", world.cleo).delete_by(world.cleo)
    mark.delete_by(world.cleo)

    archive = taken(cleo)

    assert rows(archive, "highlights") == rows(archive, "notes") == []


def test_somebody_with_nothing_gets_a_whole_zip(dov: Client, world: World) -> None:
    world.elsewhere.delete()

    archive = taken(dov)

    assert rows(archive, "highlights") == []
    assert [name for name in archive.namelist() if name.startswith("articles/")] == []


def test_however_many_marks_there_are_few_are_held_at_once(world: World) -> None:
    count = 6 * BATCH
    Highlight.objects.bulk_create(
        Highlight(article=world.private, owner=world.cleo, exact=token_hex(100)) for _ in range(count)
    )

    held, size = [], 0
    for chunk in everything(world.cleo):
        held.append(sum(isinstance(one, Highlight) for one in gc.get_objects()))
        size += len(chunk)

    assert size > 4 * CHUNK
    assert 0 < max(held) <= 2 * BATCH < count


def test_its_queries_grow_by_the_batch_alone(world: World) -> None:
    with CaptureQueriesContext(connection) as few:
        list(everything(world.cleo))
    for exact in ("small models", "Prices fall", "Nobody trains", "a model for", "What comes"):
        mark = make_highlight(world.private, exact, world.cleo)
        mark.label(["a tag"], world.cleo)
        write_note(mark, "A note.", world.cleo)
    with CaptureQueriesContext(connection) as one:
        list(everything(world.cleo))
    for number in range(20):
        write_note(make_highlight(world.private, "It is becoming clear"[: number + 1], world.cleo), "x", world.cleo)
    with CaptureQueriesContext(connection) as more:
        list(everything(world.cleo))

    assert len(few) < len(one) == len(more)


def test_rows_come_in_turn_over_many_batches(world: World) -> None:
    Draft.objects.bulk_create(Draft(owner=world.cleo, raw=str(at), form="text") for at in range(BATCH * 2 + 1))

    assert [int(draft.raw) for draft in in_turn(Draft.objects.all())] == list(range(BATCH * 2 + 1))


def test_json_comes_whole() -> None:
    things: list[dict[str, object]] = [{"a": "“quoted” \n \u2028"}, {"b": None}]

    assert json.loads("".join(json_list(things))) == things
    assert json.loads("".join(json_list([]))) == []


def test_a_lone_surrogate_does_not_break_it(world: World) -> None:
    content = b"".join(zipped([("x", ["\ud800"])], world.cleo.joined_at))

    assert ZipFile(io.BytesIO(content)).read("x") == b"?"


def test_it_is_a_file_to_keep_and_is_kept_nowhere_else(cleo: Client, world: World) -> None:
    response = cleo.post("/settings/export/")

    assert response.headers["Content-Disposition"].startswith('attachment; filename="forecite-cleo-')
    assert response.headers["Cache-Control"] == "no-store"


def test_a_flood_of_them_is_refused(cleo: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(limits.LIMITS, Deed.EXPORT, Limit(1, timedelta(hours=1)))
    cleo.post("/settings/export/")

    response = cleo.post("/settings/export/")

    assert response.status_code == 429
    assert int(response.headers["Retry-After"]) > 3_000
    assert "More than 1 exports in 60 minutes" in response.content.decode()


def test_the_page_says_what_is_in_it(cleo: Client) -> None:
    assert "One zip of JSON, for programs, and Markdown, for people" in cleo.get("/settings/export/").content.decode()


def test_a_stranger_signs_in_first(client: Client, db: None) -> None:
    assert client.post("/settings/export/").status_code == 302
