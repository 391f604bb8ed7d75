"""Who is signed in: allauth's way, but that the row of the person is looked up by a query that is compiled once."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend as AllauthBackend
from django.contrib.auth.models import AnonymousUser
from django.db import DEFAULT_DB_ALIAS
from django.db.models import QuerySet

from reader.accounts.models import User
from reader.core.prepared import prepared
from reader.core.requests import AnyUser

FIELDS = [field.attname for field in User._meta.concrete_fields]


@prepared
def user_fields(user: AnyUser, pk: int) -> QuerySet[Any, Any]:
    return User.objects.filter(pk=pk).values_list(*FIELDS)


class AuthenticationBackend(AllauthBackend):  # type: ignore[misc]  # allauth is untyped
    def get_user(self, user_id: int) -> User | None:
        for row in user_fields(AnonymousUser(), user_id):
            user = User.from_db(DEFAULT_DB_ALIAS, FIELDS, row)
            return user if self.user_can_authenticate(user) else None
        return None
