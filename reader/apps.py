from django.apps import AppConfig


class ReaderConfig(AppConfig):
    """The one Django app; its features are the packages beside this file."""

    name = "reader"
    verbose_name = "Forecite"

    def ready(self) -> None:
        from reader.core import checks  # noqa: F401  (importing registers the system checks)
