"""Links as what they lead to, and pictures that count as nothing."""

import base64
import json
import zlib
from urllib.parse import quote

import pytest

from reader.intake.mail.links import target_of
from reader.intake.mail.tidying import tidy_letter

GOAL = "https://site.example/piece?id=7"


def packed(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


@pytest.mark.parametrize(
    "link",
    [
        f"https://substack.com/redirect/2/{packed(json.dumps({'e': GOAL, 'iss': 'pub-1'}).encode())}.c2ln?",
        f"https://email.mg1.substack.com/c/{packed(zlib.compress(f'l={quote(GOAL, safe=str())}&r=cleo'.encode()))}",
        f"https://click.convertkit-mail.com/abc123/def456/{packed(GOAL.encode())}",
        f"https://link.sailthru.example/click/123.45/{packed(GOAL.encode())}/0123",
        f"https://e.customeriomail.com/e/c/{packed(json.dumps({'email_id': 'x', 'href': GOAL}).encode())}/sig",
        "https://tracking.tldrnewsletter.com/CL0/https:%2F%2Fsite.example%2Fpiece%3Fid=7/1/0100018b-abc-000000/xyz=331",
        "https://x1.r.eu-west-1.awstrack.me/L0/https:%2F%2Fsite.example%2Fpiece%3Fid=7/1/0102-a/b=1",
        "https://www.google.com/url?q=https%3A%2F%2Fsite.example%2Fpiece%3Fid%3D7&sa=D",
        "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fsite.example%2Fpiece%3Fid%3D7&data=05",
        "https://urldefense.com/v3/__https://site.example/piece?id=7__;!!abc!def$",
        "https://urldefense.proofpoint.com/v2/url?u=https-3A__site.example_piece-3Fid-3D7&d=DwM",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fsite.example%2Fpiece%3Fid%3D7&h=AT",
        "https://medium.com/r/?url=https%3A%2F%2Fsite.example%2Fpiece%3Fid%3D7",
        "https://href.li/?https://site.example/piece?id=7",
        "https://site.example/piece?id=7&utm_source=mail&utm_medium=email&mc_cid=1",
        f"https://www.google.com/url?q=https%3A%2F%2Fclick.convertkit-mail.com%2Fa%2Fb%2F{packed(GOAL.encode())}",
    ],
)
def test_a_known_counter_is_passed_by(link: str) -> None:
    assert target_of(link) == GOAL


@pytest.mark.parametrize(
    "link",
    [
        GOAL,
        "https://web.archive.org/web/2020/https://site.example/",
        "https://translate.example/?url=https://site.example/",
        "https://list.list-manage.com/track/click?u=1&id=2&e=3",
        "https://site.example/p/eyJub3QiOiJqc29u",
        "https://site.example/a?q=a+b&x=%2F#part",
        "https://google.com/url?q=javascript:alert(1)",
        "https://[broken/",
        f"https://site.example/c/{packed(zlib.compress(b'0' * 50_000_000))}",
        "https://x.example/c/eJ" + "A" * 5000,
    ],
)
def test_any_other_stays_as_it_is(link: str) -> None:
    assert target_of(link) == link


def test_pictures_that_count_are_gone_and_others_stay() -> None:
    chart = '<img src="https://cdn.example/chart.png" width="600" alt="Prices">'
    tidied = tidy_letter(
        f'<p>Words</p>{chart}<img src="https://x.example/p.gif" width="1" height=1>'
        '<img alt="" style="display:none" src="https://x.example/a">'
        '<IMG SRC="https://eml.list-manage.com/track/open.php?u=1">'
        '<img src="https://x.example/b.gif" style="height: 1px !important; width:1px">'
        '<img src="cid:chart@1" alt="A chart">'
    )
    assert tidied.html == f"<p>Words</p>{chart}"
    assert (tidied.counters, tidied.lost, tidied.links) == (4, 1, 0)


def test_links_are_rewritten_where_they_stand() -> None:
    tidied = tidy_letter(
        '<a style="x" href="https://www.google.com/url?q=https%3A%2F%2Fa.example%2F%3Fx%3D1%26y%3D2">on</a> <a name=b>'
    )
    assert tidied.html == '<a href="https://a.example/?x=1&amp;y=2">on</a> <a name=b>'
    assert tidied.links == 1
