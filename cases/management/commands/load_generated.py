"""Load made-up incidents in bulk, to try an installation out and to measure it."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from cases.errors import DemoForbidden
from cases.services.load_generated import load_generated


class Command(BaseCommand):
    """Record the incidents that `cordon generate` writes; a re-screening gives them their first result."""

    help = "Record N made-up incidents of a fictitious agency, without queueing their screening."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take how many, and the seed."""
        parser.add_argument("count", type=int)
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Record them chunk by chunk; refused by the production settings."""
        count, seed = options["count"], options["seed"]
        try:
            with tqdm(total=count, unit=" incidents", file=sys.stderr, disable=None) as bar:
                for recorded in load_generated(count=count, seed=seed, loaded_at=timezone.now()):
                    bar.update(recorded - bar.n)
        except DemoForbidden as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{count} made-up incidents recorded")
