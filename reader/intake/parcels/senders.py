"""Whose letters make one publication: those of one list or one address, whatever name they show."""

from itertools import chain, count
from typing import TYPE_CHECKING

from reader.intake.mail.headers import LIST
from reader.intake.mail.headers import Sender as MailSender
from reader.intake.parcels.models import Sender
from reader.tags.models import fold

if TYPE_CHECKING:
    from reader.accounts.models import User

MOST = 200  # characters of a name


def publication_of(sender: MailSender, name: str, owner: "User") -> str:
    """The name under which this sender's letters stand: the one that its first letter had, if that was free.

    A letter that tells both its list and its address teaches both: what is passed on by hand loses the list.
    """
    keys = sender.keys
    known = dict(Sender.objects.filter(owner=owner, key__in=keys).values_list("key", "publication"))
    name = " ".join((name or sender.list_name or sender.name).split())
    publication = known.get(sender.key) or of_address(known, owner) or (free_name(name, sender, owner) if name else "")
    if keys and publication:
        new = [Sender(owner=owner, key=key, publication=publication) for key in keys if key not in known]
        Sender.objects.bulk_create(new, ignore_conflicts=True)
    return publication


def of_address(known: dict[str, str], owner: "User") -> str:
    """The publication of an address that no list has told so far; that of a list is not another list's."""
    publication = next(iter(known.values()), "")
    of_a_list = Sender.objects.filter(owner=owner, publication=publication, key__startswith=LIST)
    return "" if not publication or of_a_list.exists() else publication


def free_name(name: str, sender: MailSender, owner: "User") -> str:
    """The name, with where it comes from if another sender bears it: the library knows publications by their names."""
    if not sender.key:
        return name[:MOST]
    taken = {fold(one) for one in Sender.objects.filter(owner=owner).values_list("publication", flat=True)}
    host = (sender.list_id or sender.address.rpartition("@")[2])[:100]
    marks = chain(["", f" ({host})"], (f" ({host}, {number})" for number in count(2)))
    names = (f"{name[: MOST - len(mark)]}{mark}" for mark in marks)
    return next(one for one in names if fold(one) not in taken)
