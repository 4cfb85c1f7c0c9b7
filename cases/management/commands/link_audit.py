"""Link the audit entries that wait."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from cases.services.link_audit_entries import link_audit_entries


class Command(BaseCommand):
    """Do what the worker does every few seconds: before it runs, or where none runs."""

    help = "Link the audit entries that wait, and sign and keep the new head."

    def handle(self, *_args: Any, **options: Any) -> None:
        """Link them, and say how many there were where more is asked of it."""
        count = link_audit_entries(now=timezone.now())
        if options["verbosity"] > 1:
            self.stderr.write(f"{count} audit entries linked")
