"""What is found by which question; the same on every database."""

from collections import defaultdict
from datetime import date
from itertools import product

import pytest

from reader.claims.models import phase_of
from reader.core.visibility import Scope, Visibility
from reader.highlights.models import Kind, write_note
from reader.search.faceting import MOST_FACETS, NAMED_AT_ONCE, facets_of
from reader.search.language import PHASES, parse
from reader.search.models import SearchRecord
from reader.search.names import in_phase
from reader.search.queries import Found, find, hits_of
from tests.claims.predictions import make_claim
from tests.world import World, make_article, make_highlight

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 1)


def ask(text: str, user: object, *, typing: bool = False, newest: bool = False) -> Found:
    return find(parse(text, typing=typing), user, TODAY, newest=newest)  # type: ignore[arg-type]  # a reader of the world


def found(text: str, user: object, *, typing: bool = False) -> list[str]:
    """What is found, in words: the kind, and the first line."""
    rows = ask(text, user, typing=typing).rows
    return [f"{row.kind}: {hit.title}" for row, hit in hits_of(rows, user)]  # type: ignore[arg-type]


def test_a_word_finds_a_piece(world: World) -> None:
    assert found("herds foundry", world.ada) == ["article: Notes for the Foundry"]


def test_a_phrase_finds_only_words_that_follow_each_other(world: World) -> None:
    assert found('"halves fall"', world.cleo) == []
    assert found('"becoming clear that small models" cleo', world.cleo) == ["article: For Cleo alone"]
    assert found('"clear becoming"', world.cleo) == []
    # from the title into the text is no phrase
    assert found('"cleo alone the gradient"', world.cleo) == []


def test_a_phrase_is_more_than_its_pairs(world: World) -> None:
    piece = "<p>Zinc open weights here. Whose weights win there.</p>"
    make_article("Pairs", world.cleo, html=piece)

    assert found('"open weights here"', world.cleo) == ["article: Pairs"]
    assert found('"weights here whose weights win"', world.cleo) == ["article: Pairs"]
    assert found('"open weights win"', world.cleo) == []
    assert found('zinc -"open weights win"', world.cleo) == ["article: Pairs"]
    assert found('zinc -"open weights here"', world.cleo) == []
    assert found("open-weig", world.cleo, typing=True) == ["article: Pairs"]
    assert found("open-we", world.cleo, typing=True) == ["article: Pairs"]


def test_a_minus_leaves_out(world: World) -> None:
    assert found("herds -foundry", world.cleo) == ["article: For Cleo alone", "article: The year of the small model"]


def test_a_beginning_is_found_while_one_types(world: World) -> None:
    make_article("Semiconductors", world.cleo)

    assert found("se", world.cleo, typing=True) == ["article: Semiconductors"]
    assert found("sem", world.cleo, typing=True) == ["article: Semiconductors"]
    assert found("semicon", world.cleo, typing=True) == ["article: Semiconductors"]
    assert find(parse("semicon"), world.cleo, TODAY, literally=True).rows == []
    assert found("semicon*", world.cleo) == ["article: Semiconductors"]
    assert found("gradient ledg", world.cleo, typing=True)


def test_spellings_are_folded(world: World) -> None:
    make_article("Łódź in façade", world.cleo, html="<p>Die Straße nach Zürich.</p>")

    for text in ("lodz", "ŁÓDŹ", "facade", "strasse", "zurich", "Zürich"):
        assert found(text, world.cleo) == ["article: Łódź in façade"], text


def test_chinese_and_japanese_are_found(world: World) -> None:
    make_article("报告", world.cleo, html="<p>人工智能的未来。ガンダムの話。</p>")

    for text in ("人工", "智能", "人工智能", "未", "来", "能", "报告", "ガンダム", "話"):
        assert found(text, world.cleo) == ["article: 报告"], text
    for text in ("能人", "カンダム", "智人工"):
        assert found(text, world.cleo) == [], text


def test_marks_notes_claims_people_tags_and_publications_are_found(world: World) -> None:
    mark = make_highlight(world.public, "small models will matter", world.cleo)
    mark.label(["Zeppelins"], world.cleo)
    write_note(mark, "A **zebra** thought.", world.cleo)
    claim = make_claim(world.public, "Nobody trains from scratch before 2030", world.ada, Visibility.PUBLIC)
    claim.amend("No zygote by 2030.", "Counted by *zoologists*.", {}, world.ada)

    assert found("zebra", world.cleo) == ["note: A **zebra** thought."]
    assert found("kind:mark matter", world.cleo) == ["highlight: small models will matter"]
    assert found("zygote", world.cleo) == found("zoologists", world.cleo) == ["claim: No zygote by 2030."]
    assert found("zeppelins", world.cleo) == ["tag: Zeppelins"]
    assert found("kind:person castell", world.vera) == ["person: Mira Castell"]
    assert found("gradient kind:publication", world.dov)[0] == "publication: The Gradient Ledger"


def test_titles_come_first_and_then_the_newest(world: World) -> None:
    older = make_article("Everything", world.cleo)
    newer = make_article("Something else", world.cleo)

    titles = found("everything", world.cleo)

    assert titles[:2] == [f"article: {older.title}", f"article: {newer.title}"]
    newest = hits_of(ask("everything", world.cleo, newest=True).rows, world.cleo)
    assert next(hit.title for _, hit in newest) == newer.title


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tag:herds", ["highlight: herds"]),
        ("tag:HERDS kind:highlight", ["highlight: herds"]),
        ("tag:herds tag:prices", []),
        ("author:castell kind:article foundry", ["article: Notes for the Foundry"]),
        ('author:"Mira Castell" publication:gradient kind:article foundry', ["article: Notes for the Foundry"]),
        ("publication:ledger kind:highlight by:me", ["highlight: herds", "highlight: small models will matter"]),
        ("kind:prediction", ["highlight: Nobody trains from scratch before 2030"]),
        ("kind:question by:me", ["highlight: small models will matter"]),
        ("team:foundry kind:article", ["article: Notes for the Foundry"]),
        ("kind:article after:2023-05-17 before:2023-05-18 foundry", ["article: Notes for the Foundry"]),
        ("kind:article before:2023-05-17", []),
        ("kind:article after:2023-06", []),
        ("kind:claim phase:live", ["claim: Nobody trains from scratch before 2030"]),
        ("phase:due", []),
        ("-tag:herds kind:highlight by:me", ["highlight: small models will matter"]),
        ("kind:highlight -by:me", ["highlight: Nobody trains from scratch before 2030"]),
    ],
)
def test_filters(world: World, text: str, expected: list[str]) -> None:
    make_highlight(world.public, "small models will matter", world.cleo, Kind.QUESTION)
    make_highlight(world.public, "herds", world.cleo).label(["Herds"], world.cleo)
    make_highlight(world.public, "Prices fall", world.ada).label(["Prices"], world.ada)
    make_claim(world.public, "Nobody trains from scratch before 2030", world.ada, Visibility.PUBLIC)

    assert found(text, world.cleo) == expected


def test_a_beginning_is_enough_of_a_name_where_no_word_is_called_so(world: World) -> None:
    make_highlight(world.public, "herds", world.cleo).label(["Memory prices"], world.cleo)
    make_highlight(world.public, "Prices fall", world.cleo).label(["Memorial"], world.cleo)
    make_highlight(world.elsewhere, "herds", world.dov).label(["Memo"], world.dov)

    assert found("tag:mem kind:highlight", world.cleo) == ["highlight: Prices fall", "highlight: herds"]
    assert found('tag:"memory pri" kind:highlight', world.cleo) == ["highlight: herds"]
    assert found("tag:memory kind:highlight", world.cleo) == ["highlight: herds"]  # a whole word goes before
    assert found("author:cast publication:gradi kind:article cleo", world.cleo) == ["article: For Cleo alone"]
    assert found("team:fou kind:article", world.cleo) == ["article: Notes for the Foundry"]
    assert found("herds -publication:gradi", world.cleo) == []
    assert not ask("tag:m", world.cleo).rows  # of one letter nearly everything begins


def test_a_beginning_finds_no_name_that_is_hidden(world: World) -> None:
    make_highlight(world.elsewhere, "herds", world.dov).label(["Memo"], world.dov)

    assert list(ask("tag:mem", world.cleo).hints) == ["No tag that you may see is called “mem”."]
    assert list(ask("team:harb", world.cleo).hints) == ["You are in no team called “harb”."]
    assert ask("tag:mem", world.dov).rows


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("tag:nowhere", "No tag that you may see is called “nowhere”."),
        ("author:nobody", "No author or speaker that you may see is called “nobody”."),
        ("publication:zzz llama", "No publication that you may see is called “zzz”."),
        ("team:harbour", "You are in no team called “harbour”."),
    ],
)
def test_it_says_which_filter_leads_nowhere(world: World, text: str, hint: str) -> None:
    answer = ask(text, world.cleo)

    assert not answer.rows
    assert hint in answer.hints


@pytest.mark.parametrize(
    "text",
    [
        '"unbalanced',
        "x" * 10_000,
        "the of and a",
        "tag:",
        'a OR b AND NOT (c NEAR d) ^e {title}: f* "g" -',
        "\x00\x00small\x00",
        "'; DROP TABLE reader_article; --",
        "small & | ! <-> :* models",
        "\\ ' '' \"\" ﷽ \ud800",
        "🦙",
        "-",
        "* ** a*",
        "tag:\x00",
        "kind:article " * 300,
        " ".join(f"w{number}*" for number in range(400)),
    ],
)
def test_nothing_breaks_it(world: World, text: str) -> None:
    for typing in (True, False):
        answer = ask(text, world.cleo, typing=typing)
        hits_of(answer.rows, world.cleo)


def test_a_slip_of_the_key_is_forgiven(world: World) -> None:
    answer = ask("acelerated foundry", world.cleo)

    assert answer.meant == "accelerated foundry"
    assert found("acelerated foundry", world.cleo) == ["article: Notes for the Foundry"]
    assert found("researhcers foundry", world.cleo) == ["article: Notes for the Foundry"]
    assert find(parse("acelerated"), world.cleo, TODAY, literally=True).rows == []


def test_a_slip_is_not_mended_to_a_word_that_is_hidden(world: World) -> None:
    make_article("Xylophone", world.dov)

    answer = ask("xylophine", world.cleo)

    assert (list(answer.rows), answer.meant, list(answer.hints)) == ([], "", [])
    assert ask("xylophine", world.dov).meant == "xylophone"
    assert ask("KIND:article  xylophine by:me", world.dov).meant == "KIND:article  xylophone by:me"
    assert ask("xylophíne", world.dov).meant == "xylophone"


def test_what_was_found_while_typing_is_found_by_enter_too(world: World) -> None:
    make_article("Xylophone", world.dov)
    words = ["xyl", "xyloph", "tag:none xyl", "xylophones", "xyl*"]

    assert [ask(text, world.dov).meant for text in words] == ["xyl…", "xyloph…", "", "xylophone", ""]
    assert [len(ask(text, world.dov).rows) for text in words] == [1, 1, 0, 1, 1]
    assert find(parse("xyl"), world.dov, TODAY, literally=True).rows == []
    assert list(ask('"xyl"', world.dov).rows) == []


@pytest.mark.parametrize("text", ["2033", "H200", "march 2033", "2030s", "203", "H1", '"in 20"'])
def test_a_figure_is_never_taken_for_another(world: World, text: str) -> None:
    make_article("March 2030 and the H100, in 2030", world.dov)

    answer = ask(text, world.dov)

    assert (list(answer.rows), answer.meant) == ([], "")


def test_facets_count_what_is_found(world: World) -> None:
    make_highlight(world.public, "herds", world.cleo).label(["Herds"], world.cleo)
    make_highlight(world.public, "small models will matter", world.ada, visibility=Visibility.PUBLIC)
    make_highlight(world.public, "everything", world.dov)

    facets = facets_of(ask("author:castell", world.cleo).rows, world.cleo)

    assert [(one.filter, one.hits) for one in facets["kind"]] == [("kind:article", 3), ("kind:highlight", 2)]
    assert [(one.filter, one.hits) for one in facets["tag"]] == [("tag:Herds", 1)]
    assert ('author:"Mira Castell"', 5) in [(one.filter, one.hits) for one in facets["author"]]


def test_a_tag_is_offered_behind_many_that_are_others(world: World) -> None:
    mine = make_highlight(world.public, "small models will matter", world.cleo, visibility=Visibility.PUBLIC)
    mine.label(["Herds"], world.cleo)
    hidden = [f"Hidden {number}" for number in range(NAMED_AT_ONCE + 1)]
    pieces = [make_article(f"Herds of {name}", world.cleo, Visibility.PUBLIC) for name in ("sheep", "goats")]
    for piece in pieces:
        piece.label(hidden, world.ada, Scope(world.ada.pk))

    rows = ask("author:castell", world.cleo).rows

    assert [one.filter for one in facets_of(rows, world.cleo)["tag"]] == ["tag:Herds"]
    assert len(facets_of(rows, world.ada)["tag"]) == MOST_FACETS


def test_phases_are_those_of_the_ledger(world: World) -> None:
    days = [None, date(2020, 1, 1), TODAY, date(2030, 1, 1)]
    windows = [
        (start, end) for start in days for end in days if (start and (not end or end >= start)) or not (start or end)
    ]
    expected: dict[str, set[int]] = defaultdict(set)
    for (start, end), (verdict, dispute) in product(windows, [(None, None), (1, None), (1, 2)]):
        record = SearchRecord.objects.create(
            id=1000 + sum(map(len, expected.values())),
            kind="claim",
            object_id=1000 + sum(map(len, expected.values())),
            owner=world.cleo,
            visibility=Visibility.PRIVATE,
            window_start=start,
            window_end=end,
            verdict=verdict,
            dispute=dispute,
        )
        expected[phase_of(start, end, verdict, dispute, TODAY)].add(record.object_id)

    for phase in PHASES:
        rows = SearchRecord.objects.filter(in_phase(phase, TODAY), object_id__gte=1000, kind="claim")
        assert set(rows.values_list("object_id", flat=True)) == expected[phase], phase
