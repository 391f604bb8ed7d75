"""Things that are found by their name and made where they are missing: tags, people, publications."""

from typing import Any, TypeVar

from django.db.models import Q

from reader.core.events import let_ids_appear_in_order
from reader.core.slugs import make_slug
from reader.core.visibility import InScope, Scoped

Named = TypeVar("Named", bound=Scoped)


def find_or_make(model: type[Named], name: str, key: str, scope: InScope, among: Q, **more: Any) -> Named:
    """The thing of this key `among` those, the oldest of several; made in `scope`, with `more`, where there is none.

    Call it inside a transaction.
    """
    there = model._default_manager.filter(among, key=key)
    kept = there.first()
    if kept is None:
        let_ids_appear_in_order()
        # Asked again under the lock: somebody else may have made it meanwhile.
        kept = there.first()
    return kept or model._default_manager.create(
        name=name,
        key=key,
        slug=make_slug(model, name, scope.visibility),
        owner_id=scope.owner_id,
        team_id=scope.team_id,
        visibility=scope.visibility,
        **more,
    )
