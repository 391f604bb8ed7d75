"""What a question finds, for one reader: nothing that they may not see is counted, named or shown."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Case, F, QuerySet, When

from reader.core.prepared import prepared
from reader.search.documents import REGISTER, Hit
from reader.search.engine import Ask, engine
from reader.search.language import Query, Term, begins_words
from reader.search.models import Kind, RecordQuerySet, SearchRecord, found_by, id_of, kind_of
from reader.search.names import Narrowing, narrowing_of
from reader.search.vocabulary import meant

if TYPE_CHECKING:
    from reader.core.requests import AnyUser

#: Hits are counted up to here, and the newest so many are ranked.
MOST_COUNTED = 1000
#: So many words are tried in the place of one that may have been mistyped.
MOST_TRIED = 12
#: The newest so many that say it in their title come first.
MOST_TITLES = 100
PAGE = 20
#: What has no title, by the words of the question.
UNTITLED = frozenset({"highlight", "prediction", "evidence", "question", "note"})


class Row(NamedTuple):
    """A record that was found."""

    pk: int
    object_id: int
    facets: str

    @property
    def kind(self) -> str:
        return kind_of(self.pk)


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, best first, as records; and what there is to say about it."""

    query: Query
    rows: Sequence[Row] = ()
    #: Whether there is more than was counted.
    is_more: bool = False
    hints: Sequence[str] = ()
    #: The question that was taken for what was meant, where nothing has what was typed.
    meant: str = ""
    #: The question with that word in it.
    instead: Query | None = None

    @property
    def answered(self) -> Query:
        return self.instead or self.query

    @property
    def count(self) -> int:
        return min(len(self.rows), MOST_COUNTED)

    @property
    def count_in_words(self) -> str:
        return f"{MOST_COUNTED:,}+" if self.is_more else f"{self.count:,}"


def find(query: Query, user: "AnyUser", today: date, *, newest: bool = False, literally: bool = False) -> Found:
    """The best hits; where there is none, those of what may have been meant, unless it is to be taken literally."""
    if query.is_empty:
        return Found(query, hints=query.hints)
    narrowing = narrowing_of(query, user, today)
    hints = [*query.hints, *narrowing.hints]
    if narrowing.leads_nowhere:
        return Found(query, hints=hints)
    found = replace(ranked(query, narrowing, user, newest=newest), hints=hints)
    if found.rows or literally:
        return found
    for other, text in islice(mended(query), MOST_TRIED):
        if (instead := ranked(other, narrowing, user, newest=newest)).rows:
            return replace(instead, query=query, instead=other, hints=hints, meant=text)
    return found


def ranked(query: Query, narrowing: Narrowing, user: "AnyUser", *, newest: bool) -> Found:
    """The newest hits, those first that say it in their title; of these even where they are older than the rest."""
    ask = Ask(query.terms, query.without, narrowing.facets, narrowing.without)
    rows = rows_of(ask, narrowing, user, MOST_COUNTED + 1)
    is_more = len(rows) > MOST_COUNTED
    if rows and query.terms and not newest and may_have_titles(query):
        since = far_back(rows) if is_more else rows[-1].pk
        titled = rows_of(ask._replace(in_title=True), narrowing, user, MOST_TITLES, since)
        rows = list({row.pk: row for row in [*titled, *rows]}.values())
    return Found(query, rows[:MOST_COUNTED], is_more)


def may_have_titles(query: Query) -> bool:
    """Whether anything of the kinds that are asked for has a title; a mark or a note has none."""
    kinds = query.values("kind")
    return not kinds or not UNTITLED.issuperset(kinds)


def far_back(rows: Sequence[Row]) -> int:
    """The key from which on titles are looked for: some way behind the oldest of these, which are only the newest.

    Of words that many say, hardly any title has them one after the other: a database would look through all that there
    is, to say that there is no more.
    """
    moments = [pk for row in rows if (pk := row.pk) < FIRST_NAME]
    return max(0, moments[-1] - TIMES_AS_FAR * (moments[0] - moments[-1])) if moments else 0


def rows_of(ask: Ask, narrowing: Narrowing, user: "AnyUser", most: int, since: int = 0) -> list[Row]:
    """The newest so many of what matches and `user` may see.

    Much of what matches, as a rule. Only where most of it is hidden is the database asked to skip what is: that takes
    it several times as long.
    """
    if not ask.terms and not ask.facets:
        return skipping(ask, narrowing, user, most, since)
    share = engine().share_seen(user)
    if share is None:
        return newest_looked_at(ask, narrowing, user, most, since)
    if share * MOST_LOOKED_AT < MOST_COUNTED:
        return skipping(ask, narrowing, user, most, since)
    return shown_rows(matching(ask, narrowing, user, most, since, LAST, only_seen=True, share=share))


def newest_looked_at(ask: Ask, narrowing: Narrowing, user: "AnyUser", most: int, since: int) -> list[Row]:
    """The same, where the newest can be looked at whoever sees them."""
    seen: list[Row] = []
    looked_at, before = 0, LAST
    while len(seen) * MOST_LOOKED_AT >= looked_at * most:
        at_once = how_many(most, len(seen), looked_at)
        found = matching(ask, narrowing, user, at_once, since, before)
        seen += shown_rows(found)
        if len(seen) >= most or len(found) < at_once:
            return seen[:most]
        looked_at, before = looked_at + len(found), found[-1][0]
    return skipping(ask, narrowing, user, most, since)


def skipping(ask: Ask, narrowing: Narrowing, user: "AnyUser", most: int, since: int) -> list[Row]:
    for_this_reader = ask._replace(facets=[narrowing.audience, *ask.facets])
    return shown_rows(matching(for_this_reader, narrowing, user, most, since, LAST, only_seen=True))


def shown_rows(found: Iterable[tuple[Any, ...]]) -> list[Row]:
    """What a Row says of those whose facets are known; a thousand at a time, in half the time of `Row._make`."""
    return list(map(partial(tuple.__new__, Row), filter(itemgetter(-1), found)))


def how_many(most: int, seen: int, looked_at: int) -> int:
    """As many as are still needed, if as many of them are hidden as of those before: in lots, so that sizes are few."""
    whole = most + most // SPARE
    if not seen:
        return whole
    expected, lot = (most - seen) * looked_at // seen, whole // LOTS
    return min(whole, (expected * (SPARE + 1) // (SPARE * lot) + 1) * lot)


#: One in so many of what is looked at may be hidden, before more is; and so many are looked at, if they promise enough.
SPARE, MOST_LOOKED_AT = 5, 5 * MOST_COUNTED
LOTS = 8
#: How far behind the newest hits titles are looked for, where there are more than are counted.
TIMES_AS_FAR = 4
#: What is found by its name has keys from here on; no key is the last.
FIRST_NAME, LAST = id_of(Kind.ARTICLE, 0, None), 2**63 - 1


def matching(
    ask: Ask,
    narrowing: Narrowing,
    user: "AnyUser",
    most: int,
    since: int,
    before: int,
    *,
    only_seen: bool = False,
    share: float = 1.0,
) -> list[tuple[Any, ...]]:
    """The newest so many of what says so and has a key from `since` on, below `before`; or of what `user` sees of it.

    Such a share of all `user` sees.
    """
    found = list[tuple[Any, ...]]()
    for expression, low, high in engine().stretches(ask, since, before, found, most, share):
        if narrowing.columns:
            records = SearchRecord.objects.filter(narrowing.columns)
            found += fields_of(engine().matching(records, expression, low, high), user, only_seen=only_seen)[:most]
        else:
            found += newest_fields(most, only_seen=only_seen)(user, expression, low, high)
        if len(found) >= most:
            break
    return found[:most]


def fields_of(rows: RecordQuerySet, user: "AnyUser", *, only_seen: bool) -> "QuerySet[Any, Any]":
    """What a `Row` says; without its facets where `user` may not see it, unless only what they see is asked for."""
    if only_seen:
        return rows.filter(found_by(user)).values_list("id", "object_id", "facets")
    of_seen: RecordQuerySet = rows.annotate(of_seen=Case(When(found_by(user), then=F("facets"))))
    return of_seen.values_list("id", "object_id", "of_seen")


@cache
def newest_fields(most: int, *, only_seen: bool) -> Callable[..., list[tuple[Any, ...]]]:
    """The query for the newest so many, which the ORM compiles once for each of the few numbers that are asked for."""

    @prepared
    def fields(user: "AnyUser", expression: str, since: int, before: int) -> "QuerySet[Any, Any]":
        rows = engine().matching(SearchRecord.objects.all(), expression, since, before)
        return fields_of(rows, user, only_seen=only_seen)[:most]

    return fields


def mended(query: Query) -> Iterable[tuple[Query, str]]:
    """The question with a word that goes on, as while one types; then with one changed that may have been mistyped.

    The most used comes first. A figure is never taken for another: in a ledger of years it is what was meant. What is
    in quotation marks does not go on behind them.
    """
    *before, last = query.terms or [Term(("",))]
    goes_on = not (last.is_prefix or has_figure(last.words[-1]) or query.text.endswith('"'))
    if goes_on and begins_words(last.words[-1]):
        goes_on_so = replace(query, terms=(*before, replace(last, is_prefix=True)))
        yield goes_on_so, asked_with(query, last.words[-1], f"{last.words[-1]}…")
    for at, term in enumerate(query.terms):
        for place, word in enumerate(term.words):
            for other in () if has_figure(word) else meant(word):
                words = (*term.words[:place], other, *term.words[place + 1 :])
                terms = (*query.terms[:at], Term(words, term.is_prefix), *query.terms[at + 1 :])
                yield replace(query, terms=terms), asked_with(query, word, other)


def asked_with(query: Query, word: str, other: str) -> str:
    """The question as it was written, with another word; that alone, where the first is written in another way."""
    written = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)
    return written.sub(lambda _: other, query.text, count=1) if written.search(query.text) else other


def has_figure(word: str) -> bool:
    return any(letter.isdecimal() for letter in word)


def hits_of(rows: Sequence[Row], user: "AnyUser") -> list[tuple[Row, Hit]]:
    """These records as they are shown; each feature looks once more whether `user` may see what is its own."""
    ids: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        ids[row.kind].append(row.object_id)
    shown = {kind: REGISTER.sources[kind].hits(of_kind, user) for kind, of_kind in ids.items()}
    return [(row, shown[row.kind][row.object_id]) for row in rows if row.object_id in shown[row.kind]]
