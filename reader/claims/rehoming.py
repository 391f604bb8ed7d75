"""Names in another scope: when a thing is moved, its tags, people and publication are those of where it goes.

Otherwise a public piece would carry a team's private tag, or a private claim name somebody whom nobody else may see.
"""

from collections.abc import Collection
from typing import Any

from django.db.models import Manager

from reader.claims.models import Claim, Statement
from reader.core.visibility import InScope, Scope, Visibility, scope_of
from reader.highlights.models import Highlight
from reader.library.models import Article, Authorship, Person, Publication, find_or_make
from reader.tags.models import Tag, tag_named

#: What bears tags.
Tagged = Article | Highlight | Claim


def person_in(scope: InScope, person: Person) -> Person:
    """The person of this name as those know them who see `scope`; whose account that is, is theirs to say anew."""
    if is_known_in(scope, person):
        return person
    return find_or_make(Person, person.name, scope, kind=person.kind, aliases=person.aliases)


def publication_in(scope: InScope, publication: Publication) -> Publication:
    return publication if is_known_in(scope, publication) else find_or_make(Publication, publication.name, scope)


def is_known_in(scope: InScope, named: Person | Publication) -> bool:
    if named.visibility == Visibility.PUBLIC:
        return True
    alike = (named.visibility, named.team_id) == (scope.visibility, scope.team_id)
    return alike and (named.visibility == Visibility.TEAM or named.owner_id == scope.owner_id)


def rewrite_byline(article: Article, scope: InScope) -> None:
    """Publication and authors, as those know them who see the piece from now on; the publication is not saved yet."""
    if article.publication:
        article.publication = publication_in(scope, article.publication)
    for authorship in Authorship.objects.filter(article=article).select_related("person"):
        author = person_in(scope, authorship.person)
        if author != authorship.person:
            Authorship.objects.filter(pk=authorship.pk).update(person=author)


def rename_speakers(highlight_ids: Collection[int], scope: InScope) -> None:
    """Who speaks, and who retells, in the statements of these marks."""
    stated = Statement.objects.filter(highlight__in=highlight_ids)
    for role in ("speaker", "reported_by"):
        named = Person.objects.filter(pk__in=stated.exclude(**{role: None}).values(role)).exclude(
            visibility=Visibility.PUBLIC
        )
        for person in named:
            known = person_in(scope, person)
            if known != person:
                stated.filter(**{role: person}).update(**{role: known})


def retag(model: type[Tagged], ids: Collection[int], scope: Scope, among: InScope | None = None) -> None:
    """Give these things the tags of `scope` that are named as theirs are; with `among`, only for those tags."""
    link: Manager[Any] = model.tags.through._default_manager
    thing = f"{model._meta.model_name}_id"
    foreign = Tag.objects.exclude(scope_of(scope))
    if among:
        foreign = foreign.filter(scope_of(among))
    worn = link.filter(**{f"{thing}__in": ids}, tag__in=foreign)
    rows = list(worn.values_list("pk", thing, "tag_id"))
    if not rows:
        return
    tags = Tag.objects.in_bulk({tag for _, _, tag in rows})
    renamed = {pk: tag_named(tag.name, scope).pk for pk, tag in tags.items()}
    new = [link.model(**{thing: pk, "tag_id": renamed[tag]}) for _, pk, tag in rows]
    link.bulk_create(new, ignore_conflicts=True)
    link.filter(pk__in=[pk for pk, _, _ in rows]).delete()
