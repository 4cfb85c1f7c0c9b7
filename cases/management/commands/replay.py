"""Reach a kept screening result again and say whether it is the same."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cases.canonical import canonical_json
from cases.errors import DomainError, FactsErased, NotFound
from cases.queries.replay import get_finished_run, replay_run


class Command(BaseCommand):
    """Repeat a screening on the facts and versions it used."""

    help = "Screen again what a run weighed, under the versions it used, and compare the result byte by byte."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the run's number, or the reference of its incident."""
        parser.add_argument("run", help="An incident's reference (its last result), or the number of a run.")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write the result to standard output, and to standard error whether it equals the one kept."""
        try:
            replay = replay_run(get_finished_run(options["run"]))
        except NotFound as error:
            raise CommandError(str(error), returncode=2) from error
        except FactsErased as erased:
            # Nothing failed: it was decided that this cannot be known any more.
            self.stdout.write(canonical_json({"run": options["run"], "erased": dict(erased.params)}))
            self.stderr.write(str(erased))
            return
        except DomainError as error:
            raise CommandError(str(error), returncode=1) from error
        self.stdout.write(canonical_json(replay.document))
        if not replay.is_equal:
            raise CommandError(f"Run {replay.run_id} of {replay.reference}: the result differs from the one kept.")
        self.stderr.write(f"Run {replay.run_id} of {replay.reference}: equal to the one kept, byte by byte.")
