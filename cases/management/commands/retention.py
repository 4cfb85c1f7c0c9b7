"""Set after how long an agency wants a class of records erased."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from cases.choices import RecordClass
from cases.errors import DomainError
from cases.queries.officers import get_officer_named
from cases.services.set_retention import set_retention


class Command(BaseCommand):
    """Nothing is erased of a class for which the agency has set nothing."""

    help = "Set after how many days an administrator's agency wants a class of records erased; --never takes it back."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take who sets it, for which class, how long and on which basis."""
        parser.add_argument("officer", help="An administrator of the agency.")
        parser.add_argument("record_class", choices=[record_class.value for record_class in RecordClass])
        parser.add_argument("--basis", required=True, help="The law, rule or decision that it rests on.")
        period = parser.add_mutually_exclusive_group(required=True)
        period.add_argument("--days", type=int)
        period.add_argument("--never", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Set the period, or take it back."""
        if not options["never"] and options["days"] < 1:
            raise CommandError("--days must be 1 or more.", returncode=2)
        try:
            set_retention(
                officer=get_officer_named(options["officer"]),
                record_class=RecordClass(options["record_class"]),
                days=None if options["never"] else options["days"],
                basis=options["basis"],
                set_at=timezone.now(),
            )
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stderr.write("Set.")
