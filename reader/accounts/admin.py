"""People and teams in Django's administration."""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.http import HttpRequest

from reader.accounts.addresses import vouch_for
from reader.accounts.models import Membership, Team, User


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

    def save_model(self, request: HttpRequest, person: User, form: Any, change: bool) -> None:  # noqa: FBT001  (Django's)
        super().save_model(request, person, form, change)
        vouch_for(person)


@admin.register(Team)
class TeamAdmin(admin.ModelAdmin[Team]):
    list_display = ("name", "slug", "created_at")
    search_fields = ("name",)
    prepopulated_fields: ClassVar = {"slug": ("name",)}
    inlines = (MembershipInline,)
