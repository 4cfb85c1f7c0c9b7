"""Count incidents for maps and flows that were recorded before these were."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from cases.services.place_incidents import place_incidents


class Command(BaseCommand):
    """Place what is not placed yet; does nothing where all is."""

    help = "Count incidents for maps and flows that were recorded before these were."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Place them chunk by chunk."""
        with tqdm(unit=" incidents", file=sys.stderr, disable=None) as bar:
            for placed in place_incidents():
                bar.update(placed)
