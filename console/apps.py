"""The web interface as a Django app."""

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    """Server-rendered pages over the same services and doors as the API."""

    name = "console"
