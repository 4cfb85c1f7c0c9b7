"""Import official zones from a file."""

from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from geo.errors import ReferenceGeographyMissing, ZoneFileInvalid
from geo.import_zones import ImportedZones, import_zones
from geo.zone_drafts import KINDS, ImportOrder

BAD_INPUT = 2


class Command(BaseCommand):
    """Official limits answer instead of computed ones, on the days they are valid."""

    help = "Import zones from a GeoPackage, Shapefile, GeoJSON or GeoParquet; the same file again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, what its zones are, and where they come from."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--kind", required=True, help=", ".join(KINDS))
        parser.add_argument("--source", required=True, help="Who drew it, which edition.")
        parser.add_argument("--licence", default="")
        parser.add_argument(
            "--valid-from", type=_day, default=None, help="First day; without it, every day before too."
        )
        parser.add_argument("--valid-until", type=_day, default=None, help="The day after the last.")
        parser.add_argument("--country", default=None, help="ISO alpha-3 of every zone, where no field says it.")
        parser.add_argument("--id-field", default=None)
        parser.add_argument("--country-field", default=None)
        parser.add_argument("--name-field", default=None)
        parser.add_argument("--layer", default=None, help="Which layer of a GeoPackage.")
        parser.add_argument("--accuracy-m", type=float, default=0.0, help="How far its lines may be off, in metres.")
        parser.add_argument("--repair", action="store_true", help="Mend outlines that cross themselves, and record it.")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Import the file, or say everything that is wrong with it."""
        names = ("kind", "source", "licence", "valid_from", "valid_until", "country", "id_field", "country_field",
                 "name_field", "accuracy_m", "repair")  # fmt: skip
        order = ImportOrder(**{name: options[name] for name in names})
        try:
            done = import_zones(path=options["file"], order=order, layer=options["layer"], loaded_at=timezone.now())
        except ZoneFileInvalid as error:
            raise CommandError(str(error), returncode=BAD_INPUT) from error
        except ReferenceGeographyMissing as error:
            raise CommandError(str(error)) from error
        self._report(done, order)

    def _report(self, done: ImportedZones, order: ImportOrder) -> None:
        for code in done.added:
            self.stdout.write(code)
        start = f"from {order.valid_from}" if order.valid_from else "on every day"
        until = f" until {order.valid_until}" if order.valid_until else ""
        self.stderr.write(f"{len(done.added)} new zone versions, {done.unchanged} unchanged; in force {start}{until}.")
        for note in done.notes:
            self.stderr.write(note)
        self.stderr.write(f"Geography in use: {done.geography}")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is no day; write it as 2026-03-01.") from error
