"""Verify that the audit trail, and every chain beside it, is as it was written."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from cases.canonical import canonical_json
from cases.queries.audit_verification import Finding, Trust, verify_everything


class Command(BaseCommand):
    """Walk the chains and name what does not hold."""

    help = (
        "Walk the audit and custody chains and their signed heads; one JSON object a problem, exit 1 if there is any."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take files of signed heads that were kept elsewhere."""
        parser.add_argument("--heads", action="append", default=[], type=Path, help="A file of signed heads.")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write a line a problem to standard output, and how far the walk is to standard error."""
        for path in options["heads"]:
            if not path.is_file():
                raise CommandError(f"There is no file {path}.", returncode=2)
        trust = Trust.of_installation(now=timezone.now(), files=options["heads"])
        if not trust.files:
            self.stderr.write("AUDIT_HEADS_FILE is not set: only heads in the database are compared.")
        first: Finding | None = None
        count = 0
        for finding in verify_everything(trust, self._tell):
            first, count = first or finding, count + 1
            self.stdout.write(canonical_json(finding.document()))
        if first is not None:
            place = f" at position {first.position}" if first.position is not None else ""
            what = f" ({first.covers})" if first.covers else ""
            raise CommandError(
                f"{count} problems. The first broken link: {first.chain}{place}{what}: {first.detail}", returncode=1
            )
        self.stderr.write("Every link holds.")

    def _tell(self, count: int) -> None:
        self.stderr.write(f"{count} audit links walked")
