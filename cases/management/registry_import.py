"""What the imports of the two registries that all agencies share have in common."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from cases.canonical import canonical_json
from cases.errors import DomainError
from cases.queries.officers import get_officer_named
from cases.services.keep_registry_row import ImportedRows, Kept
from cases.tables.columns import Columns
from cases.tables.errors import TableRefused
from cases.tables.reading import open_table

BAD_INPUT = 2


class RegistryImport(BaseCommand):
    """Import a file row by row; each that changes something or cannot be read is a JSON object on standard output."""

    columns: ClassVar[Columns]
    keep: ClassVar[Callable[..., ImportedRows]]
    # Taken where no file is named.
    shipped: ClassVar[Path | None] = None

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, who answers for it, and whether it is only tried."""
        parser.add_argument("file", type=Path, nargs="?" if self.shipped else None, default=self.shipped)
        parser.add_argument("--officer", default=None, help="Who answers for it; must have the right to maintain.")
        parser.add_argument("--dry-run", action="store_true", help="Only tell what would change, and keep nothing.")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Import the file; rows that cannot be read are named by their lines, and the rest are kept."""
        try:
            officer = None if options["officer"] is None else get_officer_named(options["officer"])
            table = open_table(options["file"], self.columns)
            done = type(self).keep(
                table=table, officer=officer, imported_at=timezone.now(), is_tried=options["dry_run"]
            )
        except TableRefused as error:
            raise CommandError(f"{options['file']}: {error}", returncode=BAD_INPUT) from error
        except DomainError as error:
            raise CommandError(str(error)) from error
        self._tell(done, ignored=table.ignored, is_tried=options["dry_run"])

    def _tell(self, done: ImportedRows, *, ignored: tuple[str, ...], is_tried: bool) -> None:
        for line, key, kept in done.kept:
            if kept is not Kept.UNCHANGED:
                self.stdout.write(canonical_json({"line": line, "key": key, "became": kept}))
        for row in done.refused:
            self.stdout.write(canonical_json(row.document()))
        if ignored:
            self.stderr.write(f"Columns that are not read: {', '.join(ignored)}.")
        counts = ", ".join(f"{count} {name}" for name, count in done.document().items())
        self.stderr.write(f"{counts}{'; tried only, nothing was kept' if is_tried else ''}.")
        if done.refused:
            raise CommandError("Some rows could not be read; each is named with its line in the output.")
