import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reader.claims.models import Claim, Statement
from reader.core.models import Event
from reader.highlights.models import Anchor, Highlight, Note
from reader.library.models import Article, Text
from tests.pages.asking import FRAGMENT, composer_of, marks_of
from tests.world import World, make_article, make_highlight, newest

EXACT = "2024 will be the year"


def said_of(article: Article, exact: str = EXACT, /, **more: str | int) -> dict[str, str | int]:
    revision = newest(article)
    start = revision.text.index(exact)
    return {
        "revision": revision.pk,
        "start": start,
        "end": start + len(exact),
        "exact": exact,
        "kind": "highlight",
        **more,
    }


def test_it_works(cleo: Client, world: World) -> None:
    response = cleo.post(marks_of(world.private), said_of(world.private))

    highlight = Highlight.objects.get()
    assert response.status_code == 303
    assert response.headers["Location"] == f"{world.private.get_absolute_url()}#h-{highlight.pk}"
    assert (highlight.exact, highlight.owner, highlight.visibility) == (EXACT, world.cleo, "private")


def test_it_writes_everything_at_once(cleo: Client, world: World) -> None:
    more = {"kind": "prediction", "tags": "llama, Small models", "note": "*Bold* claim", "audience": "private"}
    cleo.post(marks_of(world.shared), said_of(world.shared, **more))

    highlight = Highlight.objects.get()
    statement = Statement.objects.get()
    assert statement.highlight == highlight
    assert statement.speaker is not None
    assert statement.speaker.name == "Mira Castell"
    assert str(statement.window_start) == "2024-01-01"
    assert str(statement.window_end) == "2024-12-31"
    assert sorted(highlight.tags.values_list("name", flat=True)) == ["Small models", "llama"]
    assert Note.objects.get().html == "<p><em>Bold</em> claim</p>"
    assert sorted(statement.claim.tags.values_list("name", flat=True)) == ["Small models", "llama"]
    events = Event.objects.filter(actor=world.cleo).order_by("id").values_list("verb", "subject_kind")
    assert list(events)[-5:] == [
        ("marked", "highlight"),
        ("proposed", "claim"),
        ("tagged", "claim"),
        ("tagged", "highlight"),
        ("wrote", "note"),
    ]


def test_it_saves_nothing_by_half(cleo: Client, world: World) -> None:
    said = said_of(world.private, kind="prediction", tags="kept", note="kept", window_end="2023-01-31")

    response = cleo.post(marks_of(world.private), said)

    assert response.status_code == 422
    assert "17 May 2023" in response.content.decode()
    assert not Highlight.objects.exists()
    assert not Claim.objects.exists()
    assert not Note.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"kind": "prophecy"}, "There is no mark of the kind “prophecy”."),
        ({"kind": ""}, "Choose the kind of mark."),
        ({"tags": "x" * 300}, "A tag has at most 60 characters"),
        ({"tags": ",".join(map(str, range(31)))}, "At most 30 tags"),
        ({"note": "x" * 20_001}, "A note has at most 20,000 characters; this one has 20001."),
        ({"exact": ""}, "Say which words to mark"),
        ({"note": "nul\x00"}, "There is a character in this that can’t be kept"),
        ({"tags": "nul\x00"}, "There is a character in this that can’t be kept"),
        ({"start": "x"}, ""),
        ({"start": "-1"}, ""),
        ({"visibility": "public"}, "can’t be shared with them"),
        ({"visibility": "team", "team": "99"}, "can’t be shared with them"),
        ({"visibility": "team", "team": "9" * 5000}, ""),
        ({"audience": "nobody"}, "can’t be shared with them"),
    ],
)
def test_it_refuses_bad_input(cleo: Client, world: World, wrong: dict[str, str], sentence: str) -> None:
    said = {**said_of(world.shared), "note": "Keep me.", **wrong}

    response = cleo.post(marks_of(world.shared), said, headers=FRAGMENT)

    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert str(said["note"])[:8].strip("\x00") in page
    assert response.headers["HX-Retarget"] == "#composer"
    assert not Highlight.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"exact": "2024 will be the yeaR"},
        {"exact": "words that nobody wrote", "start": "", "end": ""},
        {"exact": "2024 \ufffd"},
        {"start": "0", "end": "5"},
        {"end": "99999999999999999999"},
        {"revision": "4711"},
        {"revision": "99999999999999999999"},
    ],
)
def test_it_refuses_words_that_are_not_there(cleo: Client, world: World, wrong: dict[str, str]) -> None:
    response = cleo.post(marks_of(world.private), {**said_of(world.private), "note": "Keep me.", **wrong})

    assert response.status_code == 409
    assert "Keep me." in response.content.decode()
    assert "Nothing was saved" in response.content.decode()
    assert not Highlight.objects.exists()


def test_it_survives_bytes_that_are_no_text(cleo: Client, world: World) -> None:
    body = b"kind=highlight&exact=%ED%A0%80%00&tags=%ED%A0%80&note=%FF"

    response = cleo.post(marks_of(world.private), body, content_type="application/x-www-form-urlencoded")

    assert response.status_code in (409, 422)
    assert not Highlight.objects.exists()


def test_a_form_sent_twice_makes_one_mark(cleo: Client, world: World) -> None:
    said = said_of(world.private, kind="prediction", tags="llama", note="Once.")

    first = cleo.post(marks_of(world.private), said, headers={"Accept": "application/json"})
    second = cleo.post(marks_of(world.private), said, headers={"Accept": "application/json"})

    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert Highlight.objects.count() == Claim.objects.count() == Note.objects.count() == 1


def test_marking_again_adds_what_is_new(cleo: Client, world: World) -> None:
    cleo.post(marks_of(world.private), said_of(world.private, tags="llama"))
    cleo.post(marks_of(world.private), said_of(world.private, tags="alpaca", note="And this."))

    assert sorted(Highlight.objects.get().tags.values_list("name", flat=True)) == ["alpaca", "llama"]
    assert Note.objects.get().body == "And this."


def test_marking_again_puts_no_more_tags_on_it_than_fit(cleo: Client, world: World) -> None:
    said = said_of(world.shared)
    cleo.post(marks_of(world.shared), said | {"tags": ",".join(f"tag {number}" for number in range(20))})

    answer = cleo.post(
        marks_of(world.shared), said | {"tags": ",".join(f"more {number}" for number in range(20)), "note": "Kept."}
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "You had marked this already, with 20 tags; with these it would have 40. At most 30 fit on one mark." in page
    assert "Kept.</textarea>" in page
    assert Highlight.objects.get().tags.count() == 20
    assert not Note.objects.exists()
    again = ",".join(f"Tag {number}" for number in range(30))
    assert cleo.post(marks_of(world.shared), said | {"tags": again}).status_code == 303
    assert Highlight.objects.get().tags.count() == 30


def test_it_answers_json(cleo: Client, world: World) -> None:
    response = cleo.post(marks_of(world.private), said_of(world.private), headers={"Accept": "application/json"})

    highlight = Highlight.objects.get()
    assert response.status_code == 201
    assert response.json() == {"id": highlight.pk, "url": highlight.get_absolute_url()}


def test_it_answers_json_errors(cleo: Client, world: World) -> None:
    said = said_of(world.private, kind="prophecy")

    response = cleo.post(marks_of(world.private), said, headers={"Accept": "application/json"})

    assert response.status_code == 422
    assert list(response.json()["errors"]) == ["kind"]


def test_it_answers_fragment(cleo: Client, world: World) -> None:
    page = cleo.post(marks_of(world.private), said_of(world.private), headers=FRAGMENT).content.decode()

    made, anchor = Highlight.objects.get(), Anchor.objects.get()
    assert f'<hx-partial hx-target="#b3" hx-swap="innerHTML">We think <mark id="h-{made.pk}"' in page
    assert f'<hx-partial hx-target="#cards" hx-swap="place"><li class="card" id="highlight-{made.pk}"' in page
    assert f'data-passage="{anchor.start}-{anchor.end}"' in page
    assert '<hx-partial hx-target="#composer" hx-swap="innerHTML"></hx-partial>' in page
    assert f'hx-post="/highlights/{made.pk}/deletion/"' in page


def test_every_block_that_it_touches_is_drawn(cleo: Client, world: World) -> None:
    text = newest(world.private).text
    exact = text[text.index("everything") : text.index("We think")].strip()

    page = cleo.post(marks_of(world.private), said_of(world.private, exact), headers=FRAGMENT).content.decode()

    assert [number for number in range(7) if f'hx-target="#b{number}"' in page] == [1, 2]


def test_a_card_behind_the_loaded_ones_brings_those_between(cleo: Client, world: World) -> None:
    loaded = make_highlight(world.private, "small models", world.cleo)
    between = make_highlight(world.private, "In February", world.cleo)

    said = said_of(world.private, loaded=loaded.pk)
    page = cleo.post(marks_of(world.private), said, headers=FRAGMENT).content.decode()

    made = Highlight.objects.latest("id")
    more = page[page.index('<hx-partial hx-target="#cards-more" hx-swap="outerHTML">') :]
    assert more.index(f'id="highlight-{between.pk}"') < more.index(f'id="highlight-{made.pk}"')


@pytest.mark.parametrize("loaded", ["x", "9" * 18, "9" * 30, "9" * 5000])
def test_a_last_card_that_is_none_changes_nothing(cleo: Client, world: World, loaded: str) -> None:
    response = cleo.post(marks_of(world.private), said_of(world.private, loaded=loaded), headers=FRAGMENT)

    assert response.status_code == 200
    assert '<hx-partial hx-target="#cards" hx-swap="place">' in response.content.decode()


def test_the_place_of_a_hidden_mark_is_not_told(cleo: Client, world: World) -> None:
    hidden = make_highlight(world.shared, "small models", world.ada)
    make_highlight(world.shared, "In February", world.cleo)

    def answers(mark: int) -> tuple[str, str]:
        more = cleo.get(marks_of(world.shared), {"after": mark}, headers=FRAGMENT).content.decode()
        page = cleo.post(marks_of(world.shared), said_of(world.shared, loaded=mark), headers=FRAGMENT).content.decode()
        Highlight.objects.latest("id").delete()
        return more, page.partition("cards-more")[1]

    assert answers(hidden.pk) == answers(999_999) == ("", "")


def test_without_offsets_the_words_are_searched(cleo: Client, world: World) -> None:
    cleo.post(marks_of(world.private), {"exact": "2024  will\nbe the year", "kind": "question"})

    assert Highlight.objects.get().exact == EXACT


def test_offsets_are_code_points(cleo: Client, world: World) -> None:
    response = cleo.post(marks_of(world.private), said_of(world.private, "🦙 herds"))

    anchor = Anchor.objects.get()
    assert response.status_code == 303
    assert newest(world.private).text[anchor.start : anchor.end] == "🦙 herds"


def test_a_stale_revision_is_carried_to_the_newest(cleo: Client, world: World) -> None:
    said = said_of(world.private)
    html = newest(world.private).html
    world.private.revise(
        Text(
            html=f"<p>New above.</p>\n{html}",
            text=f"New above.\n{newest(world.private).text}",
            raw="",
            source_kind="paste",
        ),
        world.cleo,
    )

    response = cleo.post(marks_of(world.private), said)

    assert response.status_code == 303
    anchor = Anchor.objects.get(revision=newest(world.private))
    assert anchor.revision.text[anchor.start : anchor.end] == EXACT


def test_a_stale_revision_whose_words_are_gone_is_refused(cleo: Client, world: World) -> None:
    said = said_of(world.private)
    world.private.revise(Text(html="<p>All new.</p>", text="All new.", raw="", source_kind="paste"), world.cleo)

    response = cleo.post(marks_of(world.private), said)

    assert response.status_code == 409
    assert not Highlight.objects.exists()


def test_a_past_window_in_the_words_is_not_read(cleo: Client, world: World) -> None:
    """“In February” of the year of publication is over: it must not keep the claim from being made."""
    response = cleo.post(marks_of(world.private), said_of(world.private, "In February the lab", kind="prediction"))

    claim = Claim.objects.get()
    assert response.status_code == 303
    assert claim.window_end is None or claim.window_end.year > 2023


def test_somebody_else_may_have_said_it(cleo: Client, world: World) -> None:
    more = {"kind": "prediction", "speaker": "A leaked memo", "reported_by": "Mira Castell", "stance": "reports"}
    cleo.post(marks_of(world.private), said_of(world.private, **more))

    statement = Statement.objects.get()
    assert statement.speaker is not None
    assert statement.reported_by is not None
    assert (statement.speaker.name, statement.reported_by.name) == ("A leaked memo", "Mira Castell")
    assert statement.stance == "reports"


@pytest.mark.parametrize(("visibility", "team"), [("team", True), ("private", False)])
def test_the_reader_chooses_who_sees_it(cleo: Client, world: World, visibility: str, team: bool) -> None:
    more = {"visibility": visibility, "team": world.foundry.pk if team else ""}
    cleo.post(marks_of(world.shared), said_of(world.shared, **more))

    highlight = Highlight.objects.get()
    assert (highlight.visibility, highlight.team) == (visibility, world.foundry if team else None)


def test_a_public_piece_can_be_marked_for_everyone(cleo: Client, world: World) -> None:
    cleo.post(marks_of(world.public), said_of(world.public, audience="public"))

    assert Highlight.objects.get().visibility == "public"


def test_a_viewer_marks_for_herself_alone(vera: Client, world: World) -> None:
    shared = vera.post(marks_of(world.shared), said_of(world.shared, visibility="team", team=world.foundry.pk))
    private = vera.post(marks_of(world.shared), said_of(world.shared))

    assert shared.status_code == 422
    assert "only members of a team share with it" in shared.content.decode()
    assert private.status_code == 303
    assert Highlight.objects.get().visibility == "private"


def test_it_checks_who_may_read(dov: Client, world: World) -> None:
    hidden = dov.post(marks_of(world.shared), said_of(world.shared))
    missing = dov.post("/articles/nowhere/highlights/", said_of(world.shared))

    assert hidden.status_code == missing.status_code == 404
    assert hidden.content == missing.content


def test_a_stranger_signs_in_first(client: Client, world: World) -> None:
    response = client.post(marks_of(world.public), said_of(world.public))

    assert response.status_code == 302
    assert "/accounts/login/" in response.headers["Location"]
    assert not Highlight.objects.exists()


def test_the_composer_fills_in_what_it_can(cleo: Client, world: World) -> None:
    asked = {**said_of(world.shared), "kind": "prediction"}

    page = cleo.get(composer_of(world.shared), asked, headers=FRAGMENT).content.decode()

    assert "<html" not in page
    assert 'value="2024-01-01"' in page
    assert 'value="2024-12-31"' in page
    assert 'value="Mira Castell"' in page
    assert "the team Foundry" in page
    assert "everyone" not in page


def test_the_composer_works_as_a_page(cleo: Client, world: World) -> None:
    page = cleo.get(composer_of(world.private), {"exact": EXACT}).content.decode()

    assert "<html" in page
    assert f">{EXACT}</blockquote>" in page


def test_the_composer_asks_which_of_several_places_is_meant(cleo: Client, world: World) -> None:
    article = make_article("Twice", world.cleo, html="<p>One price falls &amp; stays.</p><p>No price falls here.</p>")
    page = cleo.get(composer_of(article), {"exact": "price falls", "kind": "question"}).content.decode()

    assert "Which of these places?" in page
    places = re.findall(r'<a href="([^"]+)" dir="auto">(.*?)</a>', page, re.DOTALL)
    assert ["here" in words.split("</strong>")[1] for _, words in places] == [True, True]
    assert ["One" in words.split("<strong>")[0][-5:] for _, words in places] == [True, False]
    second = cleo.get(f"{composer_of(article)}{unescape(places[1][0])}").content.decode()
    at = newest(article).text.rindex("price falls")
    assert f'name="start" value="{at}"' in second
    assert re.search(r'value="question"[^>]*checked', second)
    assert (
        "Which of these places?"
        not in cleo.get(composer_of(article), {"exact": "price falls"}, headers=FRAGMENT).content.decode()
    )


def test_the_composer_asks_for_words(cleo: Client, world: World) -> None:
    assert "copy them here" not in cleo.get(composer_of(world.private)).content.decode()
    assert cleo.get(composer_of(world.private), {"exact": "Not in it"}).status_code == 409


def test_the_composer_that_finds_no_words_answers_fragment(cleo: Client, world: World) -> None:
    answer = cleo.get(composer_of(world.private), {"exact": "words that nobody wrote"}, headers=FRAGMENT)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert page.startswith('<form class="composer"')
    assert "These words do not occur in the text." in page
    assert "words that nobody wrote</textarea>" in page
    assert answer.headers["HX-Retarget"] == "#composer"


def test_the_composer_checks_who_may_read(dov: Client, world: World) -> None:
    assert dov.get(composer_of(world.private), {"exact": EXACT}).status_code == 404


def test_a_refused_form_keeps_what_was_typed(cleo: Client, world: World) -> None:
    said = said_of(
        world.shared, kind="prediction", tags="x" * 300, note="My note", statement="My words", audience="private"
    )

    page = cleo.post(marks_of(world.shared), said).content.decode()

    assert "My note</textarea>" in page
    assert "My words</textarea>" in page
    assert 'value="private" checked' in page


def test_queries_do_not_grow(cleo: Client, world: World) -> None:
    def queries_to_mark(exact: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            cleo.post(marks_of(world.private), said_of(world.private, exact), headers=FRAGMENT)
        return len(asked)

    queries_to_mark("becoming")  # the first of a session is not like the others
    few = queries_to_mark("clear")
    for words in ("In February", "the lab", "released", "a model", "What comes", "2024", "Prices fall", "Nobody"):
        make_highlight(world.private, words, world.cleo).label(["one", "two"], world.cleo)

    assert queries_to_mark("researchers") == few
