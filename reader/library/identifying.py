"""Which account a person is: whoever is said to be one has the right of reply, and does not judge what they said."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from reader.accounts.models import User
from reader.accounts.queries import curators_of, teammates_of
from reader.core.access import require_curation, require_sight
from reader.core.events import let_ids_appear_in_order, record
from reader.core.refusals import Refused
from reader.library.models import Person

#: How long it can be taken back as if it had never been said.
UNDOABLE = timedelta(minutes=10)


class Identification(models.Model):
    """A curator's word on whose account a person is; never altered but for being taken back, and the newest stands.

    Without an account and an address it says that it is nobody's. An address is kept as it was typed, whether there is
    such an account or not: nobody is told that.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="identifications")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    email = models.EmailField("address that was given", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True, editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_by=None) | Q(undone_at__isnull=False), name="what_was_identified_is_undone_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, as said on {self.at:%d %B %Y}"

    @property
    def names_somebody(self) -> bool:
        return bool(self.user_id or self.email)


def identify(person: Person, user: User | None, by: User, *, email: str = "") -> Identification:
    """Say which account this person is, or that it is nobody's; said again just so, it stands as it did.

    Raises:
        Refused: it is one's own account and another curator could say so, or there is nothing to take away.
        PermissionDenied: `by` is no curator of this person.
    """
    with transaction.atomic():
        require_hold(person, by)
        standing = identification_of(person)
        before = standing.user_id if standing else None
        if standing and (before, standing.email) == (user.pk if user else None, email):
            return standing
        if not (user or email or (standing and standing.names_somebody)):
            raise Refused("Nobody’s account is said to be this person’s.")
        is_alone = refuse_oneself(person, {before, user.pk if user else None}, by)
        made = Identification.objects.create(person=person, user=user, email=email, by=by)
        point(person, user.pk if user else None)
        # Not who: those who see the person read the log.
        record(by, "identified", person, identification=made.pk, no_other_curator=is_alone)
    return made


def undo_identification(identification: Identification, by: User) -> None:
    """Take it back within ten minutes, as if it had never been said; what was said before stands again.

    Raises:
        Refused: it is too late, it does not stand, or it is about one's own account.
        PermissionDenied: `by` is no curator of the person.
    """
    person = identification.person
    with transaction.atomic():
        require_hold(person, by)
        identification.refresh_from_db()
        if identification != identification_of(person):
            raise Refused("That does not stand any more: look at who it is said to be now.")
        if timezone.now() - identification.at > UNDOABLE:
            raise Refused("Ten minutes have passed: say anew whose account it is.")
        earlier = person.identifications.filter(undone_at=None, pk__lt=identification.pk).last()
        before = earlier.user_id if earlier else None
        is_alone = refuse_oneself(person, {before, identification.user_id}, by)
        identification.undone_at, identification.undone_by = timezone.now(), by
        identification.save(update_fields=["undone_at", "undone_by"])
        point(person, before)
        record(by, "took back an identification", person, identification=identification.pk, no_other_curator=is_alone)


def require_hold(person: Person, by: User) -> None:
    """The person as it is now, under the lock of the log, for one of its curators."""
    let_ids_appear_in_order()
    person.look_again()
    require_sight(by, person)
    require_curation(by, person)


def refuse_oneself(person: Person, accounts: set[int | None], by: User) -> bool:
    """Whether `by` ties or frees themselves because there is nobody else who could; refused where there is."""
    if by.pk not in accounts:
        return False
    if curators_of(person).exclude(pk=by.pk).exists():
        raise Refused("It is about your own account: another curator has to say so.")
    return True


def point(person: Person, user_id: int | None) -> None:
    person.user_id = user_id
    person.save(update_fields=["user"])


def identification_of(person: Person) -> Identification | None:
    """The one that stands."""
    return person.identifications.filter(undone_at=None).last()


def in_force_since(moment: datetime) -> QuerySet[Identification]:
    """What was in force at that moment, or came to be later; being freed afterwards frees from nothing."""
    later = Identification.objects.filter(
        person=OuterRef("person"), pk__gt=OuterRef("pk"), undone_at=None, at__lte=moment
    )
    return Identification.objects.filter(~Exists(later), undone_at=None, user__isnull=False)


def accounts_offered(person: Person, by: User) -> QuerySet[User]:
    """The accounts whose names a curator may know: the team's for its people, else their own and their teammates'."""
    if person.team_id:
        return User.objects.filter(is_active=True, memberships__team=person.team_id).order_by("name", "pk")
    return (teammates_of(by) | User.objects.filter(pk=by.pk)).order_by("name", "pk")


def account_in_words(identification: Identification | None, person: Person, viewer: User) -> str:
    """Whose account it is, for a curator of the person: by name where they may know it, else by what was typed."""
    if identification is None or not identification.names_somebody:
        return ""
    if identification.user_id == viewer.pk:
        return "This is your own account."
    known = accounts_offered(person, viewer).filter(pk=identification.user_id or 0).first()
    if known:
        return f"This is {known.get_short_name()}’s account."
    return f"Said to be the account of {identification.email or 'somebody you share no team with'}."
