"""Prints the public key that bundles are signed with, for recipients to hold them against."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from cases.bundle.signing import public_key_hex, signing_key


class Command(BaseCommand):
    """`manage.py bundle_key`."""

    help = "Print the public key of this installation's bundles; publish it where recipients can trust it."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print 64 hexadecimal digits."""
        self.stdout.write(public_key_hex(signing_key(settings.BUNDLE_KEY_FILE)))
