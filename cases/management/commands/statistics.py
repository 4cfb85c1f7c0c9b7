"""Print a statistic as an officer sees it."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from cases import access
from cases.errors import DomainError
from cases.queries.officers import get_officer_named
from cases.queries.statistics import MADE_OF, Asked, sdg_16_4_2, tables_of
from cases.row_scope import scoped
from cases.services.release_statistic import release_statistic

SDG = "sdg-16-4-2"


class Command(BaseCommand):
    """Every figure reconciles: --explain names the lines behind each cell."""

    help = "Print a statistic as JSON, counted over what the officer may know of."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take which, of which year, and for whom."""
        parser.add_argument("name", choices=[SDG, *sorted(MADE_OF)])
        parser.add_argument("officer", help="The officer whose sight counts.")
        parser.add_argument("--year", type=int, help="The year; without it, all years of the indicator.")
        kind = parser.add_mutually_exclusive_group()
        kind.add_argument("--explain", action="store_true", help="Name the lines behind each cell.")
        kind.add_argument("--release", action="store_true", help="As it may leave the house: small cells withheld.")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print it."""
        name, year, now = options["name"], options["year"], timezone.now()
        if year is None and name != SDG:
            raise CommandError("--year is needed for tables.", returncode=2)
        years = None if year is None else (year, year)
        try:
            officer = get_officer_named(options["officer"])
            asked = Asked(
                known=access.incidents_for(officer),
                agency=officer.agency,
                years=years,
                cut_off=now,
                explain=options["explain"],
                release=options["release"],
            )
            with scoped(access.scope_of(officer)):
                document = sdg_16_4_2(asked) if name == SDG else tables_of(name, asked, year=year)
            if asked.release:
                release_statistic(officer=officer, name=name, details={"years": years}, released_at=now)
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(json.dumps(document, ensure_ascii=False))
