"""Asking a worker for the page at an address."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from reader.core.limits import Deed, spend
from reader.intake.addresses import Fetch
from reader.intake.fetching.landing import refuse_by_address
from reader.intake.fetching.pages import checked
from reader.intake.jobs import fetch_address

if TYPE_CHECKING:
    from reader.accounts.models import User

#: Somebody looks at the page of this one; of what comes in many at once, nobody waits for each.
BEFORE_THE_REST = 10


def ask_for(url: str, reader: "User") -> Fetch:
    """Have the address fetched.

    Raises:
        NotFetched: nothing that is read here can be there.
        TooMany: the reader asked for many of late.
    """
    refuse_by_address(url)
    address = checked(url, allow_private=settings.ALLOW_PRIVATE_FETCH)
    with transaction.atomic():
        spend(reader, Deed.FETCH)
        asked = Fetch.objects.create(owner=reader, url=address)
        fetch_address.using(priority=BEFORE_THE_REST).enqueue(fetch_id=asked.pk)
    return asked
