"""Renaming and merging tags, everywhere at once."""

from collections.abc import Iterable

import pytest
from django.test import Client

from reader.core.models import Event
from reader.core.refusals import Refused
from reader.core.visibility import Scope
from reader.curation.deciding import undo
from reader.curation.jobs import look_for_duplicates
from reader.curation.models import Decision, Lookalike, Verb
from reader.curation.tag_rulings import merge, rename
from reader.tags.models import Tag, tag_named
from tests.curation.desk import proposal, undo_last
from tests.pages.asking import FRAGMENT
from tests.world import World, make_article, make_highlight


def public_tag(world: World, name: str) -> Tag:
    return tag_named(name, Scope(world.ada.pk, None, "public"))


@pytest.fixture
def plural(world: World) -> Tag:
    """“open models”, on an article and a claim."""
    tag = public_tag(world, "open models")
    world.public.tags.add(tag)
    proposal(world).tags.add(tag)
    return tag


@pytest.fixture
def dashed(world: World) -> Tag:
    """“open-model”, on the same article, on another and on a mark."""
    tag = public_tag(world, "open-model")
    other = make_article("Another", world.ada, "public")
    make_highlight(other, "herds", world.ada, visibility="public").tags.add(tag)
    for article in (world.public, other):
        article.tags.add(tag)
    return tag


def borne(tags: Iterable[Tag]) -> dict[str, list[list[int]]]:
    return {
        tag.name: [
            sorted(getattr(tag, kind).values_list("pk", flat=True)) for kind in ("articles", "highlights", "claims")
        ]
        for tag in tags
    }


def test_it_works(world: World, plural: Tag, dashed: Tag, ben: Client) -> None:
    look_for_duplicates.call()
    pair = Lookalike.objects.get()
    before = borne([plural, dashed])

    answer = ben.post(f"/desk/lookalikes/{pair.pk}/merging/", {"keep": plural.pk})

    assert (answer.status_code, answer["Location"]) == (303, "/desk/tags/")
    assert not Tag.objects.filter(pk=dashed.pk).exists()
    together = [sorted({*one, *other}) for one, other in zip(*before.values(), strict=True)]
    assert borne([plural])["open models"] == together
    assert Decision.objects.get().other == "open models"


def test_undoing_it_restores_exactly_what_bore_which(world: World, plural: Tag, dashed: Tag, ben: Client) -> None:
    before = borne([plural, dashed])
    slug = dashed.slug
    merge(dashed, plural, world.ben)

    assert undo_last(ben) == 303

    back = Tag.objects.get(pk=Decision.objects.latest("id").subject_id)
    assert borne([plural, back]) == before
    assert (back.slug, back.visibility) == (slug, "public")


def test_what_was_labelled_anew_since_stays_as_it_is(world: World, plural: Tag, dashed: Tag) -> None:
    decision = merge(dashed, plural, world.ben)
    world.public.tags.remove(plural)
    added = make_article("Since", world.ada, "public")
    added.tags.add(plural)

    undo(decision, world.ben)

    back = Tag.objects.get(key="open-model")
    assert world.public not in back.articles.all()
    assert set(plural.articles.all()) == {added}


def test_every_open_page_learns_of_it(world: World, plural: Tag, dashed: Tag, client: Client) -> None:
    page = make_article("Elsewhere", world.ada, "public")
    page.tags.add(dashed)
    etag = client.get(page.get_absolute_url()).headers["ETag"]

    merge(dashed, plural, world.ben)

    assert b">open-model<" not in client.get(page.get_absolute_url(), headers={"If-None-Match": etag}).content
    assert Event.objects.filter(verb="merged", article_id=page.pk).count() == 1


def test_a_tag_is_not_merged_into_itself_nor_into_another_scope(world: World, plural: Tag) -> None:
    ours = tag_named("open models", Scope(world.ada.pk, world.foundry.pk, "team"))

    with pytest.raises(Refused, match="into itself"):
        merge(plural, plural, world.ben)
    with pytest.raises(Refused, match="not seen by the same people"):
        merge(ours, plural, world.ben)


def test_what_is_gone_can_not_be_merged(world: World, plural: Tag, dashed: Tag) -> None:
    merge(Tag.objects.get(pk=dashed.pk), plural, world.ben)

    with pytest.raises(Refused, match="no longer there"):
        merge(dashed, plural, world.ben)


def test_a_merge_stays_when_its_name_was_given_again(world: World, plural: Tag, dashed: Tag) -> None:
    decision = merge(dashed, plural, world.ben)
    public_tag(world, "Open-Model")

    with pytest.raises(Refused, match="A new tag is called “open-model” by now"):
        undo(decision, world.ben)
    assert not Decision.objects.filter(verb=Verb.UNDID).exists()


def test_a_merge_stays_when_the_other_became_another(world: World, plural: Tag, dashed: Tag) -> None:
    first = merge(dashed, plural, world.ben)
    merge(Tag.objects.get(pk=plural.pk), public_tag(world, "weights"), world.ben)

    with pytest.raises(Refused, match="“open models” is no longer there"):
        undo(first, world.ben)


def test_renaming_it_works_everywhere(world: World, plural: Tag, ben: Client, client: Client) -> None:
    answer = ben.post(f"/desk/tags/{plural.pk}/", {"name": "  #Open   weights "})

    plural.refresh_from_db()
    assert answer.status_code == 303
    assert (plural.name, plural.key) == ("Open weights", "open weights")
    assert "Open weights" in client.get(world.public.get_absolute_url()).content.decode()
    assert undo_last(ben) == 303
    plural.refresh_from_db()
    assert (plural.name, plural.key) == ("open models", "open models")


def test_a_name_in_another_case_is_the_same_tag(world: World, plural: Tag) -> None:
    rename(plural, "Open Models", world.ben)

    plural.refresh_from_db()
    assert plural.name == "Open Models"


def test_a_taken_name_is_offered_as_a_merge(world: World, plural: Tag, dashed: Tag, ben: Client) -> None:
    answer = ben.post(f"/desk/tags/{dashed.pk}/", {"name": "OPEN MODELS"})
    page = answer.content.decode()

    assert answer.status_code == 409
    assert "There is a tag “open models” already." in page
    assert 'name="into-name" value="open models"' in page
    assert ben.post(f"/desk/tags/{dashed.pk}/merging/", {"into-name": "open models"}).status_code == 303
    assert not Tag.objects.filter(pk=dashed.pk).exists()


def test_the_same_name_elsewhere_is_no_clash(world: World, plural: Tag, dov: Client, ben: Client) -> None:
    tag_named("weights", Scope(world.dov.pk, world.harbour.pk, "team"))

    assert ben.post(f"/desk/tags/{plural.pk}/", {"name": "weights"}).status_code == 303


def test_a_rename_stays_when_the_old_name_was_given_again(world: World, plural: Tag) -> None:
    decision = rename(plural, "weights", world.ben)
    public_tag(world, "open models")

    with pytest.raises(Refused, match="Another tag is called “open models” by now"):
        undo(decision, world.ben)


@pytest.mark.parametrize("name", ["", " # ", "one, two", "x" * 61, "nul\x00"])
def test_it_refuses_bad_input(plural: Tag, ben: Client, name: str) -> None:
    assert ben.post(f"/desk/tags/{plural.pk}/", {"name": name}).status_code == 422
    assert ben.post(f"/desk/tags/{plural.pk}/merging/", {"into-name": name}).status_code == 422


@pytest.mark.parametrize("named", ["open models", "nothing like it"])
def test_merging_by_name_is_refused_with_a_sentence(plural: Tag, ben: Client, named: str) -> None:
    answer = ben.post(f"/desk/tags/{plural.pk}/merging/", {"into-name": named})

    assert answer.status_code == 409
    assert "errorlist" in answer.content.decode()


def test_it_checks_ownership(world: World, plural: Tag, cleo: Client, dov: Client, vera: Client) -> None:
    ours = tag_named("ours", Scope(world.ada.pk, world.foundry.pk, "team"))
    mine = tag_named("mine", Scope(world.cleo.pk))

    for who, tag, status in [
        (cleo, plural, 403),
        (cleo, ours, 403),
        (vera, ours, 403),
        (dov, ours, 404),
        (dov, mine, 404),
    ]:
        assert who.post(f"/desk/tags/{tag.pk}/", {"name": "theirs"}).status_code == status
        assert who.post(f"/desk/tags/{tag.pk}/merging/", {"into-name": "theirs"}).status_code == status
    assert cleo.post(f"/desk/tags/{mine.pk}/", {"name": "still mine"}).status_code == 303


def test_what_is_private_stands_on_no_desk(world: World, plural: Tag, dashed: Tag, ada: Client) -> None:
    for name in ("secret", "secrets"):
        tag_named(name, Scope(world.cleo.pk))
    look_for_duplicates.call()

    assert "open-model" in ada.get("/desk/tags/").content.decode()
    assert "secret" not in ada.get("/desk/tags/").content.decode()
    assert "secret" not in ada.get("/desk/tags/all/").content.decode()
    assert Lookalike.objects.count() == 1


def test_the_list_of_all_is_narrowed_and_paged(world: World, ben: Client) -> None:
    for number in range(40):
        public_tag(world, f"tag {number:02}")

    first = ben.get("/desk/tags/all/")
    after = first.context["page"].next
    rest = ben.get(f"/desk/tags/all/?after={after}", headers=FRAGMENT).content.decode()

    assert first.content.count(b"row-title") == 30
    assert rest.count("row-title") == 10
    assert "<html" not in rest
    assert ben.get("/desk/tags/all/?q=07").content.count(b"row-title") == 1
    assert ben.get("/desk/tags/all/?q=%00").status_code == 200


def test_two_told_apart_are_not_suggested_again(world: World, plural: Tag, dashed: Tag, ben: Client) -> None:
    look_for_duplicates.call()
    pair = Lookalike.objects.get()

    assert ben.post(f"/desk/lookalikes/{pair.pk}/distinction/").status_code == 303
    look_for_duplicates.call()

    assert "open-model" not in ben.get("/desk/tags/").content.decode()
    assert undo_last(ben) == 303
    assert "open-model" in ben.get("/desk/tags/").content.decode()
