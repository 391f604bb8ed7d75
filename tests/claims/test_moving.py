"""Moving a piece or a mark between oneself, a team and everyone: nothing is lost, and nobody sees more than before."""

import pytest

from reader.accounts.models import Membership, Role, User
from reader.claims.models import Claim, Statement
from reader.claims.moving import move_article, move_articles, move_highlight
from reader.core.models import Event
from reader.core.visibility import Visibility, is_within
from reader.curation.claim_rulings import accept
from reader.highlights.marking import WiderThanItsPiece
from reader.highlights.models import Anchor, Highlight, Note, write_note
from reader.library.models import Article, Person, Reading
from reader.library.shelving import AddressTaken
from reader.tags.models import Tag
from tests.claims.ledger import judged
from tests.claims.predictions import make_claim
from tests.conftest import signed_in
from tests.library.pieces import as_text, shelve_piece
from tests.teams.moved import audience, copies_of, marks_seen, notes_seen
from tests.world import World, make_article, make_highlight, newest

PRIVATE, TEAM, PUBLIC = Visibility.PRIVATE, Visibility.TEAM, Visibility.PUBLIC
QUOTE, OTHER = "2024 will be the year of the small model", "Nobody trains from scratch before 2030"


def assert_lawful() -> None:
    """No child is wider than its parent, anywhere; each statement quotes its mark; each anchor holds its words."""
    for mark in Highlight.objects.select_related("article"):
        assert is_within(mark, mark.article), mark
    for note in Note.objects.select_related("highlight", "article", "claim"):
        parent = note.highlight or note.article or note.claim
        assert parent
        assert is_within(note, parent), note
        assert note.parent is None or note.parent.highlight_id == note.highlight_id
    for claim in Claim.objects.select_related("merged_into").prefetch_related("statements__highlight"):
        if claim.merged_into:
            assert is_within(claim, claim.merged_into), claim
            continue
        said = list(claim.statements.all())
        assert said
        assert any(is_within(claim, one.highlight) for one in said), claim
    for anchor in Anchor.objects.select_related("highlight", "revision"):
        assert anchor.revision.article_id == anchor.highlight.article_id
        assert anchor.revision.text[anchor.start : anchor.end] == anchor.highlight.exact


# A piece goes to more people


def test_a_private_piece_goes_to_a_team(world: World) -> None:
    mark = make_highlight(world.private, "everything", world.cleo)

    move_article(world.private, TEAM, world.foundry.pk, world.cleo)

    assert audience(Article.objects.get(pk=world.private.pk)) == (TEAM, world.foundry.pk)
    assert audience(Highlight.objects.get(pk=mark.pk)) == (PRIVATE, None)
    event = Event.objects.latest("pk")
    assert (event.verb, event.visibility, event.team) == ("changed audience", TEAM, world.foundry)
    assert_lawful()


def test_with_my_marks_and_notes_where_i_say_so(world: World) -> None:
    claim = make_claim(world.private, QUOTE, world.cleo)
    claim.label(["open models"], world.cleo)
    mark = Highlight.objects.get()
    mark.label(["open models"], world.cleo)
    for on in (mark, world.private, claim):
        write_note(on, "Mine", world.cleo)

    move_article(world.private, TEAM, world.foundry.pk, world.cleo, along=True)

    things = [*Highlight.objects.all(), *Note.objects.all(), *Claim.objects.all()]
    assert {audience(thing) for thing in things} == {(TEAM, world.foundry.pk)}
    assert {tag.visibility for tag in [*mark.tags.all(), *claim.tags.all()]} == {TEAM}
    assert notes_seen(world.cleo) == ["Mine"] * 3
    assert_lawful()


def test_names_are_found_or_made_where_it_goes(world: World) -> None:
    piece = shelve_piece(world.cleo, "Tokens in May", authors=["Ola Lind", "Mira Castell"], publication="Tokens")
    piece.label(["open models"], world.cleo, piece)

    move_article(piece, TEAM, world.foundry.pk, world.cleo)

    piece.refresh_from_db()
    assert [tag.team for tag in piece.tags.all()] == [world.foundry]
    assert piece.publication
    assert (piece.publication.name, piece.publication.team) == ("Tokens", world.foundry)
    ola, mira = piece.authors.order_by("authorships__position")
    assert (ola.name, ola.team) == ("Ola Lind", world.foundry)
    assert mira.visibility == PUBLIC  # a public piece of the world is signed by the same


def test_a_speaker_is_found_or_made_where_a_mark_goes(world: World) -> None:
    piece = shelve_piece(world.cleo, "Tokens in May", authors=["Ola Lind"], words=f"{QUOTE}.")
    make_claim(piece, QUOTE, world.cleo)

    move_article(piece, PUBLIC, None, world.cleo, along=True)

    speaker = Statement.objects.get().speaker
    assert speaker == piece.authors.get()
    assert speaker.visibility == PUBLIC


def test_a_persons_kind_and_aliases_go_along(world: World) -> None:
    piece = shelve_piece(world.cleo, "Said in the corridor", authors=["A source"])
    Person.objects.filter(name="A source").update(kind=Person.Kind.UNNAMED, aliases=["S."])

    move_article(piece, PUBLIC, None, world.cleo)

    source = piece.authors.get()
    assert (source.visibility, source.kind, source.aliases) == (PUBLIC, Person.Kind.UNNAMED, ["S."])


def test_others_marks_stay_as_they_are(world: World) -> None:
    mark = make_highlight(world.shared, "everything", world.ben, visibility=TEAM, team=world.foundry)

    move_article(world.shared, PUBLIC, None, world.ada, along=True)

    assert audience(Highlight.objects.get(pk=mark.pk)) == (TEAM, world.foundry.pk)
    assert_lawful()


# A piece goes to fewer people


def annotate(world: World) -> Article:
    """The public piece with something of everybody: marks, notes on one another's, a claim, private tags, places."""
    piece = world.public
    for name, words in (("ada", "small models"), ("ben", "released a model"), ("dov", "everything")):
        mark = make_highlight(piece, words, getattr(world, name), visibility=PUBLIC)
        for other in ("ada", "ben", "dov"):
            write_note(mark, f"{other} on {name}'s", getattr(world, other))
        write_note(piece, f"{name} on the piece", getattr(world, name))
    make_highlight(piece, "the end is near", world.dov)
    claim = make_claim(piece, QUOTE, world.dov, PUBLIC)
    claim.label(["open models"], world.dov)
    make_claim(piece, OTHER, world.ben, TEAM, world.foundry)
    for other in ("ada", "dov"):
        write_note(claim, f"{other} on the claim", getattr(world, other))
    piece.label(["doubtful"], world.dov, Tag(owner=world.dov))
    Reading.objects.create(article=piece, reader=world.dov, percent=40, state=Reading.State.READING)
    return piece


def everything_of(world: World, who: str) -> tuple[list[str], list[str]]:
    user = getattr(world, who)
    return sorted(words for words, _ in marks_seen(user)), sorted(notes_seen(user))


def test_those_who_still_see_it_keep_theirs_there_and_the_rest_get_copies(world: World) -> None:
    piece = annotate(world)
    before = {who: everything_of(world, who) for who in ("ada", "ben", "dov")}

    move_article(piece, TEAM, world.foundry.pk, world.ada)

    assert_lawful()
    for who, (marks, notes) in before.items():
        marks_now, notes_now = everything_of(world, who)
        assert set(marks) <= set(marks_now)
        assert notes_now == notes
    assert copies_of(piece, world.ada) == copies_of(piece, world.ben) == []
    (copy,) = copies_of(piece, world.dov)
    assert newest(copy).sha256 == newest(piece).sha256
    assert newest(copy).raw == newest(piece).raw
    assert {mark.article_id for mark in Highlight.objects.filter(owner=world.dov)} == {copy.pk}
    assert not Highlight.objects.filter(article=copy).exclude(owner=world.dov).exists()
    assert not Highlight.objects.filter(article=piece, owner=world.dov).exists()


def test_a_copy_is_as_its_reader_had_it(world: World) -> None:
    piece = annotate(world)

    move_article(piece, PRIVATE, None, world.ada)

    (copy,) = copies_of(piece, world.dov)
    assert [person.name for person in copy.authors.all()] == ["Mira Castell"]
    assert copy.publication
    assert copy.publication.name == "The Gradient Ledger"
    assert [tag.name for tag in copy.tags.all()] == ["doubtful"]
    assert Reading.objects.get(reader=world.dov).article == copy
    assert (copy.published, copy.visibility) == (piece.published, PRIVATE)


def test_a_note_on_a_mark_that_goes_gets_a_mark_of_its_writers_own(world: World) -> None:
    mark = make_highlight(world.public, "everything", world.dov, visibility=PUBLIC)
    first = write_note(mark, "Dov begins", world.dov)
    write_note(mark, "Ben answers", world.ben, first)
    write_note(mark, "Ben adds", world.ben)

    move_article(world.public, TEAM, world.foundry.pk, world.ada)

    own = Highlight.objects.get(article=world.public)
    assert (own.owner, own.exact, audience(own)) == (world.ben, "everything", (TEAM, world.foundry.pk))
    assert {note.body: note.parent for note in own.notes.all()} == {"Ben answers": None, "Ben adds": None}
    assert own.anchors.get().start == newest(world.public).text.index("everything")
    assert [note.body for note in Note.objects.filter(highlight=mark)] == ["Dov begins"]
    assert_lawful()


def test_a_claim_that_stands_nowhere_else_is_narrowed_along(world: World) -> None:
    claim = make_claim(world.public, QUOTE, world.ben, PUBLIC)
    claim.label(["open models"], world.ben)

    move_article(world.public, TEAM, world.foundry.pk, world.ada)

    claim.refresh_from_db()
    assert audience(claim) == (TEAM, world.foundry.pk)
    assert {tag.visibility for tag in claim.tags.all()} == {TEAM}
    assert_lawful()


def test_a_claim_that_stands_elsewhere_too_stays(world: World) -> None:
    claim = make_claim(world.public, QUOTE, world.dov, PUBLIC)
    second = make_article("Said again", world.dov, PUBLIC)
    mark = make_highlight(second, QUOTE, world.dov, "prediction", PUBLIC)
    Statement.objects.create(claim=claim, highlight=mark, quote=QUOTE)

    move_article(world.public, TEAM, world.foundry.pk, world.ada)

    claim.refresh_from_db()
    assert audience(claim) == (PUBLIC, None)
    assert claim.statements.count() == 2


def test_a_claim_that_a_team_says_twice_becomes_one_of_the_teams(world: World) -> None:
    """Two members' marks state it; a record of the team would count two claims twice."""
    claim = make_claim(world.public, QUOTE, world.dov, PUBLIC)
    for reader in (world.cleo, world.ben):
        mark = make_highlight(world.shared, QUOTE, reader, "prediction", TEAM, world.foundry)
        Statement.objects.create(claim=claim, highlight=mark, quote=QUOTE)

    move_highlight(claim.statements.get(highlight__article=world.public).highlight, PRIVATE, None, world.dov)

    teams = Claim.objects.get(team=world.foundry)
    assert teams.statements.count() == 2
    assert audience(Claim.objects.get(pk=claim.pk)) == (PRIVATE, None)
    assert_lawful()


def test_a_claim_that_stands_in_two_pieces_is_narrowed_with_the_second(world: World) -> None:
    claim = make_claim(world.public, QUOTE, world.ada, PUBLIC)
    second = make_article("Said again", world.dov, PUBLIC)
    mark = make_highlight(second, QUOTE, world.dov, "prediction", PUBLIC)
    Statement.objects.create(claim=claim, highlight=mark, quote=QUOTE)
    world.harbour.memberships.create(user=world.cleo, role="member")

    move_article(world.public, TEAM, world.foundry.pk, world.ada)
    move_article(second, TEAM, world.harbour.pk, world.dov)

    assert {(one.owner, audience(one)) for one in Claim.objects.all()} == {
        (world.ada, (TEAM, world.foundry.pk)),
        (world.dov, (TEAM, world.harbour.pk)),
    }
    assert copies_of(second, world.ada) == []
    assert_lawful()


def test_a_claim_goes_with_its_owner_and_a_note_on_it_with_its_writer(world: World) -> None:
    claim = make_claim(world.public, QUOTE, world.dov, PUBLIC)
    write_note(claim, "Ben doubts it", world.ben)

    move_article(world.public, TEAM, world.foundry.pk, world.ada)

    claim.refresh_from_db()
    assert audience(claim) == (PRIVATE, None)
    (again,) = Claim.objects.exclude(pk=claim.pk)
    assert (again.statement, again.owner, audience(again)) == (claim.statement, world.ben, (TEAM, world.foundry.pk))
    assert [note.body for note in again.notes.all()] == ["Ben doubts it"]
    statement = again.statements.get()
    assert (statement.highlight.owner, statement.highlight.article) == (world.ben, world.public)
    assert_lawful()


def test_a_curators_claim_on_a_mark_that_goes_is_stated_by_both(world: World) -> None:
    mark = make_highlight(world.public, QUOTE, world.dov, "prediction", PUBLIC)
    claim = make_claim(world.public, QUOTE, world.ben, PUBLIC)
    Statement.objects.filter(claim=claim).update(highlight=mark)
    Highlight.objects.filter(owner=world.ben).delete()

    move_article(world.public, TEAM, world.foundry.pk, world.ada)

    claim.refresh_from_db()
    assert (claim.owner, audience(claim)) == (world.ben, (TEAM, world.foundry.pk))
    assert claim.statements.get().highlight.owner == world.ben
    (hers,) = Claim.objects.exclude(pk=claim.pk)
    assert (hers.owner, audience(hers), hers.statements.get().highlight) == (world.dov, (PRIVATE, None), mark)
    assert_lawful()


def test_what_was_deleted_can_still_be_brought_back(world: World) -> None:
    mark = make_highlight(world.public, "everything", world.dov, visibility=PUBLIC)
    mark.delete_by(world.dov)

    move_article(world.public, PRIVATE, None, world.ada)
    mark.refresh_from_db()
    mark.restore(world.dov)

    assert marks_seen(world.dov) == [("everything", world.public.title)]


def test_old_texts_go_along(world: World) -> None:
    mark = make_highlight(world.public, "everything", world.dov, visibility=PUBLIC)
    world.public.revise(as_text(f"{newest(world.public).text} Other words."), world.ada)

    move_article(world.public, PRIVATE, None, world.ada)

    (copy,) = copies_of(world.public, world.dov)
    assert copy.revisions.count() == 2
    places = mark.anchors.order_by("revision__number")
    assert [place.revision for place in places] == list(copy.revisions.order_by("number"))
    assert_lawful()


def test_a_second_narrowing_makes_no_second_copy(world: World) -> None:
    for words in ("everything", "small models"):
        make_highlight(world.public, words, world.dov, visibility=PUBLIC)
        move_article(world.public, TEAM, world.foundry.pk, world.ada)
        move_article(world.public, PUBLIC, None, world.ada)

    assert len(copies_of(world.public, world.dov)) == 1
    assert sorted(words for words, _ in marks_seen(world.dov)) == ["everything", "small models"]
    assert_lawful()


def test_whoever_only_read_it_gets_no_copy(world: World) -> None:
    Reading.objects.create(article=world.public, reader=world.dov, percent=10)

    move_article(world.public, PRIVATE, None, world.ada)

    assert copies_of(world.public, world.dov) == []


def test_to_another_team_those_of_both_take_theirs_along(world: World) -> None:
    world.harbour.memberships.create(user=world.ada, role="member")
    for who in (world.ada, world.ben):
        make_highlight(world.shared, "everything", who, visibility=TEAM, team=world.foundry)

    move_article(world.shared, TEAM, world.harbour.pk, world.ada)

    hers, his = Highlight.objects.order_by("owner__name")
    assert (audience(hers), hers.article) == ((TEAM, world.harbour.pk), world.shared)
    assert (audience(his), his.article) == ((PRIVATE, None), *copies_of(world.shared, world.ben))
    assert_lawful()


def test_its_plain_address_is_given_up(world: World) -> None:
    move_article(world.public, PRIVATE, None, world.ada)

    assert len(Article.objects.get(pk=world.public.pk).slug) == len("the-year-of-the-small-model") + 9
    assert make_article("The year of the small model", world.dov, PUBLIC).slug == "the-year-of-the-small-model"


def test_whoever_sees_no_more_learns_no_more(world: World) -> None:
    mark = make_highlight(world.public, "everything", world.ben, visibility=PUBLIC)

    move_article(world.public, TEAM, world.foundry.pk, world.ada)

    gone = Event.objects.filter(verb="changed audience", subject_kind="highlight", subject_id=mark.pk).get()
    assert (gone.visibility, gone.article_id, gone.team_id) == (PUBLIC, world.public.pk, None)
    assert gone.detail == {}


def test_from_team_to_team_both_are_told(world: World) -> None:
    world.harbour.memberships.create(user=world.ada, role="member")

    move_article(world.shared, TEAM, world.harbour.pk, world.ada)

    told = Event.objects.filter(verb="changed audience", subject_kind="article")
    assert {event.team for event in told} == {world.foundry, world.harbour}


# Addresses


def test_an_address_that_is_taken_there_is_refused_where_the_mover_sees_by_what(world: World) -> None:
    url = "https://example.com/one"
    kept = shelve_piece(world.ben, "One", TEAM, world.foundry, canonical_url=url)
    mine = shelve_piece(world.dov, "Mine", canonical_url=url)
    mine.owner = world.ada
    mine.save()
    other = shelve_piece(world.ada, "Another", words="Something else.")

    with pytest.raises(AddressTaken) as taken:
        move_articles([other, mine], TEAM, world.foundry.pk, world.ada)

    assert taken.value.other == kept
    assert {one.visibility for one in Article.objects.filter(pk__in=[mine.pk, other.pk])} == {PRIVATE}


def test_an_address_that_is_taken_out_of_sight_is_not_told_of(world: World) -> None:
    url = "https://example.com/one"
    shelve_piece(world.cleo, "Hers alone", canonical_url=url)
    shared = shelve_piece(world.dov, "For the team", canonical_url=url, words="Said otherwise.")
    Article.objects.filter(pk=shared.pk).update(owner=world.cleo, team=world.foundry, visibility=TEAM)
    shared.refresh_from_db()

    move_article(shared, PRIVATE, None, world.ben)

    assert Article.objects.get(pk=shared.pk).canonical_url is None


# A mark


def test_a_mark_goes_to_the_team_with_its_claim_and_my_notes(world: World) -> None:
    claim = make_claim(world.shared, QUOTE, world.cleo)
    mark = Highlight.objects.get()
    note = write_note(mark, "Mine", world.cleo)

    move_highlight(mark, TEAM, world.foundry.pk, world.cleo, along=True)

    for thing in (mark, claim, note):
        thing.refresh_from_db()
        assert audience(thing) == (TEAM, world.foundry.pk)
    assert_lawful()


def test_a_mark_goes_alone_where_i_say_so(world: World) -> None:
    claim = make_claim(world.shared, QUOTE, world.cleo)
    mark = Highlight.objects.get()

    move_highlight(mark, TEAM, world.foundry.pk, world.cleo)

    claim.refresh_from_db()
    assert audience(claim) == (PRIVATE, None)


def test_a_mark_that_is_taken_back_leaves_others_their_notes(world: World) -> None:
    claim = make_claim(world.public, QUOTE, world.ada, PUBLIC)
    mark = Highlight.objects.get()
    first = write_note(mark, "Ada", world.ada)
    write_note(mark, "Dov answers", world.dov, first)
    write_note(claim, "Ben on the claim", world.ben)

    move_highlight(mark, PRIVATE, None, world.ada)

    assert_lawful()
    claim.refresh_from_db()
    assert audience(claim) == (PRIVATE, None)
    assert notes_seen(world.dov) == ["Dov answers"]
    assert notes_seen(world.ben) == ["Ben on the claim"]
    assert marks_seen(world.dov) == marks_seen(world.ben) == [(QUOTE, world.public.title)]
    own = Highlight.objects.get(owner=world.dov)
    assert (own.article, own.visibility, own.kind) == (world.public, PRIVATE, "highlight")
    assert Highlight.objects.get(owner=world.ben).kind == "prediction"


def test_a_mark_is_never_wider_than_its_piece(world: World) -> None:
    mark = make_highlight(world.shared, "everything", world.ada)

    with pytest.raises(WiderThanItsPiece):
        move_highlight(mark, PUBLIC, None, world.ada)


def test_moving_it_where_it_is_changes_nothing(world: World) -> None:
    before = Event.objects.count()

    move_article(world.shared, TEAM, world.foundry.pk, world.ada)

    assert Event.objects.count() == before


@pytest.mark.parametrize("article_too", [True, False])
def test_what_its_owner_accepted_alone_waits_for_the_curators_of_more_people(world: World, article_too: bool) -> None:
    piece = world.private if article_too else world.public
    claim = make_claim(piece, QUOTE, world.cleo)
    accept(claim, world.cleo)

    if article_too:
        move_article(piece, PUBLIC, None, world.cleo, along=True)
    else:
        move_highlight(claim.statements.get().highlight, PUBLIC, None, world.cleo, along=True)

    claim.refresh_from_db()
    assert (claim.visibility, claim.state) == (PUBLIC, "proposed")
    event = Event.objects.get(verb="changed audience", subject_kind="claim")
    assert event.detail == {"was": "accepted", "state": "proposed"}


def test_what_a_curator_accepted_for_themselves_they_accept_for_all(world: World) -> None:
    claim = make_claim(world.public, QUOTE, world.ben)
    accept(claim, world.ben)

    move_highlight(claim.statements.get().highlight, PUBLIC, None, world.ben, along=True)

    claim.refresh_from_db()
    assert (claim.visibility, claim.state) == (PUBLIC, "accepted")


@pytest.mark.parametrize("piece_too", [True, False])
def test_what_one_teams_curators_accepted_waits_for_the_others(world: World, piece_too: bool) -> None:
    Membership.objects.create(team=world.harbour, user=world.ben, role=Role.MEMBER)
    piece = make_article("Ben's memo", world.ben, TEAM, world.foundry) if piece_too else world.public
    claim = make_claim(piece, QUOTE, world.ben, TEAM, world.foundry)
    accept(claim, world.ada)
    Claim.objects.filter(pk=claim.pk).update(window_start="2023-01-01", window_end="2024-12-31", window_kind="window")
    judged(Claim.objects.get(pk=claim.pk), world.ada)
    ben = User.objects.get(pk=world.ben.pk)
    mark = claim.statements.get().highlight
    told = signed_in(ben).get(f"{piece.get_absolute_url() if piece_too else f'/highlights/{mark.pk}/'}visibility/")
    assert "1 accepted claim waits for that team’s curators anew." in told.content.decode()

    if piece_too:
        move_article(piece, TEAM, world.harbour.pk, ben)
    else:
        move_highlight(mark, TEAM, world.harbour.pk, ben)

    claim.refresh_from_db()
    assert (claim.team, claim.state, claim.verdict_id) == (world.harbour, "proposed", None)
    event = Event.objects.filter(verb="changed audience", subject_kind="claim").latest("pk")
    assert event.detail == {"was": "accepted", "state": "proposed"}


def test_whoever_curates_there_too_has_accepted_it_there(world: World) -> None:
    Membership.objects.create(team=world.harbour, user=world.ben, role=Role.CURATOR)
    piece = make_article("Ben's memo", world.ben, TEAM, world.foundry)
    claim = make_claim(piece, QUOTE, world.ben, TEAM, world.foundry)
    accept(claim, world.ben)
    ben = User.objects.get(pk=world.ben.pk)

    assert "anew" not in signed_in(ben).get(f"{piece.get_absolute_url()}visibility/").content.decode()
    move_article(piece, TEAM, world.harbour.pk, ben)

    claim.refresh_from_db()
    assert (claim.team, claim.state) == (world.harbour, "accepted")


def test_what_goes_to_fewer_stays_accepted(world: World) -> None:
    claim = make_claim(world.public, QUOTE, world.ada, PUBLIC)
    accept(claim, world.ben)

    move_highlight(claim.statements.get().highlight, TEAM, world.foundry.pk, world.ada)

    claim.refresh_from_db()
    assert (claim.team, claim.state) == (world.foundry, "accepted")
