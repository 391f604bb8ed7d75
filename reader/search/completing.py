"""What the word that is being typed may become: the names of filters, and of what the reader may see."""

import re
from typing import TYPE_CHECKING

from reader.search.faceting import written
from reader.search.folding import is_paired, phrase_of, words_of
from reader.search.language import ALSO, KINDS, LONGEST, NAMES, PHASES, Term, begins_words
from reader.search.names import FACET_OF, goes_on_as, names_with, teams_of

if TYPE_CHECKING:
    from reader.core.requests import AnyUser

MOST = 8
MOST_LOOKED_THROUGH = 200
LAST_WORD = re.compile(r'(?P<minus>-?)(?:(?P<name>[A-Za-z]+):)?(?P<value>"[^"]*|[^\s":]*)$')
FEW = {"kind": tuple(KINDS), "phase": PHASES, "by": ("me",)}


def completions_of(text: str, user: "AnyUser") -> list[str]:
    """What the whole question could be, with its last word completed."""
    last = LAST_WORD.search(text[:LONGEST].replace("\x00", " "))
    if last is None:
        return []
    before = text[: last.start()] + last["minus"]
    name, value = (last["name"] or "").lower(), last["value"].lstrip('"')
    name = ALSO.get(name, name)
    if not name:
        begun = value.lower()
        return [f"{before}{one}:" for one in NAMES if begun and one.startswith(begun)]
    if name in FEW:
        return [f"{before}{name}:{one}" for one in FEW[name] if one.startswith(value.lower())][: len(KINDS)]
    if name == "team":
        return [f"{before}{written(name, one)}" for one in teams_beginning(value, user)]
    if name not in FACET_OF:
        return []
    return [f"{before}{written(name, one)}" for one in names_beginning(name, value, user)]


def teams_beginning(value: str, user: "AnyUser") -> list[str]:
    """The reader's own teams; of others nothing is told."""
    begun = phrase_of(value)
    return [name for _, name, _ in teams_of(user) if not begun or goes_on_as(begun, words_of(name))][:MOST]


def names_beginning(name: str, value: str, user: "AnyUser") -> list[str]:
    """Names with a word that begins so; those of the same words, which a filter takes for one, once.

    Of a single letter no database has an index: the newest names are looked through for it.
    """
    kind, _ = FACET_OF[name]
    begun = phrase_of(value)
    is_prefix = bool(begun) and begins_words(begun[-1])
    sought = begun if is_prefix or not begun or is_paired(begun[-1]) else begun[:-1]
    most = MOST * 4 if sought == begun else MOST_LOOKED_THROUGH
    found = names_with(Term(tuple(sought), is_prefix) if sought else None, kind, user, most)
    names = [one for _, one in found if sought == begun or goes_on_as(begun, words_of(one))]
    return list({tuple(words_of(one)): one for one in reversed(names)}.values())[::-1][:MOST]
