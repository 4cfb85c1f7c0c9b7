"""Django's commands for this project."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run the command named on the line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings.local")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
