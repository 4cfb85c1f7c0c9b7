"""The domain as a Django application."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Incidents, screening, referrals."""

    name = "cases"
    default_auto_field = "django.db.models.BigAutoField"
