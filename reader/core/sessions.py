"""Django's sessions in the database, looked up by a query that is compiled once: every page begins with one."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from reader.core.prepared import prepared
from reader.core.requests import AnyUser


@prepared
def session_fields(user: AnyUser, key: str) -> QuerySet[Any, Any]:
    return Session.objects.filter(session_key=key).values_list("session_data", "expire_date")


class SessionStore(db.SessionStore):
    def _get_session_from_db(self) -> Session | None:
        key = self.session_key or ""
        for data, expires in session_fields(AnonymousUser(), key):
            if expires > timezone.now():
                return Session(session_key=key, session_data=data, expire_date=expires)
        self._session_key = None
        return None
