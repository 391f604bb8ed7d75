from importlib import import_module

from django.apps import AppConfig
from django.core.checks import register


class ReaderConfig(AppConfig):
    """The one Django app; its features are the packages beside this file."""

    name = "reader"
    verbose_name = "Forecite"

    def import_models(self) -> None:
        from reader.core.sentences import speak_plainly

        speak_plainly()  # before the first form is made, which some of the models' modules do
        super().import_models()

    def ready(self) -> None:
        from reader import revising, searching
        from reader.core.checks import sqlite_keeps_what_it_acknowledged

        import_module("reader.jobs")  # so that the web knows too what is queued with a verdict
        register(sqlite_keeps_what_it_acknowledged)
        searching.start()
        revising.start()
