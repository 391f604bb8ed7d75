"""A mail backend that refuses, falls silent, or is watched; for what no real server does on demand."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend as Kept


class PostOffice(Kept):
    on_opening: ClassVar[Callable[[], None] | None] = None
    on_sending: ClassVar[Callable[[], None] | None] = None

    def open(self) -> bool:
        if PostOffice.on_opening:
            PostOffice.on_opening()
        return True

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        if PostOffice.on_sending:
            PostOffice.on_sending()
        return super().send_messages(messages)
