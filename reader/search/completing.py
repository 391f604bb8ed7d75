"""What the word that is being typed may become: the names of filters, and of what the reader may see."""

import re
from typing import TYPE_CHECKING

from reader.search.documents import of_kind
from reader.search.engine import Ask, engine
from reader.search.folding import words_of
from reader.search.language import ALSO, KINDS, LONGEST, NAMES, PHASES, SHORTEST_PREFIX, Term
from reader.search.models import SearchRecord
from reader.search.names import FACET_OF
from reader.search.queries import written

if TYPE_CHECKING:
    from reader.core.requests import AnyUser

MOST = 8
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
    if name not in FACET_OF:
        return []
    return [f"{before}{written(name, one)}" for one in names_beginning(name, value, user)]


def names_beginning(name: str, value: str, user: "AnyUser") -> list[str]:
    """Names with a word that begins so; those of the same words, which a filter takes for one, once."""
    kind, _ = FACET_OF[name]
    words = tuple(words_of(value))
    terms = [Term(words, is_prefix=len(words[-1]) >= SHORTEST_PREFIX)] if words else []
    ask = Ask(terms, facets=[[of_kind(kind)]], in_title=bool(terms))
    rows = engine().matching(SearchRecord.objects.visible_to(user).filter(kind=kind), engine().expression(ask))
    found = rows.values_list("name", flat=True)[: MOST * 4]
    return list({tuple(words_of(one)): one for one in reversed(found)}.values())[::-1][:MOST]
