"""A door before the live server that is open only while a test runs."""

import threading
from collections.abc import Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

SECONDS_TO_FINISH = 30


class Gate:
    """Serves while open; closing waits for what is being served, and sends the rest away.

    Pages save their place as they close. PostgreSQL answers emptying the tables meanwhile with a deadlock, and a row
    that is saved after it is a stranger in the next test.
    """

    def __init__(self) -> None:
        self._application: WSGIApplication | None = None
        self._changed = threading.Condition()
        self._open = False
        self._served = 0

    def before(self, application: Any) -> "Gate":
        self._application = application
        return self

    def open(self) -> None:
        with self._changed:
            self._open = True

    def close(self) -> None:
        with self._changed:
            self._open = False
            if not self._changed.wait_for(lambda: self._served == 0, SECONDS_TO_FINISH):
                raise TimeoutError(f"{self._served} requests are still being served after the test")

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        assert self._application
        with self._changed:
            if not self._open:
                start_response("503 Service Unavailable", [("Content-Length", "0")])
                return []
            self._served += 1
        try:
            return self._application(environ, start_response)
        finally:
            with self._changed:
                self._served -= 1
                self._changed.notify_all()
