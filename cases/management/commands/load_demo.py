"""Load demonstration officers and documented interdictions, and print sign-in links."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cases.errors import DemoForbidden
from cases.services.issue_sign_in_link import issue_sign_in_link
from cases.services.load_demo import load_demo


class Command(BaseCommand):
    """Load demonstration data once, and print a new sign-in link for each demonstration officer every time."""

    help = "Load demonstration officers and documented interdictions; prints one-time sign-in links."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Add what is missing; refused by the production settings."""
        now = timezone.now()
        try:
            officers = load_demo(loaded_at=now, tell=self._tell)
        except DemoForbidden as error:
            raise CommandError(str(error)) from error
        self.stdout.write("  Sign in as (each link works once, for 24 hours):")
        for officer in officers:
            secret = issue_sign_in_link(officer=officer, issued_at=now)
            self.stdout.write(f"    {officer.username:<17} {settings.SITE_URL}/sign-in/{secret}/")

    def _tell(self, line: str) -> None:
        self.stdout.write(f"  {line}")
