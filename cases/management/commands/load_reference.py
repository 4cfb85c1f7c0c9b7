"""Bring the reference data of this installation up to date."""

from typing import Any

from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand
from django.utils import timezone

from cases.queries.rulebooks import current_rulebook
from cases.regimes.loader import regime_file_bytes
from cases.services.load_rulebook_version import load_rulebook_version


class Command(BaseCommand):
    """Load rulebook and zones; what is there already is left as it is."""

    help = "Load the rulebook and the zones; what is there already is left as it is."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Add a new rulebook version where the files say something new, then the zones."""
        rulebook = current_rulebook()
        version, is_new = load_rulebook_version(rulebook=rulebook, loaded_at=timezone.now(), files=regime_file_bytes())
        if is_new:
            counts = f"{len(rulebook.regimes)} regimes, {len(rulebook.measures)} measures"
            self.stdout.write(f"  rulebook {version.version}: {counts}")
        if "load_zones" in get_commands():
            call_command("load_zones", stdout=self.stdout, stderr=self.stderr)
