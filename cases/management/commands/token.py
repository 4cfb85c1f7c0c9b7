"""Print a new API token of an officer."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from cases.errors import DomainError
from cases.queries.officers import find_officer
from cases.services.issue_api_token import issue_api_token

# Long enough for a device at a post, short enough that a lost one stops mattering.
VALID_DAYS = 90


class Command(BaseCommand):
    """Issue an API token; the secret is shown once and kept nowhere."""

    help = "Print a new API token of an officer, valid for 90 days unless --days says otherwise."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the officer's name and how long the token is valid."""
        parser.add_argument("officer")
        parser.add_argument("--days", type=int, default=VALID_DAYS)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Issue the token and write its secret to standard output."""
        officer = find_officer(options["officer"])
        if officer is None:
            raise CommandError(f"There is no active officer named {options['officer']!r}.", returncode=2)
        now = timezone.now()
        try:
            _, secret = issue_api_token(
                officer=officer,
                name="console command",
                issued_at=now,
                expires_at=now + timedelta(days=options["days"]),
            )
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(secret)
