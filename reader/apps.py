from django.apps import AppConfig
from django.core.checks import register


class ReaderConfig(AppConfig):
    """The one Django app; its features are the packages beside this file."""

    name = "reader"
    verbose_name = "Forecite"

    def ready(self) -> None:
        from reader import searching
        from reader.core.checks import sqlite_keeps_what_it_acknowledged

        register(sqlite_keeps_what_it_acknowledged)
        searching.start()
