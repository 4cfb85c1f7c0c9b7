"""Registers the zones of the reference geography as zone versions."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from geo.load_zones import load_zones
from geo.reference_data import REFERENCE_FOLDER
from geo.reference_zones import reference_zones


class Command(BaseCommand):
    """A new version only where the source changed; the earlier one is closed."""

    help = "Register the zones of the reference geography; loading the same again changes nothing."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Load the zones of the built reference geography."""
        loaded = load_zones(drafts=reference_zones(REFERENCE_FOLDER), loaded_at=timezone.now())
        self.stderr.write(f"Zones: {loaded.added} new versions, {loaded.closed} closed.")
