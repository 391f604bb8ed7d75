"""Queries that the ORM compiles once, for the pages where building SQL costs more than running it.

A filtered query takes Django about half a millisecond to build and SQLite a twentieth of that to answer. The page of a
piece asks ten. Its queries are written as ever, with the one rule of visibility in them, and only their values change
from one reader to the next.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial, wraps
from itertools import count
from typing import Any, Concatenate, ParamSpec, cast

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import DateField, QuerySet

from reader.core.requests import AnyUser

P = ParamSpec("P")
Row = tuple[Any, ...]

#: Stand-ins for values begin here: within every integer column, and nothing that a query says by itself.
FIRST = 2_000_000_000
#: How many cases of one query are kept: readers say how long a list is.
MOST_CASES = 200
#: Longer lists are filled up to a multiple of so many, with what they hold already: each length is a case of its own.
STEP = 25
PLACE = re.compile(r"(?<!%)%s")


@dataclass(frozen=True, slots=True)
class SomeReader:
    """Stands for a reader of so many teams while a query is built."""

    is_authenticated: bool
    pk: int
    team_ids: Sequence[int]


#: For queries in which no reader matters.
NOBODY = SomeReader(is_authenticated=False, pk=0, team_ids=())


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL with, for each parameter, the place of its value among the arguments, or else a constant."""

    sql: str
    parameters: Sequence[tuple[int | None, Any]]
    converters: Sequence[tuple[int, Callable[[Any], Any]]]

    def rows(self, values: Sequence[Any]) -> list[Row]:
        given = [constant if place is None else values[place] for place, constant in self.parameters]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, given)
            rows = cast(list[Row], cursor.fetchall())
        return [self.convert(row) for row in rows] if self.converters else rows

    def convert(self, row: Row) -> Row:
        values = list(row)
        for place, convert in self.converters:
            values[place] = convert(values[place])
        return tuple(values)


def prepared(
    build: "Callable[Concatenate[AnyUser, P], QuerySet[Any, Any]]",
) -> "Callable[Concatenate[AnyUser | SomeReader, P], list[Row]]":
    """The rows of the `values_list` that `build` makes for a reader and some numbers, strings or lists of numbers.

    `build` must look at none of them but to ask whether it is None, whether the reader is signed in and how long a
    list is: it is called once for each such case, with stand-ins.
    """
    statements: dict[object, Statement] = {}

    @wraps(build)
    def ask(user: "AnyUser | SomeReader", /, *args: P.args, **kwargs: P.kwargs) -> list[Row]:
        teams = list(user.team_ids) if user.is_authenticated else []
        given = [user.pk or 0, teams, *map(filled_up, (*args, *kwargs.values()))]
        case = (user.is_authenticated, tuple(kwargs), *map(shape, given))
        statement = statements.get(case)
        if statement is None:
            if len(statements) >= MOST_CASES:
                statements.clear()
            statement = statements[case] = compile_once(build, user.is_authenticated, given, list(kwargs))
        return statement.rows([value for one in given for value in (one if isinstance(one, list) else [one])])

    return ask


def filled_up(value: Any) -> Any:
    if not isinstance(value, list) or len(value) <= STEP:
        return value
    return value + value[-1:] * (-len(value) % STEP)


def shape(value: object) -> object:
    return len(value) if isinstance(value, list) else type(value)


def compile_once(build: Callable[..., Any], is_authenticated: bool, given: list[Any], names: list[str]) -> Statement:  # noqa: FBT001  (passed through)
    numbers = count(FIRST)
    pk, teams, *arguments = [stand_in(value, numbers) for value in given]
    positional = len(arguments) - len(names)
    reader = SomeReader(is_authenticated, pk, teams)
    rows = build(reader, *arguments[:positional], **dict(zip(names, arguments[positional:], strict=True)))
    compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
    sql, parameters = compiler.as_sql()
    flat = [value for one in (pk, teams, *arguments) for value in (one if isinstance(one, list) else [one])]
    places = {value: place for place, value in enumerate(flat) if value is not None}
    if lost := set(flat[1 + len(teams) :]) - {None, *parameters}:
        raise TypeError(f"{build.__name__} asks for something that is no plain column's value: {len(lost)} are lost")
    converters = compiler.get_converters([column[0] for column in compiler.select[: compiler.col_count]])
    return Statement(
        *with_its_constants(sql, [(places.get(value), value) for value in parameters]),
        [(at, converter(one, expression)) for at, (converts, expression) in converters.items() for one in converts],
    )


def with_its_constants(
    sql: str, parameters: Sequence[tuple[int | None, Any]]
) -> tuple[str, list[tuple[int | None, Any]]]:
    """The same, with the words and numbers that never change in the SQL itself.

    A constant that an index with a condition is compared with would make SQLite plan the query anew each time that it
    is bound, which takes ten times as long as the answer.
    """
    first, *pieces = PLACE.split(sql)
    left = []
    for (place, value), piece in zip(parameters, pieces, strict=True):
        stays = place is not None or isinstance(value, bool) or not isinstance(value, str | int)
        first += ("%s" if stays else literal(value)) + piece
        if stays:
            left.append((place, value))
    return first, left


def literal(value: str | int) -> str:
    return str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''").replace("%", "%%") + "'"


def converter(convert: Callable[..., Any], expression: Any) -> Callable[[Any], Any]:
    """From what the database gave to Python."""
    if isinstance(expression.output_field, DateField):
        return partial(read_once, convert)
    return lambda value: convert(value, expression, connection)


@lru_cache(maxsize=8192)
def read_once(convert: Callable[..., Any], value: Any) -> Any:
    """A day or a moment: it comes back with every page that shows it, and reading it takes longer than drawing it."""
    return convert(value, None, connection)


def stand_in(value: Any, numbers: "count[int]") -> Any:
    if isinstance(value, list):
        return [stand_in(one, numbers) for one in value]
    if isinstance(value, str):
        return f"stand-in-{next(numbers)}"
    return None if value is None else next(numbers)
