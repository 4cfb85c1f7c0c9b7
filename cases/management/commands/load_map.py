"""Load made-up incidents in bulk, to measure maps and flows."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from cases.errors import DemoForbidden
from cases.services.load_generated_map import load_generated_map


class Command(BaseCommand):
    """Load incidents of a fictitious agency; to be called as the owner of the tables, in a database of its own."""

    help = "Load N made-up incidents of a fictitious agency."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take how many, and the seed."""
        parser.add_argument("count", type=int)
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Load them chunk by chunk; refused by the production settings."""
        count = options["count"]
        try:
            with tqdm(total=count, unit=" incidents", file=sys.stderr, disable=None) as bar:
                for loaded in load_generated_map(count=count, seed=options["seed"], loaded_at=timezone.now()):
                    bar.update(loaded - bar.n)
        except DemoForbidden as error:
            raise CommandError(str(error)) from error
