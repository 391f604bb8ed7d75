"""CPU time of a request through the whole stack: WSGI handler, every middleware, the database.

Never wall time: the machine is shared. The process's own clock counts user and system time of this process alone,
writes to the disk's queue excluded. Each figure stands beside the floor, a view that does nothing, of the same run.
"""

import gc
import io
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import _get_new_csrf_string
from django.urls import path

from reader.accounts.models import User
from reader.urls import urlpatterns
from reader.wsgi import application

WARM_UP = 5


def nothing(request: HttpRequest) -> HttpResponse:
    """The floor: somebody signed in is looked up, and nothing is done."""
    return HttpResponse(str(request.user.pk))


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Browser:
    """Somebody signed in, speaking WSGI without a socket."""

    handler: WSGIHandler
    user: User
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        session = SessionStore()
        session[SESSION_KEY] = str(self.user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = self.user.get_session_auth_hash()
        session.save()
        self.cookies = {
            settings.SESSION_COOKIE_NAME: session.session_key or "",
            settings.CSRF_COOKIE_NAME: _get_new_csrf_string(),
        }

    def get(self, address: str, **headers: str) -> Answer:
        return self.ask("GET", address, b"", headers)

    def post(self, address: str, data: dict[str, object], **headers: str) -> Answer:
        headers["X_CSRFTOKEN"] = self.cookies[settings.CSRF_COOKIE_NAME]
        return self.ask("POST", address, urlencode(data).encode(), headers)

    def ask(self, method: str, address: str, body: bytes, headers: dict[str, str]) -> Answer:
        target, _, query = address.partition("?")
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": target,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
            "CONTENT_LENGTH": str(len(body)),
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        } | {f"HTTP_{name}": value for name, value in headers.items()}
        seen: list[tuple[str, list[tuple[str, str]]]] = []

        def start_response(
            status: str, sent: list[tuple[str, str]], error: object = None, /
        ) -> Callable[[bytes], object]:
            seen.append((status, sent))
            return len

        response = self.handler(environ, start_response)
        content = b"".join(response)
        response.close()
        status, sent = seen[0]
        return Answer(int(status[:3]), dict(sent), content)


def cpu_milliseconds(call: Callable[[], object], repeats: int = 40) -> float:
    """The median CPU time of `call`, after a few calls that fill caches."""
    for _ in range(WARM_UP):
        call()
    gc.collect()
    times = []
    for _ in range(repeats):
        before = time.process_time()
        call()
        times.append(time.process_time() - before)
    return statistics.median(times) * 1000


def browser(user: User) -> Browser:
    if not any(getattr(pattern, "name", "") == "floor" for pattern in urlpatterns):
        urlpatterns.insert(0, path("floor/", nothing, name="floor"))
    return Browser(application, user)


@dataclass
class Figure:
    """One measured number beside its limit, in the same unit; the limit is a floor where more is better."""

    name: str
    measured: float
    limit: float | None = None
    unit: str = "ms CPU"
    more_is_better: bool = False

    @property
    def is_met(self) -> bool:
        if self.limit is None:
            return True
        return self.measured >= self.limit if self.more_is_better else self.measured <= self.limit

    def __str__(self) -> str:
        bound = "at least" if self.more_is_better else "at most"
        met = "met" if self.is_met else "MISSED"
        limit = "" if self.limit is None else f"  ({bound} {self.limit:g}: {met})"
        return f"{self.name:<58} {self.measured:8.2f} {self.unit}{limit}"
