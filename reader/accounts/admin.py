"""People and teams in Django's administration."""

from collections.abc import Collection
from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from reader.accounts.addresses import vouch_for
from reader.accounts.models import Invitation, Membership, Role, Team, User
from reader.core.access import INVITES_TO
from reader.core.admin import LookOnly


class NewUserForm(AdminUserCreationForm[User]):
    class Meta:
        model = User
        fields = ("email", "name")


@admin.register(User)
class PersonAdmin(UserAdmin[User]):
    add_form = NewUserForm
    list_display = ("email", "name", "handle", "is_active", "is_staff", "is_curator", "joined_at")
    list_filter = ("is_active", "is_staff", "is_curator")
    search_fields = ("email", "name", "handle")
    ordering = ("email",)
    readonly_fields = ("joined_at", "last_login", "left_at", "renamed_at")
    fieldsets = (
        (None, {"fields": ("email", "name", "handle", "password", "joined_at", "last_login", "left_at")}),
        ("Rights", {"fields": ("is_active", "is_curator", "is_staff", "is_superuser")}),
        ("Display", {"fields": ("theme", "text_size", "text_width", "leading")}),
    )
    add_fieldsets = (
        (None, {"classes": ("wide",), "fields": ("email", "name", "usable_password", "password1", "password2")}),
    )

    actions = ("give_the_ledger", "take_the_ledger", "shut_out")

    @admin.action(description="Make them curators of the public ledger")
    def give_the_ledger(self, request: HttpRequest, people: "QuerySet[User]") -> None:
        self.message_user(request, f"{people.update(is_curator=True)} keep the ledger.")

    @admin.action(description="Take the public ledger from them")
    def take_the_ledger(self, request: HttpRequest, people: "QuerySet[User]") -> None:
        self.message_user(request, f"{people.update(is_curator=False)} keep it no longer.")

    @admin.action(description="Let them sign in no longer")
    def shut_out(self, request: HttpRequest, people: "QuerySet[User]") -> None:
        """Whoever does this stays in themselves; what the others wrote stays too."""
        count = people.exclude(pk=request.user.pk or 0).update(is_active=False)
        self.message_user(request, f"{count} can sign in no longer.")

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Deleting the row would take what others wrote on theirs along; people leave by their own settings."""
        return False

    def save_model(self, request: HttpRequest, person: User, form: Any, change: bool) -> None:  # noqa: FBT001  (Django's signature)
        super().save_model(request, person, form, change)
        vouch_for(person)


class OfMyTeams(LookOnly):
    """That there is a team, and who is in it, is known to its members alone, whoever runs the installation."""

    team = "team"
    roles: Collection[str] = tuple(Role.values)

    def readable(self, request: HttpRequest) -> Q:
        mine = request.user.roles if request.user.is_authenticated else {}
        return Q(**{f"{self.team}__in": [team for team, role in mine.items() if role in self.roles]})


@admin.register(Team)
class TeamAdmin(OfMyTeams):
    """To look up; a team is made, named and ended on its own pages, which tell its members of it."""

    team = "pk"
    list_display = ("name", "slug", "created_at")
    search_fields = ("name",)


@admin.register(Invitation)
class InvitationAdmin(OfMyTeams):
    """The addresses that it was sent to are for those who invite."""

    roles = tuple(INVITES_TO)
    list_display = ("team", "role", "email", "invited_by", "uses", "max_uses", "sent_at", "expires_at", "revoked_at")
    list_filter = ("role", ("revoked_at", admin.EmptyFieldListFilter))
    list_select_related = ("team", "invited_by")
    search_fields = ("team__name", "email", "invited_by__name")


@admin.register(Membership)
class MembershipAdmin(OfMyTeams):
    """To look up who is where; a role is changed on the team's own page."""

    list_display = ("user", "team", "role", "joined_at")
    list_filter = ("role",)
    list_select_related = ("user", "team")
    search_fields = ("user__name", "user__email", "team__name")
