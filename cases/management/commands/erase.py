"""Erase what is older than its agency wants it kept, or list it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from cases.canonical import canonical_json
from cases.queries.retention import Due, due_for_erasure
from cases.services.erase_due import erase_due


class Command(BaseCommand):
    """Do now what is done every night."""

    help = "Erase what is older than its agency wants it kept; one JSON object for each record, by reference."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whether to erase or only to list."""
        parser.add_argument("--dry-run", action="store_true", help="Only list what is due, and erase nothing.")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write a line a record to standard output, and how many there are to standard error."""
        now = timezone.now()
        if options["dry_run"]:
            due = list(due_for_erasure(now))
            for each in due:
                self._tell(each)
            self.stderr.write(f"{len(due)} due; nothing was erased.")
            return
        self.stderr.write(f"{erase_due(now=now, tell=self._tell)} erased.")

    def _tell(self, due: Due) -> None:
        self.stdout.write(canonical_json(due.document()))
