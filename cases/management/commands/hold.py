"""Place or lift a legal hold on an incident or a case."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from cases import access
from cases.errors import DomainError
from cases.queries.officers import get_officer_named
from cases.services.hold_records import lift_hold, place_hold


class Command(BaseCommand):
    """A hold stops erasure until it is lifted."""

    help = "Place a legal hold on an incident (INC-…) or on all that a case (CASE-…) joins; --lift lifts it."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take who decides it, on what and why."""
        parser.add_argument("officer", help="A supervisor of the agency that recorded.")
        parser.add_argument("reference")
        parser.add_argument("--reason", required=True)
        parser.add_argument("--lift", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Place or lift."""
        reference, reason, now = options["reference"], options["reason"], timezone.now()
        try:
            officer = get_officer_named(options["officer"])
            door = access.access_case if reference.startswith("CASE-") else access.access_incident
            subject = door(officer, reference)
            if options["lift"]:
                lift_hold(officer=officer, subject=subject, reason=reason, lifted_at=now)
            else:
                place_hold(officer=officer, subject=subject, reason=reason, placed_at=now)
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stderr.write("Lifted." if options["lift"] else "Held.")
