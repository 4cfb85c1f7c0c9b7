"""Load made-up marks in bulk, to measure how they are searched."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from cases.errors import DemoForbidden
from cases.services.load_generated_marks import load_generated_marks


class Command(BaseCommand):
    """Load marks of fictitious agencies; to be called as the owner of the tables, in a database of its own."""

    help = "Load N made-up marks of ten fictitious agencies."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take how many, and the seed."""
        parser.add_argument("count", type=int)
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Load them chunk by chunk; refused by the production settings."""
        count = options["count"]
        try:
            with tqdm(total=count, unit=" marks", file=sys.stderr, disable=None) as bar:
                for loaded in load_generated_marks(count=count, seed=options["seed"], loaded_at=timezone.now()):
                    bar.update(loaded - bar.n)
        except DemoForbidden as error:
            raise CommandError(str(error)) from error
