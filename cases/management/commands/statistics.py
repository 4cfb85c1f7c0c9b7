"""Print a statistic as an officer sees it, or publish it."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from cases import access
from cases.errors import DomainError
from cases.queries.officers import get_officer_named
from cases.queries.statistics import MADE_OF, SDG, Asked, find_cell, sdg_16_4_2, tables_of
from cases.row_scope import scoped
from cases.services.publish_statistic import publish_statistic
from cases.services.release_statistic import release_statistic
from cases.statistics.cells import CellAddress
from cases.statistics.publication import incident_of

Document = dict[str, Any]


class Command(BaseCommand):
    """Every figure reconciles: --explain names the lines behind each cell, --cell those behind one."""

    help = "Print a statistic as JSON, counted over what the officer may know of."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take which, of which year, for whom, and what is to be done with it."""
        parser.add_argument("name", choices=[SDG, *sorted(MADE_OF)])
        parser.add_argument("officer", help="The officer whose sight counts.")
        parser.add_argument("--year", type=int, help="The year; without it, all years of the indicator.")
        kind = parser.add_mutually_exclusive_group()
        kind.add_argument("--explain", action="store_true", help="Name the lines behind each cell.")
        kind.add_argument("--cell", default="", help="Only the cell TABLE/ROW/COLUMN, with its lines and incidents.")
        kind.add_argument("--release", action="store_true", help="As it may leave the house: small cells withheld.")
        kind.add_argument("--publish", default="", metavar="REASON", help="Keep it as published, for that reason.")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print it."""
        name, year, now = options["name"], options["year"], timezone.now()
        if year is None and (name != SDG or options["cell"] or options["publish"]):
            raise CommandError("--year is needed for tables, for one cell, and to publish.", returncode=2)
        try:
            officer = get_officer_named(options["officer"])
            asked = Asked(
                known=access.incidents_for(officer),
                agency=officer.agency,
                years=None if year is None else (year, year),
                cut_off=now,
                explain=options["explain"],
                release=options["release"],
            )
            with scoped(access.scope_of(officer)):
                if reason := options["publish"]:
                    told = {"name": name, "year": year, "reason": reason}
                    text = publish_statistic(officer=officer, **told, cut_off=now, published_at=now).document
                else:
                    text = json.dumps(_document(name, asked, cell=options["cell"]), ensure_ascii=False)
            if asked.release:
                release_statistic(officer=officer, name=name, details={"years": asked.years}, released_at=now)
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(text)


def _document(name: str, asked: Asked, *, cell: str) -> Document:
    if asked.years is not None and cell:
        return _explained(f"{name}/{asked.years[0]}/{cell}", asked)
    if asked.years is None or name == SDG:
        return sdg_16_4_2(asked)
    return tables_of(name, asked, year=asked.years[0])


def _explained(text: str, asked: Asked) -> Document:
    try:
        found = find_cell(CellAddress.parse(text), asked)
    except ValueError:
        found = None
    if found is None:
        raise CommandError(f"There is no cell {text}; write TABLE/ROW/COLUMN as --explain names them.", returncode=2)
    return {
        "cell": text,
        "pieces": found.pieces,
        "incidents_without_count": found.incidents_without_count,
        "lines": dict(sorted(found.counts.items())),
        "incidents": sorted({incident_of(line) for line in found.counts}),
    }
