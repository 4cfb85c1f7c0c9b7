"""Import an edition of a list of designated parties."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from cases.lists.errors import ListRefused
from cases.services.import_list import ImportedList, import_list


class Command(BaseCommand):
    """Import the consolidated list (XML) or the 1718 vessel list (CSV); the same file twice changes nothing."""

    help = "Import an edition of a list of designated parties; prints what it changed, as JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, the day of a list that does not say it, and whether an unusual loss is meant."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--generated-on", type=date.fromisoformat, default=None)
        parser.add_argument("--accept-removals", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Import the file; a file that does not hold is bad input and changes nothing."""
        file = Path(options["file"])
        try:
            content = file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.", returncode=2) from error
        try:
            imported = import_list(
                content=content,
                file_name=file.name,
                imported_at=timezone.now(),
                generated_on=options["generated_on"],
                accept_removals=options["accept_removals"],
            )
        except ListRefused as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write(json.dumps(_document(imported), ensure_ascii=False))
        self.stderr.write(_sentence(imported), self.style.NOTICE)


def _document(imported: ImportedList) -> dict[str, Any]:
    version = imported.version
    return {
        "list": version.name,
        "generated_on": version.generated_on.isoformat(),
        "dated_by": version.dated_by,
        "digest": version.digest,
        "is_new": imported.is_new,
        "counts": version.counts,
        "changes": version.changes if imported.is_new else {},
    }


def _sentence(imported: ImportedList) -> str:
    version, counts = imported.version, imported.version.counts
    if not imported.is_new:
        return f"{version} was imported before, from the same file; nothing changed."
    told = f"{version}: {counts['parties']} entries; {counts['added']} added, {counts['removed']} removed"
    told += f", {counts['changed']} changed."
    if version.dated_by == "newest_entry":
        told += " The file does not say its day: that of its newest entry is taken (--generated-on says better)."
    return told
