"""Registers the zones of the reference geography as zone versions."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from geo.load_zones import load_reference_zones
from geo.reference_data import REFERENCE_FOLDER


class Command(BaseCommand):
    """A new version only where the source changed; the earlier one is closed."""

    help = "Register the zones of the reference geography; loading the same again changes nothing."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Load the zones of the built reference geography."""
        loaded = load_reference_zones(folder=REFERENCE_FOLDER, loaded_at=timezone.now())
        if loaded.added or loaded.closed:
            self.stdout.write(f"  zones: {loaded.added} new versions, {loaded.closed} closed")
