"""Screen incidents again under the rulebook, lists and zones in use, and print what that changed."""

import os
import sys
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from cases.canonical import canonical_json
from cases.errors import DomainError, NoSuchVersion
from cases.queries.rescreenings import changes_in_report, incidents_done, report_of
from cases.services.resume_rescreening import resume_rescreening
from cases.services.work_on_rescreening import work_on_rescreening


class Command(BaseCommand):
    """Re-screen here and now, with every core; killed, the same call goes on where it was."""

    help = "Screen incidents again and print the difference report: a line of totals, then one line a change (JSON)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take which incidents, and how many processes."""
        parser.add_argument("--since-version", help="Only incidents that what changed since that rulebook can touch.")
        parser.add_argument(
            "--changed", action="store_true", help="Only incidents that what changed since their last result can touch."
        )
        parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Plan or resume, do the work with a progress bar, and report."""
        try:
            rescreening, is_resumed = resume_rescreening(
                requested_at=timezone.now(),
                everything=not options["changed"] and options["since_version"] is None,
                since_version=options["since_version"],
            )
        except NoSuchVersion as error:
            raise CommandError(str(error), returncode=2) from error
        except DomainError as error:
            raise CommandError(str(error)) from error
        done = incidents_done(rescreening)
        if is_resumed:
            self.stderr.write(f"Resuming re-screening {rescreening.pk}: {done} of {rescreening.incidents} done.")
        began = perf_counter()
        is_finished = self._work(rescreening, done, options["processes"])
        self._report(rescreening, done, perf_counter() - began)
        if not is_finished:
            raise CommandError("The re-screening did not end; call again to go on where it was.")

    def _work(self, rescreening: Any, done: int, processes: int) -> bool:
        with tqdm(total=rescreening.incidents, initial=done, unit=" incidents", file=sys.stderr) as bar:

            def tell_done(count: int) -> None:
                bar.update(count - bar.n)

            return work_on_rescreening(
                rescreening=rescreening, processes=max(1, processes), clock=timezone.now, tell_done=tell_done
            )

    def _report(self, rescreening: Any, done_before: int, seconds: float) -> None:
        report = report_of(rescreening)
        done = incidents_done(rescreening) - done_before
        speed = round(done / seconds, 1) if seconds > 0 else None
        timing = {"seconds": round(seconds, 3), "incidents_per_s": speed}
        self.stdout.write(canonical_json({**report, **timing}))
        for change in changes_in_report(rescreening):
            self.stdout.write(canonical_json(change))
        self.stderr.write(
            f"Re-screening {rescreening.pk} {report['status']}: {report['screened']} screened, {report['new']} new, "
            f"{report['lost']} lost, {report['changed']} changed, {report['failed']} failed, in {seconds:.1f} s."
        )
