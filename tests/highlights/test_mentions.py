"""Calling people into a note, and nobody whom the writer should not know of."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from reader.accounts.models import Membership, User
from reader.core.markdown import render_note
from reader.highlights.models import Highlight, Mention, Note, write_note
from tests.conftest import signed_in
from tests.world import World, make_highlight, make_person

CALLED = '<span class="mention">@{}</span>'


@pytest.fixture
def mark(world: World) -> Highlight:
    return make_highlight(world.shared, "2024 will be the year", world.cleo, visibility="team", team=world.foundry)


def in_harbour_too(world: World) -> User:
    Membership.objects.create(team=world.harbour, user=world.cleo)
    return User.objects.get(pk=world.cleo.pk)


def mentioned(note: Note) -> set[str | None]:
    return set(note.mentions.values_list("person__handle", flat=True))


def test_it_works(mark: Highlight, world: World) -> None:
    note = write_note(mark, "What do you say, @Ben? And @vera.", world.cleo)

    assert note.html == f"<p>What do you say, {CALLED.format('ben')}? And {CALLED.format('vera')}.</p>"
    assert mentioned(note) == {"ben", "vera"}


@pytest.mark.parametrize(
    "body",
    [
        "`@ben` in code",
        "    @ben in a block",
        "```\n@ben\n```",
        "[@ben](https://example.org/@ben) in a link",
        "https://example.org/@ben",
        "ben@ben.example",
        "mail <ben@ben.example>",
        "@ben.example",
        "@benedict",
        "@ben_1",
        "@@ben",
        "@",
        r'<span class="mention">@ben</span>'.replace("@", "&#64;"),
    ],
)
def test_what_is_no_mention_is_left_alone(mark: Highlight, world: World, body: str) -> None:
    note = write_note(mark, body, world.cleo)

    assert mentioned(note) == set()
    assert '<span class="mention"' not in note.html


def test_a_mention_may_stand_in_emphasis_and_lists(mark: Highlight, world: World) -> None:
    note = write_note(mark, "**@ben** (@ada)\n\n- @vera's view", world.cleo)

    assert mentioned(note) == {"ben", "ada", "vera"}


@pytest.mark.parametrize("body", ["Hello @dov.", "Hello @cleo.", "Hello @nobody-at-all."])
def test_anybody_else_is_plain_text(mark: Highlight, world: World, body: str) -> None:
    note, _ = written(mark, body, world)

    assert note.html == f"<p>{body}</p>"
    assert mentioned(note) == set()


def test_somebody_of_another_team_is_looked_for_as_nobody_is(mark: Highlight, world: World) -> None:
    _, somebody = written(mark, "Hello @dov.", world)
    _, nobody = written(mark, "Hello @zed.", world)

    assert somebody == [query.replace("zed", "dov") for query in nobody]


def written(mark: Highlight, body: str, world: World) -> tuple[Note, list[str]]:
    """The note, and what was asked of the database for it, as far as it asks for people."""
    with CaptureQueriesContext(connection) as asked:
        note = write_note(mark, body, world.cleo)
    return note, [query["sql"] for query in asked if 'FROM "reader_user"' in query["sql"]]


def test_on_a_public_thing_only_teammates_can_be_called(world: World) -> None:
    note = write_note(world.public, "@ben @dov", world.cleo)

    assert mentioned(note) == {"ben"}


def test_into_a_private_note_nobody_can_be_called(world: World) -> None:
    assert mentioned(write_note(world.private, "@ben", world.cleo)) == set()


def test_a_teammate_of_another_team_is_not_called_into_this_one(mark: Highlight, world: World) -> None:
    cleo = in_harbour_too(world)

    assert mentioned(write_note(mark, "@dov", cleo)) == set()
    assert mentioned(write_note(world.public, "@dov", cleo)) == {"dov"}


def test_rewriting_calls_and_no_longer_calls(mark: Highlight, world: World) -> None:
    note = write_note(mark, "@ben", world.cleo)

    note.rewrite("@ada, not `@ben`", 1, world.cleo)

    assert mentioned(note) == {"ada"}


def test_a_curator_who_corrects_a_note_loses_none_of_its_mentions(world: World) -> None:
    note = write_note(world.public, "@dov: is it so?", in_harbour_too(world))

    note.rewrite("@dov: is it so? @cleo", 1, world.ben)  # who shares no team with Dov

    assert mentioned(note) == {"dov", "cleo"}


def test_a_note_of_mentions_alone_is_read_in_good_time(mark: Highlight, world: World) -> None:
    assert write_note(mark, "@ben " * 3_999, world.cleo).mentions.count() == 1


def test_an_article_mentions_nobody(world: World) -> None:
    assert render_note("@ben") == "<p>@ben</p>"


def offered(client: Client, typed: str, audience: str) -> str:
    return client.get("/mentions/", {"q": typed, "audience": audience}).content.decode()


def test_people_are_offered_while_one_types(cleo: Client, world: World) -> None:
    team = f"team-{world.foundry.pk}"

    assert offered(cleo, "be", team) == '<option value="ben">Ben</option>'
    assert offered(cleo, "BE", team) == '<option value="ben">Ben</option>'
    assert offered(cleo, "", team).count("<option") == 3
    assert offered(cleo, "", "public").count("<option") == 3


def test_the_second_word_of_a_name_finds_it_too(cleo: Client, world: World) -> None:
    User.objects.filter(pk=world.ben.pk).update(name="Ben <Okri>")

    assert offered(cleo, "<ok", "public") == '<option value="ben">Ben &lt;Okri&gt;</option>'


@pytest.mark.parametrize("audience", ["private", "", "nonsense", "team-", "team-99999", "team-x"])
def test_where_nobody_else_reads_nobody_is_offered(cleo: Client, world: World, audience: str) -> None:
    assert offered(cleo, "b", audience) == ""


def test_a_stranger_is_offered_like_nobody(cleo: Client, world: World) -> None:
    team = f"team-{world.harbour.pk}"
    answers = [cleo.get("/mentions/", {"q": typed, "audience": team}) for typed in ("dov", "no-such-one")]

    assert answers[0].content == answers[1].content == b""
    assert offered(cleo, "dov", "public") == ""


def test_few_are_offered_with_one_query(world: World, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(20):
        Membership.objects.create(team=world.foundry, user=make_person(f"Reader{number}"))
    client = signed_in(world.cleo)

    with django_assert_num_queries(4):  # the session, its user, the user's teams, the people
        assert offered(client, "rea", "public").count("<option") == 8


@pytest.mark.parametrize("typed", ["\x00", "%", "_", "'", "🦙", "x" * 100_000])
def test_it_survives_anything_typed(cleo: Client, world: World, typed: str) -> None:
    assert offered(cleo, typed, "public") in ("", offered(cleo, "", "public"))


def test_a_former_member_can_not_be_called(mark: Highlight, world: World) -> None:
    User.objects.filter(pk=world.ben.pk).update(is_active=False)

    assert not Mention.objects.filter(note=write_note(mark, "@ben", world.cleo)).exists()


def test_a_stranger_signs_in_first(client: Client, db: None) -> None:
    assert client.get("/mentions/").status_code == 302


def test_it_rejects_post(cleo: Client) -> None:
    assert cleo.post("/mentions/").status_code == 405


def test_it_tells_nobody_who_is_in_a_team_that_they_are_not_in(cleo: Client, world: World) -> None:
    world.harbour.memberships.create(user=world.ben, role="member")

    assert "Ben" in offered(cleo, "b", "public")
    assert offered(cleo, "b", f"team-{world.harbour.pk}") == offered(cleo, "b", "team-999") == ""


def test_whoever_left_a_team_calls_nobody_of_it(mark: Highlight, world: World) -> None:
    note = write_note(mark, "Mine", world.cleo)
    world.harbour.memberships.create(user=world.cleo, role="member")
    world.harbour.memberships.create(user=world.ben, role="member")
    world.foundry.memberships.filter(user=world.cleo).delete()

    note.rewrite("@ben", 1, User.objects.get(pk=world.cleo.pk))

    assert mentioned(note) == set()
