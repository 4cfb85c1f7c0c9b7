"""Import an agency's own register."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from cases.canonical import canonical_json
from cases.choices import RegisterKind
from cases.errors import AgencyNotNamed, DomainError, NoSuchAgency
from cases.queries.officers import get_officer_named
from cases.queries.register_hits import owner_of_register
from cases.registers.entry_rows import COLUMNS
from cases.services.import_register import ImportedRegister, RegisterFile, import_register
from cases.tables.errors import TableRefused
from cases.tables.reading import open_table

BAD_INPUT = 2


class Command(BaseCommand):
    """What is looked in before anybody abroad is asked; cut short, the same call goes on where it was."""

    help = "Import a register of arms from CSV or XLSX; rows that cannot be taken are JSON objects with their lines."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, which register it is and whose, and whether it is all of it."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--kind", required=True, choices=[kind.value for kind in RegisterKind])
        parser.add_argument("--agency", default=None, help="Whose register it is; needed where there are several.")
        parser.add_argument("--officer", default=None, help="Who answers for it; an officer of that agency.")
        parser.add_argument("--whole", action="store_true", help="What the file does not hold has left the register.")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Import the file; a file that cannot be read changes nothing."""
        path = options["file"]
        try:
            agency = owner_of_register(options["agency"])
            officer = None if options["officer"] is None else get_officer_named(options["officer"])
            if officer is not None and officer.agency_id != agency.pk:
                raise CommandError(f"{officer} is no officer of {agency}.", returncode=BAD_INPUT)
            file = RegisterFile(
                agency=agency,
                kind=RegisterKind(options["kind"]),
                table=open_table(path, COLUMNS),
                file_name=path.name,
                is_whole=options["whole"],
            )
            with tqdm(total=file.table.count, unit=" rows", file=sys.stderr, disable=None) as bar:
                done = import_register(
                    file=file,
                    officer=officer,
                    imported_at=timezone.now(),
                    refuse=lambda row: self.stdout.write(canonical_json(row.document())),
                    advance=bar.update,
                )
        except TableRefused as error:
            raise CommandError(f"{path}: {error}", returncode=BAD_INPUT) from error
        except (AgencyNotNamed, NoSuchAgency) as error:
            raise CommandError(str(error), returncode=BAD_INPUT) from error
        except DomainError as error:
            raise CommandError(str(error)) from error
        self._tell(done, file)

    def _tell(self, done: ImportedRegister, file: RegisterFile) -> None:
        version = done.version
        told = {"agency": file.agency.name, "kind": version.kind, "version": version.number, "digest": version.digest}
        self.stdout.write(canonical_json({**told, "is_new": done.is_new, "counts": version.counts}))
        if file.table.ignored:
            self.stderr.write(f"Columns that are not read: {', '.join(file.table.ignored)}.")
        if not done.is_new:
            went_on = (
                f"went on after row {done.went_on_after}" if done.went_on_after < version.rows_done else "no change"
            )
            self.stderr.write(f"{version} of {file.agency} began before with the same file: {went_on}.")
        counts = ", ".join(f"{count} {name}" for name, count in version.counts.items())
        self.stderr.write(f"{version} of {file.agency}: {counts}.")
        if version.counts.get("refused"):
            kept = " Nothing was ended, since what they say is not known." if version.is_whole else ""
            raise CommandError(f"Some rows could not be taken; each is named with its line in the output.{kept}")
