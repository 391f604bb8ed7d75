"""People and teams in Django's administration."""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.db.models import QuerySet
from django.http import HttpRequest

from reader.accounts.addresses import vouch_for
from reader.accounts.models import Membership, Team, User
from reader.core.admin import ForCaretakers


class NewUserForm(AdminUserCreationForm[User]):
    class Meta:
        model = User
        fields = ("email", "name")


class MembershipInline(admin.TabularInline[Membership, Team]):
    model = Membership
    extra = 0
    autocomplete_fields = ("user",)


@admin.register(User)
class PersonAdmin(UserAdmin[User]):
    add_form = NewUserForm
    list_display = ("email", "name", "handle", "is_active", "is_staff", "is_curator", "joined_at")
    list_filter = ("is_active", "is_staff", "is_curator")
    search_fields = ("email", "name", "handle")
    ordering = ("email",)
    readonly_fields = ("joined_at", "last_login", "left_at")
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

    def save_model(self, request: HttpRequest, person: User, form: Any, change: bool) -> None:  # noqa: FBT001  (Django's)
        super().save_model(request, person, form, change)
        vouch_for(person)


@admin.register(Team)
class TeamAdmin(admin.ModelAdmin[Team]):
    list_display = ("name", "slug", "created_at")
    search_fields = ("name",)
    prepopulated_fields: ClassVar = {"slug": ("name",)}
    inlines = (MembershipInline,)


@admin.register(Membership)
class MembershipAdmin(ForCaretakers):
    """To look up who is where; a role is changed on the team's own page."""

    list_display = ("user", "team", "role", "joined_at")
    list_filter = ("role",)
    list_select_related = ("user", "team")
    search_fields = ("user__name", "user__email", "team__name")
