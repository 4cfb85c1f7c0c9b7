"""The application of the places."""

from django.apps import AppConfig


class GeoConfig(AppConfig):
    """Zones and their versions."""

    name = "geo"
    default_auto_field = "django.db.models.BigAutoField"
