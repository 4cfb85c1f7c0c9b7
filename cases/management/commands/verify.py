"""Verify that the audit trail, and every chain beside it, is as it was written."""

import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from cases.canonical import canonical_json
from cases.queries.audit_verification import Finding, Trust, verify_everything
from cases.services.check_all_evidence import check_all_evidence


class Command(BaseCommand):
    """Walk the chains and name what does not hold."""

    help = (
        "Walk the audit and custody chains and their signed heads; one JSON object a problem, exit 1 if there is any."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take files of signed heads that were kept elsewhere."""
        parser.add_argument("--heads", action="append", default=[], type=Path, help="A file of signed heads.")
        parser.add_argument("--evidence", action="store_true", help="Read every stored file through as well.")

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
        for finding in chain(verify_everything(trust, self._tell), self._damaged() if options["evidence"] else ()):
            first, count = first or finding, count + 1
            self.stdout.write(canonical_json(finding.document()))
        if first is not None:
            place = f" at position {first.position}" if first.position is not None else ""
            what = f" ({first.covers})" if first.covers else ""
            raise CommandError(
                f"{count} problems. The first broken link: {first.chain}{place}{what}: {first.detail}", returncode=1
            )
        self.stderr.write("Every link holds, and every file." if options["evidence"] else "Every link holds.")

    def _damaged(self) -> Iterator[Finding]:
        """Yield the stored files that are not what was received; each is blocked from here on."""
        with tqdm(unit=" files", file=sys.stderr) as bar:

            def tell(count: int) -> None:
                bar.update(count - bar.n)

            for evidence in check_all_evidence(checked_at=timezone.now(), tell=tell):
                yield Finding(
                    chain="evidence",
                    problem="stored_bytes_differ",
                    covers=evidence.reference,
                    detail=evidence.state_reason,
                )

    def _tell(self, count: int) -> None:
        self.stderr.write(f"{count} audit links walked")
