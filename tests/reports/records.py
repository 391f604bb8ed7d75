"""Judged claims of Mira Castell's, made by the verbs that readers use, and what her page says of them."""

import re
from datetime import date
from html import unescape
from itertools import count
from typing import Any

from django.test import Client
from django.utils.html import strip_tags

from reader.accounts.models import Team, User
from reader.claims.models import Claim, Statement
from reader.claims.scale import Outcome
from reader.core.visibility import Visibility
from tests.claims.ledger import OVER, accepted, judged
from tests.world import World, make_article

MIRA = "/people/mira-castell/"
LEDGER = "/publications/the-gradient-ledger/"
numbers = count(1)

HAPPENED, MOSTLY, PARTLY = Outcome.HAPPENED, Outcome.MOSTLY, Outcome.PARTLY
MOSTLY_NOT, FAILED = Outcome.MOSTLY_NOT, Outcome.DID_NOT_HAPPEN


def said(
    world: World,
    visibility: str = Visibility.PUBLIC,
    *,
    by: User | None = None,
    team: Team | None = None,
    ends: date = OVER,
    **statement: Any,
) -> Claim:
    """One more claim, stated in a piece of its own."""
    by = by or world.cleo
    article = make_article(f"Piece {next(numbers)}", by, visibility, team)
    claim = accepted(article, by, visibility, team, ends=ends)
    Statement.objects.filter(claim=claim).update(**statement)
    return claim


def called(world: World, *outcomes: Outcome, **how: Any) -> list[Claim]:
    """A claim for each of these outcomes, judged by Ben."""
    claims = [said(world, **how) for _ in outcomes]
    for claim, outcome in zip(claims, outcomes, strict=True):
        judged(claim, world.ben, outcome)
    return claims


def page(client: Client, address: str = MIRA) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def record(client: Client, address: str = MIRA) -> str:
    """The section of the record, as one reads it."""
    found = re.search(r'<section class="section record".*?</section>', page(client, address), re.DOTALL)
    assert found
    return words(found[0])


def words(html: str) -> str:
    return " ".join(unescape(strip_tags(re.sub(r"</(?:th|td|p|span|a|h\d)>", " ", html))).split())


def figures(client: Client, address: str = MIRA) -> dict[str, tuple[int, str]]:
    """By the part of a record, its figure and the address of the claims behind it."""
    rows = re.findall(r'data-part="([a-z-]+)">.*?<td class="number">(.*?)</td>', page(client, address), re.DOTALL)
    found = {}
    for part, cell in rows:
        link = re.search(r'href="([^"]+)"', cell)
        found[part] = (int(strip_tags(cell)), unescape(link[1]) if link else "")
    return found


def counts(client: Client, address: str = MIRA) -> dict[str, int]:
    """The figures that are not 0."""
    return {part: number for part, (number, _) in figures(client, address).items() if number}


def listed(client: Client, address: str) -> list[int]:
    """The claims of a list behind a figure."""
    return [int(pk) for pk in re.findall(r'id="claim-(\d+)"', page(client, address))]
