"""Every route as every role, by the table in authorisation.txt."""

from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from django.http import HttpResponse
from django.urls import URLPattern
from pytest_django import DjangoDbBlocker

from tests.routes import (
    ADMIN_APP,
    ADMIN_ROW,
    NO_OBJECT,
    OBJECTS,
    ROLES,
    VISIBILITIES,
    Cast,
    Line,
    outcome,
    routes,
    staged,
    table,
)

pytestmark = pytest.mark.django_db
METHODS = ("GET", "POST")
SYMBOLS = frozenset("+0->?")
#: What an unlisted method is answered: not at all, but that signing in may be asked for first.
NOT_ALLOWED = (".", ">")


@pytest.fixture(scope="module")
def cast(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    with staged(django_db_blocker) as everybody:
        yield everybody


def test_the_table_lists_every_route() -> None:
    assert {line.route for line in table()} == set(routes())


def test_the_table_is_well_written() -> None:
    listed = [(line.route, line.method, line.object) for line in table()]

    assert len(listed) == len(set(listed)), "a route, method and object stand there twice"
    for line in table():
        assert line.method in METHODS, line
        assert line.object in {NO_OBJECT, ADMIN_APP, ADMIN_ROW, *OBJECTS}, line
        assert len(line.cells) in (1, len(VISIBILITIES)), line
        assert all(len(cell) == len(ROLES) and set(cell) <= SYMBOLS for cell in line.cells), line


@pytest.mark.parametrize("role", ROLES)
def test_every_role_is_answered_as_the_table_says(cast: Cast, role: str) -> None:
    wrong = {}
    for line in table():
        for visibility, expected in line.expected(role):
            answer = cast.ask(role, line.method, line.address(cast.things[visibility]))
            if not fits(found := outcome(answer), expected):
                wrong[line.route, line.method, visibility] = f"{found} for {expected}"

    assert wrong == {}


@pytest.mark.parametrize("role", ROLES)
def test_the_hidden_is_answered_with_the_bytes_of_nothing(cast: Cast, role: str) -> None:
    assert [hint for line in table() if line.object in OBJECTS for hint in hints(cast, role, line)] == []


@pytest.mark.parametrize("role", ["nobody", "outsider", "owner"])
def test_a_404_carries_nothing_of_the_person(cast: Cast, role: str) -> None:
    answer = cast.ask(role, "GET", "/articles/no-such-thing/")

    assert answer.status_code == 404
    assert not answer.cookies
    assert b"csrf" not in answer.content.lower()
    assert answer.content == cast.ask("nobody", "GET", "/no/such/page").content


@pytest.mark.parametrize("role", ["nobody", "owner"])
def test_other_methods_are_refused(cast: Cast, role: str) -> None:
    listed = {(line.route, line.method) for line in table()}
    taken = {}
    for line in table():
        for method in METHODS:
            if is_ours(routes()[line.route]) and (line.route, method) not in listed:
                answer = cast.ask(role, method, line.address(cast.things["public"]))
                taken[line.route, method] = outcome(answer)

    assert taken
    assert {route: found for route, found in taken.items() if found not in NOT_ALLOWED} == {}


def hints(cast: Cast, role: str, line: Line) -> Iterator[tuple[str, str, str]]:
    """Where an answer about what is hidden differs from one about what there is not."""
    for visibility, expected in line.expected(role):
        things = cast.things[visibility]
        hidden, nothing = line.address(things), line.address_of_nothing(things)
        if expected in "0>" and seen(cast, role, line, hidden) != seen(cast, role, line, nothing):
            yield line.route, line.method, visibility


def fits(found: str, expected: str) -> bool:
    return found in "+-" if expected == "?" else found == expected


def seen(cast: Cast, role: str, line: Line, address: str) -> tuple[int, bytes, dict[str, str], list[str]]:
    """All that an answer says, but for the address itself, which whoever asks for it knows."""
    answer: HttpResponse = cast.ask(role, line.method, address)
    told = [(name, value) for name, value in answer.headers.items() if name != "Expires"]  # which is now, by the second
    headers = {name: unquote(value).replace(address, "…") for name, value in told}
    return (
        answer.status_code,
        answer.content.replace(address.encode(), b"\xe2\x80\xa6"),
        headers,
        sorted(answer.cookies),
    )


def is_ours(pattern: URLPattern) -> bool:
    return pattern.callback.__module__.startswith("reader.")
